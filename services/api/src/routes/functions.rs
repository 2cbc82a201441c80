//! Functions and their holders; rights come from here.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::function::{AppointHolder, Discontinue, EndHolder, Establish};
use est::{Command, FunctionId, Permission, ProgrammeId};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::functions::{self, Function};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(establish).service(read).service(appoint).service(end).service(discontinue);
}

/// Which functions.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct FunctionQuery {
    /// Only those with fewer holders than the method version asks for.
    #[serde(default)]
    #[param(default = false)]
    understaffed: bool,
}

/// The functions in force, with their holders.
#[utoipa::path(tag = "Functions", operation_id = "listFunctions", params(PageQuery, FunctionQuery),
    responses((status = 200, description = "A page of functions, by title.", body = Page<Function>)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/functions")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    (page, query): (Query<PageQuery>, Query<FunctionQuery>),
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let all = functions::functions(&granted.grant, &granted.facts, query.understaffed, site.rim.now());
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Establish a function in an organisation.
#[utoipa::path(tag = "Functions", operation_id = "establishFunction", request_body = Establish,
    responses((status = 201, description = "The function is established.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Establish::PERMISSION))))]
#[post("/programmes/{programme}/functions")]
async fn establish(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<Establish>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let function = FunctionId(writing.identity());
    writing.submit(programme, function, body, format!("programmes/{programme}/functions/{function}")).await
}

/// One function.
#[utoipa::path(tag = "Functions", operation_id = "readFunction",
    responses((status = 200, description = "The function.", body = Function)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/functions/{function}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, FunctionId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, function) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let found = functions::one(&granted.grant, &granted.facts, function, site.rim.now());
    let found = found.ok_or(Problem::NotFound)?;
    answer::composed(&site, &request, &granted, &found, found.version).await
}

/// Appoint a holder of a function, for a time.
#[utoipa::path(tag = "Functions", operation_id = "appointHolder", request_body = AppointHolder,
    responses((status = 201, description = "The holder is appointed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(AppointHolder::PERMISSION))))]
#[post("/programmes/{programme}/functions/{function}/holders")]
async fn appoint(
    writing: Writing,
    path: Path<(ProgrammeId, FunctionId)>,
    body: Body<AppointHolder>,
) -> Result<HttpResponse, Problem> {
    let (programme, function) = path.into_inner();
    writing.submit(programme, function, body, format!("programmes/{programme}/functions/{function}")).await
}

/// End a holder's time now.
#[utoipa::path(tag = "Functions", operation_id = "endHolder", request_body = EndHolder,
    responses((status = 201, description = "The holder holds the function no more.", body = ReceiptBody)),
    extensions(("x-permission" = json!(EndHolder::PERMISSION))))]
#[post("/programmes/{programme}/functions/{function}/holder-endings")]
async fn end(
    writing: Writing,
    path: Path<(ProgrammeId, FunctionId)>,
    body: Body<EndHolder>,
) -> Result<HttpResponse, Problem> {
    let (programme, function) = path.into_inner();
    writing.submit(programme, function, body, format!("programmes/{programme}/functions/{function}")).await
}

/// Discontinue a function.
#[utoipa::path(tag = "Functions", operation_id = "discontinueFunction", request_body = Discontinue,
    responses((status = 201, description = "The function is discontinued.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Discontinue::PERMISSION))))]
#[post("/programmes/{programme}/functions/{function}/discontinuation")]
async fn discontinue(
    writing: Writing,
    path: Path<(ProgrammeId, FunctionId)>,
    body: Body<Discontinue>,
) -> Result<HttpResponse, Problem> {
    let (programme, function) = path.into_inner();
    writing.submit(programme, function, body, format!("programmes/{programme}/functions/{function}")).await
}
