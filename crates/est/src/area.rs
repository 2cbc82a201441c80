//! An area of the programme: drawn, renamed, redrawn, retired; its outline is GeoJSON in WGS 84.

mod names;

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::identity::AreaId;
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::Name;
pub use names::Names;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_DRAWN = "area.already-drawn", Conflict,
        "Området finns redan.", "The area has been drawn already.";
    NOT_DRAWN = "area.not-drawn", Unknown,
        "Området finns inte.", "There is no such area.";
    RETIRED = "area.retired", Conflict,
        "Området är avslutat.", "The area has been retired.";
    NAME_TAKEN = "area.name-taken", Conflict,
        "Ett annat område heter redan så.", "Another area has that name already.";
    OUTLINE_BROKEN = "area.outline-broken", Conflict,
        "Ytan är inte en giltig polygon i WGS 84: varje ring sluter sig och har minst fyra punkter.",
        "The outline is not a valid polygon in WGS 84: each ring is closed and has four positions or more.";
}

/// A GeoJSON polygon or multi-polygon (RFC 7946); positions are longitude and latitude in degrees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum Outline {
    Polygon {
        coordinates: Rings,
    },
    MultiPolygon {
        #[schema(max_items = 20)]
        coordinates: Vec<Rings>,
    },
}

/// The rings of a polygon: its border, and then its holes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(min_items = 1, max_items = 20)]
#[serde(transparent)]
pub struct Rings(pub Vec<Ring>);

/// A closed ring of positions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(min_items = 4, max_items = 1000)]
#[serde(transparent)]
pub struct Ring(pub Vec<Position>);

/// Longitude, latitude.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(min_items = 2, max_items = 3)]
#[serde(transparent)]
pub struct Position(pub Vec<f64>);

impl Outline {
    /// Whether the rings close, and lie on the globe.
    pub fn holds(&self) -> bool {
        match self {
            Self::Polygon { coordinates } => coordinates.hold(),
            Self::MultiPolygon { coordinates } => {
                !coordinates.is_empty() && coordinates.iter().all(Rings::hold)
            }
        }
    }

    /// Whether the boxes about the two meet, or lie within some hundred metres of each other.
    pub fn is_beside(&self, other: &Self) -> bool {
        let (one, other) = (self.bounds(), other.bounds());
        let meet = |axis: usize| {
            let (Some(one), Some(other)) = (one.get(axis), other.get(axis)) else { return false };
            one.0 - NEAR_DEGREES <= other.1 && other.0 - NEAR_DEGREES <= one.1
        };
        meet(0) && meet(1)
    }

    /// The least and the greatest longitude, and latitude.
    fn bounds(&self) -> [(f64, f64); 2] {
        let rings: Vec<&Ring> = match self {
            Self::Polygon { coordinates } => coordinates.0.iter().collect(),
            Self::MultiPolygon { coordinates } => coordinates.iter().flat_map(|rings| &rings.0).collect(),
        };
        let positions = rings.iter().flat_map(|ring| &ring.0);
        positions.fold([(f64::MAX, f64::MIN); 2], |mut bounds, position| {
            for (bound, degrees) in bounds.iter_mut().zip(&position.0) {
                *bound = (bound.0.min(*degrees), bound.1.max(*degrees));
            }
            bounds
        })
    }
}

/// About 200 metres of latitude, and 100 of longitude in Sweden.
const NEAR_DEGREES: f64 = 0.002;

impl Rings {
    fn hold(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(Ring::holds)
    }
}

impl Ring {
    fn holds(&self) -> bool {
        let on_globe = |position: &Position| match position.0.as_slice() {
            [longitude, latitude] | [longitude, latitude, _] => {
                longitude.abs() <= 180.0 && latitude.abs() <= 90.0
            }
            _ => false,
        };
        self.0.len() >= 4 && self.0.first() == self.0.last() && self.0.iter().all(on_globe)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The area was drawn.
    Drawn { name: Name, also_called: Vec<Name>, outline: Option<Outline> },
    /// The area was renamed.
    Renamed { name: Name, also_called: Vec<Name> },
    /// The area's outline was redrawn.
    Redrawn { outline: Outline },
    /// The area was retired; its history stays.
    Retired,
}

/// The life of an area.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Undrawn,
    Drawn(Drawn),
    Retired,
}

