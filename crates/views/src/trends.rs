//! What is reported more of than before, and less (R76): an area's indicator beside the weeks before and those of a
//! year ago, which have the same holidays. It describes; whether it is more than chance is not said here.

use crate::contributions::Contributions;
use crate::reading::Reader;
use crate::weeks::by_area;
use est::indicator::Indicator;
use est::{AreaId, Facts, Grant, Name, Week};
use event_log::Fault;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Fewer new observations than these, now and before together, are too few to speak of.
const NEW_MIN: u32 = 5;
/// A year back the weeks have the same numbers, but for the fifty-third.
const YEAR: i32 = 52;

/// An area's indicator now, before, and a year ago.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    pub area: AreaId,
    pub name: Name,
    pub indicator: Indicator,
    pub now: Figure,
    /// As many weeks, just before.
    pub before: Figure,
    /// The same weeks a year earlier.
    pub year_before: Figure,
}

/// What was reported, with the reporting behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TrendFigure)]
pub struct Figure {
    pub new: u32,
    pub known: u32,
    /// Reports that could have come of the area, and those that came.
    pub expected: u32,
    pub reported: u32,
}

impl Figure {
    /// New observations to a report; none where nobody reported.
    fn rate(self) -> Option<f64> {
        (self.reported > 0).then(|| f64::from(self.new) / f64::from(self.reported))
    }
}

impl Trend {
    fn rise(&self) -> Option<f64> {
        Some(self.now.rate()? - self.before.rate()?)
    }
}

impl Reader {
    /// The trends of some weeks, what rises most first; `now` is what was contributed to them.
    pub(crate) async fn trends(
        &self,
        grant: &Grant,
        facts: &Facts,
        weeks: Range<Week>,
        now: &BTreeMap<Week, Arc<Contributions>>,
    ) -> Result<Vec<Trend>, Fault> {
        let back = |weeks: &Range<Week>, number: i32| weeks.start.plus(-number)..weeks.end.plus(-number);
        let length = weeks.end.since(weeks.start);
        let before = self.contributions(grant, back(&weeks, length)).await?;
        let year_before = self.contributions(grant, back(&weeks, YEAR)).await?;
        let mut trends: BTreeMap<(AreaId, Indicator), Trend> = BTreeMap::new();
        add(&mut trends, facts, now, |trend| &mut trend.now);
        add(&mut trends, facts, &before, |trend| &mut trend.before);
        add(&mut trends, facts, &year_before, |trend| &mut trend.year_before);
        let enough = |trend: &Trend| trend.now.new + trend.before.new >= NEW_MIN;
        let rising = |trend: Trend| Some((trend.rise()?, trend));
        let mut trends: Vec<(f64, Trend)> = trends.into_values().filter(enough).filter_map(rising).collect();
        trends.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        Ok(trends.into_iter().map(|(_, trend)| trend).collect())
    }
}

/// Adds up some weeks; an indicator that nobody reported had its reporting all the same.
fn add(
    trends: &mut BTreeMap<(AreaId, Indicator), Trend>,
    facts: &Facts,
    rows: &BTreeMap<Week, Arc<Contributions>>,
    figure: fn(&mut Trend) -> &mut Figure,
) {
    for (week, row) in rows {
        for its in by_area(facts, *week, row) {
            let Some((area, drawn)) = its.area.and_then(|area| Some((area, facts.area(area)?))) else {
                continue;
            };
            for indicator in est::indicator::INDICATORS {
                let trend = trends.entry((area, indicator)).or_insert_with(|| Trend {
                    area,
                    name: drawn.name.clone(),
                    indicator,
                    now: Figure::default(),
                    before: Figure::default(),
                    year_before: Figure::default(),
                });
                let (figure, totals) =
                    (figure(trend), its.by_indicator.get(&indicator).copied().unwrap_or_default());
                *figure = Figure {
                    new: figure.new + totals.new,
                    known: figure.known + totals.known,
                    expected: figure.expected + its.expected,
                    reported: figure.reported + its.reported,
                };
            }
        }
    }
}
