//! What the simulation has sent: the small model that everything read is compared with. It counts by itself, with
//! nothing of the product's code.

use crate::almanac::Number;
use crate::interventions::Undertaking;
use crate::pictures::Pictured;
use crate::priorities::Period;
use crate::problems::Persisting;
use crate::reports::Told;
use std::collections::{BTreeMap, BTreeSet};
use tests::cast::Cast;

/// An informant's unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) slug: &'static str,
    pub(crate) id: String,
    pub(crate) organisation: String,
    /// Its area, by number.
    pub(crate) area: usize,
}

/// An area as it was analysed: in which week, whether for the period, and with which problems.
#[derive(Clone, Debug)]
pub(crate) struct Analysed {
    pub(crate) number: Number,
    pub(crate) of_period: bool,
    pub(crate) area: usize,
    pub(crate) causes: [&'static str; 2],
    pub(crate) problems: Vec<usize>,
}

/// All that has been sent. Units, areas, problems and interventions are known by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) units: Vec<Unit>,
    pub(crate) areas: Vec<String>,
    /// What the areas are called.
    pub(crate) names: Vec<String>,
    pub(crate) reports: BTreeMap<(Number, usize), Told>,
    pub(crate) problems: Vec<Persisting>,
    pub(crate) periods: Vec<Period>,
    pub(crate) analyses: Vec<Analysed>,
    pub(crate) interventions: Vec<Undertaking>,
    pub(crate) pictures: BTreeMap<Number, Pictured>,
    /// How many times each code refused what was tried.
    pub(crate) refusals: BTreeMap<&'static str, u32>,
    /// How many times two came at once.
    pub(crate) races: u32,
    /// Reports of calm that were amended into problems.
    pub(crate) corrected_calm: u32,
    pub(crate) withdrawn: u32,
    /// Warnings in pictures that somebody answered for.
    pub(crate) warned: u32,
    /// Problems that came back.
    pub(crate) reopened: u32,
    /// What has asked for attention.
    pub(crate) alerted: BTreeSet<String>,
}

impl Sent {
    pub(crate) fn of(cast: &Cast, names: Vec<String>) -> Self {
        let areas = cast.areas.clone();
        let number = |area: &String| areas.iter().position(|its| its == area).unwrap();
        let unit = |its: &tests::cast::Organisation| Unit {
            slug: its.slug,
            id: its.unit.clone(),
            organisation: its.id.clone(),
            area: number(&its.area),
        };
        Self { units: cast.organisations.iter().map(unit).collect(), areas, names, ..Self::default() }
    }

    /// The prioritised areas of a week, in the order of their blocks.
    pub(crate) fn prioritised(&self, number: Number) -> Vec<usize> {
        let decided = self.periods.iter().filter(|period| period.decided);
        let period = decided.into_iter().find(|period| (period.first..=period.last).contains(&number));
        period.map(|period| period.areas(number)).unwrap_or_default()
    }
}
