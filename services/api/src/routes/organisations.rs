//! Organisations and their reporting units.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::organisation::{AddUnit, ChangeUnit, CloseUnit, Join};
use est::{Command, OrganisationId, Permission, ProgrammeId, UnitId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::organisations::{self, Organisation};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(join)
        .service(read)
        .service(add_unit)
        .service(change_unit)
        .service(close_unit);
}

/// The organisations that take part, with their units.
#[utoipa::path(tag = "Organisations", operation_id = "listOrganisations", params(PageQuery),
    responses((status = 200, description = "A page of organisations, by name.", body = Page<Organisation>)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/organisations")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let all = organisations::organisations(&granted.grant, &granted.facts);
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Let an organisation join.
#[utoipa::path(tag = "Organisations", operation_id = "joinOrganisation", request_body = Join,
    responses((status = 201, description = "The organisation takes part.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Join::PERMISSION))))]
#[post("/programmes/{programme}/organisations")]
async fn join(writing: Writing, path: Path<ProgrammeId>, body: Body<Join>) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let organisation = OrganisationId(writing.identity());
    writing
        .submit(programme, organisation, body, format!("programmes/{programme}/organisations/{organisation}"))
        .await
}

/// One organisation.
#[utoipa::path(tag = "Organisations", operation_id = "readOrganisation",
    responses((status = 200, description = "The organisation.", body = Organisation)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/organisations/{organisation}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, OrganisationId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, organisation) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let found = organisations::one(&granted.grant, &granted.facts, organisation);
    answer::one(&site, &request, &granted, found, |organisation| organisation.version).await
}

/// Add a reporting unit.
#[utoipa::path(tag = "Organisations", operation_id = "addUnit", request_body = AddUnit,
    responses((status = 201, description = "The unit was added.", body = ReceiptBody)),
    extensions(("x-permission" = json!(AddUnit::PERMISSION))))]
#[post("/programmes/{programme}/organisations/{organisation}/units")]
async fn add_unit(
    writing: Writing,
    path: Path<(ProgrammeId, OrganisationId)>,
    body: Body<AddUnit>,
) -> Result<HttpResponse, Problem> {
    let (programme, organisation) = path.into_inner();
    let unit = UnitId(writing.identity());
    let body = body.map(|command| AddUnit { unit: Some(unit), ..command });
    writing
        .submit(
            programme,
            organisation,
            body,
            format!("programmes/{programme}/organisations/{organisation}/units/{unit}"),
        )
        .await
}

/// Change a unit's name or areas.
#[utoipa::path(tag = "Organisations", operation_id = "changeUnit", request_body = ChangeUnit,
    responses((status = 200, description = "The unit is changed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(ChangeUnit::PERMISSION))))]
#[put("/programmes/{programme}/organisations/{organisation}/units/{unit}")]
async fn change_unit(
    writing: Writing,
    path: Path<(ProgrammeId, OrganisationId, UnitId)>,
    body: Body<ChangeUnit>,
) -> Result<HttpResponse, Problem> {
    let (programme, organisation, unit) = path.into_inner();
    let body = body.map(|command| ChangeUnit { unit: Some(unit), ..command });
    writing
        .submit(
            programme,
            organisation,
            body,
            format!("programmes/{programme}/organisations/{organisation}/units/{unit}"),
        )
        .await
}

/// Close a unit: from that week on it is not expected to report.
#[utoipa::path(tag = "Organisations", operation_id = "closeUnit", request_body = CloseUnit,
    responses((status = 201, description = "The unit is closed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(CloseUnit::PERMISSION))))]
#[post("/programmes/{programme}/organisations/{organisation}/units/{unit}/closure")]
async fn close_unit(
    writing: Writing,
    path: Path<(ProgrammeId, OrganisationId, UnitId)>,
    body: Body<CloseUnit>,
) -> Result<HttpResponse, Problem> {
    let (programme, organisation, unit) = path.into_inner();
    let body = body.map(|command| CloseUnit { unit: Some(unit), ..command });
    writing
        .submit(
            programme,
            organisation,
            body,
            format!("programmes/{programme}/organisations/{organisation}/units/{unit}"),
        )
        .await
}
