//! The distribution list: who receives the picture, and why.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use est::distribution::{EnterRecipient, List, StrikeRecipient};
use est::{Command, EntryId, Permission, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::distribution::{self, DistributionEntry};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(enter).service(strike);
}

/// The distribution list; every entry says why.
#[utoipa::path(tag = "Distribution list", operation_id = "listRecipients", params(PageQuery),
    responses((status = 200, description = "A page of recipients, by name.", body = Page<DistributionEntry>)),
    extensions(("x-permission" = json!(Permission::ReadPicture))))]
#[get("/programmes/{programme}/recipients")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadPicture).await?;
    let all = distribution::entries(&granted.grant, &granted.facts);
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Enter a recipient on the list, with why.
#[utoipa::path(tag = "Distribution list", operation_id = "enterRecipient", request_body = EnterRecipient,
    responses((status = 201, description = "The recipient is on the list.", body = ReceiptBody)),
    extensions(("x-permission" = json!(EnterRecipient::PERMISSION))))]
#[post("/programmes/{programme}/recipients")]
async fn enter(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<EnterRecipient>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let entry = EntryId(writing.identity());
    let body = body.map(|command| EnterRecipient { entry: Some(entry), ..command });
    writing.submit(programme, List, body, format!("programmes/{programme}/recipients/{entry}")).await
}

/// Strike a recipient off the list; what was sent stays sent.
#[utoipa::path(tag = "Distribution list", operation_id = "strikeRecipient",
    responses((status = 200, description = "The recipient is off the list.", body = ReceiptBody)),
    extensions(("x-permission" = json!(StrikeRecipient::PERMISSION))))]
#[delete("/programmes/{programme}/recipients/{entry}")]
async fn strike(writing: Writing, path: Path<(ProgrammeId, EntryId)>) -> Result<HttpResponse, Problem> {
    let (programme, entry) = path.into_inner();
    let body = Writing::bare(StrikeRecipient { entry });
    writing.submit(programme, List, body, format!("programmes/{programme}/recipients/{entry}")).await
}
