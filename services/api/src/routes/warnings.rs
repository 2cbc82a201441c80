//! The guard's warnings in the weekly pictures: acknowledged one by one, and what becomes of them by class.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::warning::AcknowledgeWarning;
use est::{Command, Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::warnings::WarningTally;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(acknowledge).service(list);
}

/// Let a warning of the draft stand, with a reason. The alternative is to rewrite the text.
#[utoipa::path(tag = "Picture", operation_id = "acknowledgeWarning", request_body = AcknowledgeWarning,
    responses((status = 201, description = "The warning is acknowledged.", body = ReceiptBody)),
    extensions(("x-permission" = json!(AcknowledgeWarning::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture/warnings/acknowledgements")]
async fn acknowledge(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<AcknowledgeWarning>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// What has become of the guard's warnings, by class: a rule whose warnings are waved through is noise.
#[utoipa::path(tag = "Picture", operation_id = "listWarnings", params(PageQuery),
    responses((status = 200, description = "A page of classes.", body = Page<WarningTally>)),
    extensions(("x-permission" = json!(Permission::ReadWarnings))))]
#[get("/programmes/{programme}/warnings")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadWarnings).await?;
    let all = site.reader.warnings(&granted.grant).await?;
    answer::plain(&site, &request, all, page.check()?)
}
