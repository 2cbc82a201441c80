//! The rows sorted: what the method has a place for, week by week, and what it has not.

use super::extract::Row;
use super::places::Places;
use super::types::{Meaning, Types};
use est::indicator::Indicator;
use est::method::Subtype;
use est::{AreaId, Week};
use std::collections::BTreeMap;

/// A row with what it means in the method.
#[derive(Clone, Debug)]
pub(super) struct Observation {
    pub(super) row: Row,
    pub(super) indicator: Indicator,
    pub(super) subtypes: Vec<Subtype>,
    pub(super) area: Option<AreaId>,
}

/// How many, by name.
pub(super) type Counts = BTreeMap<String, usize>;

#[derive(Default)]
pub(super) struct Sorted {
    pub(super) weeks: BTreeMap<Week, Vec<Observation>>,
    /// By the reason that the table states.
    pub(super) outside: Counts,
    /// By type.
    pub(super) unmapped: Counts,
    /// Place names that are no area, among the rows that the method has a place for.
    pub(super) unplaced: Counts,
}

/// What a row without a place name is listed as.
const NAMELESS: &str = "(inget namn)";

pub(super) fn sort(rows: Vec<Row>, types: &Types, places: &Places) -> Sorted {
    let mut sorted = Sorted::default();
    for row in rows {
        match types.meaning(&row.kind) {
            None => *sorted.unmapped.entry(row.kind).or_default() += 1,
            Some(Meaning::Outside { reason }) => *sorted.outside.entry(reason.clone()).or_default() += 1,
            Some(Meaning::Within { indicator, subtypes }) => {
                let area = places.find(&row.place);
                if area.is_none() {
                    let name = if row.place.is_empty() { NAMELESS.to_owned() } else { row.place.clone() };
                    *sorted.unplaced.entry(name).or_default() += 1;
                }
                let week = Week::of(row.date);
                let observation =
                    Observation { row, indicator: *indicator, subtypes: subtypes.clone(), area };
                sorted.weeks.entry(week).or_default().push(observation);
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::sort;
    use crate::import::drill::{HILL, facts, row};
    use crate::import::places::Places;
    use crate::import::types::{OWN, Types};
    use jiff::civil::date;

    #[test]
    fn every_row_lands_in_one_place() {
        let rows = vec![
            row("1", "Brand", "Solhöjden", date(2026, 1, 4)),
            row("2", "Skadegörelse", "", date(2026, 1, 5)),
            row("3", "Trafikolycka", "", date(2026, 1, 5)),
            row("4", "Snöbollskrig", "", date(2026, 1, 5)),
            row("5", "Bråk", "Månen", date(2026, 1, 11)),
        ];
        let sorted = sort(rows, &Types::read(OWN.as_bytes()).unwrap(), &Places::of(&facts()));
        let weeks: Vec<_> = sorted.weeks.iter().map(|(week, rows)| (week.to_string(), rows.len())).collect();
        assert_eq!(weeks, [("2026-W01".to_owned(), 1), ("2026-W02".to_owned(), 2)]);
        assert_eq!(sorted.weeks.values().next().unwrap()[0].area, Some(HILL));
        assert_eq!(sorted.unmapped.get("Snöbollskrig"), Some(&1));
        assert_eq!(sorted.outside.values().sum::<usize>(), 1);
        let unplaced: Vec<_> = sorted.unplaced.keys().map(String::as_str).collect();
        assert_eq!(unplaced, ["(inget namn)", "Månen"]);
    }
}
