//! A function: a responsibility that somebody holds for a time; rights follow from it, not from the person
//! (R2, R116).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{FunctionId, OrganisationId, Subject, UnitId};
use crate::permission::{FunctionKind, Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_ESTABLISHED = "function.already-established", Conflict,
        "Funktionen finns redan.", "The function has been established already.";
    NOT_ESTABLISHED = "function.not-established", Unknown,
        "Funktionen finns inte.", "There is no such function.";
    DISCONTINUED = "function.discontinued", Conflict,
        "Funktionen är avslutad.", "The function has been discontinued.";
    ORGANISATION_UNKNOWN = "function.organisation-unknown", Conflict,
        "Verksamheten finns inte i programmet.", "The organisation is not one of the programme's.";
    UNIT_UNKNOWN = "function.unit-unknown", Conflict,
        "Enheten hör inte till verksamheten.", "The unit is not one of the organisation's.";
    ALREADY_HOLDS = "function.already-holds", Conflict,
        "Innehavaren har redan funktionen under den tiden.",
        "The holder holds the function at that time already.";
    HOLDS_NOT = "function.holds-not", Conflict,
        "Innehavaren har inte funktionen.", "The holder does not hold the function.";
    ENDS_BEFORE_START = "function.ends-before-start", Conflict,
        "Slutet ligger före början.", "The end lies before the start.";
    LAST_COORDINATOR = "function.last-coordinator", Conflict,
        "Programmet skulle stå utan samordnare. Utse en efterträdare först.",
        "The programme would be left without a coordinator. Appoint a successor first.";
}

/// Whether a person or a system holds a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    Person,
    System,
}

/// Who holds a function, and when: from its start up to, but not at, its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    pub subject: Subject,
    pub kind: HolderKind,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

impl Holder {
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    fn overlaps(&self, from: Timestamp, until: Option<Timestamp>) -> bool {
        self.until.is_none_or(|its| from < its) && until.is_none_or(|until| self.from < until)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The function was established by a decision (R118).
    Established {
        kind: FunctionKind,
        title: Name,
        organisation: OrganisationId,
        unit: Option<UnitId>,
        decision: Option<Name>,
    },
    /// A holder was appointed.
    HolderAppointed { holder: Holder },
    /// A holder's time ended.
    HolderEnded { subject: Subject, at: Timestamp },
    /// The function was discontinued.
    Discontinued,
}

/// The life of a function.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Nothing,
    Established(Established),
    Discontinued,
}

/// A function in force.
#[derive(Clone, Debug)]
pub struct Established {
    pub kind: FunctionKind,
    pub title: Name,
    pub organisation: OrganisationId,
    /// The one unit it acts for; none: the whole organisation.
    pub unit: Option<UnitId>,
    pub holders: Vec<Holder>,
}

impl State {
    pub fn established(&self) -> Option<&Established> {
        if let Self::Established(established) = self { Some(established) } else { None }
    }

    fn in_force(self) -> Result<Established, Refusal> {
        match self {
            Self::Nothing => Err(NOT_ESTABLISHED),
            Self::Established(established) => Ok(established),
            Self::Discontinued => Err(DISCONTINUED),
        }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "function";
    type Key = FunctionId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Function(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Established { kind, title, organisation, unit, .. }) => {
                Self::Established(Established {
                    kind: *kind,
                    title: title.clone(),
                    organisation: *organisation,
                    unit: *unit,
                    holders: Vec::new(),
                })
            }
            (Self::Established(mut established), Event::HolderAppointed { holder }) => {
                established.holders.push(holder.clone());
                Self::Established(established)
            }
            (Self::Established(mut established), Event::HolderEnded { subject, at }) => {
                let held = |holder: &&mut Holder| {
                    holder.subject == *subject && holder.until.is_none_or(|until| until > *at)
                };
                established.holders.iter_mut().filter(held).for_each(|holder| holder.until = Some(*at));
                Self::Established(established)
            }
            (_, Event::Discontinued) => Self::Discontinued,
            (state, Event::HolderAppointed { .. } | Event::HolderEnded { .. }) => state,
        }
    }
}

/// Establish a function in an organisation.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EstablishFunction)]
pub struct Establish {
    pub kind: FunctionKind,
    pub title: Name,
    pub organisation: OrganisationId,
    /// The one unit it acts for; none: the whole organisation.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// The decision it rests on, such as a registration number.
    #[serde(default)]
    pub decision: Option<Name>,
}

