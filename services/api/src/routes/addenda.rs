//! The organisations' own addenda, each seen by its owner alone.

use crate::answer;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, put};
use est::addendum::{Key, Write};
use est::{Command, OrganisationId, Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::addenda::Addendum;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(write);
}

/// An organisation's own addendum to a week's picture; to all others there is none.
#[utoipa::path(tag = "Addenda", operation_id = "readAddendum",
    responses((status = 200, description = "The addendum.", body = Addendum)),
    extensions(("x-permission" = json!(Permission::ReadAddendum))))]
#[get("/programmes/{programme}/weeks/{week}/addenda/{organisation}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week, OrganisationId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week, organisation) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadAddendum).await?;
    let found = site.reader.addendum(&granted.grant, week, organisation).await?;
    answer::one(&site, &request, &granted, found, |addendum| addendum.version).await
}

/// Write an organisation's addendum, in place of what stood there.
#[utoipa::path(tag = "Addenda", operation_id = "writeAddendum", request_body = Write,
    responses((status = 200, description = "The addendum is written.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Write::PERMISSION))))]
#[put("/programmes/{programme}/weeks/{week}/addenda/{organisation}")]
async fn write(
    writing: Writing,
    path: Path<(ProgrammeId, Week, OrganisationId)>,
    body: Body<Write>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, organisation) = path.into_inner();
    writing
        .submit(
            programme,
            Key { week, organisation },
            body,
            format!("programmes/{programme}/weeks/{week}/addenda/{organisation}"),
        )
        .await
}
