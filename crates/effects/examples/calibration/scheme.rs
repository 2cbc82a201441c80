//! How the areas of the placebos are chosen: as programmes choose, by what was worst when they met.

use crate::chance::Chance;
use crate::trial::{BEFORE, Trial};

/// Placebos in a trial.
const CHOSEN: usize = 3;
/// What every area is believed to have had in a quarter, beside its own: else the smallest areas always rise most.
const QUARTER_BELIEVED: f64 = 3.0;
const SPIKE_BELIEVED: f64 = 1.0;
const QUARTER: usize = 13;
const SPIKE: usize = 3;
const HISTORY: usize = 39;

/// A way to choose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// By lot.
    Random,
    /// Most reports last quarter.
    Hot,
    /// Last quarter most times the area's own 39 weeks before it.
    Rise,
    /// The last 3 weeks most times the 49 before them.
    Spike,
    /// The area whose local partner stops reporting as the placebo begins.
    Stop,
}

impl Scheme {
    pub(crate) const ALL: [Self; 5] = [Self::Random, Self::Hot, Self::Rise, Self::Spike, Self::Stop];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Hot => "hot",
            Self::Rise => "rise",
            Self::Spike => "spike",
            Self::Stop => "stop",
        }
    }

    /// The areas of the placebos that begin in a week.
    pub(crate) fn chosen(self, trial: &Trial, beginning: usize, chance: &mut Chance) -> Vec<usize> {
        // The lot also parts equals.
        let mut areas = chance.some_of(trial.counts.len(), trial.counts.len());
        let score = |area: usize| match self {
            Self::Random => 0.0,
            Self::Hot => f64::from(trial.came(area, beginning - QUARTER, beginning)),
            Self::Rise => rise(trial, area, (HISTORY, QUARTER, beginning), QUARTER_BELIEVED),
            Self::Spike => rise(trial, area, (BEFORE - SPIKE, SPIKE, beginning), SPIKE_BELIEVED),
            Self::Stop => f64::from(u8::from(trial.stopped == Some(area))),
        };
        areas.sort_by(|one, other| score(*other).total_cmp(&score(*one)));
        areas.truncate(if self == Self::Stop { 1 } else { CHOSEN });
        areas
    }

    /// Whether a trial has such areas.
    pub(crate) fn holds_for(self, trial: &Trial) -> bool {
        self != Self::Stop || trial.stopped.is_some()
    }
}

/// The last weeks before a beginning to the history before them, both drawn towards each other by what is believed.
fn rise(trial: &Trial, area: usize, (history, last, beginning): (usize, usize, usize), believed: f64) -> f64 {
    let (from, middle) = (beginning - last - history, beginning - last);
    let rate = |from, to| f64::from(trial.came(area, from, to)) / trial.known(from, to).max(1) as f64;
    let expected = rate(from, middle) * trial.known(middle, beginning) as f64;
    (f64::from(trial.came(area, middle, beginning)) + believed) / (expected + believed)
}

/// How much an area's last quarter was of its own 39 weeks before, and how much the weeks after are; for the telling.
pub(crate) fn around(trial: &Trial, area: usize, after: usize) -> Option<(f64, f64)> {
    let rate = |from, to| f64::from(trial.came(area, from, to)) / trial.known(from, to).max(1) as f64;
    let own = rate(BEFORE - QUARTER - HISTORY, BEFORE - QUARTER);
    (own > 0.0).then(|| (rate(BEFORE - QUARTER, BEFORE) / own, rate(BEFORE, BEFORE + after) / own))
}
