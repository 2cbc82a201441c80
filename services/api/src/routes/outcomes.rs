//! What a unit's reports led to.

use crate::answer::{self, Page, PageQuery};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::interventions::{embargoed, today};
use crate::site::Site;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use est::{Permission, ProgrammeId, UnitId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::outcomes::Outcome;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list);
}

/// What a unit's reports led to: its problems, what was analysed and done about them, and how it went.
#[utoipa::path(tag = "Reports", operation_id = "listOutcomes", params(PageQuery),
    responses((status = 200, description = "A page of outcomes, the latest spoken of first.", body = Page<Outcome>)),
    extensions(("x-permission" = json!(Permission::ReadOutcomes))))]
#[get("/programmes/{programme}/units/{unit}/outcomes")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, UnitId)>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, unit) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadOutcomes).await?;
    let right = embargoed(&site, &caller, &granted);
    let now = (&*granted.facts, today(&site, &granted));
    let found = site.reader.outcomes(&granted.grant, now, unit, right.as_ref()).await?;
    answer::many(&site, &request, &granted, found.ok_or(Problem::NotFound)?, page.check()?).await
}
