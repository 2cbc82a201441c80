//! The prioritised areas: proposed, decided, changed for a time, restored.

use crate::answer::{self, Page, PageQuery};
use crate::as_of::AsOf;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::prioritisation::{ChangeTemporarily, Decide, Propose, Restore};
use est::{Command, Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::priorities::{self, Prioritisation, WeekPriorities};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(of_week)
        .service(list)
        .service(read)
        .service(propose)
        .service(decide)
        .service(change)
        .service(restore);
}

fn location(programme: ProgrammeId, first_week: Week) -> String {
    format!("programmes/{programme}/priorities/{first_week}")
}

/// The areas that are prioritised in a week, by what has been decided and changed.
#[utoipa::path(tag = "Priorities", operation_id = "readWeekPriorities",
    responses((status = 200, description = "The week's areas.", body = WeekPriorities)),
    extensions(("x-permission" = json!(Permission::ReadPriorities))))]
#[get("/programmes/{programme}/weeks/{week}/priorities")]
async fn of_week(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadPriorities).await?;
    let found = priorities::of_week(&granted.grant, &granted.facts, week);
    answer::unversioned(&site, &request, &granted, &found, granted.facts.revision()).await
}

/// All prioritisations, the latest period first.
#[utoipa::path(tag = "Priorities", operation_id = "listPrioritisations", params(PageQuery),
    responses((status = 200, description = "A page of prioritisations.", body = Page<Prioritisation>)),
    extensions(("x-permission" = json!(Permission::ReadPriorities))))]
#[get("/programmes/{programme}/priorities")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadPriorities).await?;
    let all = site.reader.prioritisations(&granted.grant).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// A period's prioritisation, named by the period's first week, with its reasons and changes.
#[utoipa::path(tag = "Priorities", operation_id = "readPrioritisation", params(AsOf),
    responses((status = 200, description = "The prioritisation.", body = Prioritisation)),
    extensions(("x-permission" = json!(Permission::ReadPriorities))))]
#[get("/programmes/{programme}/priorities/{week}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    as_of: Query<AsOf>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadPriorities).await?;
    let (grant, as_of) = (&granted.grant, as_of.check()?);
    let found = if as_of.is_now() {
        site.reader.prioritisation(grant, first_week).await?
    } else {
        site.reader.prioritisation_as_of(grant, first_week, |happened| as_of.includes(happened)).await?
    };
    answer::one(&site, &request, &granted, found, |prioritisation| prioritisation.version).await
}

/// Propose the areas of the period that begins with the week.
#[utoipa::path(tag = "Priorities", operation_id = "proposePriorities", request_body = Propose,
    responses((status = 201, description = "The areas are proposed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Propose::PERMISSION))))]
#[post("/programmes/{programme}/priorities/{week}/proposals")]
async fn propose(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Propose>,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    writing.submit(programme, first_week, body, location(programme, first_week)).await
}

/// Decide on what was proposed: the steering group's.
#[utoipa::path(tag = "Priorities", operation_id = "decidePriorities", request_body = Decide,
    responses((status = 201, description = "The areas are prioritised.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Decide::PERMISSION))))]
#[post("/programmes/{programme}/priorities/{week}/decision")]
async fn decide(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Decide>,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    writing.submit(programme, first_week, body, location(programme, first_week)).await
}

/// Let another area take a prioritised one's place for a time.
#[utoipa::path(tag = "Priorities", operation_id = "changePriorities", request_body = ChangeTemporarily,
    responses((status = 201, description = "The priorities are changed for a time.", body = ReceiptBody)),
    extensions(("x-permission" = json!(ChangeTemporarily::PERMISSION))))]
#[post("/programmes/{programme}/priorities/{week}/changes")]
async fn change(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<ChangeTemporarily>,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    writing.submit(programme, first_week, body, location(programme, first_week)).await
}

/// Give a displaced area its place again.
#[utoipa::path(tag = "Priorities", operation_id = "restorePriority", request_body = Restore,
    responses((status = 201, description = "The area has its place again.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Restore::PERMISSION))))]
#[post("/programmes/{programme}/priorities/{week}/restorations")]
async fn restore(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Restore>,
) -> Result<HttpResponse, Problem> {
    let (programme, first_week) = path.into_inner();
    writing.submit(programme, first_week, body, location(programme, first_week)).await
}
