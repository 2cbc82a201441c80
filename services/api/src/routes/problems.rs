//! Problems that persist, with their streaks.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::problem::{Close, Corroborate, Open, Reopen};
use est::{Command, Permission, ProblemId, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::problems;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(open).service(read).service(corroborate).service(close).service(reopen);
}

/// The problems, the open ones first, the longest streak first.
#[utoipa::path(tag = "Problems", operation_id = "listProblems", params(PageQuery),
    responses((status = 200, description = "A page of problems.", body = Page<problems::Problem>)),
    extensions(("x-permission" = json!(Permission::ReadProblems))))]
#[get("/programmes/{programme}/problems")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProblems).await?;
    let all = site.reader.problems(&granted.grant).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Open a problem from what was reported.
#[utoipa::path(tag = "Problems", operation_id = "openProblem", request_body = Open,
    responses((status = 201, description = "The problem is open.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Open::PERMISSION))))]
#[post("/programmes/{programme}/problems")]
async fn open(writing: Writing, path: Path<ProgrammeId>, body: Body<Open>) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let problem = ProblemId(writing.identity());
    writing.submit(programme, problem, body, format!("programmes/{programme}/problems/{problem}")).await
}

/// One problem.
#[utoipa::path(tag = "Problems", operation_id = "readProblem",
    responses((status = 200, description = "The problem.", body = problems::Problem)),
    extensions(("x-permission" = json!(Permission::ReadProblems))))]
#[get("/programmes/{programme}/problems/{problem}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, ProblemId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, problem) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProblems).await?;
    let found = site.reader.problem(&granted.grant, problem).await?;
    let found = found.ok_or(Problem::NotFound)?;
    answer::composed(&site, &request, &granted, &found, found.version).await
}

/// Say of observations that they are this problem: the same, reported by several, is counted as new once.
#[utoipa::path(tag = "Problems", operation_id = "corroborateProblem", request_body = Corroborate,
    responses((status = 201, description = "The observations belong to the problem.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Corroborate::PERMISSION))))]
#[post("/programmes/{programme}/problems/{problem}/observations")]
async fn corroborate(
    writing: Writing,
    path: Path<(ProgrammeId, ProblemId)>,
    body: Body<Corroborate>,
) -> Result<HttpResponse, Problem> {
    let (programme, problem) = path.into_inner();
    writing.submit(programme, problem, body, format!("programmes/{programme}/problems/{problem}")).await
}

/// Close a problem that is gone.
#[utoipa::path(tag = "Problems", operation_id = "closeProblem", request_body = Close,
    responses((status = 201, description = "The problem is closed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Close::PERMISSION))))]
#[post("/programmes/{programme}/problems/{problem}/closure")]
async fn close(
    writing: Writing,
    path: Path<(ProgrammeId, ProblemId)>,
    body: Body<Close>,
) -> Result<HttpResponse, Problem> {
    let (programme, problem) = path.into_inner();
    writing.submit(programme, problem, body, format!("programmes/{programme}/problems/{problem}")).await
}

/// Reopen a problem that has come back.
#[utoipa::path(tag = "Problems", operation_id = "reopenProblem", request_body = Reopen,
    responses((status = 201, description = "The problem is open again.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Reopen::PERMISSION))))]
#[post("/programmes/{programme}/problems/{problem}/reopening")]
async fn reopen(
    writing: Writing,
    path: Path<(ProgrammeId, ProblemId)>,
    body: Body<Reopen>,
) -> Result<HttpResponse, Problem> {
    let (programme, problem) = path.into_inner();
    writing.submit(programme, problem, body, format!("programmes/{programme}/problems/{problem}")).await
}
