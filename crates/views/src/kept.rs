//! What has been made of the log and is kept in memory, within bounds: the log does not change, so what was made of it
//! holds until something is added.

use crate::area_alerts::WeekAlerts;
use crate::contributions::Contributions;
use crate::counted::WeekCounted;
use crate::interventions::Row;
use est::{InterventionId, Week};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use uuid::Uuid;

/// Observations and reports that are kept at most, of all programmes: some fifty megabytes.
const OBSERVATIONS: u64 = 500_000;
/// Events of interventions that are kept at most, of all programmes: some fifty megabytes.
const LIFE_EVENTS: u64 = 100_000;
/// Counts by area, unit and indicator that are kept at most, of all programmes: some thirty megabytes.
const COUNTS: u64 = 500_000;
/// Weeks that kept alerts look back on, and the alerts, at most, of all programmes: some ten megabytes.
const LOOKED_BACK_ON: u64 = 500_000;

/// What is kept, by programme.
pub(crate) struct Kept {
    pub(crate) weeks: Bounded<Week, Standing>,
    pub(crate) counted: Bounded<Week, WeekCounted>,
    pub(crate) alerts: Bounded<Week, Arc<WeekAlerts>>,
    /// Each at the version that its row has.
    pub(crate) interventions: Bounded<InterventionId, Arc<Row>>,
}

/// What is kept of each programme, the least used given up first.
type Bounded<Key, What> = Cache<(Uuid, Key), What, Size>;

/// A week as it stands at a position of the log.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) position: i64,
    pub(crate) contributions: Arc<Contributions>,
}

/// How much of the bound something takes.
#[derive(Clone)]
pub(crate) struct Size;

impl Kept {
    pub(crate) fn nothing() -> Self {
        Self {
            weeks: Cache::with_weighter(10_000, OBSERVATIONS, Size),
            counted: Cache::with_weighter(10_000, COUNTS, Size),
            alerts: Cache::with_weighter(10_000, LOOKED_BACK_ON, Size),
            interventions: Cache::with_weighter(10_000, LIFE_EVENTS, Size),
        }
    }
}

impl Weighter<(Uuid, Week), Standing> for Size {
    fn weight(&self, _: &(Uuid, Week), week: &Standing) -> u64 {
        let units = week.contributions.units.values().map(|unit| 1 + unit.seen.len());
        counted(units.sum())
    }
}

impl Weighter<(Uuid, Week), WeekCounted> for Size {
    fn weight(&self, _: &(Uuid, Week), week: &WeekCounted) -> u64 {
        counted(week.counted.size())
    }
}

impl Weighter<(Uuid, Week), Arc<WeekAlerts>> for Size {
    fn weight(&self, _: &(Uuid, Week), week: &Arc<WeekAlerts>) -> u64 {
        counted(week.size())
    }
}

impl Weighter<(Uuid, InterventionId), Arc<Row>> for Size {
    fn weight(&self, _: &(Uuid, InterventionId), row: &Arc<Row>) -> u64 {
        counted(row.life.len())
    }
}

/// A week without reports takes its place too.
fn counted(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX).saturating_add(1)
}
