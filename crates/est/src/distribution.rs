//! The distribution list: who receives the weekly picture, and why (R86-R88, R128).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::identity::{EntryId, FunctionId, OrganisationId};
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, Name, TextRef};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use utoipa::openapi::{RefOr, Schema};

refusals! {
    ENTRY_EXISTS = "distribution.entry-exists", Conflict,
        "Mottagaren finns redan på sändlistan.", "The recipient is on the list already.";
    ENTRY_UNKNOWN = "distribution.entry-unknown", Unknown,
        "Mottagaren finns inte på sändlistan.", "The recipient is not on the list.";
    ORGANISATION_UNKNOWN = "distribution.organisation-unknown", Conflict,
        "Verksamheten finns inte i programmet.", "The organisation is not one of the programme's.";
    FUNCTION_UNKNOWN = "distribution.function-unknown", Conflict,
        "Funktionen som beslutat finns inte.", "The deciding function does not exist.";
}

/// There is one list in a programme.
#[derive(Clone, Copy, Debug)]
pub struct List;

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("list")
    }
}

/// How a recipient gets the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The recipient's system or front end fetches it.
    Fetched,
    /// It is handed over as a file.
    File,
    /// It is printed, for a briefing.
    Printed,
}

/// A recipient; every entry says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient<T> {
    pub name: Name,
    /// The organisation whose functions may read what is distributed to the entry.
    pub organisation: OrganisationId,
    pub way: Way,
    /// Why the recipient is to have it.
    pub purpose: T,
    /// How it may be used; sent with every delivery.
    pub use_notice: T,
    /// The function that decided.
    pub decided_by: FunctionId,
    /// When the entry is to be looked at again.
    #[schema(value_type = String, format = Date)]
    pub review_on: Date,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// A recipient was entered.
    RecipientEntered { entry: EntryId, recipient: Box<Recipient<TextRef>> },
    /// A recipient was struck off.
    RecipientStruck { entry: EntryId },
}

/// The list as it stands.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub entries: BTreeMap<EntryId, Recipient<TextRef>>,
    /// Struck off: they receive nothing more, but may still acknowledge what was sent to them.
    pub struck: BTreeMap<EntryId, OrganisationId>,
}

impl State {
    /// The organisation of an entry, also of one that was struck off.
    pub fn organisation_of(&self, entry: EntryId) -> Option<OrganisationId> {
        let listed = self.entries.get(&entry).map(|recipient| recipient.organisation);
        listed.or_else(|| self.struck.get(&entry).copied())
    }
}

impl Aggregate for State {
    const KIND: &'static str = "distribution";
    type Key = List;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Distribution(event) = event { Some(event) } else { None }
    }

    fn evolve(mut self, event: &Event) -> Self {
        match event {
            Event::RecipientEntered { entry, recipient } => {
                self.entries.insert(*entry, (**recipient).clone());
            }
            Event::RecipientStruck { entry } => {
                if let Some(recipient) = self.entries.remove(entry) {
                    self.struck.insert(*entry, recipient.organisation);
                }
            }
        }
        self
    }
}

/// Enter a recipient on the list.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct EnterRecipient {
    pub recipient: Recipient<FreeText>,
    /// Set by the service.
    #[serde(skip)]
    pub entry: Option<EntryId>,
}

// The derived schema of a struct with names does not see that it is transparent.
impl utoipa::PartialSchema for EnterRecipient {
    fn schema() -> RefOr<Schema> {
        Recipient::<FreeText>::schema()
    }
}

impl utoipa::ToSchema for EnterRecipient {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Recipient::<FreeText>::schemas(schemas);
    }
}

impl Command for EnterRecipient {
    type State = State;
    const PERMISSION: Permission = Permission::ManageDistribution;

    fn decide(&self, state: State, situation: &Situation<'_, List>) -> Result<Vec<Event>, Refusal> {
        let Recipient { name, organisation, way, purpose, use_notice, decided_by, review_on } =
            &self.recipient;
        let entry = self.entry.ok_or(ENTRY_UNKNOWN)?;
        if state.organisation_of(entry).is_some() || state.entries.values().any(|other| other.name == *name) {
            return Err(ENTRY_EXISTS);
        }
        if !situation.facts.organisations.contains_key(organisation) {
            return Err(ORGANISATION_UNKNOWN);
        }
        let decider = situation.facts.functions.get(decided_by).and_then(crate::function::State::established);
        decider.ok_or(FUNCTION_UNKNOWN)?;
        let recipient = Recipient {
            name: name.clone(),
            organisation: *organisation,
            way: *way,
            purpose: purpose.reference(),
            use_notice: use_notice.reference(),
            decided_by: *decided_by,
            review_on: *review_on,
        };
        Ok(vec![Event::RecipientEntered { entry, recipient: Box::new(recipient) }])
    }
}

/// Strike a recipient off the list; what was sent stays sent.
#[derive(Clone, Copy, Debug)]
pub struct StrikeRecipient {
    pub entry: EntryId,
}

impl Command for StrikeRecipient {
    type State = State;
    const PERMISSION: Permission = Permission::ManageDistribution;

    fn decide(&self, state: State, _: &Situation<'_, List>) -> Result<Vec<Event>, Refusal> {
        state
            .entries
            .get(&self.entry)
            .map(|_| vec![Event::RecipientStruck { entry: self.entry }])
            .ok_or(ENTRY_UNKNOWN)
    }
}
