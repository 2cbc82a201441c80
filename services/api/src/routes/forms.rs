//! The weekly form: what is asked, and what a unit is asked about again.

use crate::answer;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use est::report::Key;
use est::{Permission, ProgrammeId, UnitId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::forms::{self, Form, UnitForm};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(form).service(unit_form);
}

/// What the weekly form asks, by the method version in force.
#[utoipa::path(tag = "Reports", operation_id = "readForm",
    responses((status = 200, description = "The form.", body = Form)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/form")]
async fn form(site: Data<Site>, caller: Caller, path: Path<ProgrammeId>) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProgramme).await?;
    let form = forms::form(&granted.grant, &granted.facts).ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok().json(form))
}

/// A unit's form for a week, filled in with what is known: its report, and the open problems it is asked about.
#[utoipa::path(tag = "Reports", operation_id = "readUnitForm",
    responses((status = 200, description = "The unit's form.", body = UnitForm)),
    extensions(("x-permission" = json!(Permission::ReadReports))))]
#[get("/programmes/{programme}/weeks/{week}/forms/{unit}")]
async fn unit_form(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week, UnitId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week, unit) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadReports).await?;
    let found = site.reader.unit_form(&granted.grant, &granted.facts, Key { week, unit }).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let version = found.report.as_ref().map_or(0, |report| report.version);
    answer::composed(&site, &request, &granted, &found, version).await
}
