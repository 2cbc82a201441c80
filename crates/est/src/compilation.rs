//! A hub's compilation of a week: each organisation's own view before the joint picture (R36, R70, R113).

use crate::cycle;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId};
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::fmt;

refusals! {
    NOT_A_HUB = "compilation.not-a-hub", Conflict,
        "Verksamheten sammanställer inte själv.", "The organisation does not compile.";
    ALREADY_COMPILED = "compilation.already-compiled", Conflict,
        "Veckan är redan sammanställd. Revidera i stället.", "The week is compiled already. Revise instead.";
    NOT_COMPILED = "compilation.not-compiled", Conflict,
        "Veckan är inte sammanställd.", "The week is not compiled.";
    AREA_UNKNOWN = "compilation.area-unknown", Conflict,
        "Ett område finns inte i programmet.", "An area is not one of the programme's.";
}

/// A hub's week.
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

/// What the hub says: of the whole, and of areas where there is something to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement<T> {
    pub situation: T,
    #[serde(default = "Vec::new")]
    #[schema(max_items = 100)]
    pub areas: Vec<AreaStatement<T>>,
}

/// What the hub says of one area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AreaStatement<T> {
    pub area: AreaId,
    pub situation: T,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The hub compiled its week.
    Compiled { statement: Statement<TextRef> },
    /// The hub revised its compilation.
    Revised { statement: Statement<TextRef> },
}

/// Whether the hub has compiled the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Awaited,
    Compiled,
}

impl Aggregate for State {
    const KIND: &'static str = "compilation";
    type Key = Key;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Compilation(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Compiled { .. } | Event::Revised { .. } => Self::Compiled,
        }
    }
}

/// Compile an organisation's week, or revise it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = CompileWeek)]
pub struct Compile(pub Statement<FreeText>);

/// Revise a compilation.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = ReviseCompilation)]
pub struct Revise(pub Statement<FreeText>);

impl Command for Compile {
    type State = State;
    const PERMISSION: Permission = Permission::Compile;

    fn reach(&self, key: &Key, _: &Facts) -> Reach {
        Reach::Organisation(key.organisation)
    }

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        let organisation = situation.facts.organisations.get(&situation.key.organisation);
        organisation.and_then(|state| state.joined()).filter(|joined| joined.hub).ok_or(NOT_A_HUB)?;
        cycle::opened(situation.facts, situation.key.week)?;
        let statement = recorded(&self.0, situation.facts)?;
        match state {
            State::Awaited => Ok(vec![Event::Compiled { statement }]),
            State::Compiled => Err(ALREADY_COMPILED),
        }
    }
}

impl Command for Revise {
    type State = State;
    const PERMISSION: Permission = Permission::Compile;

    fn reach(&self, key: &Key, _: &Facts) -> Reach {
        Reach::Organisation(key.organisation)
    }

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        let statement = recorded(&self.0, situation.facts)?;
        match state {
            State::Awaited => Err(NOT_COMPILED),
            State::Compiled => Ok(vec![Event::Revised { statement }]),
        }
    }
}

fn recorded(said: &Statement<FreeText>, facts: &Facts) -> Result<Statement<TextRef>, Refusal> {
    if !said.areas.iter().all(|said| facts.area(said.area).is_some()) {
        return Err(AREA_UNKNOWN);
    }
    let area = |said: &AreaStatement<FreeText>| AreaStatement {
        area: said.area,
        situation: said.situation.reference(),
    };
    Ok(Statement { situation: said.situation.reference(), areas: said.areas.iter().map(area).collect() })
}
