//! The analyses of prioritised areas, each week and each period.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use est::analysis::{Amend, Key, Occasion, Record};
use est::{AreaId, Command, Permission, ProgrammeId, Week};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::analyses::Analysis;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read).service(record).service(amend);
}

/// Whether an area is analysed at the weekly review, or at the meeting of a period, which its first week names.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum OccasionKind {
    Week,
    Period,
}

impl OccasionKind {
    fn of(self, week: Week) -> Occasion {
        match self {
            Self::Week => Occasion::Week(week),
            Self::Period => Occasion::Period(week),
        }
    }
}

/// An analysis in the path: a programme's, on an occasion, of an area.
type InPath = (ProgrammeId, OccasionKind, Week, AreaId);

fn key(path: Path<InPath>) -> (ProgrammeId, Key, String) {
    let (programme, kind, week, area) = path.into_inner();
    let key = Key { occasion: kind.of(week), area };
    (programme, key, format!("programmes/{programme}/analyses/{key}"))
}

/// The analyses of a week or a period, by area.
#[utoipa::path(tag = "Analyses", operation_id = "listAnalyses",
    params(PageQuery, ("occasion" = inline(OccasionKind), Path)),
    responses((status = 200, description = "A page of analyses.", body = Page<Analysis>)),
    extensions(("x-permission" = json!(Permission::ReadAnalyses))))]
#[get("/programmes/{programme}/analyses/{occasion}/{week}")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, OccasionKind, Week)>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, kind, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadAnalyses).await?;
    let all = site.reader.analyses(&granted.grant, kind.of(week)).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// The analysis of an area.
#[utoipa::path(tag = "Analyses", operation_id = "readAnalysis", params(("occasion" = inline(OccasionKind), Path)),
    responses((status = 200, description = "The analysis.", body = Analysis)),
    extensions(("x-permission" = json!(Permission::ReadAnalyses))))]
#[get("/programmes/{programme}/analyses/{occasion}/{week}/{area}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, OccasionKind, Week, AreaId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, key, _) = key(path);
    let granted = caller.granted(&site, programme, Permission::ReadAnalyses).await?;
    let found = site.reader.analysis(&granted.grant, key).await?;
    answer::one(&site, &request, &granted, found, |analysis| analysis.version).await
}

/// Record the analysis of an area: its context, what underlies it, and what follows from that.
#[utoipa::path(tag = "Analyses", operation_id = "recordAnalysis", request_body = Record,
    params(("occasion" = inline(OccasionKind), Path)),
    responses((status = 200, description = "The analysis is recorded.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Record::PERMISSION))))]
#[put("/programmes/{programme}/analyses/{occasion}/{week}/{area}")]
async fn record(
    writing: Writing,
    path: Path<(ProgrammeId, OccasionKind, Week, AreaId)>,
    body: Body<Record>,
) -> Result<HttpResponse, Problem> {
    let (programme, key, location) = key(path);
    writing.submit(programme, key, body, location).await
}

/// Amend an analysis, with a reason.
#[utoipa::path(tag = "Analyses", operation_id = "amendAnalysis", request_body = Amend,
    params(("occasion" = inline(OccasionKind), Path)),
    responses((status = 201, description = "The analysis is amended.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Amend::PERMISSION))))]
#[post("/programmes/{programme}/analyses/{occasion}/{week}/{area}/amendments")]
async fn amend(
    writing: Writing,
    path: Path<(ProgrammeId, OccasionKind, Week, AreaId)>,
    body: Body<Amend>,
) -> Result<HttpResponse, Problem> {
    let (programme, key, location) = key(path);
    writing.submit(programme, key, body, location).await
}
