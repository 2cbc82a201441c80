//! What the units have said of their weeks, and what it adds up to.

use crate::almanac::Number;
use crate::sent::Sent;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A kind of observation: indicator, sub-type, and whether it is a sign of safety.
pub(crate) type Kind = (&'static str, &'static str, bool);

pub(crate) const KINDS: [Kind; 6] = [
    ("vandalism", "graffiti", false),
    ("vandalism", "littering", false),
    ("unsafe_place", "lighting", false),
    ("youth_gathering_place", "noise", false),
    ("other_disorder", "fight", false),
    ("youth_gathering_place", "safe_gathering", true),
];
pub(crate) const CONCERT: Kind = ("public_event", "concert", false);

/// When: the member of the report, what it says, and the part of the day that it is.
pub(crate) type Hour = (&'static str, &'static str, &'static str);

pub(crate) const HOURS: [Hour; 6] = [
    ("time", "02:15:00", "night"),
    ("time", "06:00:00", "morning"),
    ("time", "14:45:00", "afternoon"),
    ("time", "21:30:00", "evening"),
    ("timeBand", "evening", "evening"),
    ("timeBand", "unknown", "unknown"),
];

/// Something that was seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) kind: Kind,
    pub(crate) area: usize,
    pub(crate) date: Date,
    pub(crate) hour: Hour,
    pub(crate) count: u32,
    pub(crate) strength: Option<u32>,
    pub(crate) problem: Option<usize>,
    pub(crate) described: Option<&'static str>,
}

/// What a unit says; nothing at all is that it was calm.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) items: Vec<Seen>,
    pub(crate) calm_areas: Vec<usize>,
    pub(crate) still_there: Vec<usize>,
}

/// A unit's week as it stands; missing while nothing is said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) said: Option<Said>,
    pub(crate) late: bool,
    pub(crate) received: Option<String>,
    pub(crate) amendments: u32,
    pub(crate) reminders: Vec<i32>,
    /// How many events its stream has.
    pub(crate) version: i64,
}

/// Counts that are never added to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) new: u32,
    pub(crate) known: u32,
    positive: u32,
}

impl Totals {
    pub(crate) fn json(self) -> Value {
        json!({ "new": self.new, "known": self.known, "positive": self.positive })
    }
}

impl Seen {
    /// The item of a report.
    fn json(&self, sent: &Sent) -> Value {
        let (indicator, subtype, positive) = self.kind;
        let mut item = json!({
            "indicator": indicator, "subtypes": [subtype], "area": sent.areas[self.area], "date": self.date,
            "polarity": if positive { "positive" } else { "negative" }, "count": self.count,
            "signalStrength": self.strength,
            "problem": self.problem.map(|problem| &sent.problems[problem].id),
        });
        item[self.hour.0] = json!(self.hour.1);
        if let Some(described) = self.described {
            item["description"] = json!(described);
        }
        if self.kind == CONCERT {
            item["occurrence"] = json!("expected");
            item["publicEvent"] = json!({ "name": "Konserten", "firstDay": self.date, "lastDay": self.date });
        }
        item
    }
}

impl Said {
    pub(crate) fn is_calm(&self) -> bool {
        *self == Self::default()
    }

    /// The problems that are spoken of.
    pub(crate) fn problems(&self) -> impl Iterator<Item = usize> {
        self.items.iter().filter_map(|seen| seen.problem).chain(self.still_there.iter().copied())
    }

    /// The body of a report.
    pub(crate) fn json(&self, unit: usize, sent: &Sent) -> Value {
        let unit = &sent.units[unit].id;
        if self.is_calm() {
            return json!({ "unit": unit, "calm": true });
        }
        let items: Vec<Value> = self.items.iter().map(|seen| seen.json(sent)).collect();
        let calm: Vec<&String> = self.calm_areas.iter().map(|area| &sent.areas[*area]).collect();
        let still: Vec<&String> = self.still_there.iter().map(|its| &sent.problems[*its].id).collect();
        json!({ "unit": unit, "items": items, "calmAreas": calm, "stillThere": still })
    }
}

impl Told {
    pub(crate) fn status(&self) -> &'static str {
        match &self.said {
            None => "missing",
            Some(said) if said.is_calm() => "calm",
            Some(_) => "problems",
        }
    }
}

impl Sent {
    /// The units that have said something of a week, with what.
    pub(crate) fn said(&self, number: Number) -> impl Iterator<Item = (usize, &Said)> {
        let told = self.reports.range((number, 0)..(number + 1, 0));
        told.filter_map(|((_, unit), told)| Some((*unit, told.said.as_ref()?)))
    }

