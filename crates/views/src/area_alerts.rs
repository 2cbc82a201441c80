//! Areas that stand out (R76): more that is new than their own weeks before and all other areas give reason to expect,
//! with the reporting behind it. The engine of `effects` weighs it; an alert is a suggestion of where to look.

use crate::contributions::Contributions;
use crate::counted::{Counted, Table};
use crate::reading::Reader;
use effects::{BASELINE_WEEKS, Desk, Language, METHOD, NEW_TREND_WEEKS, Statement, Weeks};
use est::indicator::{INDICATORS, Indicator};
use est::intervention::EvidenceLevel;
use est::{AreaId, Facts, Grant, Name, Week};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Weak};

/// So many weeks before a week say what was to be expected of it: those before the four that end with it.
pub(crate) const WEEKS_BEFORE: i32 = (BASELINE_WEEKS + NEW_TREND_WEEKS - 1).cast_signed();

/// What was contributed, by week.
type Rows = BTreeMap<Week, Arc<Contributions>>;

/// An area that stands out: a suggestion of where to look, never a verdict on the area.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AreaAlert {
    pub area: AreaId,
    pub name: Name,
    /// Absent: all incidents together, which events and unsafe places are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Indicator>,
    pub kind: AreaAlertKind,
    /// The weeks that raised it, earliest first. The figures are of the least probable of them.
    #[schema(min_items = 1, max_items = 60)]
    pub raised_in: Vec<Week>,
    /// New observations that came.
    pub observed: u32,
    /// How many were to be expected, by the area's own weeks before and how all other areas changed since; rounded to
    /// one decimal.
    #[schema(minimum = 0)]
    pub expected: f64,
    /// How probable so many or more would have been: below 0.005.
    #[schema(minimum = 0, maximum = 1)]
    pub p_upper: f64,
    /// How many areas it was compared with.
    pub controls: u32,
    /// The reporting behind what came.
    pub now: AlertReporting,
    /// The reporting behind what was to be expected.
    pub before: AlertReporting,
    /// What the figures can say: what was reported.
    pub evidence_level: EvidenceLevel,
    /// The version of the method of reckoning.
    #[schema(max_length = 40)]
    pub method: &'static str,
    /// It in plain words, in the language asked for by `Accept-Language`: Swedish or English.
    pub sentence: String,
}

/// How an area stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AreaAlertKind {
    /// In one week.
    Overrepresented,
    /// In four weeks together.
    NewTrend,
}

/// Some weeks of an area, and how much of what could be reported of them was.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertReporting {
    pub first_week: Week,
    pub last_week: Week,
    /// Reports that could have come of the area, one for each unit and week, and those that came.
    pub expected: u32,
    pub reported: u32,
    /// The share of full reporting that the figures were reckoned with, each unit weighed by how much usually comes of
    /// it; to two decimals.
    #[schema(minimum = 0, maximum = 1)]
    pub share: f64,
}

/// A week's alerts, and what they were made of.
#[derive(Debug)]
pub(crate) struct WeekAlerts {
    counted: Vec<Weak<Counted>>,
    raised: Vec<Raised>,
}

/// What the engine found.
#[derive(Clone, Copy, Debug)]
struct Raised {
    area: AreaId,
    indicator: Option<Indicator>,
    /// The week that the engine's weeks are counted from.
    first: Week,
    alert: effects::Alert,
}

impl WeekAlerts {
    fn stand(&self, counted: &BTreeMap<Week, Arc<Counted>>, week: Week) -> bool {
        let now = behind(counted, week..week.plus(1)).map(Arc::as_ptr);
        now.eq(self.counted.iter().map(Weak::as_ptr))
    }

    /// How many things it holds.
    pub(crate) fn size(&self) -> usize {
        self.counted.len() + self.raised.len()
    }
}

impl Raised {
    fn kind(&self) -> AreaAlertKind {
        match self.alert.windows.after.number() {
            NEW_TREND_WEEKS.. => AreaAlertKind::NewTrend,
            _ => AreaAlertKind::Overrepresented,
        }
    }

    fn weeks(&self, its: Weeks) -> Range<Week> {
        let week = |number: u32| self.first.plus(i32::try_from(number).unwrap_or(i32::MAX));
        week(its.from)..week(its.to)
    }

    /// As it is told; none of an area that is no more.
    fn told(
        &self,
        raised_in: Vec<Week>,
        facts: &Facts,
        rows: &Rows,
        language: Language,
    ) -> Option<AreaAlert> {
        let effects::Alert { windows, excess, .. } = self.alert;
        let reporting = |its: Weeks, exposure| {
            AlertReporting::of(facts, rows, (self.area, self.weeks(its)), exposure / f64::from(its.number()))
        };
        Some(AreaAlert {
            area: self.area,
            name: facts.area(self.area)?.name.clone(),
            indicator: self.indicator,
            kind: self.kind(),
            raised_in,
            observed: excess.observed,
            expected: (excess.expected * 10.0).round() / 10.0,
            p_upper: excess.p_upper,
            controls: u32::try_from(self.alert.controls).unwrap_or(u32::MAX),
            now: reporting(windows.after, self.alert.exposure_after),
            before: reporting(windows.before, self.alert.exposure_before),
            evidence_level: EvidenceLevel::Description,
            method: METHOD,
            sentence: self.alert.sentence(language),
        })
    }
}

