//! Citizen pledges: what could be pledged, what is, and how it is kept.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::interventions::today;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::pledge::{End, FollowUp, Give};
use est::{Command, Permission, PledgeId, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::pledges::{self, CitizenPledge, PledgeCandidate};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(candidates).service(list).service(give).service(read).service(follow_up).service(end);
}

fn location(programme: ProgrammeId, pledge: PledgeId) -> String {
    format!("programmes/{programme}/pledges/{pledge}")
}

/// The pledges, those that stand first, the earliest follow-up first.
#[utoipa::path(tag = "Pledges", operation_id = "listPledges", params(PageQuery),
    responses((status = 200, description = "A page of pledges.", body = Page<CitizenPledge>)),
    extensions(("x-permission" = json!(Permission::ReadPledges))))]
#[get("/programmes/{programme}/pledges")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadPledges).await?;
    let all = pledges::pledges(&granted.grant, &granted.facts, today(&site, &granted));
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Open problems that come back again and again, the most persistent and influenceable first: what could be pledged.
#[utoipa::path(tag = "Pledges", operation_id = "listPledgeCandidates", params(PageQuery),
    responses((status = 200, description = "A page of problems.", body = Page<PledgeCandidate>)),
    extensions(("x-permission" = json!(Permission::ReadProblems))))]
#[get("/programmes/{programme}/pledge-candidates")]
async fn candidates(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProblems).await?;
    let today = today(&site, &granted);
    let all = site.reader.pledge_candidates(&granted.grant, &granted.facts, today).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Give a pledge.
#[utoipa::path(tag = "Pledges", operation_id = "givePledge", request_body = Give,
    responses((status = 201, description = "The pledge is given.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Give::PERMISSION))))]
#[post("/programmes/{programme}/pledges")]
async fn give(writing: Writing, path: Path<ProgrammeId>, body: Body<Give>) -> Result<HttpResponse, Problem> {
    let pledge = PledgeId(writing.identity());
    writing.submit(*path, pledge, body, location(*path, pledge)).await
}

/// One pledge.
#[utoipa::path(tag = "Pledges", operation_id = "readPledge",
    responses((status = 200, description = "The pledge.", body = CitizenPledge)),
    extensions(("x-permission" = json!(Permission::ReadPledges))))]
#[get("/programmes/{programme}/pledges/{pledge}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, PledgeId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, pledge) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadPledges).await?;
    let found = pledges::one(&granted.grant, &granted.facts, pledge, today(&site, &granted));
    let found = found.ok_or(Problem::NotFound)?;
    answer::composed(&site, &request, &granted, &found, found.version).await
}

/// Say how a pledge is kept.
#[utoipa::path(tag = "Pledges", operation_id = "followUpPledge", request_body = FollowUp,
    responses((status = 201, description = "It is said how the pledge is kept.", body = ReceiptBody)),
    extensions(("x-permission" = json!(FollowUp::PERMISSION))))]
#[post("/programmes/{programme}/pledges/{pledge}/follow-ups")]
async fn follow_up(
    writing: Writing,
    path: Path<(ProgrammeId, PledgeId)>,
    body: Body<FollowUp>,
) -> Result<HttpResponse, Problem> {
    let (programme, pledge) = path.into_inner();
    writing.submit(programme, pledge, body, location(programme, pledge)).await
}

/// End a pledge, with the reason.
#[utoipa::path(tag = "Pledges", operation_id = "endPledge", request_body = End,
    responses((status = 201, description = "The pledge is over.", body = ReceiptBody)),
    extensions(("x-permission" = json!(End::PERMISSION))))]
#[post("/programmes/{programme}/pledges/{pledge}/ending")]
async fn end(
    writing: Writing,
    path: Path<(ProgrammeId, PledgeId)>,
    body: Body<End>,
) -> Result<HttpResponse, Problem> {
    let (programme, pledge) = path.into_inner();
    writing.submit(programme, pledge, body, location(programme, pledge)).await
}
