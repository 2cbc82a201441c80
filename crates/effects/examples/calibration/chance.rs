//! Chance from a seed: the same seed gives the same programmes, whatever the machine and however many threads.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;

/// Poisson counts above this mean are drawn in two halves, so that `exp(-mean)` keeps its precision.
const HALVED_ABOVE: f64 = 30.0;

/// Chance of one trial.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The chance of a trial of a panel.
    pub(crate) fn of(seed: u64, trial: usize) -> Self {
        let own = u64::try_from(trial).unwrap_or(u64::MAX).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(ChaCha8Rng::seed_from_u64(seed ^ own))
    }

    /// Between 0 and 1, without 0.
    pub(crate) fn share(&mut self) -> f64 {
        1.0 - self.0.random::<f64>()
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0.random_range(0..bound.max(1))
    }

    /// So many different ones of `bound`, in random order.
    pub(crate) fn some_of(&mut self, bound: usize, number: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..bound).collect();
        for place in 0..number.min(bound) {
            let other = place + self.below(bound - place);
            all.swap(place, other);
        }
        all.truncate(number);
        all
    }

    /// Standard normal, by Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.share().ln()).sqrt();
        radius * (TAU * self.share()).cos()
    }

    /// Gamma with this shape and scale 1, by Marsaglia and Tsang.
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.share().powf(1.0 / shape);
            return boost * self.gamma(shape + 1.0);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Gamma with mean 1 and this variance.
    pub(crate) fn around_one(&mut self, variance: f64) -> f64 {
        if variance > 0.0 { self.gamma(1.0 / variance) * variance } else { 1.0 }
    }

    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        if mean > HALVED_ABOVE {
            return self.poisson(mean / 2.0) + self.poisson(mean / 2.0);
        }
        let limit = (-mean).exp();
        let (mut count, mut product) = (0, self.share());
        while product > limit {
            count += 1;
            product *= self.share();
        }
        count
    }

    /// What is left of a count when each is kept with this probability.
    pub(crate) fn thinned(&mut self, count: u32, kept: f64) -> u32 {
        (0..count).map(|_| u32::from(self.share() <= kept)).sum()
    }
}
