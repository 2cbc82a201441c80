//! The real extract at the size of a programme. Real are the areas' shares and the weekly rhythm; the counts' size, how
//! areas drift, and the quarters' order are not.

use crate::chance::Chance;
use crate::demonstration::Drift;
use crate::extract::Series;
use crate::trial::{AREAS, Trial, WEEKS};

const QUARTER: usize = 13;
/// Reports in a week: twelve partners with ten each.
const WEEKLY: f64 = 120.0;
/// Areas of the programme: those named most.
const ALL_AREAS: usize = 36;

/// What is taken from the extract.
pub(crate) struct Scaled {
    /// By quarter, and in it by week: the week's events to the mean of all weeks.
    rhythm: Vec<Vec<f64>>,
    /// By area: its share of all events that name one.
    shares: Vec<f64>,
    half_life: (f64, f64),
}

impl Scaled {
    /// From the named areas' series; weeks that were not collected are closed up. The extract names too few areas to
    /// tell how they drift, so that is as in the demonstration programme.
    pub(crate) fn of(areas: &Series, half_life: (f64, f64)) -> Self {
        let collected = areas.all.iter().zip(&areas.collected).filter(|(_, its)| **its);
        let weeks: Vec<f64> = collected.map(|(count, _)| f64::from(*count)).collect();
        let mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
        let of_quarter = |weeks: &[f64]| weeks.iter().map(|week| week / mean).collect();
        let totals = areas.counts.iter().take(ALL_AREAS).map(|counts| f64::from(counts.iter().sum::<u32>()));
        let all: f64 = totals.clone().sum();
        Self {
            rhythm: weeks.chunks_exact(QUARTER).map(of_quarter).collect(),
            shares: totals.map(|total| total / all).collect(),
            half_life,
        }
    }

    /// A trial of real quarters drawn with replacement.
    pub(crate) fn trial(&self, number: usize, chance: &mut Chance) -> Trial {
        let mut drawn = || &self.rhythm[chance.below(self.rhythm.len())];
        let rhythm: Vec<f64> = (0..WEEKS / QUARTER).flat_map(|_| drawn()).copied().collect();
        let drift = Drift::drawn(self.half_life, chance);
        let mut names = chance.some_of(self.shares.len(), AREAS);
        let mut counts = |area: &usize| {
            let levels = drift.levels(WEEKS, chance);
            let means = levels.iter().zip(&rhythm).map(|(level, week)| level * week);
            vec![means.map(|mean| chance.poisson(WEEKLY * self.shares[*area] * mean)).collect()]
        };
        let counts = names.iter().map(&mut counts).collect();
        for name in &mut names {
            *name += number * self.shares.len();
        }
        Trial { block: number, start: 0, names, reported: vec![vec![true; WEEKS]], counts, stopped: None }
    }
}