    /// What was seen in a week, each with whether it was known.
    pub(crate) fn seen(&self, number: Number) -> Vec<(&Seen, bool)> {
        let of = |(unit, said): (usize, &Said)| {
            said.items.iter().enumerate().map(move |(item, _)| (unit, item)).collect::<Vec<_>>()
        };
        let places: Vec<(usize, usize)> = self.said(number).flat_map(of).collect();
        let seen = places.into_iter().filter_map(|(unit, item)| {
            let seen = &self.reports.get(&(number, unit))?.said.as_ref()?.items[item];
            Some((seen, self.is_known((number, unit, item), seen)))
        });
        seen.collect()
    }

    /// What those observations of a week that are wanted add up to.
    pub(crate) fn totals(&self, number: Number, wanted: impl Fn(&Seen) -> bool) -> Totals {
        let mut totals = Totals::default();
        for (seen, known) in self.seen(number).into_iter().filter(|(seen, _)| wanted(seen)) {
            match (seen.kind.2, known) {
                (true, _) => totals.positive += seen.count,
                (false, true) => totals.known += seen.count,
                (false, false) => totals.new += seen.count,
            }
        }
        totals
    }

    /// Of the units, how many told of problems, of calm, of nothing, and how many came late. The units began in the
    /// week before the first.
    pub(crate) fn turnout(&self, number: Number) -> Value {
        let expected = if number < -1 { 0 } else { self.units.len() };
        let count = |status: &str| {
            let told = self.reports.range((number, 0)..(number + 1, 0));
            told.filter(|(_, told)| told.status() == status).count()
        };
        let late = self.reports.range((number, 0)..(number + 1, 0)).filter(|(_, told)| told.late).count();
        let (problems, calm) = (count("problems"), count("calm"));
        json!({ "expected": expected, "problems": problems, "calm": calm, "late": late,
            "missing": expected - problems - calm })
    }

    fn by(&self, number: Number, part: fn(&Seen) -> &'static str, wanted: impl Fn(&Seen) -> bool) -> Value {
        let mut parts: BTreeMap<&str, Totals> = BTreeMap::new();
        for (seen, _) in self.seen(number).into_iter().filter(|(seen, _)| wanted(seen)) {
            let own = self.totals(number, |its| part(its) == part(seen) && wanted(its));
            parts.insert(part(seen), own);
        }
        parts.into_iter().map(|(name, totals)| (name.to_owned(), totals.json())).collect::<Map<_, _>>().into()
    }

    /// How many units answer for an area, how many of them have reported its week, and how many said it was calm.
    pub(crate) fn reported_of(&self, number: Number, area: usize) -> [usize; 3] {
        let own = |unit: &usize| self.units[*unit].area == area;
        let expected = if number < -1 { 0 } else { (0..self.units.len()).filter(own).count() };
        let reported = self.said(number).filter(|(unit, _)| own(unit)).count();
        let calm = self
            .said(number)
            .filter(|(unit, said)| (said.is_calm() && own(unit)) || said.calm_areas.contains(&area));
        [expected, reported, calm.count()]
    }

    /// The overview of a week, as it should be read.
    pub(crate) fn overview(&self, number: Number) -> Value {
        let mut areas: Vec<usize> = (0..self.areas.len()).collect();
        areas.sort_by_key(|area| &self.areas[*area]);
        let of = |area: usize| {
            let [expected, reported, calm] = self.reported_of(number, area);
            let there = |seen: &Seen| seen.area == area;
            json!({
                "area": self.areas[area], "totals": self.totals(number, there).json(), "calm": calm,
                "expected": expected, "reported": reported,
                "byIndicator": self.by(number, |seen| seen.kind.0, there),
            })
        };
        let before = (1..=4).map(|back| number - back).map(|before| {
            json!({ "week": crate::almanac::week(before), "reporting": self.turnout(before),
                "totals": self.totals(before, |_| true).json() })
        });
        json!({
            "week": crate::almanac::week(number),
            "reporting": self.turnout(number),
            "totals": self.totals(number, |_| true).json(),
            "byIndicator": self.by(number, |seen| seen.kind.0, |_| true),
            "byTimeBand": self.by(number, |seen| seen.hour.2, |_| true),
            "byArea": areas.into_iter().map(of).collect::<Vec<_>>(),
            "previous": before.collect::<Vec<_>>(),
        })
    }
}
