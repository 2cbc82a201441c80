//! What stands in a cell, by its column.

use est::area::Names;
use est::{Facts, UnitId, spelling};
use serde_json::Value;
use std::collections::HashMap;

/// What separates the values of a cell that holds several.
const WITHIN: char = '|';

/// What the programme's units and areas are called.
#[derive(Default)]
pub(super) struct Cells {
    areas: Names,
    /// None: several are called so.
    units: HashMap<String, Option<UnitId>>,
}

/// Where a column's cells belong in an observation: a place is most often no more than its name.
pub(super) fn path(column: &str) -> &str {
    match column {
        "place" => "place.name",
        other => other,
    }
}

impl Cells {
    pub(super) fn of(facts: &Facts) -> Self {
        let mut units = HashMap::new();
        for joined in facts.organisations.values().filter_map(|state| state.joined()) {
            for (id, unit) in &joined.units {
                let called = units.entry(spelling::key(unit.name.as_str()));
                called.and_modify(|unit| *unit = None).or_insert(Some(*id));
            }
        }
        Self { areas: Names::of(facts), units }
    }

    /// The cell as JSON has it. What does not read stands as it is, for validation to tell of.
    pub(super) fn value(&self, column: &str, cell: &str) -> Value {
        let several = |of: &dyn Fn(&str) -> Value| cell.split(WITHIN).map(|part| of(part.trim())).collect();
        match column {
            "unit" => self.unit(cell),
            "area" => self.area(cell),
            "calmAreas" => several(&|part| self.area(part)),
            "stillThere" | "subtypes" => several(&|part| part.into()),
            "calm" | "fire.suspectedArson" => boolean(cell),
            "count" | "signalStrength" | "fillSeconds" | "publicEvent.expectedCrowd" => {
                cell.parse::<u64>().map_or_else(|_| cell.into(), Value::from)
            }
            "place.point.longitude" | "place.point.latitude" => {
                cell.replace(',', ".").parse::<f64>().map_or_else(|_| cell.into(), Value::from)
            }
            _ => cell.into(),
        }
    }

    /// A unit by its name, while only one is called so.
    fn unit(&self, cell: &str) -> Value {
        let named = self.units.get(&spelling::key(cell)).copied().flatten();
        named.map_or_else(|| cell.into(), |unit| unit.to_string().into())
    }

    /// An area by its name, or by another that it alone is called by.
    fn area(&self, cell: &str) -> Value {
        self.areas.find(cell).map_or_else(|| cell.into(), |area| area.to_string().into())
    }
}

/// Yes and no as people and spreadsheets write them.
fn boolean(cell: &str) -> Value {
    match cell.to_lowercase().as_str() {
        "true" | "sant" | "ja" | "yes" | "x" | "1" | "lugnt" => true.into(),
        "false" | "falskt" | "nej" | "no" | "0" => false.into(),
        _ => cell.into(),
    }
}
