//! The problems that persist: who spoke of them when, and which observations were seen to be them.

use crate::almanac::{Number, week};
use crate::reports::Seen;
use crate::sent::Sent;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An observation: week, unit, and its number in the report.
pub(crate) type Place = (Number, usize, usize);

/// What two tellings of the same have in common: area, indicator, day.
pub(crate) type Alike = (usize, &'static str, Date);

/// An observation with what it was of.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    pub(crate) place: Place,
    pub(crate) indicator: &'static str,
    pub(crate) date: Date,
}

/// A problem as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Persisting {
    pub(crate) id: String,
    pub(crate) indicator: &'static str,
    pub(crate) area: usize,
    pub(crate) first: Number,
    pub(crate) open: bool,
    pub(crate) gathered: Vec<Observed>,
}

impl Sent {
    pub(crate) fn open_in(&self, area: usize) -> Vec<usize> {
        let open = self.problems.iter().enumerate().filter(|(_, its)| its.open && its.area == area);
        open.map(|(problem, _)| problem).collect()
    }

    /// Whether an observation is of something known: it says so, or it was seen to be a problem and was not the first
    /// of it.
    pub(crate) fn is_known(&self, place: Place, seen: &Seen) -> bool {
        let gathered = self.problems.iter().any(|problem| {
            let by_unit = |its: &&Observed| (its.place.0, &self.units[its.place.1].id, its.place.2);
            let first = problem.gathered.iter().min_by_key(by_unit);
            let begins = first.is_some_and(|first| first.place == place) && place.0 <= problem.first;
            let same =
                |its: &Observed| its.place == place && its.indicator == seen.kind.0 && its.date == seen.date;
            !begins && problem.gathered.iter().any(same)
        });
        seen.problem.is_some() || gathered
    }

    /// Whether something of a unit's report was gathered to a problem.
    pub(crate) fn is_gathered(&self, number: Number, unit: usize) -> bool {
        let mut gathered = self.problems.iter().flat_map(|problem| &problem.gathered);
        gathered.any(|its| (its.place.0, its.place.1) == (number, unit))
    }

    /// Weeks in which two told otherwise of an area: one that a problem was there, another that it was calm.
    pub(crate) fn contradictions(&self, number: Number) -> usize {
        let told = |area: &usize| {
            let there = |problem: usize| self.problems[problem].area == *area;
            let calm = self.reported_of(number, *area)[2] > 0;
            calm && self.said(number).any(|(_, said)| said.problems().any(there))
        };
        (0..self.areas.len()).filter(told).count()
    }

    /// The units that spoke of a problem, by week.
    pub(crate) fn spoken_of(&self, problem: usize) -> BTreeMap<Number, BTreeSet<usize>> {
        let mut spoken: BTreeMap<Number, BTreeSet<usize>> = BTreeMap::new();
        for ((number, unit), told) in &self.reports {
            if told.said.as_ref().is_some_and(|said| said.problems().any(|its| its == problem)) {
                spoken.entry(*number).or_default().insert(*unit);
            }
        }
        for observed in &self.problems[problem].gathered {
            spoken.entry(observed.place.0).or_default().insert(observed.place.1);
        }
        spoken
    }

    /// A problem, as it should be read.
    pub(crate) fn problem(&self, problem: usize) -> Value {
        let spoken = self.spoken_of(problem);
        let its = &self.problems[problem];
        let last = spoken.keys().next_back().copied();
        let streak =
            last.map_or(0, |last| (0..=last).take_while(|back| spoken.contains_key(&(last - back))).count());
        let units: BTreeSet<_> = spoken.values().flatten().collect();
        let gathered = its.gathered.iter().map(|observed| {
            let (number, unit, item) = observed.place;
            json!({ "week": week(number), "unit": self.units[unit].id, "item": item,
                "indicator": observed.indicator, "date": observed.date })
        });
        json!({
            "status": if its.open { "open" } else { "closed" }, "indicator": its.indicator,
            "area": self.areas[its.area], "firstWeek": week(its.first), "lastSpokenOf": last.map(week),
            "streakWeeks": streak, "units": units.len(), "gathered": gathered.collect::<Vec<_>>(),
        })
    }

    /// What may be the same told twice in a week: new observations of one area, indicator and day, by several units.
    pub(crate) fn overlaps(&self, number: Number) -> BTreeMap<Alike, Vec<Place>> {
        let mut alike: BTreeMap<Alike, Vec<Place>> = BTreeMap::new();
        for (unit, said) in self.said(number) {
            for (item, seen) in said.items.iter().enumerate() {
                if !seen.kind.2 && !self.is_known((number, unit, item), seen) {
                    let same = alike.entry((seen.area, seen.kind.0, seen.date)).or_default();
                    same.push((number, unit, item));
                }
            }
        }
        let several = |places: &Vec<Place>| places.iter().map(|its| its.1).collect::<BTreeSet<_>>().len() > 1;
        alike.retain(|_, places| several(places));
        alike
    }
}
