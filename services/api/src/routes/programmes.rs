//! Programmes: opened, prepared, activated.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::programme::{Activate, AdoptMethod, DecideMeetings, EntrustForm, Itself, Open, RecordLegalReview};
use est::{Command, Permission, ProgrammeId};
use event_log::Log;
use utoipa_actix_web::service_config::ServiceConfig;
use views::programme::{self, Activation, Programme};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(open)
        .service(read)
        .service(activation)
        .service(activate)
        .service(adopt_method)
        .service(decide_meetings)
        .service(entrust_form)
        .service(record_legal_review);
}

/// A programme as it is set up.
#[utoipa::path(tag = "Programmes", operation_id = "readProgramme",
    responses((status = 200, description = "The programme.", body = Programme)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadProgramme).await?;
    let found = programme::programme(&granted.grant, &granted.facts);
    answer::one(&site, &request, &granted, found, |programme| programme.version).await
}

/// Activate the programme; refused until the checklist is met.
#[utoipa::path(tag = "Programmes", operation_id = "activateProgramme", request_body = Activate,
    responses((status = 201, description = "The programme is active.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Activate::PERMISSION))))]
#[post("/programmes/{programme}/activation")]
async fn activate(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<Activate>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}")).await
}

/// Adopt a version of the method; earlier weeks keep theirs.
#[utoipa::path(tag = "Programmes", operation_id = "adoptMethod", request_body = AdoptMethod,
    responses((status = 201, description = "The version is in force.", body = ReceiptBody)),
    extensions(("x-permission" = json!(AdoptMethod::PERMISSION))))]
#[post("/programmes/{programme}/method-versions")]
async fn adopt_method(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<AdoptMethod>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}")).await
}

/// Decide which organisations take part in each meeting.
#[utoipa::path(tag = "Programmes", operation_id = "decideMeetings", request_body = DecideMeetings,
    responses((status = 200, description = "The meetings are decided.", body = ReceiptBody)),
    extensions(("x-permission" = json!(DecideMeetings::PERMISSION))))]
#[put("/programmes/{programme}/meetings")]
async fn decide_meetings(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<DecideMeetings>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}")).await
}

/// Entrust the weekly form to a function.
#[utoipa::path(tag = "Programmes", operation_id = "entrustForm", request_body = EntrustForm,
    responses((status = 200, description = "The form is entrusted.", body = ReceiptBody)),
    extensions(("x-permission" = json!(EntrustForm::PERMISSION))))]
#[put("/programmes/{programme}/form-responsibility")]
async fn entrust_form(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<EntrustForm>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}")).await
}

/// Record that an organisation's lawyer has looked at the work.
#[utoipa::path(tag = "Programmes", operation_id = "recordLegalReview", request_body = RecordLegalReview,
    responses((status = 201, description = "The review is recorded.", body = ReceiptBody)),
    extensions(("x-permission" = json!(RecordLegalReview::PERMISSION))))]
#[post("/programmes/{programme}/legal-reviews")]
async fn record_legal_review(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<RecordLegalReview>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}")).await
}

/// The programmes in which the caller holds a function.
#[utoipa::path(tag = "Programmes", operation_id = "listProgrammes", params(PageQuery),
    responses((status = 200, description = "A page of programmes, by name.", body = Page<Programme>)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut all = Vec::new();
    for (id, _) in Log::new(&site.database).heads().await? {
        if let Ok(granted) = caller.granted(&site, ProgrammeId(id), Permission::ReadProgramme).await {
            all.extend(programme::programme(&granted.grant, &granted.facts));
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    answer::plain(&site, &request, all, page.check()?)
}

/// Open a programme; only the operator may. Whoever is named founder prepares it until it is activated.
#[utoipa::path(tag = "Programmes", operation_id = "openProgramme", request_body = Open,
    responses((status = 201, description = "The programme is open.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Open::PERMISSION))))]
#[post("/programmes")]
async fn open(writing: Writing, body: Body<Open>) -> Result<HttpResponse, Problem> {
    let programme = writing.programme();
    writing.open(programme, Itself, body).await
}

/// What must be in place before the programme is activated, and whether it is.
#[utoipa::path(tag = "Programmes", operation_id = "readActivation",
    responses((status = 200, description = "The checklist.", body = Activation)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/activation")]
async fn activation(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProgramme).await?;
    let found = Some(programme::activation(&granted.grant, &granted.facts, site.rim.now()));
    answer::one(&site, &request, &granted, found, |activation| activation.version).await
}
