//! Several weeks at once: as JSON, or as the rows of a spreadsheet.

use crate::body;
use crate::problem::{Problem, ProblemBody};
use crate::sheet;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use est::report::{ALREADY_GIVEN, Key, Submit};
use est::{Command, Permission, ProgrammeId, UnitId, Week};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(submit_batch);
}

/// The reports of several units and weeks.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReportBatch {
    #[schema(min_items = 1, max_items = 200)]
    reports: Vec<WeekReport>,
}

/// One unit's report of one week.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WeekReport {
    week: Week,
    report: Submit,
}

/// What became of each report, in the order they were sent. Each stands alone: one that is refused stops no other.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct BatchReceipt {
    /// How many were recorded, or in a rehearsal would have been.
    recorded: u32,
    refused: u32,
    #[schema(max_items = 200)]
    results: Vec<BatchResult>,
}

/// What became of one report: a receipt, or the problem that stood in the way.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct BatchResult {
    week: Week,
    unit: UnitId,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<ReceiptBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

/// Report several weeks at once.
///
/// What breaks the contract or holds personal data stops the whole; otherwise each report is recorded or refused by
/// itself. For those who have only a spreadsheet the operation also takes `text/csv`: one row an observation, with the
/// columns week, unit, calm, calmAreas, stillThere, fillSeconds, indicator, subtypes, polarity, occurrence, setting,
/// area, place, date, time, timeBand, count, signalStrength, basis, channel, policeReportMade, problem, externalId,
/// description; what has parts has a column for each, such as place.lighting, fire.size or publicEvent.firstDay. Units
/// and areas may be named; lists stand with | between; comma or semicolon; UTF-8, or Windows-1252 as Swedish
/// spreadsheets save. Mistakes point at lines: `/lines/7/area`.
#[utoipa::path(tag = "Reports", operation_id = "submitReportBatch",
    request_body = ReportBatch,
    responses((status = 200, description = "What became of each report.", body = BatchReceipt)),
    extensions(("x-permission" = json!(Submit::PERMISSION))))]
#[post("/programmes/{programme}/report-batches")]
async fn submit_batch(
    writing: Writing,
    path: Path<ProgrammeId>,
    request: HttpRequest,
    bytes: Bytes,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let batch = read(&writing, &request, programme, &bytes).await?;
    let mut results = Vec::with_capacity(batch.len());
    let mut submitted = Vec::with_capacity(batch.len());
    let mut rehearsed = HashSet::new();
    for (index, WeekReport { week, report }) in batch.into_iter().enumerate() {
        let unit = report.unit;
        let texts = report.texts().cloned().collect();
        let location = format!("programmes/{programme}/weeks/{week}/reports/{unit}");
        let receipt =
            writing.submit_one((programme, Key { week, unit }, report), texts, (&bytes, index), location);
        // What is only tried is not seen by what is tried after it.
        let again = writing.rehearses() && !rehearsed.insert((week, unit));
        submitted.push(async move {
            let receipt = receipt.await;
            (week, unit, if again { Err(Problem::Refused(ALREADY_GIVEN)) } else { receipt })
        });
    }
    for (week, unit, submitted) in futures_util::future::join_all(submitted).await {
        let (receipt, problem) = match submitted {
            Ok(receipt) => (Some(receipt), None),
            Err(problem) => (None, Some(writing.told(&request, &problem))),
        };
        results.push(BatchResult { week, unit, receipt, problem });
    }
    let count =
        |wanted: fn(&&BatchResult) -> bool| u32::try_from(results.iter().filter(wanted).count()).unwrap_or(0);
    let recorded = count(|result| result.receipt.is_some());
    let refused = count(|result| result.problem.is_some());
    Ok(HttpResponse::Ok().json(BatchReceipt { recorded, refused, results }))
}

/// Reads the batch, whichever way it is written.
async fn read(
    writing: &Writing,
    request: &HttpRequest,
    programme: ProgrammeId,
    bytes: &Bytes,
) -> Result<Vec<WeekReport>, Problem> {
    let site: &Site = &writing.site;
    // Whoever may not report at all is told so once, and not with each report.
    let granted = writing.caller.granted(site, programme, Permission::SubmitReport).await?;
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (batch, _texts) = match kind.as_str() {
        "application/json" => body::read::<ReportBatch>(site, granted.facts.guard(), bytes)?,
        "text/csv" => {
            let sheet = sheet::read(bytes, &granted.facts)?;
            let read = body::read::<ReportBatch>(site, granted.facts.guard(), &sheet.json());
            read.map_err(|problem| sheet.located(problem))?
        }
        _ => return Err(Problem::UnsupportedMediaType),
    };
    Ok(batch.reports)
}