impl Command for Establish {
    type State = State;
    const PERMISSION: Permission = Permission::ManageFunctions;

    fn decide(&self, state: State, situation: &Situation<'_, FunctionId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Established(_) | State::Discontinued => return Err(ALREADY_ESTABLISHED),
            State::Nothing => {}
        }
        let organisation = situation.facts.organisations.get(&self.organisation);
        let joined = organisation.and_then(|state| state.joined()).ok_or(ORGANISATION_UNKNOWN)?;
        if !self.unit.is_none_or(|unit| joined.units.contains_key(&unit)) {
            return Err(UNIT_UNKNOWN);
        }
        Ok(vec![Event::Established {
            kind: self.kind,
            title: self.title.clone(),
            organisation: self.organisation,
            unit: self.unit,
            decision: self.decision.clone(),
        }])
    }
}

/// Appoint a holder of a function, from now or from a later moment.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointHolder {
    pub subject: Subject,
    pub kind: HolderKind,
    /// From now when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

impl Command for AppointHolder {
    type State = State;
    const PERMISSION: Permission = Permission::AppointHolders;

    fn reach(&self, key: &FunctionId, facts: &Facts) -> Reach {
        reach(*key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, FunctionId>) -> Result<Vec<Event>, Refusal> {
        let established = state.in_force()?;
        let from = self.from.unwrap_or(situation.now);
        if self.until.is_some_and(|until| until <= from) {
            return Err(ENDS_BEFORE_START);
        }
        let holds = |holder: &Holder| holder.subject == self.subject && holder.overlaps(from, self.until);
        if established.holders.iter().any(holds) {
            return Err(ALREADY_HOLDS);
        }
        let holder = Holder { subject: self.subject.clone(), kind: self.kind, from, until: self.until };
        Ok(vec![Event::HolderAppointed { holder }])
    }
}

/// End a holder's time now.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndHolder {
    pub subject: Subject,
}

impl Command for EndHolder {
    type State = State;
    const PERMISSION: Permission = Permission::AppointHolders;

    fn reach(&self, key: &FunctionId, facts: &Facts) -> Reach {
        reach(*key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, FunctionId>) -> Result<Vec<Event>, Refusal> {
        let established = state.in_force()?;
        let live = |holder: &Holder| {
            holder.subject == self.subject && holder.until.is_none_or(|until| until > situation.now)
        };
        if !established.holders.iter().any(live) {
            return Err(HOLDS_NOT);
        }
        coordinated_without(situation, &established, |holder| holder.subject == self.subject)?;
        Ok(vec![Event::HolderEnded { subject: self.subject.clone(), at: situation.now }])
    }
}

/// Discontinue a function; who held it holds it no more.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DiscontinueFunction)]
pub struct Discontinue {}

impl Command for Discontinue {
    type State = State;
    const PERMISSION: Permission = Permission::ManageFunctions;

    fn decide(&self, state: State, situation: &Situation<'_, FunctionId>) -> Result<Vec<Event>, Refusal> {
        let established = state.in_force()?;
        coordinated_without(situation, &established, |_| true)?;
        Ok(vec![Event::Discontinued])
    }
}

/// Whether somebody coordinates also without those who leave: without a coordinator nobody could appoint one.
fn coordinated_without(
    situation: &Situation<'_, FunctionId>,
    from: &Established,
    leaves: impl Fn(&Holder) -> bool,
) -> Result<(), Refusal> {
    let Situation { key, facts, now, .. } = situation;
    if from.kind != FunctionKind::Coordinator || !facts.programme.active() {
        return Ok(());
    }
    let established = facts.functions.iter().filter_map(|(id, state)| Some((id, state.established()?)));
    let mut coordinating = established.filter(|(_, function)| function.kind == FunctionKind::Coordinator);
    let remains = coordinating.any(|(id, function)| {
        function.holders.iter().any(|holder| holder.holds_at(*now) && !(id == *key && leaves(holder)))
    });
    if remains { Ok(()) } else { Err(LAST_COORDINATOR) }
}

/// Holders are the matter of the unit or organisation that the function is for, where it appoints them.
fn reach(key: FunctionId, facts: &Facts) -> Reach {
    let established = facts.functions.get(&key).and_then(State::established);
    match established.filter(|established| established.kind.appointed_within()) {
        None => Reach::Programme,
        Some(Established { organisation, unit: None, .. }) => Reach::Organisation(*organisation),
        Some(Established { organisation, unit: Some(unit), .. }) => Reach::Unit(*organisation, *unit),
    }
}
