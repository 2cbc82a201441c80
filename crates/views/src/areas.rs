//! The programme's areas.

use est::area::{Outline, State};
use est::{AreaId, Facts, Grant, Name};
use serde::Serialize;

/// An area of the programme.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    pub id: AreaId,
    pub name: Name,
    pub also_called: Vec<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<Outline>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// The areas in use, by name.
pub fn areas(_: &Grant, facts: &Facts) -> Vec<Area> {
    let mut areas: Vec<Area> = facts.areas.iter().filter_map(|(id, state)| area(facts, *id, state)).collect();
    areas.sort_by(|one, other| one.name.cmp(&other.name));
    areas
}

/// One area, while it is in use.
pub fn one(_: &Grant, facts: &Facts, id: AreaId) -> Option<Area> {
    facts.areas.get(&id).and_then(|state| area(facts, id, state))
}

fn area(facts: &Facts, id: AreaId, state: &State) -> Option<Area> {
    let drawn = state.drawn()?;
    Some(Area {
        id,
        name: drawn.name.clone(),
        also_called: drawn.also_called.clone(),
        outline: drawn.outline.clone(),
        version: facts.version::<State>(&id),
    })
}
