//! What was new in a week, by indicator, area and unit, and which units reported: what the engine of `effects` counts
//! with. It is kept in memory, and the same while nothing in it has changed.

use crate::contributions::Contributions;
use crate::reading::Reader;
use effects::{Reporting, Reports};
use est::indicator::Indicator;
use est::{AreaId, Facts, Grant, UnitId, Week, area, problem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};

/// What was new in a week, and who reported.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Counted {
    reported: BTreeSet<UnitId>,
    new: BTreeMap<(Indicator, AreaId, UnitId), u32>,
}

/// A week that has been counted, and what it was counted from.
#[derive(Clone)]
pub(crate) struct WeekCounted {
    contributions: Weak<Contributions>,
    revision: i32,
    pub(crate) counted: Arc<Counted>,
}

/// One thing's counts in some weeks, by those areas and units of which it has any: the others would weigh nothing.
pub(crate) struct Table {
    pub(crate) areas: Vec<AreaId>,
    weeks: u32,
    /// By unit, and in it by week.
    reported: Vec<Vec<bool>>,
    /// By area, in it by unit, and in it by week.
    counts: Vec<Vec<Vec<u32>>>,
}

/// What a unit saw of a thing in an area's week.
struct Count {
    area: AreaId,
    unit: UnitId,
    week: usize,
    new: u32,
}

impl Counted {
    /// Of the areas that are in use: one that is retired is not looked at any more.
    fn of(facts: &Facts, row: &Contributions) -> Self {
        let mut new = BTreeMap::new();
        for (unit, contribution) in &row.units {
            let seen = contribution.seen.iter().filter(|seen| !seen.positive && !seen.is_known(facts));
            for (seen, area) in seen.filter_map(|seen| Some((seen, seen.area?))) {
                if facts.area(area).is_some() {
                    *new.entry((seen.indicator, area, *unit)).or_default() += seen.count;
                }
            }
        }
        Self { reported: row.units.keys().copied().collect(), new }
    }

    fn all_of(&self, indicator: Option<Indicator>, week: usize) -> Vec<Count> {
        let belongs = |its: Indicator| indicator.map_or_else(|| is_incident(its), |only| its == only);
        let all = self.new.iter().filter(|((its, ..), _)| belongs(*its));
        all.map(|((_, area, unit), new)| Count { area: *area, unit: *unit, week, new: *new }).collect()
    }

    /// How many numbers it holds.
    pub(crate) fn size(&self) -> usize {
        self.reported.len() + self.new.len()
    }
}

impl WeekCounted {
    // A weak reference keeps its place in memory: nothing else can lie there and be taken for the same.
    fn stands(&self, contributions: &Arc<Contributions>, revision: i32) -> bool {
        self.revision == revision && self.contributions.as_ptr() == Arc::as_ptr(contributions)
    }
}

impl Table {
    /// The counts of an indicator; without one of all incidents together. None if nothing was counted.
    pub(crate) fn of(rows: &[&Counted], indicator: Option<Indicator>) -> Option<Self> {
        let of_row = |(week, row): (usize, &&Counted)| row.all_of(indicator, week);
        let all: Vec<Count> = rows.iter().enumerate().flat_map(of_row).collect();
        let areas: BTreeSet<AreaId> = all.iter().map(|its| its.area).collect();
        let units: BTreeSet<UnitId> = all.iter().map(|its| its.unit).collect();
        let (areas, units) = (Vec::from_iter(areas), Vec::from_iter(units));
        let mut counts = vec![vec![vec![0; rows.len()]; units.len()]; areas.len()];
        for its in &all {
            let (area, unit) = (areas.binary_search(&its.area).ok()?, units.binary_search(&its.unit).ok()?);
            *counts.get_mut(area)?.get_mut(unit)?.get_mut(its.week)? += its.new;
        }
        let came = |unit| rows.iter().map(|row| row.reported.contains(unit)).collect();
        let (weeks, reported) = (u32::try_from(rows.len()).ok()?, units.iter().map(came).collect());
        (!areas.is_empty()).then_some(Self { areas, weeks, reported, counts })
    }

    /// Who reported, as the engine takes it.
    pub(crate) fn reporting(&self) -> Reporting {
        Reporting::of(self.weeks, &self.reported)
    }

    /// What was reported, as the engine takes it.
    pub(crate) fn reports<'its>(&self, reporting: &'its Reporting) -> Reports<'its> {
        Reports::of(reporting, &self.counts)
    }
}

/// Events and places that feel unsafe are no incidents.
fn is_incident(indicator: Indicator) -> bool {
    match indicator {
        Indicator::PublicEvent | Indicator::UnsafePlace => false,
        Indicator::Vandalism
        | Indicator::Fire
        | Indicator::IncidentAgainstStaff
        | Indicator::YouthGatheringPlace
        | Indicator::OtherDisorder
        | Indicator::Other => true,
    }
}

impl Reader {
    /// What was new in some weeks. A week that comes to the same as before is the very same, so that what was made of
    /// it stands.
    pub(crate) fn counted(
        &self,
        grant: &Grant,
        facts: &Facts,
        rows: &BTreeMap<Week, Arc<Contributions>>,
    ) -> BTreeMap<Week, Arc<Counted>> {
        // Areas are drawn and retired, and what belongs to a problem is known: nothing else of the facts is asked.
        let revision = facts.revision_of::<area::State>() + facts.revision_of::<problem::State>();
        let counted = rows.iter().map(|(week, row)| {
            let key = (grant.programme.0, *week);
            let kept = self.kept.counted.get(&key);
            if let Some(kept) = kept.as_ref().filter(|kept| kept.stands(row, revision)) {
                return (*week, Arc::clone(&kept.counted));
            }
            let now = Counted::of(facts, row);
            let same = kept.map(|kept| kept.counted).filter(|before| **before == now);
            let counted = same.unwrap_or_else(|| Arc::new(now));
            let contributions = Arc::downgrade(row);
            let week_counted = WeekCounted { contributions, revision, counted: Arc::clone(&counted) };
            self.kept.counted.insert(key, week_counted);
            (*week, counted)
        });
        counted.collect()
    }
}