/// An area in use.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub name: Name,
    pub also_called: Vec<Name>,
    pub outline: Option<Outline>,
}

impl State {
    pub fn drawn(&self) -> Option<&Drawn> {
        if let Self::Drawn(drawn) = self { Some(drawn) } else { None }
    }

    fn in_use(self) -> Result<Drawn, Refusal> {
        match self {
            Self::Undrawn => Err(NOT_DRAWN),
            Self::Drawn(drawn) => Ok(drawn),
            Self::Retired => Err(RETIRED),
        }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "area";
    type Key = AreaId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Area(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Drawn { name, also_called, outline }) => Self::Drawn(Drawn {
                name: name.clone(),
                also_called: also_called.clone(),
                outline: outline.clone(),
            }),
            (Self::Drawn(drawn), Event::Renamed { name, also_called }) => {
                Self::Drawn(Drawn { name: name.clone(), also_called: also_called.clone(), ..drawn })
            }
            (Self::Drawn(drawn), Event::Redrawn { outline }) => {
                Self::Drawn(Drawn { outline: Some(outline.clone()), ..drawn })
            }
            (_, Event::Retired) => Self::Retired,
            (state, Event::Renamed { .. } | Event::Redrawn { .. }) => state,
        }
    }
}

/// Draw an area.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DrawArea)]
pub struct Draw {
    pub name: Name,
    /// Other names that reports and extracts use.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub also_called: Vec<Name>,
    #[serde(default)]
    pub outline: Option<Outline>,
}

impl Command for Draw {
    type State = State;
    const PERMISSION: Permission = Permission::ManageAreas;

    fn decide(&self, state: State, situation: &Situation<'_, AreaId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Drawn(_) | State::Retired => return Err(ALREADY_DRAWN),
            State::Undrawn => {}
        }
        unique(&self.name, situation)?;
        if !self.outline.as_ref().is_none_or(Outline::holds) {
            return Err(OUTLINE_BROKEN);
        }
        Ok(vec![Event::Drawn {
            name: self.name.clone(),
            also_called: self.also_called.clone(),
            outline: self.outline.clone(),
        }])
    }
}

/// Rename an area.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RenameArea)]
pub struct Rename {
    pub name: Name,
    #[serde(default)]
    #[schema(max_items = 20)]
    pub also_called: Vec<Name>,
}

impl Command for Rename {
    type State = State;
    const PERMISSION: Permission = Permission::ManageAreas;

    fn decide(&self, state: State, situation: &Situation<'_, AreaId>) -> Result<Vec<Event>, Refusal> {
        let drawn = state.in_use()?;
        unique(&self.name, situation)?;
        let same = drawn.name == self.name && drawn.also_called == self.also_called;
        let renamed = Event::Renamed { name: self.name.clone(), also_called: self.also_called.clone() };
        Ok(if same { Vec::new() } else { vec![renamed] })
    }
}

/// Redraw an area's outline.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RedrawArea)]
pub struct Redraw {
    pub outline: Outline,
}

impl Command for Redraw {
    type State = State;
    const PERMISSION: Permission = Permission::ManageAreas;

    fn decide(&self, state: State, _: &Situation<'_, AreaId>) -> Result<Vec<Event>, Refusal> {
        let drawn = state.in_use()?;
        if !self.outline.holds() {
            return Err(OUTLINE_BROKEN);
        }
        let same = drawn.outline.as_ref() == Some(&self.outline);
        Ok(if same { Vec::new() } else { vec![Event::Redrawn { outline: self.outline.clone() }] })
    }
}

/// Retire an area: nothing new is reported there, what was stays.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RetireArea)]
pub struct Retire {}

impl Command for Retire {
    type State = State;
    const PERMISSION: Permission = Permission::ManageAreas;

    fn decide(&self, state: State, _: &Situation<'_, AreaId>) -> Result<Vec<Event>, Refusal> {
        state.in_use().map(|_| vec![Event::Retired])
    }
}

fn unique(name: &Name, situation: &Situation<'_, AreaId>) -> Result<(), Refusal> {
    let mut others = situation.facts.areas.iter().filter(|(id, _)| *id != situation.key);
    let taken = others.any(|(_, state)| state.drawn().is_some_and(|drawn| drawn.name == *name));
    if taken { Err(NAME_TAKEN) } else { Ok(()) }
}
