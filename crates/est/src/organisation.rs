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
    UNIT_CLOSES_BACKWARDS = "organisation.unit-closes-backwards", Conflict,
        "Enheten kan stängas tidigast från nästa vecka. Det som väntats eller lämnats till dess står kvar.",
        "The unit closes from next week at the earliest. What was awaited or given until then stays.";
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
    /// The areas whose week it answers for now: silence there is silence, not calm.
    pub areas: Vec<AreaId>,
    /// Other areas that it answered for before a week, the first first.
    earlier: Vec<(Week, Vec<AreaId>)>,
    pub from: Week,
    pub closed_from: Option<Week>,
}

impl Unit {
    pub fn reports_in(&self, week: Week) -> bool {
        self.from <= week && !self.is_closed_in(week)
    }

    fn is_closed_in(&self, week: Week) -> bool {
        self.closed_from.is_some_and(|closed| closed <= week)
    }

    /// The areas whose week it answered for in a week, whatever it answers for now.
    pub fn areas_in(&self, week: Week) -> &[AreaId] {
        let then = self.earlier.iter().find(|(until, _)| week < *until);
        then.map_or(&self.areas, |(_, areas)| areas)
    }

    /// Answers for other areas from a week on; none: it should always have.
    fn answer_for(&mut self, areas: &[AreaId], from: Option<Week>) {
        let Some(from) = from.filter(|_| self.areas != areas) else {
            self.areas = areas.to_vec();
            return;
        };
        let before = std::mem::replace(&mut self.areas, areas.to_vec());
        if self.earlier.last().is_none_or(|(until, _)| *until < from) {
            self.earlier.push((from, before));
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The organisation joined the programme.
    Joined { name: Name, kind: OrganisationKind, hub: bool },
    /// A reporting unit was added.
    UnitAdded { unit: UnitId, name: Name, areas: Vec<AreaId>, from: Week },
    /// A unit's name changed, or its areas from a week on; without a week they were so all the time.
    UnitChanged {
        unit: UnitId,
        name: Name,
        areas: Vec<AreaId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Week>,
    },
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
    /// Whether another unit is called so that has not closed.
    fn names_another(&self, unit: UnitId, name: &Name, present: Week) -> bool {
        let others = self.units.iter().filter(|(id, other)| **id != unit && !other.is_closed_in(present));
        others.into_iter().any(|(_, other)| other.name == *name)
    }
}

impl State {
    pub fn joined(&self) -> Option<&Joined> {
        if let Self::Joined(joined) = self { Some(joined) } else { None }
    }

    fn open_unit(&self, unit: UnitId, present: Week) -> Result<&Unit, Refusal> {
        let unit = self.joined().ok_or(NOT_JOINED)?.units.get(&unit).ok_or(UNIT_UNKNOWN)?;
        if unit.is_closed_in(present) { Err(UNIT_CLOSED) } else { Ok(unit) }
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
                let added = Unit {
                    name: name.clone(),
                    areas: areas.clone(),
                    earlier: Vec::new(),
                    from: *from,
                    closed_from: None,
                };
                joined.units.insert(*unit, added);
                Self::Joined(joined)
            }
            (Self::Joined(mut joined), Event::UnitChanged { unit, name, areas, from }) => {
                if let Some(unit) = joined.units.get_mut(unit) {
                    unit.name = name.clone();
                    unit.answer_for(areas, *from);
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
        let present = situation.facts.week_of(situation.now);
        // A unit is of one organisation alone: its reports are found by its id.
        if situation.facts.organisation_of(unit).is_some() || joined.names_another(unit, &self.name, present)
        {
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

/// Change a unit's name, or its areas from this week on: what it answered for before stands. While the programme is
/// prepared nothing stands yet.
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
        let present = situation.facts.week_of(situation.now);
        let unit = state.open_unit(id, present)?;
        if state.joined().is_some_and(|joined| joined.names_another(id, &self.name, present)) {
            return Err(UNIT_EXISTS);
        }
        known(&self.areas, situation.facts)?;
        let same = unit.name == self.name && unit.areas == self.areas;
        let from = situation.facts.programme.active().then_some(present);
        let changed =
            Event::UnitChanged { unit: id, name: self.name.clone(), areas: self.areas.clone(), from };
        Ok(if same { Vec::new() } else { vec![changed] })
    }
}

/// Close a unit: from that week on it is not expected to report. What it was awaited for, or gave, until then stays;
/// so a closure begins next week at the earliest, and may be moved until it has begun.
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

    fn decide(&self, state: State, situation: &Situation<'_, OrganisationId>) -> Result<Vec<Event>, Refusal> {
        let unit = self.unit.ok_or(UNIT_UNKNOWN)?;
        let present = situation.facts.week_of(situation.now);
        let closing = state.open_unit(unit, present)?.closed_from;
        if situation.facts.programme.active() && self.from <= present {
            return Err(UNIT_CLOSES_BACKWARDS);
        }
        if closing == Some(self.from) {
            return Ok(Vec::new());
        }
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
