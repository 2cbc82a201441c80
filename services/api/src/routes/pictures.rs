//! The weekly picture: drafted, written, adopted, distributed, corrected.

use crate::answer::{self, Page, PageQuery};
use crate::as_of::AsOf;
use crate::body::Body;
use crate::caller::{Caller, Granted};
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::permission;
use est::picture::{
    Acknowledge, Adopt, Correct, Distribute, Draft, EditSection, Renew, SECTION_STALE,
    WARNINGS_UNACKNOWLEDGED,
};
use est::section::{NoSuchSection, Section, SectionName};
use est::{Command, EntryId, Facts, FreeText, Permission, ProgrammeId, Week};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::pictures::Picture;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(read)
        .service(draft)
        .service(renew)
        .service(edit)
        .service(adopt)
        .service(distribute)
        .service(acknowledge)
        .service(correct)
        .service(list);
}

/// Draft the week's picture from the reports that have come.
#[utoipa::path(tag = "Picture", operation_id = "draftPicture", request_body = Draft,
    responses((status = 201, description = "The picture is drafted.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Draft::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture")]
async fn draft(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Draft>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// Adopt the draft: from then on it is a public record.
#[utoipa::path(tag = "Picture", operation_id = "adoptPicture", request_body = Adopt,
    responses((status = 200, description = "The picture is adopted.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Adopt::PERMISSION))))]
#[put("/programmes/{programme}/weeks/{week}/picture/adoption")]
async fn adopt(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Adopt>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let (site, caller) = (writing.site.clone(), writing.caller.clone());
    let path = format!("programmes/{programme}/weeks/{week}/picture");
    match writing.submit(programme, week, body, path).await {
        Err(Problem::Refused(refusal)) if refusal == WARNINGS_UNACKNOWLEDGED => {
            let granted = caller.granted(&site, programme, Permission::ReadDraft).await?;
            let picture = site.reader.picture(&granted.grant, Some(&granted.facts), week).await?;
            let mut warnings = picture.map(|picture| picture.warnings).unwrap_or_default();
            warnings.retain(|warning| warning.acknowledged.is_none());
            Err(Problem::WarningsUnacknowledged { refusal, warnings })
        }
        answered => answered,
    }
}

/// Gather the reports into the draft anew: what came after it was drafted.
#[utoipa::path(tag = "Picture", operation_id = "renewDraft", request_body = Renew,
    responses((status = 201, description = "The draft rests on what has been reported by now.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Renew::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture/renewals")]
async fn renew(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Renew>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// Distribute the adopted edition to everyone on the distribution list.
#[utoipa::path(tag = "Picture", operation_id = "distributePicture", request_body = Distribute,
    responses((status = 201, description = "The picture is distributed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Distribute::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture/distributions")]
async fn distribute(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Distribute>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// Begin a correction of the adopted picture: a new edition.
#[utoipa::path(tag = "Picture", operation_id = "correctPicture", request_body = Correct,
    responses((status = 201, description = "A new edition is being drafted.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Correct::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture/corrections")]
async fn correct(
    writing: Writing,
    path: Path<(ProgrammeId, Week)>,
    body: Body<Correct>,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// A week's picture: the editions adopted, and the draft for those who write it.
#[utoipa::path(tag = "Picture", operation_id = "readPicture", params(AsOf),
    responses((status = 200, description = "The picture.", body = Picture)),
    extensions(("x-permission" = json!(Permission::ReadPicture))))]
#[get("/programmes/{programme}/weeks/{week}/picture")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    as_of: Query<AsOf>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadPicture).await?;
    let drafts = writes(&site, &caller, &granted);
    let grant = &granted.grant;
    let as_of = as_of.check()?;
    let found = if as_of.is_now() {
        site.reader.picture(grant, drafts, week).await?
    } else {
        site.reader.picture_as_of(grant, drafts, week, |happened| as_of.includes(happened)).await?
    };
    answer::one(&site, &request, &granted, found, |picture| picture.version).await
}

/// The pictures of a year, by week.
#[utoipa::path(tag = "Picture", operation_id = "listPictures", params(PageQuery, YearQuery),
    responses((status = 200, description = "A page of pictures.", body = Page<Picture>)),
    extensions(("x-permission" = json!(Permission::ReadPicture))))]
#[get("/programmes/{programme}/pictures")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    (page, query): (Query<PageQuery>, Query<YearQuery>),
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if query.year.is_some_and(|year| !(2000..2200).contains(&year)) {
        return Err(Problem::ParameterBroken { parameter: "year" });
    }
    let granted = caller.granted(&site, *path, Permission::ReadPicture).await?;
    let year = query.year.unwrap_or_else(|| site.rim.now().to_zoned(granted.facts.method().zone()).year());
    let all = site.reader.pictures(&granted.grant, writes(&site, &caller, &granted), year).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// Edit one section of the draft. The entity tag is the section's number of edits: others may edit the rest.
#[utoipa::path(tag = "Picture", operation_id = "editSection", request_body = SectionContent,
    responses((status = 200, description = "The section is edited.", body = ReceiptBody)),
    extensions(("x-permission" = json!(EditSection::PERMISSION))))]
