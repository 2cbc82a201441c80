//! Screenings: what the guard says of texts while they are written. Nothing is stored.

use crate::body::{Body, MANY_BODIES};
use crate::caller::Caller;
use crate::language;
use crate::problem::{Problem, TextFinding};
use crate::site::Site;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, post};
use est::guard::Guard;
use est::{Permission, ProgrammeId};
use personal_data::{Finding, Language};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(screen);
}

/// Texts as they stand in somebody's form. They have no free text's bounds: one that is too long is a finding. All that
/// the bounds allow fits in a body that is taken.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ScreenTexts {
    #[schema(min_items = 1, max_items = 50)]
    texts: Vec<UnwrittenText>,
}

/// A text that may never be sent in.
// It cannot be printed, so that it ends in no log.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(value_type = String, min_length = 0, max_length = 80_000)]
#[serde(transparent)]
pub(crate) struct UnwrittenText(String);

/// What the offsets of findings count.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Offsets {
    /// Unicode code points, as everywhere else in this API.
    #[default]
    CodePoints,
    /// UTF-16 code units, as strings of a browser are indexed.
    Utf16,
}

#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ScreeningQuery {
    /// What start and end count: `code_points`, or `utf16` for browsers.
    #[serde(default)]
    #[param(inline)]
    offsets: Offsets,
}

/// What the guard says of the texts.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct Screening {
    /// The version of the guard's policy.
    #[schema(minimum = 1, maximum = 2_147_483_647_i64)]
    policy_version: u32,
    /// Everything that was found, text by text, in the form of the problem `text.personal-data`.
    #[schema(max_items = 50_000)]
    findings: Vec<TextFinding>,
}

/// Ask the guard about texts while they are written.
///
/// The same function as when they are sent in, with the programme's own lists. Nothing is stored, and no
/// Idempotency-Key is needed. Pointers are into this body: `/texts/0`.
#[utoipa::path(tag = "Guard", operation_id = "screenTexts", params(ScreeningQuery), request_body = ScreenTexts,
    responses((status = 200, description = "What was found; an empty list where nothing was.", body = Screening)),
    extensions(("x-permission" = json!(Permission::ReadProgramme)), ("x-stores" = json!(false))))]
#[post("/programmes/{programme}/screenings")]
async fn screen(
    site: Data<Site>,
    path: Path<ProgrammeId>,
    query: Query<ScreeningQuery>,
    request: HttpRequest,
    (caller, body): (Caller, Body<ScreenTexts, MANY_BODIES>),
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProgramme).await?;
    let language = language::asked(&request);
    let screening = screened(granted.facts.guard(), &body.command.texts, query.offsets, language);
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_LANGUAGE, language::tag(language)));
    Ok(response.insert_header((CACHE_CONTROL, "no-store")).json(screening))
}

fn screened(guard: &Guard, texts: &[UnwrittenText], offsets: Offsets, language: Language) -> Screening {
    let mut screening = Screening { policy_version: guard.policy_version().0, findings: Vec::new() };
    for (index, UnwrittenText(text)) in texts.iter().enumerate() {
        let pointer = format!("/texts/{index}");
        let found = guard.screen(text).findings;
        let found = match offsets {
            Offsets::CodePoints => found,
            Offsets::Utf16 => in_utf16(text, found),
        };
        screening.findings.extend(found.into_iter().map(|its| TextFinding::of(&pointer, its, language)));
    }
    screening
}

/// The same findings, counted in UTF-16 code units.
fn in_utf16(text: &str, findings: Vec<Finding>) -> Vec<Finding> {
    if findings.is_empty() {
        return findings;
    }
    // Where each code point begins, and where the last one ends.
    let mut begins = vec![0];
    begins.extend(text.chars().scan(0, |at, character| {
        *at += character.len_utf16();
        Some(*at)
    }));
    let at = |point: usize| begins.get(point).copied().unwrap_or_default();
    let counted = |its: Finding| Finding { start: at(its.start), end: at(its.end), ..its };
    findings.into_iter().map(counted).collect()
}
