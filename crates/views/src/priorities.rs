//! The prioritised areas of each period, with reasons, changes and history (R78, R95, R104).

use crate::follow::{View, fold};
use crate::reading::Reader;
use est::event::Happened;
use est::prioritisation::{self, Event, Weighed};
use est::{AreaId, Event as Any, Facts, Grant, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A period's prioritisation.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Prioritisation {
    pub first_week: Week,
    pub last_week: Week,
    /// In the order of their blocks.
    pub chosen: Vec<Weighed<TextRef>>,
    /// The nearest not chosen.
    pub next: Vec<Weighed<TextRef>>,
    /// When it was proposed last.
    #[schema(value_type = String, format = DateTime)]
    pub proposed_at: Timestamp,
    /// What the steering group decided; absent while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    pub changes: Vec<TemporaryChange>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// The steering group's decision.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PriorityDecision)]
pub struct Decision {
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextRef>,
}

/// An area in a prioritised one's place for a time.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemporaryChange {
    pub displaced: AreaId,
    pub instead: AreaId,
    pub from: Week,
    #[schema(value_type = String, format = Date)]
    pub review: Date,
    pub reason: TextRef,
    /// The first week that the displaced area had its place again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Week>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_reason: Option<TextRef>,
}

/// The areas that are prioritised in one week.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeekPriorities {
    pub week: Week,
    /// In the order of their blocks; none where nothing has been decided.
    pub areas: Vec<AreaId>,
}

/// The areas of a week, as the facts have them.
pub fn of_week(_: &Grant, facts: &Facts, week: Week) -> WeekPriorities {
    WeekPriorities { week, areas: prioritisation::prioritised(facts, week).unwrap_or_default() }
}

/// The view's table.
pub(crate) struct Priorities;

impl View for Priorities {
    const KIND: &'static str = "prioritisation";
    const TABLE: &'static str = "prioritisation_view";
    type Row = Option<Prioritisation>;

    fn apply(row: &mut Option<Prioritisation>, key: &str, happened: &Happened) {
        let Any::Prioritisation(event) = &happened.event else { return };
        if let (Event::Proposed { last_week, chosen, next }, Ok(first_week)) = (event, key.parse()) {
            *row = Some(Prioritisation {
                first_week,
                last_week: *last_week,
                chosen: chosen.clone(),
                next: next.clone(),
                proposed_at: happened.recorded_at,
                decision: None,
                changes: Vec::new(),
                version: happened.version,
            });
        }
        if let Some(row) = row {
            row.version = happened.version;
            follow(row, event, happened.recorded_at);
        }
    }
}

fn follow(row: &mut Prioritisation, event: &Event, at: Timestamp) {
    match event {
        Event::Proposed { .. } => {}
        Event::Decided { reason } => row.decision = Some(Decision { decided_at: at, reason: reason.clone() }),
        Event::TemporarilyChanged { displaced, instead, from, review, reason } => {
            row.changes.push(TemporaryChange {
                displaced: *displaced,
                instead: *instead,
                from: *from,
                review: *review,
                reason: reason.clone(),
                until: None,
                restored_reason: None,
            });
        }
        Event::Restored { displaced, from, reason } => {
            let open = row.changes.iter_mut().filter(|change| change.until.is_none());
            for change in open.filter(|change| change.displaced == *displaced) {
                change.until = Some(*from);
                change.restored_reason = Some(reason.clone());
            }
        }
    }
}

impl Reader {
    /// All prioritisations, the latest period first.
    pub async fn prioritisations(&self, grant: &Grant) -> Result<Vec<Prioritisation>, Fault> {
        let rows = self.many::<Priorities>(grant, "".."~").await?;
        Ok(rows.into_iter().rev().filter_map(|(_, row)| row).collect())
    }

    pub async fn prioritisation(
        &self,
        grant: &Grant,
        first_week: Week,
    ) -> Result<Option<Prioritisation>, Fault> {
        Ok(self.one::<Priorities>(grant, &first_week.to_string()).await?.flatten())
    }

    /// As it stood at a position, or at a time: folded from its own stream.
    pub async fn prioritisation_as_of(
        &self,
        grant: &Grant,
        first_week: Week,
        until: impl Fn(&Happened) -> bool,
    ) -> Result<Option<Prioritisation>, Fault> {
        let mut events =
            self.log().stream(grant.programme.0, &format!("prioritisation/{first_week}")).await?;
        events.retain(until);
        let mut rows = BTreeMap::new();
        fold::<Priorities>(&mut rows, &events);
        Ok(rows.into_values().next().flatten())
    }
}
