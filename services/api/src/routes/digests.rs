//! The digests: of a period, the ground for choosing the next one's areas; of a year, for the look back.

use crate::answer;
use crate::caller::{Caller, Granted};
use crate::language;
use crate::problem::Problem;
use crate::routes::interventions::{embargoed, today};
use crate::site::Site;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use est::{Grant, Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::digests::{Asking, Digest};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(period).service(year);
}

/// What was prioritised, pictured and done in the period that begins with the week, how it looks now, what rises, which
/// areas stand out, and all areas ranked with the reporting behind each figure.
#[utoipa::path(tag = "Priorities", operation_id = "readDigest",
    responses((status = 200, description = "The digest.", body = Digest)),
    extensions(("x-permission" = json!(Permission::ReadDigest))))]
#[get("/programmes/{programme}/priorities/{week}/digest")]
async fn period(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadDigest).await?;
    let right = embargoed(&site, &caller, &granted);
    let language = language::asked(&request);
    let (asking, said) = (asking(&site, &granted, right.as_ref()), language::of_sentences(language));
    let found = site.reader.digest(asking, first_week, said).await?.ok_or(Problem::NotFound)?;
    Ok(language::said_in(language, answer::composed(&site, &request, &granted, &found, 0).await?))
}

/// The same of a year (ISO 8601), as far as it has come: the year's pictures, and each intervention with the three
/// questions as they were answered last.
#[utoipa::path(tag = "Priorities", operation_id = "readYearDigest",
    responses((status = 200, description = "The digest.", body = Digest)),
    extensions(("x-permission" = json!(Permission::ReadDigest))))]
#[get("/programmes/{programme}/years/{year}/digest")]
async fn year(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, i16)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, year) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadDigest).await?;
    let right = embargoed(&site, &caller, &granted);
    let language = language::asked(&request);
    let (asking, said) = (asking(&site, &granted, right.as_ref()), language::of_sentences(language));
    let found = site.reader.year_digest(asking, year, said).await?.ok_or(Problem::NotFound)?;
    Ok(language::said_in(language, answer::composed(&site, &request, &granted, &found, 0).await?))
}

pub(super) fn asking<'a>(site: &Site, granted: &'a Granted, embargoed: Option<&'a Grant>) -> Asking<'a> {
    Asking { grant: &granted.grant, facts: &granted.facts, today: today(site, granted), embargoed }
}
