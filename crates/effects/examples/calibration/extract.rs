//! The police's real extract as weekly series: by named area, by kind of event, by hour.

use crate::chance::Chance;
use crate::trial::{AFTER, AREAS, BEFORE, Trial, WEEKS};
use anyhow::{Context, Result};
use jiff::civil::{DateTime, Weekday};
use std::collections::BTreeMap;

/// The commonest kinds of event that are followed as units.
const KINDS: usize = 25;
/// So many weeks in a row without a single event in the municipality were not collected; one week may be calm.
const NOT_COLLECTED: usize = 2;
/// No window directly before or after a beginning has weeks that were not collected; the plain tests know no better.
const CLEAR: usize = 13;

/// An event of the extract.
pub(crate) struct Event {
    week: usize,
    at: DateTime,
    kind: String,
    area: String,
}

/// Units with their weekly counts.
pub(crate) struct Series {
    /// By unit, and in it by week.
    pub(crate) counts: Vec<Vec<u32>>,
    /// By week: all events, those that are in no unit too.
    pub(crate) all: Vec<u32>,
    /// By week: whether it was collected.
    pub(crate) collected: Vec<bool>,
}

/// Reads the extract. The last week is left out, since it may have ended before it was over.
pub(crate) fn read(path: &str) -> Result<Vec<Event>> {
    let mut extract = csv::Reader::from_path(path).with_context(|| format!("reading {path}"))?;
    let mut events = Vec::new();
    for record in extract.records() {
        let record = record?;
        let field = |place| record.get(place).unwrap_or_default().to_owned();
        let at: DateTime = field(1).parse().with_context(|| format!("{} is no time", field(1)))?;
        events.push(Event { week: 0, at, kind: field(2), area: field(4) });
    }
    let first = events.iter().map(|event| event.at.date()).min().context("the extract is empty")?;
    let monday = first.yesterday()?.nth_weekday(1, Weekday::Monday)?;
    let monday = if first.weekday() == Weekday::Monday { first } else { monday };
    for event in &mut events {
        let days = event.at.date().duration_since(monday).as_hours() / 24;
        event.week = usize::try_from(days.max(0) / 7)?;
    }
    let last = events.iter().map(|event| event.week).max().unwrap_or(0);
    events.retain(|event| event.week < last);
    Ok(events)
}

impl Series {
    /// The series of what the events are told apart by; an event without is in none.
    fn by<Unit: Ord>(events: &[Event], unit: impl Fn(&Event) -> Option<Unit>, most: usize) -> Self {
        let weeks = events.iter().map(|event| event.week + 1).max().unwrap_or(0);
        let mut units: BTreeMap<Unit, Vec<u32>> = BTreeMap::new();
        let mut all = vec![0_u32; weeks];
        for event in events {
            all[event.week] += 1;
            if let Some(unit) = unit(event) {
                units.entry(unit).or_insert_with(|| vec![0; weeks])[event.week] += 1;
            }
        }
        let mut counts: Vec<Vec<u32>> = units.into_values().collect();
        counts.sort_by_key(|counts| std::cmp::Reverse(counts.iter().sum::<u32>()));
        counts.truncate(most);
        Self { counts, collected: collected(&all), all }
    }

    pub(crate) fn by_area(events: &[Event]) -> Self {
        Self::by(events, |event| Some(event.area.clone()).filter(|area| !area.is_empty()), usize::MAX)
    }

    pub(crate) fn by_kind(events: &[Event]) -> Self {
        Self::by(events, |event| Some(event.kind.clone()), KINDS)
    }

    /// Hours of two, on Monday to Thursday, Friday, and Saturday and Sunday.
    pub(crate) fn by_hour_and_part(events: &[Event]) -> Self {
        let part = |event: &Event| match event.at.weekday() {
            Weekday::Friday => 1,
            Weekday::Saturday | Weekday::Sunday => 2,
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => 0,
        };
        Self::by(events, |event| Some((part(event), event.at.hour() / 2)), usize::MAX)
    }

    /// Hours alone; the few events between nine in the evening and seven are one night.
    pub(crate) fn by_hour(events: &[Event]) -> Self {
        Self::by(events, |event| Some(event.at.hour()).map(|hour| hour.clamp(6, 21)), usize::MAX)
    }

    pub(crate) fn events(&self) -> u32 {
        self.counts.iter().flatten().sum()
    }

    /// The beginnings that have a whole trial around them.
    pub(crate) fn starts(&self) -> Vec<usize> {
        let clear = |start: &usize| self.collected[start - CLEAR..start + AFTER].iter().all(|its| *its);
        (BEFORE..=self.collected.len().saturating_sub(AFTER)).filter(clear).collect()
    }

    /// A trial around one of the beginnings, in turn. Beginnings within a quarter are one block.
    pub(crate) fn trial(&self, number: usize, chance: &mut Chance) -> Trial {
        let starts = self.starts();
        let start = starts[number % starts.len()];
        let weeks = start - BEFORE..start - BEFORE + WEEKS;
        let names = chance.some_of(self.counts.len(), AREAS);
        let counts = names.iter().map(|name| vec![self.counts[*name][weeks.clone()].to_vec()]).collect();
        let reported = vec![self.collected[weeks].to_vec()];
        Trial { block: start / AFTER, start, names, reported, counts, stopped: None }
    }
}

/// By week: whether it is not in a row of weeks without any event.
fn collected(all: &[u32]) -> Vec<bool> {
    let mut collected = vec![true; all.len()];
    for from in 0..all.len() {
        let row = all[from..].iter().take_while(|count| **count == 0).count();
        if row >= NOT_COLLECTED {
            collected[from..from + row].fill(false);
        }
    }
    collected
}
