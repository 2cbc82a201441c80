//! An adopted edition on its way: to everyone on the list, and what the recipients say of it (R87, R128).

use super::{ALREADY_DISTRIBUTED, Event, NO_RECIPIENTS, NOT_ADOPTED, NOT_DELIVERED, State};
use crate::decision::{Command, Situation};
use crate::distribution::Recipient;
use crate::facts::Facts;
use crate::identity::{EntryId, OrganisationId};
use crate::permission::{Permission, Reach};
use crate::refusal::Refusal;
use crate::text::{Name, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};

/// A recipient's copy, with why they have it and how they may use it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    pub entry: EntryId,
    pub name: Name,
    pub organisation: OrganisationId,
    pub purpose: TextRef,
    pub use_notice: TextRef,
}

/// Distribute the adopted edition to everyone on the list.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DistributePicture)]
pub struct Distribute {}

impl Command for Distribute {
    type State = State;
    const PERMISSION: Permission = Permission::DistributePicture;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let edition = match state {
            State::Undrafted | State::Draft(_) => return Err(NOT_ADOPTED),
            State::Adopted(edition) => edition,
        };
        if edition.delivered.keys().any(|(number, _)| *number == edition.number) {
            return Err(ALREADY_DISTRIBUTED);
        }
        let entries = &situation.facts.distribution.entries;
        if entries.is_empty() {
            return Err(NO_RECIPIENTS);
        }
        let delivery = |(entry, recipient): (&EntryId, &Recipient<TextRef>)| Delivery {
            entry: *entry,
            name: recipient.name.clone(),
            organisation: recipient.organisation,
            purpose: recipient.purpose.clone(),
            use_notice: recipient.use_notice.clone(),
        };
        let deliveries = entries.iter().map(delivery).collect();
        Ok(vec![Event::Distributed { edition: edition.number, deliveries }])
    }
}

/// Acknowledge what was received, and its use notice (R128).
#[derive(Clone, Copy, Debug)]
pub struct Acknowledge {
    pub entry: EntryId,
}

impl Command for Acknowledge {
    type State = State;
    const PERMISSION: Permission = Permission::AcknowledgePicture;

    fn reach(&self, _: &Week, facts: &Facts) -> Reach {
        facts.distribution.organisation_of(self.entry).map_or(Reach::Programme, Reach::AnyoneOf)
    }

    fn decide(&self, state: State, _: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let edition = match state {
            State::Undrafted => return Err(NOT_DELIVERED),
            State::Draft(edition) | State::Adopted(edition) => edition,
        };
        let mut received = edition.delivered.iter().filter(|((_, entry), _)| *entry == self.entry);
        let ((number, _), acknowledged) = received.next_back().ok_or(NOT_DELIVERED)?;
        let event = Event::Acknowledged { edition: *number, entry: self.entry };
        Ok(if *acknowledged { Vec::new() } else { vec![event] })
    }
}
