//! The outcome timeline of an intervention: as JSON, as a sheet, as a picture.

use crate::answer;
use crate::as_of::AsOf;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::interventions::{found, today};
use crate::site::Site;
use actix_web::http::header::{ACCEPT, CONTENT_DISPOSITION, VARY};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use est::event::Happened;
use est::timeline::Timeline;
use est::{InterventionId, Permission, ProgrammeId};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(sheet).service(picture);
}

/// How much of what lies around the intervention.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
struct Around {
    /// Weeks before it began.
    #[serde(default = "quarter")]
    #[param(minimum = 1, maximum = 104, default = 13)]
    before: u8,
    /// Weeks after it ended.
    #[serde(default = "quarter")]
    #[param(minimum = 0, maximum = 104, default = 13)]
    after: u8,
}

const fn quarter() -> u8 {
    13
}

impl Around {
    fn check(self) -> Result<(u8, u8), Problem> {
        let broken = |parameter| Err(Problem::ParameterBroken { parameter });
        match (self.before, self.after) {
            (1..=104, after @ 0..=104) => Ok((self.before, after)),
            (1..=104, _) => broken("after"),
            _ => broken("before"),
        }
    }
}

/// The outcome timeline: what was reported in the area before, during and after, beside other areas.
#[utoipa::path(tag = "Interventions", operation_id = "readTimeline", params(Around, AsOf),
    responses((status = 200, description = "The timeline.", body = Timeline)),
    extensions(("x-permission" = json!(Permission::ReadInterventions))))]
#[get("/programmes/{programme}/interventions/{intervention}/timeline")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, InterventionId)>,
    (around, as_of): (Query<Around>, Query<AsOf>),
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    answer::figures(&request, &timeline(&site, &caller, *path, (*around, *as_of)).await?)
}

/// The outcome timeline as a sheet: a line for each week and area.
#[utoipa::path(tag = "Interventions", operation_id = "readTimelineSheet", params(Around, AsOf),
    responses((status = 200, description = "The timeline's figures.", body = String, content_type = "text/csv")),
    extensions(("x-permission" = json!(Permission::ReadInterventions))))]
#[get("/programmes/{programme}/interventions/{intervention}/timeline/sheet")]
async fn sheet(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, InterventionId)>,
    (around, as_of): (Query<Around>, Query<AsOf>),
) -> Result<HttpResponse, Problem> {
    let timeline = timeline(&site, &caller, *path, (*around, *as_of)).await?;
    let disposition = format!("attachment; filename=\"tidslinje-{}.csv\"", timeline.intervention);
    let answer = HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, disposition))
        .body(documents::timeline::csv(&timeline));
    Ok(answer)
}

/// The outcome timeline as a picture (SVG), in Swedish and readable in black and white. It is a file to whoever keeps
/// it; who asks for an image, as a page does that shows it, is answered `image/svg+xml`.
#[utoipa::path(tag = "Interventions", operation_id = "readTimelinePicture", params(Around, AsOf),
    responses((status = 200, description = "The timeline drawn.", body = String,
        content_type = "application/octet-stream")),
    extensions(("x-permission" = json!(Permission::ReadInterventions))))]
#[get("/programmes/{programme}/interventions/{intervention}/timeline/picture")]
async fn picture(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, InterventionId)>,
    (around, as_of): (Query<Around>, Query<AsOf>),
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let timeline = timeline(&site, &caller, *path, (*around, *as_of)).await?;
    // The national profile and the makers of clients know of files, and of no pictures; a browser shows a picture only
    // under its own name.
    let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let kind = if accept.contains("image/") { "image/svg+xml" } else { "application/octet-stream" };
    let answer = HttpResponse::Ok()
        .content_type(kind)
        .insert_header((VARY, "Accept"))
        .body(documents::timeline::svg(&timeline));
    Ok(answer)
}

/// The timeline; what the caller may not see is not there.
async fn timeline(
    site: &Site,
    caller: &Caller,
    (programme, id): (ProgrammeId, InterventionId),
    (around, as_of): (Around, AsOf),
) -> Result<Timeline, Problem> {
    let granted = caller.granted(site, programme, Permission::ReadInterventions).await?;
    let (around, as_of) = (around.check()?, as_of.check()?);
    let found = found(site, caller, &granted, id, as_of).await?;
    let now = (&*granted.facts, today(site, &granted));
    let until = (!as_of.is_now()).then_some(|happened: &Happened| as_of.includes(happened));
    Ok(site.reader.timeline(&granted.grant, now, (&found, around), until).await?)
}