impl AlertReporting {
    fn of(facts: &Facts, rows: &Rows, (area, weeks): (AreaId, Range<Week>), share: f64) -> Self {
        let (first_week, last_week) = (weeks.start, weeks.end.plus(-1));
        let (mut expected, mut reported) = (0, 0);
        for (week, row) in rows.range(weeks) {
            let own = facts.expected(*week).filter(|(_, _, unit)| unit.areas_in(*week).contains(&area));
            for (_, unit, _) in own {
                expected += 1;
                reported += u32::from(row.units.contains_key(&unit));
            }
        }
        Self { first_week, last_week, expected, reported, share: (share * 100.0).round() / 100.0 }
    }
}

impl Reader {
    /// The alerts of some weeks, the least probable first, once for each area, indicator and kind. The rows are of
    /// those weeks and of the `WEEKS_BEFORE` them.
    pub(crate) async fn area_alerts(
        &self,
        (grant, facts): (&Grant, &Facts),
        weeks: Range<Week>,
        rows: &Rows,
        language: Language,
    ) -> Vec<AreaAlert> {
        let counted = self.counted(grant, facts, rows);
        let mut found: BTreeMap<_, (Raised, Vec<Week>)> = BTreeMap::new();
        for (week, its) in self.week_alerts(grant, weeks, &counted).await {
            for raised in &its.raised {
                let key = (raised.area, raised.indicator, raised.kind());
                let (least, weeks) = found.entry(key).or_insert((*raised, Vec::new()));
                weeks.push(week);
                if raised.alert.excess.p_upper < least.alert.excess.p_upper {
                    *least = *raised;
                }
            }
        }
        let mut found: Vec<(Raised, Vec<Week>)> = found.into_values().collect();
        found.sort_by(|(one, _), (other, _)| one.alert.excess.p_upper.total_cmp(&other.alert.excess.p_upper));
        found.into_iter().filter_map(|(its, weeks)| its.told(weeks, facts, rows, language)).collect()
    }

    /// By week: those that were kept, and those that lacked or no longer stood.
    async fn week_alerts(
        &self,
        grant: &Grant,
        weeks: Range<Week>,
        counted: &BTreeMap<Week, Arc<Counted>>,
    ) -> BTreeMap<Week, Arc<WeekAlerts>> {
        let key = |week| (grant.programme.0, week);
        let kept = weeks.start.until(weeks.end).filter_map(|week| {
            let kept = self.kept.alerts.get(&key(week))?;
            kept.stand(counted, week).then_some((week, kept))
        });
        let mut found: BTreeMap<Week, Arc<WeekAlerts>> = kept.collect();
        let lacking: Vec<Week> =
            weeks.start.until(weeks.end).filter(|week| !found.contains_key(week)).collect();
        for (week, raised) in raised(counted, &lacking).await {
            let counted = behind(counted, week..week.plus(1)).map(Arc::downgrade).collect();
            let its = Arc::new(WeekAlerts { counted, raised });
            self.kept.alerts.insert(key(week), Arc::clone(&its));
            found.insert(week, its);
        }
        found
    }
}

/// The weeks that the alerts of some weeks are made of.
fn behind(counted: &BTreeMap<Week, Arc<Counted>>, weeks: Range<Week>) -> impl Iterator<Item = &Arc<Counted>> {
    counted.range(weeks.start.plus(-WEEKS_BEFORE)..weeks.end).map(|(_, row)| row)
}

/// What stands out in each of some weeks.
async fn raised(counted: &BTreeMap<Week, Arc<Counted>>, weeks: &[Week]) -> BTreeMap<Week, Vec<Raised>> {
    let mut raised: BTreeMap<Week, Vec<Raised>> = weeks.iter().map(|week| (*week, Vec::new())).collect();
    let (Some(from), Some(until)) = (weeks.first(), weeks.last()) else { return raised };
    let rows: Vec<&Counted> = behind(counted, *from..until.plus(1)).map(AsRef::as_ref).collect();
    let (first, mut desk) = (from.plus(-WEEKS_BEFORE), Desk::default());
    let things = std::iter::once(None).chain(INDICATORS.map(Some));
    for (table, indicator) in things.filter_map(|its| Some((Table::of(&rows, its)?, its))) {
        let reporting = table.reporting();
        let reports = table.reports(&reporting);
        for (week, found) in &mut raised {
            let number = u32::try_from(week.since(first)).unwrap_or(u32::MAX);
            let alerts = effects::alerts(&mut desk, &reports, number);
            let told = |alert: effects::Alert| {
                Some(Raised { area: *table.areas.get(alert.area)?, indicator, first, alert })
            };
            found.extend(alerts.into_iter().filter_map(told));
            // A year's weeks take their time; others' requests wait on the same thread.
            tokio::task::yield_now().await;
        }
    }
    raised
}
