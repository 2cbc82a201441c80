//! Where, when and how (R56): what comes again in an area, by weekday and hour, by indicator and by place.

use crate::contributions::Seen;
use crate::reading::Reader;
use crate::weeks::{Totals, summed};
use est::indicator::{Indicator, TimeBand};
use est::intervention::EvidenceLevel;
use est::{AreaId, Facts, Grant, Name, Week};
use event_log::Fault;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A place comes again when it was named in as many weeks.
const WEEKS_AGAIN: usize = 2;

/// What comes again in an area in some weeks. Signs of safety are left out, but for the totals.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AreaPatterns)]
pub struct Patterns {
    pub area: AreaId,
    pub from: Week,
    pub until: Week,
    /// Reports that could have come of the area in the weeks, and those that came.
    pub expected: u32,
    pub reported: u32,
    pub by_indicator: BTreeMap<Indicator, Totals>,
    /// When it was, where there was anything.
    #[schema(max_items = 50)]
    pub by_time_band: Vec<BandCount>,
    /// When it was to the hour, where the time is known.
    #[schema(max_items = 200)]
    pub by_hour: Vec<HourCount>,
    /// Places named in two weeks or more, those of most weeks first.
    #[schema(max_items = 1000)]
    pub places: Vec<RepeatedPlace>,
    pub evidence_level: EvidenceLevel,
}

/// A part of the day on a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BandCount {
    /// Monday is 1, Sunday 7.
    pub weekday: i8,
    pub time_band: TimeBand,
    pub count: u32,
}

/// An hour of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HourCount {
    /// Monday is 1, Sunday 7.
    pub weekday: i8,
    /// 0-23, local time.
    pub hour: i8,
    pub count: u32,
}

/// A place that is reported again and again.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepeatedPlace {
    /// As it was written first; capitals do not tell places apart.
    pub name: Name,
    pub weeks: u32,
    pub first_week: Week,
    pub last_week: Week,
    /// How many units have named it.
    pub units: u32,
    pub count: u32,
    pub indicators: BTreeSet<Indicator>,
}

impl Reader {
    /// What comes again in an area in some weeks; none of an area that is not the programme's.
    pub async fn patterns(
        &self,
        grant: &Grant,
        facts: &Facts,
        (area, weeks): (AreaId, Range<Week>),
    ) -> Result<Option<Patterns>, Fault> {
        if !facts.areas.contains_key(&area) {
            return Ok(None);
        }
        let (from, until) = (weeks.start, weeks.end.plus(-1));
        let rows = self.contributions(grant, weeks).await?;
        let sum = summed(facts, &rows).remove(&area).unwrap_or_default();
        let seen = rows.values().flat_map(|row| row.seen());
        let here: Vec<&Seen> = seen.filter(|seen| seen.area == Some(area) && !seen.positive).collect();
        Ok(Some(Patterns {
            area,
            from,
            until,
            expected: sum.expected,
            reported: sum.reported,
            by_indicator: sum.by_indicator,
            by_time_band: bands(&here),
            by_hour: hours(&here),
            places: places(&here),
            evidence_level: EvidenceLevel::Description,
        }))
    }
}

fn bands(seen: &[&Seen]) -> Vec<BandCount> {
    let mut counts: BTreeMap<(i8, TimeBand), u32> = BTreeMap::new();
    for its in seen {
        *counts.entry((its.weekday(), its.band)).or_default() += its.count;
    }
    let count = |((weekday, time_band), count)| BandCount { weekday, time_band, count };
    counts.into_iter().map(count).collect()
}

fn hours(seen: &[&Seen]) -> Vec<HourCount> {
    let mut counts: BTreeMap<(i8, i8), u32> = BTreeMap::new();
    for its in seen {
        if let Some(hour) = its.hour {
            *counts.entry((its.weekday(), hour)).or_default() += its.count;
        }
    }
    counts.into_iter().map(|((weekday, hour), count)| HourCount { weekday, hour, count }).collect()
}

fn places(seen: &[&Seen]) -> Vec<RepeatedPlace> {
    let mut named: BTreeMap<String, Vec<&Seen>> = BTreeMap::new();
    for its in seen {
        if let Some(name) = &its.place {
            named.entry(name.as_str().trim().to_lowercase()).or_default().push(its);
        }
    }
    let mut places: Vec<RepeatedPlace> = named.into_values().filter_map(|seen| repeated(&seen)).collect();
    places.sort_by_key(|place| std::cmp::Reverse((place.weeks, place.count)));
    places
}

fn repeated(seen: &[&Seen]) -> Option<RepeatedPlace> {
    let weeks: BTreeSet<Week> = seen.iter().map(|its| its.observation.week).collect();
    let units: BTreeSet<_> = seen.iter().map(|its| its.observation.unit).collect();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(RepeatedPlace {
        name: seen.first()?.place.clone()?,
        first_week: *weeks.first().filter(|_| weeks.len() >= WEEKS_AGAIN)?,
        last_week: *weeks.last()?,
        weeks: number(weeks.len()),
        units: number(units.len()),
        count: seen.iter().map(|its| its.count).sum(),
        indicators: seen.iter().map(|its| its.indicator).collect(),
    })
}
