//! Interventions: proposed, decided, begun, reported back, followed up, disposed of.

use crate::answer::{self, Page, PageQuery};
use crate::as_of::AsOf;
use crate::body::Body;
use crate::caller::{Caller, Granted};
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use est::event::Happened;
use est::intervention::{Decide, Decline, Dispose, FollowUp, Propose, ReportBack, SettleAnchoring, Start};
use est::permission;
use est::{AreaId, Command, Grant, InterventionId, Permission, ProgrammeId};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::interventions::{Intervention, InterventionStatus, Wanted};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(propose)
        .service(read)
        .service(decide)
        .service(decline)
        .service(settle)
        .service(start)
        .service(report_back)
        .service(follow_up)
        .service(dispose);
}

/// Which interventions.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct InterventionQuery {
    area: Option<AreaId>,
    status: Option<InterventionStatus>,
    /// Only those that ask for attention.
    #[serde(default)]
    #[param(default = false)]
    alerts: bool,
}

fn location(programme: ProgrammeId, intervention: InterventionId) -> String {
    format!("programmes/{programme}/interventions/{intervention}")
}

/// The day that it is in the programme.
pub(super) fn today(site: &Site, granted: &Granted) -> Date {
    site.rim.now().to_zoned(granted.facts.method().zone()).date()
}

/// The caller's right to see what is not to be shown until it has begun.
pub(super) fn embargoed(site: &Site, caller: &Caller, granted: &Granted) -> Option<Grant> {
    permission::grant(&granted.facts, &caller.subject, Permission::ReadEmbargoed, site.rim.now()).ok()
}

/// An intervention as it stood; what the caller may not see is not there.
pub(super) async fn found(
    site: &Site,
    caller: &Caller,
    granted: &Granted,
    id: InterventionId,
    as_of: AsOf,
) -> Result<Intervention, Problem> {
    let right = embargoed(site, caller, granted);
    let (wanted, now) = ((id, right.as_ref()), (&*granted.facts, today(site, granted)));
    let found = if as_of.is_now() {
        site.reader.intervention(&granted.grant, now, wanted).await?
    } else {
        let until = |happened: &Happened| as_of.includes(happened);
        site.reader.intervention_as_of(&granted.grant, now, wanted, until).await?
    };
    found.ok_or(Problem::NotFound)
}

/// The interventions, the latest proposed first, with what asks for attention.
#[utoipa::path(tag = "Interventions", operation_id = "listInterventions", params(PageQuery, InterventionQuery),
    responses((status = 200, description = "A page of interventions.", body = Page<Intervention>)),
    extensions(("x-permission" = json!(Permission::ReadInterventions))))]
#[get("/programmes/{programme}/interventions")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    (page, query): (Query<PageQuery>, Query<InterventionQuery>),
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadInterventions).await?;
    let InterventionQuery { area, status, alerts } = query.into_inner();
    let right = embargoed(&site, &caller, &granted);
    let wanted = Wanted { area, status, alerts, embargoed: right.as_ref() };
    let now = (&*granted.facts, today(&site, &granted));
    let all = site.reader.interventions(&granted.grant, now, wanted).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// One intervention, with all that has happened to it.
#[utoipa::path(tag = "Interventions", operation_id = "readIntervention", params(AsOf),
    responses((status = 200, description = "The intervention.", body = Intervention)),
    extensions(("x-permission" = json!(Permission::ReadInterventions))))]
#[get("/programmes/{programme}/interventions/{intervention}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, InterventionId)>,
    as_of: Query<AsOf>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, id) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadInterventions).await?;
    let found = found(&site, &caller, &granted, id, as_of.check()?).await?;
    answer::composed(&site, &request, &granted, &found, found.version).await
}

/// Propose an intervention that follows from an analysis.
#[utoipa::path(tag = "Interventions", operation_id = "proposeIntervention", request_body = Propose,
    responses((status = 201, description = "The intervention is proposed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Propose::PERMISSION))))]
#[post("/programmes/{programme}/interventions")]
async fn propose(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<Propose>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let intervention = InterventionId(writing.identity());
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Decide an intervention: what is expected, who answers for it, by what right.
#[utoipa::path(tag = "Interventions", operation_id = "decideIntervention", request_body = Decide,
    responses((status = 201, description = "The intervention is decided.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Decide::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/decision")]
async fn decide(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<Decide>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Decline a proposed intervention, with the reason.
#[utoipa::path(tag = "Interventions", operation_id = "declineIntervention", request_body = Decline,
    responses((status = 201, description = "The intervention is declined.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Decline::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/declination")]
async fn decline(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<Decline>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Settle the anchoring of a decision.
#[utoipa::path(tag = "Interventions", operation_id = "settleAnchoring", request_body = SettleAnchoring,
    responses((status = 201, description = "The anchoring is settled.", body = ReceiptBody)),
    extensions(("x-permission" = json!(SettleAnchoring::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/anchoring")]
async fn settle(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<SettleAnchoring>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Begin an intervention; what was under embargo is shown from now on.
#[utoipa::path(tag = "Interventions", operation_id = "startIntervention",
    responses((status = 201, description = "The intervention has begun.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Start::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/start")]
async fn start(writing: Writing, path: Path<(ProgrammeId, InterventionId)>) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    let body = Writing::bare(Start {});
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Report back what was done.
#[utoipa::path(tag = "Interventions", operation_id = "reportBack", request_body = ReportBack,
    responses((status = 201, description = "What was done is reported back.", body = ReceiptBody)),
    extensions(("x-permission" = json!(ReportBack::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/reports")]
async fn report_back(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<ReportBack>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Follow an intervention up with the three questions; once for each occasion.
#[utoipa::path(tag = "Interventions", operation_id = "followUpIntervention", request_body = FollowUp,
    responses((status = 201, description = "The intervention is followed up.", body = ReceiptBody)),
    extensions(("x-permission" = json!(FollowUp::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/follow-ups")]
async fn follow_up(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<FollowUp>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}

/// Decide what becomes of an intervention: continue, expand, replace, end; once every cycle.
#[utoipa::path(tag = "Interventions", operation_id = "disposeOfIntervention", request_body = Dispose,
    responses((status = 201, description = "What becomes of it is decided.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Dispose::PERMISSION))))]
#[post("/programmes/{programme}/interventions/{intervention}/dispositions")]
async fn dispose(
    writing: Writing,
    path: Path<(ProgrammeId, InterventionId)>,
    body: Body<Dispose>,
) -> Result<HttpResponse, Problem> {
    let (programme, intervention) = path.into_inner();
    writing.submit(programme, intervention, body, location(programme, intervention)).await
}
