//! The weekly pictures: what each rests on, what stands in its blocks, and who has received it.

use crate::almanac::Number;
use crate::sent::Sent;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A week's picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pictured {
    pub(crate) priorities: Vec<usize>,
    /// What had been reported when it was drafted.
    pub(crate) basis: Value,
    /// What each edition says of the whole, and of each block.
    pub(crate) editions: Vec<Vec<String>>,
    /// When the last edition was adopted.
    pub(crate) adopted: String,
    /// Who has acknowledged which edition.
    pub(crate) acknowledged: BTreeSet<(usize, &'static str)>,
}

impl Sent {
    /// What a picture drafted now would rest on.
    pub(crate) fn basis(&self, number: Number) -> Value {
        let turnout = self.turnout(number);
        let sources: BTreeSet<&String> =
            self.said(number).map(|(unit, _)| &self.units[unit].organisation).collect();
        json!({
            "expected": turnout["expected"], "reported": turnout["problems"], "calm": turnout["calm"],
            "missing": turnout["missing"], "sources": sources, "areas": self.basis_of_areas(number),
        })
    }

    fn basis_of_areas(&self, number: Number) -> Vec<Value> {
        let mut areas: Vec<usize> = (0..self.areas.len()).collect();
        areas.sort_by_key(|area| &self.areas[*area]);
        let told = areas.into_iter().filter_map(|area| {
            let [_, _, calm] = self.reported_of(number, area);
            let [mut new, mut known, mut positive] = [const { BTreeMap::<&str, u32>::new() }; 3];
            for (seen, repeats) in self.seen(number).into_iter().filter(|(seen, _)| seen.area == area) {
                let counts = match (seen.kind.2, repeats) {
                    (true, _) => &mut positive,
                    (false, true) => &mut known,
                    (false, false) => &mut new,
                };
                *counts.entry(seen.kind.0).or_default() += seen.count;
            }
            let still = self.said(number).flat_map(|(_, said)| &said.still_there);
            let still =
                still.filter(|its| self.problems[**its].open && self.problems[**its].area == area).count();
            let seen = [&new, &known, &positive].into_iter().any(|counts| !counts.is_empty());
            let area = &self.areas[area];
            let mut told =
                json!({ "area": area, "new": new, "known": known, "stillThere": still, "calm": calm });
            if !positive.is_empty() {
                told["positive"] = json!(positive);
            }
            (seen || still > 0 || calm > 0).then_some(told)
        });
        told.collect()
    }
}
