//! The organisations that take part, with their reporting units.

use est::organisation::{Joined, OrganisationKind, State};
use est::{AreaId, Facts, Grant, Name, OrganisationId, UnitId, Week};
use serde::Serialize;

/// An organisation that takes part.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: Name,
    pub kind: OrganisationKind,
    pub hub: bool,
    pub units: Vec<Unit>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// A reporting unit.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    pub id: UnitId,
    pub name: Name,
    pub areas: Vec<AreaId>,
    pub from: Week,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_from: Option<Week>,
}

/// The organisations, by name.
pub fn organisations(_: &Grant, facts: &Facts) -> Vec<Organisation> {
    let joined = facts.organisations.iter().filter_map(|(id, state)| Some((*id, state.joined()?)));
    let mut all: Vec<Organisation> = joined.map(|(id, joined)| organisation(facts, id, joined)).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// One organisation, if it takes part.
pub fn one(_: &Grant, facts: &Facts, id: OrganisationId) -> Option<Organisation> {
    facts
        .organisations
        .get(&id)
        .and_then(|state| state.joined())
        .map(|joined| organisation(facts, id, joined))
}

fn organisation(facts: &Facts, id: OrganisationId, joined: &Joined) -> Organisation {
    let unit = |(id, unit): (&UnitId, &est::organisation::Unit)| Unit {
        id: *id,
        name: unit.name.clone(),
        areas: unit.areas.clone(),
        from: unit.from,
        closed_from: unit.closed_from,
    };
    Organisation {
        id,
        name: joined.name.clone(),
        kind: joined.kind,
        hub: joined.hub,
        units: joined.units.iter().map(unit).collect(),
        version: facts.version::<State>(&id),
    }
}
