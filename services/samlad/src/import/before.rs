//! What earlier extracts have brought in, and in which weeks: a row whose day was corrected must not count twice.

use super::sorting::Observation;
use est::decision::stream;
use est::event::Happened;
use est::item::{ExternalId, Item};
use est::report::{self, Key, State, Statement};
use est::text::TextRef;
use est::{Facts, UnitId, Week};
use event_log::{Fault, Log};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The weeks that each designation stands in.
#[derive(Default)]
pub(super) struct Before(HashMap<ExternalId, BTreeSet<Week>>);

impl Before {
    /// As it stands in the unit's reports of all weeks.
    pub(super) async fn read(log: &Log, programme: Uuid, unit: UnitId, facts: &Facts) -> Result<Self, Fault> {
        let streams = facts.cycles.keys().map(|week| stream::<State>(&Key { week: *week, unit }));
        Ok(Self::of(&log.streams(programme, streams.collect()).await?))
    }

    pub(super) fn of(past: &[Happened]) -> Self {
        let mut weeks: HashMap<ExternalId, BTreeSet<Week>> = HashMap::new();
        for (key, statement) in report::statements(past) {
            let Statement::Seen { items, .. } = statement else { continue };
            for id in items.into_iter().filter_map(|item| item.external_id) {
                weeks.entry(id).or_default().insert(key.week);
            }
        }
        Self(weeks)
    }

    /// Whether a row stands in another week, and not in this.
    pub(super) fn stands_elsewhere(&self, row: &Observation, week: Week) -> bool {
        self.0.get(&row.row.id).is_some_and(|weeks| !weeks.contains(&week))
    }
}

/// Whether a row says something else than what was brought in under its designation. Words are not compared: they may
/// have been stopped, struck or sealed.
pub(super) fn differs(item: &Item<TextRef>, now: &Observation) -> bool {
    let then = (item.indicator, &item.subtypes, item.area, item.date, item.time);
    then != (now.indicator, &now.subtypes, now.area, now.row.date, now.row.time)
}
