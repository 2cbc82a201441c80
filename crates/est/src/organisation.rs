//! An organisation taking part, with its reporting units (R28-R31, R114).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId, UnitId};
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::Name;
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

refusals! {
    ALREADY_JOINED = "organisation.already-joined", Conflict,
        "Verksamheten deltar redan.", "The organisation takes part already.";
    NOT_JOINED = "organisation.not-joined", Unknown,
        "Verksamheten deltar inte.", "The organisation does not take part.";
    NAME_TAKEN = "organisation.name-taken", Conflict,
        "En annan verksamhet heter redan så.", "Another organisation has that name already.";
    UNIT_EXISTS = "organisation.unit-exists", Conflict,
        "Enheten finns redan.", "The unit exists already.";
    UNIT_UNKNOWN = "organisation.unit-unknown", Unknown,
        "Enheten finns inte.", "There is no such unit.";
    UNIT_CLOSED = "organisation.unit-closed", Conflict,
        "Enheten är stängd.", "The unit is closed.";
    AREA_UNKNOWN = "organisation.area-unknown", Conflict,
        "Ett område finns inte i programmet.", "An area is not one of the programme's.";
}

/// What an organisation is; the list is open through `other` (R29, R31).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    Municipality,
    Police,
    SocialServices,
    YouthCentre,
    School,
    HomeCare,
    HousingCompany,
    GuardCompany,
    RescueService,
    PublicTransport,
    Association,
    NightWalkers,
    Other,
}

/// A unit that reports every week, such as a caretaker office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub name: Name,
    /// The areas whose week it answers for: silence there is silence, not calm.
    pub areas: Vec<AreaId>,
    pub from: Week,
    pub closed_from: Option<Week>,
}

impl Unit {
    pub fn reports_in(&self, week: Week) -> bool {
        self.from <= week && self.closed_from.is_none_or(|closed| week < closed)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The organisation joined the programme.
    Joined { name: Name, kind: OrganisationKind, hub: bool },
    /// A reporting unit was added.
    UnitAdded { unit: UnitId, name: Name, areas: Vec<AreaId>, from: Week },
    /// A unit's name or areas changed.
    UnitChanged { unit: UnitId, name: Name, areas: Vec<AreaId> },
    /// A unit reports no more, from a week on.
    UnitClosed { unit: UnitId, from: Week },
}

/// Whether it takes part.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Outside,
    Joined(Joined),
}

/// An organisation that takes part.
#[derive(Clone, Debug)]
pub struct Joined {
    pub name: Name,
    pub kind: OrganisationKind,
    /// Compiles a situation of its own or of others before the joint picture (R36).
    pub hub: bool,
    pub units: BTreeMap<UnitId, Unit>,
}

impl Joined {
    fn names_another(&self, unit: UnitId, name: &Name) -> bool {
        self.units.iter().any(|(id, other)| *id != unit && other.name == *name)
    }
}

impl State {
    pub fn joined(&self) -> Option<&Joined> {
        if let Self::Joined(joined) = self { Some(joined) } else { None }
    }

    fn open_unit(&self, unit: UnitId) -> Result<&Unit, Refusal> {
        let unit = self.joined().ok_or(NOT_JOINED)?.units.get(&unit).ok_or(UNIT_UNKNOWN)?;
        if unit.closed_from.is_some() { Err(UNIT_CLOSED) } else { Ok(unit) }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "organisation";
    type Key = OrganisationId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Organisation(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Joined { name, kind, hub }) => {
                Self::Joined(Joined { name: name.clone(), kind: *kind, hub: *hub, units: BTreeMap::new() })
            }
            (Self::Joined(mut joined), Event::UnitAdded { unit, name, areas, from }) => {
                let added = Unit { name: name.clone(), areas: areas.clone(), from: *from, closed_from: None };
                joined.units.insert(*unit, added);
                Self::Joined(joined)
            }
            (Self::Joined(mut joined), Event::UnitChanged { unit, name, areas }) => {
                if let Some(unit) = joined.units.get_mut(unit) {
                    unit.name = name.clone();
                    unit.areas.clone_from(areas);
                }
                Self::Joined(joined)
            }
            (Self::Joined(mut joined), Event::UnitClosed { unit, from }) => {
                if let Some(unit) = joined.units.get_mut(unit) {
                    unit.closed_from = Some(*from);
                }
                Self::Joined(joined)
            }
            (Self::Outside, _) => Self::Outside,
        }
    }
}