#[put("/programmes/{programme}/weeks/{week}/picture/sections/{section}")]
async fn edit(
    writing: Writing,
    path: Path<(ProgrammeId, Week, String)>,
    body: Body<SectionContent>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, section) = path.into_inner();
    let section: SectionName = section.parse().map_err(|_none: NoSuchSection| Problem::NotFound)?;
    let version = writing.version()?;
    let edits = u32::try_from(version).unwrap_or(0);
    let (site, caller) = (writing.site.clone(), writing.caller.clone());
    let granted = caller.granted(&site, programme, EditSection::PERMISSION).await?;
    let replaced = site.reader.warned_words(&granted.grant, &granted.facts, week, section).await?;
    let body = body.map(|SectionContent(content)| EditSection { section, edits, content, replaced });
    let path = format!("programmes/{programme}/weeks/{week}/picture");
    match writing.submit_part(programme, week, body, (path, version)).await {
        Err(Problem::Refused(refusal)) if refusal == SECTION_STALE => {
            let granted = caller.granted(&site, programme, Permission::ReadDraft).await?;
            let picture = site.reader.picture(&granted.grant, Some(&granted.facts), week).await?;
            let content = picture.and_then(|picture| picture.draft);
            let written = content.and_then(|mut content| content.sections.remove(&section));
            let version = written.map_or(Ok(0), |written| i32::try_from(written.edits)).unwrap_or(i32::MAX);
            Err(Problem::PartStale { refusal, version })
        }
        answered => answered,
    }
}

/// Acknowledge what was received, and its use notice.
#[utoipa::path(tag = "Picture", operation_id = "acknowledgePicture",
    responses((status = 201, description = "The receipt is acknowledged.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Acknowledge::PERMISSION))))]
#[post("/programmes/{programme}/weeks/{week}/picture/receipts/{entry}/acknowledgement")]
async fn acknowledge(
    writing: Writing,
    path: Path<(ProgrammeId, Week, EntryId)>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, entry) = path.into_inner();
    let body = Writing::bare(Acknowledge { entry });
    writing.submit(programme, week, body, format!("programmes/{programme}/weeks/{week}/picture")).await
}

/// The facts that the draft is shown by, if the caller writes the picture.
fn writes<'a>(site: &Site, caller: &Caller, granted: &'a Granted) -> Option<&'a Facts> {
    let grant = permission::grant(&granted.facts, &caller.subject, Permission::ReadDraft, site.rim.now());
    grant.is_ok().then_some(&*granted.facts)
}

/// What a section says.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
struct SectionContent(Section<FreeText>);

/// Which year.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct YearQuery {
    /// The ISO year; the present one when left out.
    #[param(minimum = 2000, maximum = 2199)]
    year: Option<i16>,
}
