//! Whether the method was followed.

use crate::answer;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::digests::asking;
use crate::routes::interventions::{embargoed, today};
use crate::site::Site;
use crate::span::Span;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use est::{Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::fidelity::Fidelity;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read);
}

/// Which of the method's steps were taken, week by week and period by period; without weeks the last quarter.
#[utoipa::path(tag = "Programmes", operation_id = "readFidelity", params(Span),
    responses((status = 200, description = "The steps.", body = Fidelity)),
    extensions(("x-permission" = json!(Permission::ReadDigest))))]
#[get("/programmes/{programme}/fidelity")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    span: Query<Span>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadDigest).await?;
    let right = embargoed(&site, &caller, &granted);
    let weeks = span.weeks(Week::of(today(&site, &granted)));
    let steps = site.reader.fidelity(asking(&site, &granted, right.as_ref()), weeks).await?;
    answer::figures(&request, &steps)
}
