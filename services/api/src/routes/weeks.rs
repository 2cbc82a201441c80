//! The weekly cycle, and what a week came to.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::language;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::cycle::{BeginPhase, Open, Skip};
use est::{Command, Permission, ProgrammeId, Week};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::calendar::{self, Cycle};
use views::overlaps::Overlap;
use views::reporting::Reporting;
use views::weeks::WeekOverview;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(reporting)
        .service(overview)
        .service(overlaps)
        .service(list)
        .service(read)
        .service(open)
        .service(skip)
        .service(begin_phase);
}

/// The calendar of cycles, latest first: running, closed, skipped, or never opened.
#[utoipa::path(tag = "Weeks", operation_id = "listWeeks", params(PageQuery),
    responses((status = 200, description = "A page of weeks.", body = Page<Cycle>)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/weeks")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let all = calendar::calendar(&granted.grant, &granted.facts);
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// What may be the same thing told twice in a week: observations of several units, alike in area, indicator and day.
#[utoipa::path(tag = "Weeks", operation_id = "listOverlaps", params(PageQuery),
    responses((status = 200, description = "A page of overlaps, those of most units first.", body = Page<Overlap>)),
    extensions(("x-permission" = json!(Permission::ReadReports))))]
#[get("/programmes/{programme}/weeks/{week}/overlaps")]
async fn overlaps(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadReports).await?;
    let all = site.reader.overlaps(&granted.grant, &granted.facts, week).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Open a week's cycle.
#[utoipa::path(tag = "Weeks", operation_id = "openCycle", request_body = Open,
    responses((status = 201, description = "The cycle is open.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Open::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/cycle")]
async fn open(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Open>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/cycle")).await
}

/// Skip a week, with a reason that stays visible.
#[utoipa::path(tag = "Weeks", operation_id = "skipCycle", request_body = Skip,
    responses((status = 201, description = "The week is skipped.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Skip::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/skip")]
async fn skip(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Skip>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/cycle")).await
}

/// Begin the cycle's next phase.
#[utoipa::path(tag = "Weeks", operation_id = "beginPhase", request_body = BeginPhase,
    responses((status = 201, description = "The phase has begun.", body = ReceiptBody)),
    extensions(("x-permission" = json!(BeginPhase::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/phases")]
async fn begin_phase(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<BeginPhase>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/cycle")).await
}

/// One week of the calendar.
#[utoipa::path(tag = "Weeks", operation_id = "readCycle",
    responses((status = 200, description = "The cycle.", body = Cycle)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/weeks/{week}/cycle")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let found = calendar::cycle(&granted.facts, week);
    answer::one(&site, &request, &granted, Some(found), |cycle| cycle.version).await
}

/// Who has reported a week: problems, calm, missing, late, by organisation and unit.
#[utoipa::path(tag = "Weeks", operation_id = "readReporting",
    responses((status = 200, description = "The reporting of the units that the caller may see.", body = Reporting)),
    extensions(("x-permission" = json!(Permission::ReadReporting))))]
#[get("/programmes/{programme}/weeks/{week}/reporting")]
async fn reporting(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadReporting).await?;
    answer::figures(&request, &site.reader.reporting(&granted.grant, &granted.facts, week).await?)
}

/// What a week came to, by area, indicator and time of day, beside the weeks before, and which areas stand out; always
/// with the turnout.
#[utoipa::path(tag = "Weeks", operation_id = "readWeekOverview", params(OverviewQuery),
    responses((status = 200, description = "The overview.", body = WeekOverview)),
    extensions(("x-permission" = json!(Permission::ReadWeek))))]
#[get("/programmes/{programme}/weeks/{week}/overview")]
async fn overview(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    query: Query<OverviewQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    if !(0..=52).contains(&query.previous) {
        return Err(Problem::ParameterBroken { parameter: "previous" });
    }
    let granted = caller.granted(&site, programme, Permission::ReadWeek).await?;
    let language = language::asked(&request);
    let (grant, said) = (&granted.grant, language::of_sentences(language));
    let overview = site.reader.week(grant, &granted.facts, (week, query.previous), said).await?;
    Ok(language::said_in(language, answer::figures(&request, &overview)?))
}

/// Beside how many weeks.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OverviewQuery {
    /// How many weeks before it are shown beside it.
    #[serde(default = "four")]
    #[param(minimum = 0, maximum = 52, default = 4)]
    previous: i32,
}

fn four() -> i32 {
    4
}
