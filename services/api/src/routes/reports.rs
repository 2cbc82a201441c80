//! Weekly reports: given, amended, withdrawn; and reminders of those that are missing.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::report::{Amend, Key, Remind, Submit, Withdraw};
use est::{Command, Permission, ProgrammeId, UnitId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::reports::Report;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(submit).service(list).service(read).service(amend).service(withdraw).service(remind);
}

/// Report a unit's whole week: what it has seen, or that it was calm.
#[utoipa::path(tag = "Reports", operation_id = "submitReport", request_body = Submit,
    responses((status = 201, description = "The report is recorded.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Submit::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/reports")]
async fn submit(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Submit>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let unit = body.command.unit;
    writing
        .submit(
            programme,
            Key { week, unit },
            body,
            format!("programmes/{programme}/weeks/{week}/reports/{unit}"),
        )
        .await
}

/// The reports of a week.
#[utoipa::path(tag = "Reports", operation_id = "listReports", params(PageQuery),
    responses((status = 200, description = "A page of reports.", body = Page<Report>)),
    extensions(("x-permission" = json!(Permission::ReadReports))))]
#[get("/programmes/{programme}/weeks/{week}/reports")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadReports).await?;
    let all = site.reader.reports(&granted.grant, week).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// A unit's report of a week.
#[utoipa::path(tag = "Reports", operation_id = "readReport",
    responses((status = 200, description = "The report.", body = Report)),
    extensions(("x-permission" = json!(Permission::ReadReports))))]
#[get("/programmes/{programme}/weeks/{week}/reports/{unit}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week, UnitId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week, unit) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadReports).await?;
    let found = site.reader.report(&granted.grant, Key { week, unit }).await?;
    answer::one(&site, &request, &granted, found, |report| report.version).await
}

/// Amend a report: the whole week anew, with a reason.
#[utoipa::path(tag = "Reports", operation_id = "amendReport", request_body = Amend,
    responses((status = 200, description = "The report is amended.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Amend::PERMISSION))))]
#[put("/programmes/{programme}/weeks/{week}/reports/{unit}")]
async fn amend(
    writing: Writing,
    path: Path<(ProgrammeId, Week, UnitId)>,
    body: Body<Amend>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, unit) = path.into_inner();
    writing
        .submit(
            programme,
            Key { week, unit },
            body,
            format!("programmes/{programme}/weeks/{week}/reports/{unit}"),
        )
        .await
}

/// Withdraw a report, with a reason; it is awaited again.
#[utoipa::path(tag = "Reports", operation_id = "withdrawReport", request_body = Withdraw,
    responses((status = 201, description = "The report is withdrawn.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Withdraw::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/reports/{unit}/withdrawal")]
async fn withdraw(
    writing: Writing,
    path: Path<(ProgrammeId, Week, UnitId)>,
    body: Body<Withdraw>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, unit) = path.into_inner();
    writing
        .submit(
            programme,
            Key { week, unit },
            body,
            format!("programmes/{programme}/weeks/{week}/reports/{unit}"),
        )
        .await
}

/// Remind a unit whose report is awaited.
#[utoipa::path(tag = "Reports", operation_id = "remindUnit", request_body = Remind,
    responses((status = 201, description = "The unit is reminded.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Remind::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/reports/{unit}/reminders")]
async fn remind(
    writing: Writing,
    path: Path<(ProgrammeId, Week, UnitId)>,
    body: Body<Remind>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, unit) = path.into_inner();
    writing
        .submit(
            programme,
            Key { week, unit },
            body,
            format!("programmes/{programme}/weeks/{week}/reports/{unit}"),
        )
        .await
}
