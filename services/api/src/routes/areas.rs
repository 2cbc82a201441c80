//! Areas: drawn, renamed, redrawn, retired.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::area::{Draw, Redraw, Rename, Retire};
use est::{AreaId, Command, Permission, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::areas::{self, Area};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(draw).service(read).service(rename).service(redraw).service(retire);
}

/// The areas in use.
#[utoipa::path(tag = "Areas", operation_id = "listAreas", params(PageQuery),
    responses((status = 200, description = "A page of areas, by name.", body = Page<Area>)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/areas")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProgramme).await?;
    let all = areas::areas(&granted.grant, &granted.facts);
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Draw an area.
#[utoipa::path(tag = "Areas", operation_id = "drawArea", request_body = Draw,
    responses((status = 201, description = "The area was drawn.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Draw::PERMISSION))))]
#[post("/programmes/{programme}/areas")]
async fn draw(writing: Writing, path: Path<ProgrammeId>, body: Body<Draw>) -> Result<HttpResponse, Problem> {
    let area = AreaId(writing.identity());
    writing.submit(*path, area, body, format!("programmes/{path}/areas/{area}")).await
}

/// One area.
#[utoipa::path(tag = "Areas", operation_id = "readArea",
    responses((status = 200, description = "The area.", body = Area)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/areas/{area}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, AreaId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, area) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let found = areas::one(&granted.grant, &granted.facts, area);
    answer::one(&site, &request, &granted, found, |area| area.version).await
}

/// Rename an area.
#[utoipa::path(tag = "Areas", operation_id = "renameArea", request_body = Rename,
    responses((status = 200, description = "The area has its new name.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Rename::PERMISSION))))]
#[put("/programmes/{programme}/areas/{area}/name")]
async fn rename(
    writing: Writing,
    path: Path<(ProgrammeId, AreaId)>,
    body: Body<Rename>,
) -> Result<HttpResponse, Problem> {
    let (programme, area) = path.into_inner();
    writing.submit(programme, area, body, format!("programmes/{programme}/areas/{area}")).await
}

/// Redraw an area's outline.
#[utoipa::path(tag = "Areas", operation_id = "redrawArea", request_body = Redraw,
    responses((status = 200, description = "The area has its new outline.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Redraw::PERMISSION))))]
#[put("/programmes/{programme}/areas/{area}/outline")]
async fn redraw(
    writing: Writing,
    path: Path<(ProgrammeId, AreaId)>,
    body: Body<Redraw>,
) -> Result<HttpResponse, Problem> {
    let (programme, area) = path.into_inner();
    writing.submit(programme, area, body, format!("programmes/{programme}/areas/{area}")).await
}

/// Retire an area: nothing new is reported there, what was stays.
#[utoipa::path(tag = "Areas", operation_id = "retireArea", request_body = Retire,
    responses((status = 201, description = "The area is retired.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Retire::PERMISSION))))]
#[post("/programmes/{programme}/areas/{area}/retirement")]
async fn retire(
    writing: Writing,
    path: Path<(ProgrammeId, AreaId)>,
    body: Body<Retire>,
) -> Result<HttpResponse, Problem> {
    let (programme, area) = path.into_inner();
    writing.submit(programme, area, body, format!("programmes/{programme}/areas/{area}")).await
}
