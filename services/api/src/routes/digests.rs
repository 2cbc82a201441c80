//! The digest of a period: the ground for choosing the next one's areas.

use crate::answer;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::interventions::{embargoed, today};
use crate::site::Site;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use est::{Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::digests::Digest;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read);
}

/// What was prioritised, pictured and done in the period that begins with the week, how it looks now, and all areas
/// ranked with the reporting behind each figure.
#[utoipa::path(tag = "Priorities", operation_id = "readDigest",
    responses((status = 200, description = "The digest.", body = Digest)),
    extensions(("x-permission" = json!(Permission::ReadDigest))))]
#[get("/programmes/{programme}/priorities/{week}/digest")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadDigest).await?;
    let right = embargoed(&site, &caller, &granted);
    let now = (&*granted.facts, today(&site, &granted));
    let found = site.reader.digest(&granted.grant, now, first_week, right.as_ref()).await?;
    answer::one(&site, &request, &granted, found, |digest| digest.prioritisation.version).await
}
