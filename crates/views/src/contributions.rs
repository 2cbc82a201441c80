//! What the units have contributed to their weeks. The log does not change: a week is kept in memory once it is made,
//! and made again when another report of it has come.

use crate::kept::Standing;
use crate::reading::Reader;
use crate::reports::{Report, Status, family, week_of};
use est::accumulation::Signal;
use est::event::Happened;
use est::indicator::{Indicator, Polarity, TimeBand};
use est::item::Item;
use est::problem::Observation;
use est::{AreaId, Facts, Grant, Name, TextRef, UnitId, Week};
use event_log::Fault;
use jiff::civil::{Date, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// What each unit has contributed to a week.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contributions {
    pub(crate) units: BTreeMap<UnitId, Contribution>,
}

#[derive(Clone, Debug)]
pub(crate) struct Contribution {
    pub(crate) status: Status,
    pub(crate) late: bool,
    pub(crate) seen: Vec<Seen>,
    pub(crate) calm_areas: Vec<AreaId>,
}

impl Contribution {
    /// Whether it was calm in all that the unit sees, and not only in areas that it names.
    pub(crate) fn is_calm_everywhere(&self) -> bool {
        self.status == Status::Calm && self.calm_areas.is_empty()
    }
}

/// What an observation counts for.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) observation: Observation,
    pub(crate) area: Option<AreaId>,
    pub(crate) indicator: Indicator,
    date: Date,
    /// The hour of the day, where the time is known.
    pub(crate) hour: Option<i8>,
    pub(crate) place: Option<Name>,
    pub(crate) band: TimeBand,
    pub(crate) positive: bool,
    /// Its reporter said which problem it is more of.
    of_a_problem: bool,
    strength: Option<u8>,
    pub(crate) count: u32,
}

impl Seen {
    fn of(observation: Observation, item: &Item<TextRef>) -> Self {
        Self {
            observation,
            area: item.area,
            indicator: item.indicator,
            date: item.date,
            hour: item.time.map(Time::hour),
            place: item.place.as_ref().map(|place| place.name.clone()),
            band: item.band(),
            positive: item.polarity == Polarity::Positive,
            of_a_problem: item.problem.is_some(),
            strength: item.signal_strength,
            count: u32::from(item.count),
        }
    }

    /// The day of the week, Monday being 1.
    pub(crate) fn weekday(&self) -> i8 {
        self.date.weekday().to_monday_one_offset()
    }

    /// It is of something that was known, and counted apart from what is new.
    pub(crate) fn is_known(&self, facts: &Facts) -> bool {
        self.of_a_problem || facts.repeats(self.observation, self.indicator, self.date)
    }

    /// What it says of unease, as a signal that fades towards a later week.
    pub(crate) fn signal(&self, present: Week) -> Option<(AreaId, Signal)> {
        let weeks_ago = present.since(self.observation.week);
        let signal = Signal { weeks_ago, strength: self.strength, count: self.count };
        self.area.filter(|_| !self.positive).map(|area| (area, signal))
    }
}

impl Contributions {
    fn add(&mut self, report: Report) {
        if report.status == Status::Missing {
            return;
        }
        let (week, unit) = (report.week, report.unit);
        let seen =
            (0..).zip(&report.items).map(|(item, its)| Seen::of(Observation { week, unit, item }, its));
        let (status, late, seen) = (report.status, report.late, seen.collect());
        self.units.insert(unit, Contribution { status, late, seen, calm_areas: report.calm_areas });
    }

    /// All that was seen, by whomever.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.units.values().flat_map(|unit| &unit.seen)
    }
}

impl Reader {
    /// What was contributed to some weeks, whosever it is: for what shows none of it alone. Each week is there.
    pub(crate) async fn contributions(
        &self,
        grant: &Grant,
        weeks: Range<Week>,
    ) -> Result<BTreeMap<Week, Arc<Contributions>>, Fault> {
        let programme = grant.programme.0;
        let kept = weeks
            .start
            .until(weeks.end)
            .filter_map(|week| Some((week, self.kept.weeks.get(&(programme, week))?)));
        let mut standing: BTreeMap<Week, Standing> = kept.collect();
        let since = standing.values().map(|kept| kept.position).min().unwrap_or(i64::MAX);
        let (from, to) = (family(weeks.start), family(weeks.end));
        let (head, changed) = self.log().changed(programme, &from..&to, since).await?;
        let changed: BTreeSet<Week> = changed.iter().filter_map(|stream| week_of(stream)).collect();
        // A head before what was seen is another log: a backup has been put in its place.
        standing.retain(|week, kept| kept.position <= head && !changed.contains(week));
        let lacking: Vec<Week> =
            weeks.start.until(weeks.end).filter(|week| !standing.contains_key(week)).collect();
        for (week, contributions) in gathered(&lacking, self.reports_of(grant, &lacking).await?) {
            standing.insert(week, Standing { position: 0, contributions: Arc::new(contributions) });
        }
        for (week, kept) in &mut standing {
            if kept.position < head {
                kept.position = head;
                self.kept.weeks.insert((programme, *week), kept.clone());
            }
        }
        Ok(standing.into_iter().map(|(week, kept)| (week, kept.contributions)).collect())
    }

    /// As `contributions`, of what had happened at some time.
    pub(crate) async fn contributions_until(
        &self,
        grant: &Grant,
        weeks: Range<Week>,
        until: impl Fn(&Happened) -> bool,
    ) -> Result<BTreeMap<Week, Arc<Contributions>>, Fault> {
        let weeks: Vec<Week> = weeks.start.until(weeks.end).collect();
        let gathered = gathered(&weeks, self.reports_until(grant, &weeks, until).await?);
        Ok(gathered.into_iter().map(|(week, its)| (week, Arc::new(its))).collect())
    }
}

fn gathered(weeks: &[Week], reports: Vec<Report>) -> BTreeMap<Week, Contributions> {
    let mut gathered: BTreeMap<Week, Contributions> =
        weeks.iter().map(|week| (*week, Contributions::default())).collect();
    for report in reports {
        gathered.entry(report.week).or_default().add(report);
    }
    gathered
}