/// Let an organisation join.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = JoinOrganisation)]
pub struct Join {
    pub name: Name,
    pub kind: OrganisationKind,
    /// Compiles a situation of its own or of others before the joint picture.
    #[serde(default)]
    pub hub: bool,
}

impl Command for Join {
    type State = State;
    const PERMISSION: Permission = Permission::ManageOrganisations;

    fn decide(&self, state: State, situation: &Situation<'_, OrganisationId>) -> Result<Vec<Event>, Refusal> {
        if state.joined().is_some() {
            return Err(ALREADY_JOINED);
        }
        let mut joined = situation.facts.organisations.values().filter_map(State::joined);
        if joined.any(|other| other.name == self.name) {
            return Err(NAME_TAKEN);
        }
        Ok(vec![Event::Joined { name: self.name.clone(), kind: self.kind, hub: self.hub }])
    }
}

/// Add a reporting unit.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddUnit {
    /// Set by the service.
    #[serde(skip)]
    #[schema(ignore)]
    pub unit: Option<UnitId>,
    pub name: Name,
    /// The areas whose week it answers for; none: it sees the whole municipality.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub areas: Vec<AreaId>,
    /// The first week it reports.
    pub from: Week,
}

impl Command for AddUnit {
    type State = State;
    const PERMISSION: Permission = Permission::ManageUnits;

    fn reach(&self, key: &OrganisationId, _: &Facts) -> Reach {
        Reach::Organisation(*key)
    }

    fn decide(&self, state: State, situation: &Situation<'_, OrganisationId>) -> Result<Vec<Event>, Refusal> {
        let joined = state.joined().ok_or(NOT_JOINED)?;
        let unit = self.unit.ok_or(UNIT_UNKNOWN)?;
        // A unit is of one organisation alone: its reports are found by its id.
        if situation.facts.organisation_of(unit).is_some() || joined.names_another(unit, &self.name) {
            return Err(UNIT_EXISTS);
        }
        known(&self.areas, situation.facts)?;
        Ok(vec![Event::UnitAdded {
            unit,
            name: self.name.clone(),
            areas: self.areas.clone(),
            from: self.from,
        }])
    }
}

/// Change a unit's name or areas.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeUnit {
    /// Taken from the path.
    #[serde(skip)]
    #[schema(ignore)]
    pub unit: Option<UnitId>,
    pub name: Name,
    #[schema(max_items = 100)]
    pub areas: Vec<AreaId>,
}

impl Command for ChangeUnit {
    type State = State;
    const PERMISSION: Permission = Permission::ManageUnits;

    fn reach(&self, key: &OrganisationId, _: &Facts) -> Reach {
        reach(*key, self.unit)
    }

    fn decide(&self, state: State, situation: &Situation<'_, OrganisationId>) -> Result<Vec<Event>, Refusal> {
        let id = self.unit.ok_or(UNIT_UNKNOWN)?;
        let unit = state.open_unit(id)?;
        if state.joined().is_some_and(|joined| joined.names_another(id, &self.name)) {
            return Err(UNIT_EXISTS);
        }
        known(&self.areas, situation.facts)?;
        let same = unit.name == self.name && unit.areas == self.areas;
        let changed = Event::UnitChanged { unit: id, name: self.name.clone(), areas: self.areas.clone() };
        Ok(if same { Vec::new() } else { vec![changed] })
    }
}

/// Close a unit: from that week on it is not expected to report.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseUnit {
    /// Taken from the path.
    #[serde(skip)]
    #[schema(ignore)]
    pub unit: Option<UnitId>,
    pub from: Week,
}

impl Command for CloseUnit {
    type State = State;
    const PERMISSION: Permission = Permission::ManageUnits;

    fn reach(&self, key: &OrganisationId, _: &Facts) -> Reach {
        reach(*key, self.unit)
    }

    fn decide(&self, state: State, _: &Situation<'_, OrganisationId>) -> Result<Vec<Event>, Refusal> {
        let unit = self.unit.ok_or(UNIT_UNKNOWN)?;
        state.open_unit(unit)?;
        Ok(vec![Event::UnitClosed { unit, from: self.from }])
    }
}

fn reach(organisation: OrganisationId, unit: Option<UnitId>) -> Reach {
    unit.map_or(Reach::Organisation(organisation), |unit| Reach::Unit(organisation, unit))
}

fn known(areas: &[AreaId], facts: &Facts) -> Result<(), Refusal> {
    let all = areas.iter().all(|area| facts.area(*area).is_some());
    if all { Ok(()) } else { Err(AREA_UNKNOWN) }
}
