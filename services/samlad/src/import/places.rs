//! Which of the programme's areas a place name means.

use super::table::{self, Column, Line};
use anyhow::{Context, bail};
use est::area::Names;
use est::{AreaId, Facts, spelling};
use std::collections::BTreeMap;

const COLUMNS: [Column; 2] = [Column::Required("place"), Column::Required("area")];

/// The areas by all their names, and by those of the operator's table.
pub(super) struct Places {
    called: Names,
    own: BTreeMap<String, AreaId>,
    names: BTreeMap<AreaId, String>,
}

impl Places {
    pub(super) fn of(facts: &Facts) -> Self {
        let drawn = facts.areas.iter().filter_map(|(id, area)| Some((*id, area.drawn()?)));
        let names = drawn.map(|(id, area)| (id, area.name.as_str().to_owned())).collect();
        Self { called: Names::of(facts), own: BTreeMap::new(), names }
    }

    /// The operator's own table goes before everything.
    pub(super) fn with(mut self, table: &[u8]) -> anyhow::Result<Self> {
        let mut own = BTreeMap::new();
        for Line { number, fields } in table::read(table, COLUMNS)? {
            let [place, area] =
                fields.map_err(anyhow::Error::msg).with_context(|| format!("rad {number}"))?;
            let found = self.find(&area).with_context(|| {
                let names = self.names.values().map(String::as_str).collect::<Vec<_>>().join(", ");
                format!("rad {number}: {area} är inget av programmets områden ({names})")
            })?;
            if own.insert(spelling::key(&place), found).is_some() {
                bail!("rad {number}: {place} står redan i tabellen");
            }
        }
        self.own = own;
        Ok(self)
    }

    pub(super) fn find(&self, place: &str) -> Option<AreaId> {
        self.own.get(&spelling::key(place)).copied().or_else(|| self.called.find(place))
    }

    pub(super) fn name(&self, area: AreaId) -> &str {
        self.names.get(&area).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::import::drill::{CENTRE, HILL, facts};

    #[test]
    fn places_are_found_by_every_name_an_area_goes_by() {
        let places = Places::of(&facts());
        assert_eq!(places.find(" solhöjden "), Some(HILL));
        assert_eq!(places.find("Sol-\u{a0}berget"), None);
        assert_eq!(places.find("STORA  torget"), Some(CENTRE));
        // Both are called so, and an area's own name is stronger than what another is called.
        assert_eq!(places.find("stan"), None);
        assert_eq!(places.find("centrum"), Some(CENTRE));
        assert_eq!(places.find(""), None);
        assert_eq!(places.name(HILL), "Solhöjden");
    }

    #[test]
    fn the_operators_table_adds_names() {
        let places = Places::of(&facts()).with("place,area\ncentrala Lysvinge,Centrum\n".as_bytes()).unwrap();
        assert_eq!(places.find("Centrala Lysvinge"), Some(CENTRE));
        let unknown = Places::of(&facts()).with("place,area\nHöjden,Månen\n".as_bytes()).err().unwrap();
        assert_eq!(unknown.to_string(), "rad 2: Månen är inget av programmets områden (Centrum, Solhöjden)");
    }
}
