//! A year's interventions of one kind together: what one alone is too small to show.

use crate::change::{LN_RATIO_MAX, percentile};
use crate::root::root;
use crate::{Change, Comparison, ControlChange};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// An episode's part in the pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledEpisode {
    /// What came in the window after.
    pub after: u32,
    /// All reports, before and after.
    pub reports: u32,
    /// The probability that one of them is in the window after, had the target changed as the controls did.
    pub share_after: f64,
    /// As in [`ControlChange::phi0`], at least 1.
    pub phi0: f64,
    /// As in [`ControlChange::rho`].
    pub rho: f64,
    /// As in [`ControlChange::v_theta`].
    pub v_theta: f64,
    /// As in [`Change::df`].
    pub df: u32,
    /// Episodes of the same group were compared with the same controls in the same weeks, or in weeks that overlap:
    /// they share the controls' error.
    pub group: usize,
}

/// The rate ratio that some episodes share, as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// How many were pooled.
    pub episodes: usize,
    /// Reports that came in the windows after, of all.
    pub observed: u32,
    /// How many were expected, had all changed as the controls did.
    pub expected: f64,
    /// None if nothing was reported before.
    pub rate_ratio: Option<f64>,
    /// The lower limit of the 95 % interval, from 0.
    pub low: f64,
    /// Infinite if nothing was reported before.
    pub high: f64,
    /// How probable so much or more of a difference was, had all changed as the controls did (Student, both sides).
    pub p_value: f64,
    /// The fewest degrees of freedom of any of them.
    pub df: u32,
}

impl PooledEpisode {
    /// The part of a comparison that could be made; the group is whatever tells its weeks from others'.
    pub fn of(comparison: &Comparison, group: usize) -> Option<Self> {
        let assessed = comparison.outcome.ok()?;
        let ControlChange { phi0, rho, v_theta, .. } = assessed.controls;
        let Change { observed, df, share_after, .. } = assessed.change;
        let reports = comparison.cell.reports();
        Some(Self { after: observed, reports, share_after, phi0, rho, v_theta, df, group })
    }

    /// What was expected of what came before.
    fn expected(&self) -> f64 {
        f64::from(self.reports.saturating_sub(self.after)) * self.share_after / (1.0 - self.share_after)
    }

    /// What is expected at a ratio, and the information in it.
    fn at(&self, ratio: f64) -> (f64, f64) {
        let (p, n) = (self.share_after, f64::from(self.reports));
        let share = ratio * p / (1.0 - p + ratio * p);
        (n * share, n * share * (1.0 - share))
    }
}

/// The ratio `R` at which what came of all is what was expected: `U(R) = Σ (k1 - n·p(R)) = 0`. Its interval is where
/// `U = ±t·√V`, `V = Σ v·(φ0 + (n-1)·ρ) + Σ over groups of the largest Vθ·(Σ v)²` with `v = n·p(R)·(1-p(R))` and `t`
/// the 97.5th percentile at the fewest degrees of freedom. None without a report. At least three episodes are needed
/// for the words of a kind of intervention; fewer are told one by one.
pub fn pooled(episodes: &[PooledEpisode]) -> Option<Pooled> {
    let sum = |of: fn(&PooledEpisode) -> u32| episodes.iter().map(of).fold(0, u32::saturating_add);
    let (observed, reports) = (sum(|its| its.after), sum(|its| its.reports));
    let df = episodes.iter().map(|its| its.df).min()?;
    if reports == 0 {
        return None;
    }
    let off = |ln_ratio: f64| {
        let expected = episodes.iter().map(|its| its.at(ln_ratio.exp()).0);
        f64::from(observed) - expected.sum::<f64>()
    };
    let error = |ln_ratio: f64| variance(episodes, ln_ratio.exp()).sqrt();
    let t = percentile(df);
    let at = |f: &dyn Fn(f64) -> f64| root(f, -LN_RATIO_MAX, LN_RATIO_MAX).exp();
    let (none, all) = (observed == 0, observed == reports);
    let student = StudentsT::new(0.0, 1.0, f64::from(df)).ok()?;
    Some(Pooled {
        episodes: episodes.len(),
        observed,
        expected: episodes.iter().map(PooledEpisode::expected).sum(),
        rate_ratio: if none { Some(0.0) } else { (!all).then(|| at(&off)) },
        low: if none { 0.0 } else { at(&|ratio| off(ratio) - t * error(ratio)) },
        high: if all { f64::INFINITY } else { at(&|ratio| off(ratio) + t * error(ratio)) },
        p_value: 2.0 * student.cdf(-(off(0.0) / error(0.0)).abs()),
        df,
    })
}

/// `V(R)`.
fn variance(episodes: &[PooledEpisode], ratio: f64) -> f64 {
    let own =
        episodes.iter().map(|its| its.at(ratio).1 * (its.phi0 + (f64::from(its.reports) - 1.0) * its.rho));
    let shared = episodes.iter().enumerate().map(|(place, its)| {
        let first = !episodes.iter().take(place).any(|earlier| earlier.group == its.group);
        let group = || episodes.iter().filter(|other| other.group == its.group);
        let widest = || group().map(|other| other.v_theta).fold(0.0, f64::max);
        if first { widest() * group().map(|other| other.at(ratio).1).sum::<f64>().powi(2) } else { 0.0 }
    });
    own.sum::<f64>() + shared.sum::<f64>()
}
