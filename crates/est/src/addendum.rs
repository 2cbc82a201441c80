//! An organisation's own addendum to a week's picture, seen by its owner alone (R89).

use crate::cycle;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::OrganisationId;
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::fmt;

refusals! {
    NOT_JOINED = "addendum.not-joined", Unknown,
        "Verksamheten deltar inte.", "The organisation does not take part.";
}

/// An organisation's week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub week: Week,
    pub organisation: OrganisationId,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.week, self.organisation)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The addendum was written, in place of what stood there.
    Written { text: TextRef },
}

/// What stands in the addendum.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Empty,
    Written,
}

impl Aggregate for State {
    const KIND: &'static str = "addendum";
    type Key = Key;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Addendum(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Written { .. } => Self::Written,
        }
    }
}

/// Write the organisation's addendum, in place of what stood there.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WriteAddendum)]
pub struct Write {
    pub text: FreeText,
}

impl Command for Write {
    type State = State;
    const PERMISSION: Permission = Permission::WriteAddendum;

    fn reach(&self, key: &Key, _: &Facts) -> Reach {
        Reach::Organisation(key.organisation)
    }

    fn decide(&self, _: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        let organisation = situation.facts.organisations.get(&situation.key.organisation);
        organisation.and_then(|state| state.joined()).ok_or(NOT_JOINED)?;
        cycle::opened(situation.facts, situation.key.week)?;
        Ok(vec![Event::Written { text: self.text.reference() }])
    }
}
