//! What the import's own tests work with: an invented town, invented rows, a guard.

use super::extract::{DESIGNATION, Row};
use super::sorting::Observation;
use est::event::{Event, Happened};
use est::indicator::Indicator;
use est::item::ExternalId;
use est::organisation::OrganisationKind;
use est::text::{Gate, Name};
use est::{AreaId, Facts, OrganisationId, UnitId, area, organisation};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use uuid::Uuid;

pub(super) const CENTRE: AreaId = AreaId(Uuid::from_u128(1));
pub(super) const HILL: AreaId = AreaId(Uuid::from_u128(2));
pub(super) const NORTH: UnitId = UnitId(Uuid::from_u128(11));
pub(super) const EAST: UnitId = UnitId(Uuid::from_u128(12));
const CARETAKERS: UnitId = UnitId(Uuid::from_u128(13));

pub(super) fn name(text: &str) -> Name {
    serde_json::from_value(text.into()).unwrap()
}

/// The base policy, and draws that differ.
pub(super) fn gate() -> Gate {
    let drawn = AtomicU8::new(0);
    Gate {
        screen: Arc::new(|text| personal_data::screen(text, &personal_data::Context::base())),
        draw: Arc::new(move || [drawn.fetch_add(1, Ordering::Relaxed); 32]),
    }
}

/// Two areas, the police with two units and the housing company with one.
pub(super) fn facts() -> Facts {
    let mut facts = Facts::default();
    let draw = |own, others: [&str; 2]| area::Event::Drawn {
        name: name(own),
        also_called: others.map(name).to_vec(),
        outline: None,
    };
    let join = |own, kind| organisation::Event::Joined { name: name(own), kind, hub: false };
    let add = |unit, own| organisation::Event::UnitAdded {
        unit,
        name: name(own),
        areas: Vec::new(),
        from: "2026-W01".parse().unwrap(),
    };
    let (police, housing) = (OrganisationId(Uuid::from_u128(21)), OrganisationId(Uuid::from_u128(22)));
    let happened: [(String, Event); 7] = [
        (format!("area/{CENTRE}"), draw("Centrum", ["Stora torget", "Stan"]).into()),
        (format!("area/{HILL}"), draw("Solhöjden", ["stan", "Centrum "]).into()),
        (format!("organisation/{police}"), join("Polisen", OrganisationKind::Police).into()),
        (format!("organisation/{police}"), add(NORTH, "Områdespoliserna norr").into()),
        (format!("organisation/{police}"), add(EAST, "Områdespoliserna öster").into()),
        (format!("organisation/{housing}"), join("Hemmen", OrganisationKind::HousingCompany).into()),
        (format!("organisation/{housing}"), add(CARETAKERS, "Bovärdskontoret").into()),
    ];
    for (stream, event) in happened {
        let (programme, recorded_at) = (Uuid::nil(), Timestamp::UNIX_EPOCH);
        facts.follow(&Happened { programme, position: 1, stream, version: 1, recorded_at, event });
    }
    facts
}

pub(super) fn row(id: &str, kind: &str, place: &str, date: Date) -> Row {
    let id = ExternalId(format!("{DESIGNATION}{id}"));
    Row { id, kind: kind.to_owned(), place: place.to_owned(), date, time: None, text: String::new() }
}

/// Damage somewhere, in the second week of 2026.
pub(super) fn observation(id: &str, text: &str) -> Observation {
    let row = Row { text: text.to_owned(), ..row(id, "Skadegörelse", "", date(2026, 1, 7)) };
    Observation { row, indicator: Indicator::Vandalism, subtypes: Vec::new(), area: None }
}
