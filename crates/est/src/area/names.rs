//! Which of the programme's areas a written name means.

use crate::facts::Facts;
use crate::identity::AreaId;
use crate::spelling;
use std::collections::{BTreeMap, BTreeSet};

/// The areas in use by all their names.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, AreaId>);

impl Names {
    /// An area's own name goes before what others are also called; a name that two are called means neither.
    pub fn of(facts: &Facts) -> Self {
        let drawn = || facts.areas.iter().filter_map(|(id, area)| Some((*id, area.drawn()?)));
        let mut called: BTreeMap<String, BTreeSet<AreaId>> = BTreeMap::new();
        for (id, area) in drawn() {
            for name in &area.also_called {
                called.entry(spelling::key(name.as_str())).or_default().insert(id);
            }
        }
        let alone = called.into_iter().filter(|(_, areas)| areas.len() == 1);
        let mut names: BTreeMap<String, AreaId> =
            alone.filter_map(|(name, areas)| Some((name, areas.first().copied()?))).collect();
        names.extend(drawn().map(|(id, area)| (spelling::key(area.name.as_str()), id)));
        Self(names)
    }

    pub fn find(&self, name: &str) -> Option<AreaId> {
        self.0.get(&spelling::key(name)).copied()
    }
}
