//! The prioritised areas of each quarter, and the change for a time.

use crate::almanac::{Number, week};
use crate::sent::Sent;
use serde_json::{Value, json};

/// An area in another's place for a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) displaced: usize,
    pub(crate) instead: usize,
    pub(crate) from: Number,
    pub(crate) until: Option<Number>,
}

/// A quarter's areas.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) first: Number,
    pub(crate) last: Number,
    pub(crate) chosen: Vec<usize>,
    pub(crate) decided: bool,
    pub(crate) change: Option<Change>,
}

impl Period {
    /// The prioritised areas of one of its weeks.
    pub(crate) fn areas(&self, number: Number) -> Vec<usize> {
        let in_force = |its: &Change| its.from <= number && its.until.is_none_or(|until| number < until);
        let change = self.change.filter(in_force);
        let stands = |area: &usize| {
            change.filter(|change| change.displaced == *area).map_or(*area, |change| change.instead)
        };
        self.chosen.iter().map(stands).collect()
    }

    /// Its changes, as they should be read.
    pub(crate) fn changes(&self, sent: &Sent) -> Value {
        let told = self.change.map(|its| {
            json!({ "displaced": sent.areas[its.displaced], "instead": sent.areas[its.instead],
                "from": week(its.from), "until": its.until.map(week) })
        });
        told.into_iter().collect::<Vec<_>>().into()
    }
}
