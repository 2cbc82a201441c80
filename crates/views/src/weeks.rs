//! The week's overview: what was seen, by area, indicator and time of day, always with how many could have reported.

use crate::reading::Reader;
use crate::reports::{Report, Status};
use est::indicator::{Indicator, Polarity, TimeBand};
use est::item::Item;
use est::problem::Observation;
use est::{AreaId, Facts, Grant, TextRef, UnitId, Week};
use event_log::Fault;
use serde::Serialize;
use std::collections::BTreeMap;

/// What each unit has contributed to a week; the overview is their sum.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contributions {
    pub(crate) units: BTreeMap<UnitId, Contribution>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Contribution {
    status: Status,
    late: bool,
    seen: Vec<Seen>,
    calm_areas: Vec<AreaId>,
}

#[derive(Clone, Debug)]
struct Seen {
    area: Option<AreaId>,
    indicator: Indicator,
    band: TimeBand,
    positive: bool,
    known: bool,
    count: u32,
}

pub(crate) fn contribution(report: Report, facts: &Facts) -> Contribution {
    let observation = |item| Observation { week: report.week, unit: report.unit, item };
    let seen = |(number, item): (u16, &Item<TextRef>)| Seen {
        area: item.area,
        indicator: item.indicator,
        band: item.band(),
        positive: item.polarity == Polarity::Positive,
        known: facts.is_known(observation(number), item),
        count: u32::from(item.count),
    };
    Contribution {
        status: report.status,
        late: report.late,
        seen: (0..).zip(&report.items).map(seen).collect(),
        calm_areas: report.calm_areas,
    }
}

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

    fn add(&mut self, seen: &Seen) {
        let count = match (seen.positive, seen.known) {
            (true, _) => &mut self.positive,
            (false, true) => &mut self.known,
            (false, false) => &mut self.new,
        };
        *count += seen.count;
    }
}

impl Reader {
    /// The overview of a week beside so many weeks before it.
    pub async fn week(
        &self,
        grant: &Grant,
        facts: &Facts,
        week: Week,
        before: i32,
    ) -> Result<WeekOverview, Fault> {
        let mut rows: BTreeMap<Week, Contributions> = BTreeMap::new();
        for report in self.reports_of(grant, week.plus(-before)..week.plus(1)).await? {
            if report.status != Status::Missing {
                let units = &mut rows.entry(report.week).or_default().units;
                units.insert(report.unit, contribution(report, facts));
            }
        }
        let nothing = Contributions::default();
        let at = |week: Week| rows.get(&week).unwrap_or(&nothing);
        let previous = (1..=before).map(|back| week.plus(-back)).map(|week| PreviousWeek {
            week,
            reporting: turnout(facts, week, at(week)),
            totals: totals(at(week)),
        });
        let previous = previous.collect();
        Ok(overview(facts, week, at(week), previous))
    }
}

fn turnout(facts: &Facts, week: Week, row: &Contributions) -> Turnout {
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

fn totals(row: &Contributions) -> Totals {
    let mut totals = Totals::default();
    row.units.values().flat_map(|unit| &unit.seen).for_each(|seen| totals.add(seen));
    totals
}

fn overview(facts: &Facts, week: Week, row: &Contributions, previous: Vec<PreviousWeek>) -> WeekOverview {
    let mut by_indicator: BTreeMap<Indicator, Totals> = BTreeMap::new();
    let mut by_time_band: BTreeMap<TimeBand, Totals> = BTreeMap::new();
    for seen in row.units.values().flat_map(|unit| &unit.seen) {
        by_indicator.entry(seen.indicator).or_default().add(seen);
        by_time_band.entry(seen.band).or_default().add(seen);
    }
    WeekOverview {
        week,
        reporting: turnout(facts, week, row),
        totals: totals(row),
        by_indicator,
        by_time_band,
        by_area: by_area(facts, week, row),
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
        for area in &its.areas {
            let area = areas.entry(Some(*area)).or_insert_with(|| of(Some(*area)));
            area.expected += 1;
            area.reported += u32::from(contribution.is_some());
            area.calm +=
                u32::from(contribution.is_some_and(|contribution| contribution.status == Status::Calm));
        }
    }
    for contribution in row.units.values() {
        for area in &contribution.calm_areas {
            areas.entry(Some(*area)).or_insert_with(|| of(Some(*area))).calm += 1;
        }
        for seen in &contribution.seen {
            let area = areas.entry(seen.area).or_insert_with(|| of(seen.area));
            area.totals.add(seen);
            area.by_indicator.entry(seen.indicator).or_default().add(seen);
        }
    }
    // None sorts first; what could not be placed belongs last.
    let unplaced = areas.remove(&None);
    areas.into_values().chain(unplaced).collect()
}
