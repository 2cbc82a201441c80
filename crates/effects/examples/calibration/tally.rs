//! What the placebos of a cell come to: shares with their errors, and whether the cell can be judged.

use crate::panel::Cell;
use crate::placebo::{Assessed, Call, Placebo};
use std::collections::{BTreeMap, BTreeSet};

/// What the engine promises each way, in per cent.
const NOMINAL: f64 = 2.5;
/// What is accepted, in per cent.
pub(crate) const ACCEPTED: (f64, f64) = (1.0, 4.0);
/// Below so many expected reports no method that goes by mid-p can reach what it promises.
pub(crate) const ENOUGH: f64 = 5.0;

/// With a larger error than this a rate says nothing of whether it is what is promised.
const ERROR_MAX: f64 = 1.0;

/// A share of placebos in per cent.
#[derive(Clone, Copy)]
pub(crate) struct Rate {
    pub(crate) share: f64,
    /// Its standard error, by blocks.
    pub(crate) error: f64,
}

/// A cell's assessed placebos.
pub(crate) struct Tally<'cell> {
    pub(crate) cell: &'cell Cell,
    pub(crate) assessed: Vec<(&'cell Placebo, &'cell Assessed)>,
    /// Areas and windows that do not overlap.
    pub(crate) independent: usize,
}

impl<'cell> Tally<'cell> {
    pub(crate) fn of(cell: &'cell Cell) -> Self {
        let assessed = |placebo: &'cell Placebo| placebo.assessed.as_ref().map(|its| (placebo, its));
        let assessed: Vec<_> = cell.placebos.iter().filter_map(assessed).collect();
        let windows: BTreeSet<_> = assessed.iter().map(|(placebo, _)| placebo.window).collect();
        Self { cell, assessed, independent: windows.len() }
    }

    fn number(&self) -> f64 {
        self.assessed.len().max(1) as f64
    }

    pub(crate) fn mean_expected(&self) -> f64 {
        self.assessed.iter().map(|(_, its)| its.expected).sum::<f64>() / self.number()
    }

    /// The share that has enough expected reports.
    pub(crate) fn enough(&self) -> f64 {
        self.rate(|its| its.expected >= ENOUGH).share
    }

    /// Why the cell cannot be judged, if it cannot.
    pub(crate) fn unjudged(&self) -> Option<&'static str> {
        if self.enough() < 50.0 {
            Some("few reports")
        } else if self.least_error() > ERROR_MAX {
            Some("few windows")
        } else {
            None
        }
    }

    /// The error of so many independent placebos, were the engine wrong as often as it promises.
    fn least_error(&self) -> f64 {
        (NOMINAL * (100.0 - NOMINAL) / self.independent.max(1) as f64).sqrt()
    }

    pub(crate) fn of_call(&self, method: usize, call: Call) -> Rate {
        self.rate(|its| its.calls[method] == call)
    }

    /// How many of a reduction put in are found.
    pub(crate) fn found(&self, reduction: usize, method: usize) -> Rate {
        self.rate(|its| its.found(reduction, method))
    }

    /// The error is that between blocks, and at least what so many independent placebos have at what is promised.
    fn rate(&self, holds: impl Fn(&Assessed) -> bool) -> Rate {
        let mut blocks: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for (placebo, its) in &self.assessed {
            let block = blocks.entry(placebo.block).or_default();
            block.0 += f64::from(u8::from(holds(its)));
            block.1 += 1.0;
        }
        let share = blocks.values().map(|(hits, _)| hits).sum::<f64>() / self.number();
        let off: f64 = blocks.values().map(|(hits, all)| (hits - share * all).powi(2)).sum();
        let many = blocks.len() as f64;
        let between = (off * many / (many - 1.0).max(1.0)).sqrt() / self.number() * 100.0;
        Rate { share: share * 100.0, error: between.max(self.least_error()) }
    }

    /// How much of a deviation in the last quarter is left in the weeks after, both to the history before them: the
    /// slope of their logarithms. Where nothing at all is left it is about a quarter, by the history that they share.
    pub(crate) fn left(&self) -> f64 {
        let around = self.assessed.iter().filter_map(|(_, its)| its.around);
        let pairs = around.filter(|(last, after)| *last > 0.0 && *after > 0.0);
        let (lasts, afters): (Vec<f64>, Vec<f64>) =
            pairs.map(|(last, after)| (last.ln(), after.ln())).unzip();
        let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
        let (last, after) = (mean(&lasts), mean(&afters));
        let products = lasts.iter().zip(&afters).map(|(one, other)| (one - last) * (other - after));
        products.sum::<f64>() / lasts.iter().map(|one| (one - last).powi(2)).sum::<f64>()
    }

    /// The quantile of what a placebo tells.
    pub(crate) fn quantile(&self, at: f64, of: impl Fn(&Assessed) -> Option<f64>) -> f64 {
        let mut told: Vec<f64> = self.assessed.iter().filter_map(|(_, its)| of(its)).collect();
        told.sort_by(f64::total_cmp);
        let place = ((told.len().saturating_sub(1)) as f64 * at).round() as usize;
        told.get(place).copied().unwrap_or(f64::NAN)
    }
}

impl Assessed {
    /// Whether a reduction put in was found.
    pub(crate) fn found(&self, reduction: usize, method: usize) -> bool {
        self.reduced.is_some_and(|reduced| reduced[reduction][method] == Call::Decrease)
    }
}

impl Rate {
    /// Whether it lies outside what is accepted by more than two errors.
    pub(crate) fn fails(self) -> bool {
        self.share + 2.0 * self.error < ACCEPTED.0 || self.share - 2.0 * self.error > ACCEPTED.1
    }

    pub(crate) fn outside(self) -> bool {
        self.share < ACCEPTED.0 || self.share > ACCEPTED.1
    }
}
