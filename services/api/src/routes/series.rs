//! The picture over time, and what comes again.

use crate::answer;
use crate::as_of::AsOf;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::interventions::today;
use crate::site::Site;
use crate::span::Span;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use est::event::Happened;
use est::indicator::Indicator;
use est::{AreaId, Permission, ProgrammeId, Week};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use views::patterns::Patterns;
use views::series::{Only, Series};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(series).service(patterns);
}

/// Which weeks, areas and indicators, and as of when.
type Asked = (Query<Span>, Query<Which>, Query<AsOf>);

/// Which areas and indicators.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only this area.
    area: Option<AreaId>,
    /// Only this indicator.
    indicator: Option<Indicator>,
}

/// Week by week what was reported of each area and indicator, with who could have reported and who did.
#[utoipa::path(tag = "Weeks", operation_id = "readSeries", params(Span, Which, AsOf),
    responses((status = 200, description = "The series.", body = Series)),
    extensions(("x-permission" = json!(Permission::ReadWeek))))]
#[get("/programmes/{programme}/series")]
async fn series(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    (span, which, as_of): Asked,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadWeek).await?;
    let weeks = span.weeks(Week::of(today(&site, &granted)));
    let as_of = as_of.check()?;
    let until = (!as_of.is_now()).then_some(|happened: &Happened| as_of.includes(happened));
    let only = Only { area: which.area, indicator: which.indicator };
    let series = site.reader.series(&granted.grant, &granted.facts, (weeks, only), until).await?;
    answer::figures(&request, &series)
}

/// What comes again in an area: weekdays and hours, indicators, places.
#[utoipa::path(tag = "Areas", operation_id = "readAreaPatterns", params(Span),
    responses((status = 200, description = "What comes again.", body = Patterns)),
    extensions(("x-permission" = json!(Permission::ReadWeek))))]
#[get("/programmes/{programme}/areas/{area}/patterns")]
async fn patterns(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, AreaId)>,
    span: Query<Span>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, area) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadWeek).await?;
    let weeks = span.weeks(Week::of(today(&site, &granted)));
    let found = site.reader.patterns(&granted.grant, &granted.facts, (area, weeks)).await?;
    answer::figures(&request, &found.ok_or(Problem::NotFound)?)
}
