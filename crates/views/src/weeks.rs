//! The week's overview: what was seen, by area, indicator and time of day, always with how many could have reported.

use crate::area_alerts::{AreaAlert, WEEKS_BEFORE};
use crate::contributions::{Contribution, Contributions, Seen};
use crate::reading::Reader;
use crate::reports::Status;
use effects::Language;
use est::indicator::{Indicator, TimeBand};
use est::{AreaId, Facts, Grant, Week};
use event_log::Fault;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A week as it stands.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeekOverview {
    pub week: Week,
    pub reporting: Turnout,
    /// New observations of unease, known problems seen again, and signs of safety.
    pub totals: Totals,
    pub by_indicator: BTreeMap<Indicator, Totals>,
    pub by_time_band: BTreeMap<TimeBand, Totals>,
    /// The areas, and last what a police extract could not place.
    pub by_area: Vec<AreaWeek>,
    /// Areas that stand out in the week, or in the four that end with it, the least probable first: suggestions of
    /// where to look.
    #[schema(max_items = 10_000)]
    pub alerts: Vec<AreaAlert>,
    /// The weeks before, latest first, each with its own turnout: figures are comparable only beside it.
    pub previous: Vec<PreviousWeek>,
}

/// How many could have reported, and how many did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Turnout {
    pub expected: u32,
    pub problems: u32,
    pub calm: u32,
    /// Of those that came, how many came late.
    pub late: u32,
    /// Silent: neither calm nor problems is known.
    pub missing: u32,
}

/// Counts that are never added to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    pub new: u32,
    pub known: u32,
    pub positive: u32,
}

/// An area's week.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AreaWeek {
    /// None: not placed.
    pub area: Option<AreaId>,
    pub totals: Totals,
    pub by_indicator: BTreeMap<Indicator, Totals>,
    /// Reports that say the area was calm.
    pub calm: u32,
    /// Units that answer for the area, and how many of them have reported.
    pub expected: u32,
    pub reported: u32,
}

/// What a week before came to.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviousWeek {
    pub week: Week,
    pub reporting: Turnout,
    pub totals: Totals,
}

impl Totals {
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        let Self { new, known, positive } = other;
        Self { new: self.new + new, known: self.known + known, positive: self.positive + positive }
    }

    fn add(&mut self, seen: &Seen, facts: &Facts) {
        let count = match (seen.positive, seen.is_known(facts)) {
            (true, _) => &mut self.positive,
            (false, true) => &mut self.known,
            (false, false) => &mut self.new,
        };
        *count += seen.count;
    }
}

impl Reader {
    /// The overview of a week beside so many weeks before it, with sentences in a language.
    pub async fn week(
        &self,
        grant: &Grant,
        facts: &Facts,
        (week, before): (Week, i32),
        language: Language,
    ) -> Result<WeekOverview, Fault> {
        let rows = self.contributions(grant, week.plus(-before.max(WEEKS_BEFORE))..week.plus(1)).await?;
        let alerts = self.area_alerts((grant, facts), week..week.plus(1), &rows, language).await;
        let previous = rows.range(week.plus(-before)..week).rev().map(|(week, row)| PreviousWeek {
            week: *week,
            reporting: turnout(facts, *week, row),
            totals: totals(facts, row),
        });
        let previous = previous.collect();
        let row = rows.get(&week).cloned().unwrap_or_default();
        Ok(WeekOverview { alerts, ..overview(facts, week, &row, previous) })
    }
}

pub(crate) fn turnout(facts: &Facts, week: Week, row: &Contributions) -> Turnout {
    let mut turnout = Turnout::default();
    for (_, unit, _) in facts.expected(week) {
        turnout.expected += 1;
        match row.units.get(&unit) {
            None => turnout.missing += 1,
            Some(contribution) => {
                turnout.late += u32::from(contribution.late);
                match contribution.status {
                    Status::Calm => turnout.calm += 1,
                    Status::Problems => turnout.problems += 1,
                    Status::Missing => turnout.missing += 1,
                }
            }
        }
    }
    turnout
}

fn totals(facts: &Facts, row: &Contributions) -> Totals {
    let mut totals = Totals::default();
    row.seen().for_each(|seen| totals.add(seen, facts));
    totals
}

fn overview(facts: &Facts, week: Week, row: &Contributions, previous: Vec<PreviousWeek>) -> WeekOverview {
    let mut by_indicator: BTreeMap<Indicator, Totals> = BTreeMap::new();
    let mut by_time_band: BTreeMap<TimeBand, Totals> = BTreeMap::new();
    for seen in row.seen() {
        by_indicator.entry(seen.indicator).or_default().add(seen, facts);
        by_time_band.entry(seen.band).or_default().add(seen, facts);
    }
    WeekOverview {
        week,
        reporting: turnout(facts, week, row),
        totals: totals(facts, row),
        by_indicator,
        by_time_band,
        by_area: by_area(facts, week, row),
        alerts: Vec::new(),
        previous,
    }
}

pub(crate) fn by_area(facts: &Facts, week: Week, row: &Contributions) -> Vec<AreaWeek> {
    let of = |area| AreaWeek {
        area,
        totals: Totals::default(),
        by_indicator: BTreeMap::new(),
        calm: 0,
        expected: 0,
        reported: 0,
    };
    let in_use = facts.areas.iter().filter(|(_, state)| state.drawn().is_some()).map(|(id, _)| Some(*id));
    let mut areas: BTreeMap<Option<AreaId>, AreaWeek> = in_use.map(|id| (id, of(id))).collect();
    for (_, unit, its) in facts.expected(week) {
        let contribution = row.units.get(&unit);
        for area in its.areas_in(week) {
            let area = areas.entry(Some(*area)).or_insert_with(|| of(Some(*area)));
            area.expected += 1;
            area.reported += u32::from(contribution.is_some());
            area.calm += u32::from(contribution.is_some_and(Contribution::is_calm_everywhere));
        }
    }
    for contribution in row.units.values() {
        for area in &contribution.calm_areas {
            areas.entry(Some(*area)).or_insert_with(|| of(Some(*area))).calm += 1;
        }
        for seen in &contribution.seen {
            let area = areas.entry(seen.area).or_insert_with(|| of(seen.area));
            area.totals.add(seen, facts);
            area.by_indicator.entry(seen.indicator).or_default().add(seen, facts);
        }
    }
    // None sorts first; what could not be placed belongs last.
    let unplaced = areas.remove(&None);
    areas.into_values().chain(unplaced).collect()
}

/// What an area's weeks add up to.
#[derive(Clone, Debug, Default)]
pub(crate) struct AreaSum {
    pub(crate) totals: Totals,
    pub(crate) by_indicator: BTreeMap<Indicator, Totals>,
    pub(crate) expected: u32,
    pub(crate) reported: u32,
}

/// The areas in some weeks; what could not be placed is left out.
pub(crate) fn summed(facts: &Facts, rows: &BTreeMap<Week, Arc<Contributions>>) -> BTreeMap<AreaId, AreaSum> {
    let mut sums: BTreeMap<AreaId, AreaSum> = BTreeMap::new();
    for its in rows.iter().flat_map(|(week, row)| by_area(facts, *week, row)) {
        let Some(area) = its.area else { continue };
        let sum = sums.entry(area).or_default();
        sum.totals = sum.totals.plus(its.totals);
        sum.expected += its.expected;
        sum.reported += its.reported;
        for (indicator, totals) in its.by_indicator {
            let sum = sum.by_indicator.entry(indicator).or_default();
            *sum = sum.plus(totals);
        }
    }
    sums
}
