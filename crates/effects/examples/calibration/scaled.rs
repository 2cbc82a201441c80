//! The real extract at the size of a programme. Real are the areas' shares, the weekly rhythm, and each area's level in
//! each quarter as far as its few counts tell of it; the counts' size and the quarters' order are not.

use crate::chance::Chance;
use crate::extract::Series;
use crate::trial::{AREAS, Trial, WEEKS};
use std::collections::BTreeMap;

const QUARTER: usize = 13;
/// Reports in a week: twelve partners with ten each.
const WEEKLY: f64 = 120.0;
/// Areas of the programme: those named most.
const ALL_AREAS: usize = 36;
/// Areas are never taken for quite even.
const VARIANCE_MIN: f64 = 0.01;

/// What is taken from the extract.
pub(crate) struct Scaled {
    /// By quarter, and in it by week, a week's events to the mean of all weeks.
    rhythm: Vec<Vec<f64>>,
    shares: Vec<f64>,
    /// By area and quarter.
    counts: Vec<Vec<u32>>,
    /// By quarter: what came of all areas.
    quarters: Vec<u32>,
    /// How unevenly areas are spread over quarters beside chance, as the square of a coefficient of variation.
    pub(crate) variance: f64,
}

impl Scaled {
    /// From the named areas' series; weeks that were not collected are closed up.
    pub(crate) fn of(areas: &Series) -> Self {
        let weeks: Vec<usize> = (0..areas.collected.len()).filter(|week| areas.collected[*week]).collect();
        let quarters: Vec<&[usize]> = weeks.chunks_exact(QUARTER).collect();
        let in_quarter = |counts: &Vec<u32>| -> Vec<u32> {
            quarters.iter().map(|weeks| weeks.iter().map(|week| counts[*week]).sum()).collect()
        };
        let counts: Vec<Vec<u32>> = areas.counts.iter().take(ALL_AREAS).map(in_quarter).collect();
        let all: u32 = counts.iter().flatten().sum();
        let of_week = |week: &usize| f64::from(areas.all[*week]);
        let mean = quarters.iter().flat_map(|weeks| weeks.iter().map(of_week)).sum::<f64>()
            / (quarters.len() * QUARTER) as f64;
        let in_week = |weeks: &&[usize]| weeks.iter().map(|week| of_week(week) / mean).collect();
        let rhythm = quarters.iter().map(in_week).collect();
        let shares = counts.iter().map(|its| f64::from(its.iter().sum::<u32>()) / f64::from(all)).collect();
        let together = (0..quarters.len()).map(|quarter| counts.iter().map(|its| its[quarter]).sum());
        let quarters = together.collect();
        Self { rhythm, shares, counts, quarters, variance: 0.0 }.with_variance()
    }

    fn expected(&self, area: usize, quarter: usize) -> f64 {
        self.shares[area] * f64::from(self.quarters[quarter])
    }

    /// The moment estimate: what the sum of squares has beyond its degrees of freedom.
    fn with_variance(mut self) -> Self {
        let (areas, quarters) = (self.counts.len(), self.quarters.len());
        let cells = (0..areas).flat_map(|area| (0..quarters).map(move |quarter| (area, quarter)));
        let (mut squares, mut all) = (0.0, 0.0);
        for (area, quarter) in cells {
            let expected = self.expected(area, quarter);
            squares += (f64::from(self.counts[area][quarter]) - expected).powi(2) / expected;
            all += expected;
        }
        let freedom = (areas.saturating_sub(1) * quarters.saturating_sub(1)) as f64;
        self.variance = ((squares - freedom) / all).max(VARIANCE_MIN);
        self
    }

    /// A trial of quarters drawn with replacement.
    pub(crate) fn trial(&self, number: usize, chance: &mut Chance) -> Trial {
        let drawn: Vec<usize> = (0..WEEKS / QUARTER).map(|_| chance.below(self.quarters.len())).collect();
        let mut names = chance.some_of(self.counts.len(), AREAS);
        let counts = names.iter().map(|area| vec![self.counts_of(*area, &drawn, chance)]).collect();
        names.iter_mut().for_each(|name| *name += number * self.counts.len());
        Trial { block: number, start: 0, names, reported: vec![vec![true; WEEKS]], counts, stopped: None }
    }

    /// An area's level in a quarter is drawn from what its count there says of it: a gamma of `1/variance` believed
    /// reports and those that came.
    fn counts_of(&self, area: usize, drawn: &[usize], chance: &mut Chance) -> Vec<u32> {
        let believed = 1.0 / self.variance;
        let mut levels: BTreeMap<usize, f64> = BTreeMap::new();
        let mut counts = Vec::with_capacity(WEEKS);
        for quarter in drawn {
            let came = f64::from(self.counts[area][*quarter]);
            let level = *levels.entry(*quarter).or_insert_with(|| {
                chance.gamma(believed + came) / (believed + self.expected(area, *quarter))
            });
            let mean = WEEKLY * self.shares[area] * level;
            counts.extend(self.rhythm[*quarter].iter().map(|rhythm| chance.poisson(mean * rhythm)));
        }
        counts
    }
}
