//! The queue of what a new policy of the guard finds in stored texts.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::{Caller, Granted};
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::permission;
use est::rescreening::Handle;
use est::{Command, Grant, Permission, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use views::rescreening::Rescreened;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(handle);
}

/// What waits to be handled, the oldest first. What stands in an addendum is seen by its owner alone.
#[utoipa::path(tag = "Rescreening", operation_id = "listRescreening", params(PageQuery),
    responses((status = 200, description = "A page of texts with what was found.", body = Page<Rescreened>)),
    extensions(("x-permission" = json!(Handle::PERMISSION))))]
#[get("/programmes/{programme}/rescreening")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Handle::PERMISSION).await?;
    let addenda = addenda(&site, &caller, &granted);
    let all = site.reader.rescreening(&granted.grant, addenda.as_ref()).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Say what came of what was found in a text; it leaves the queue. The text itself is not touched.
#[utoipa::path(tag = "Rescreening", operation_id = "handleFinding", request_body = Handle,
    responses((status = 201, description = "What was found is handled.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Handle::PERMISSION))))]
#[post("/programmes/{programme}/rescreening/{text}/handling")]
async fn handle(
    writing: Writing,
    path: Path<(ProgrammeId, Uuid)>,
    body: Body<Handle>,
) -> Result<HttpResponse, Problem> {
    let (programme, text) = path.into_inner();
    let granted = writing.caller.granted(&writing.site, programme, Handle::PERMISSION).await?;
    let addenda = addenda(&writing.site, &writing.caller, &granted);
    let found = writing.site.reader.rescreened(&granted.grant, addenda.as_ref(), text).await?;
    let owner = found.ok_or(Problem::NotFound)?.owner();
    let body = body.map(|command| Handle { owner, ..command });
    writing.submit(programme, text, body, format!("programmes/{programme}/rescreening")).await
}

/// The caller's grant for addenda, if they have one.
fn addenda(site: &Site, caller: &Caller, granted: &Granted) -> Option<Grant> {
    permission::grant(&granted.facts, &caller.subject, Permission::ReadAddendum, site.rim.now()).ok()
}
