//! What is reported more of than before, and less (R76): an area's indicator beside the weeks before and those of a
//! year ago, which have the same holidays. It describes; whether it is more than chance is not said here.

use crate::reading::Reader;
use crate::weeks::{AreaSum, summed};
use est::indicator::{INDICATORS, Indicator};
use est::{AreaId, Facts, Grant, Name, Week};
use event_log::Fault;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

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
    /// The trends of some weeks, what rises most first; `now` is what they came to.
    pub(crate) async fn trends(
        &self,
        grant: &Grant,
        facts: &Facts,
        weeks: Range<Week>,
        now: &BTreeMap<AreaId, AreaSum>,
    ) -> Result<Vec<Trend>, Fault> {
        let back = |number: i32| weeks.start.plus(-number)..weeks.end.plus(-number);
        let before = self.contributions(grant, back(weeks.end.since(weeks.start))).await?;
        let year_before = self.contributions(grant, back(YEAR)).await?;
        let (before, year_before) = (summed(facts, &before), summed(facts, &year_before));
        let areas = facts.areas.iter().filter_map(|(area, state)| Some((*area, state.drawn()?)));
        let trends = areas.flat_map(|(area, drawn)| {
            let figure = |sums: &BTreeMap<AreaId, AreaSum>, indicator| figure(sums.get(&area), indicator);
            INDICATORS.map(|indicator| Trend {
                area,
                name: drawn.name.clone(),
                indicator,
                now: figure(now, indicator),
                before: figure(&before, indicator),
                year_before: figure(&year_before, indicator),
            })
        });
        let enough = trends.filter(|trend| trend.now.new + trend.before.new >= NEW_MIN);
        let mut rising: Vec<(f64, Trend)> = enough.filter_map(|trend| Some((trend.rise()?, trend))).collect();
        rising.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        Ok(rising.into_iter().map(|(_, trend)| trend).collect())
    }
}

/// An indicator that nobody reported had its reporting all the same.
fn figure(sum: Option<&AreaSum>, indicator: Indicator) -> Figure {
    let Some(AreaSum { by_indicator, expected, reported, .. }) = sum else { return Figure::default() };
    let totals = by_indicator.get(&indicator).copied().unwrap_or_default();
    Figure { new: totals.new, known: totals.known, expected: *expected, reported: *reported }
}
