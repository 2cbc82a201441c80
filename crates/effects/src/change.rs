//! The change in a target beside what was expected of it, with how sure that is.

use crate::beta_binomial::{BetaBinomial, Share, Tails};
use crate::root::root_near;
use crate::{ALPHA, Cell, ControlChange};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The 97.5th percentile of the normal distribution.
pub(crate) const Z: f64 = 1.959_963_984_540_054;
/// More correlation than this is not believed.
const CORRELATION_MAX: f64 = 0.95;
/// The logarithm of a rate ratio is looked for within this, both ways.
pub(crate) const LN_RATIO_MAX: f64 = 15.0;

/// What came in a target's window after, beside what was expected.
///
/// With `o = θ·e1/e0`, `p = o/(1+o)`, `n = k0 + k1`: expected are `k0·o` reports, and the rate ratio is `k1` to them.
/// The count is beta-binomial of `n` with mean `p` and the correlation `ρ'` that makes its variance `n·p·q·(1 +
/// (φ-1)·(t/z)²)`, where `φ = φ0 + (n-1)·ρ + n·p·q·Vθ` and `t` is the 97.5th percentile of Student's distribution:
/// the controls' unevenness is itself only estimated. The tails are mid-p, the interval is the ratios at which either
/// tail is 2.5 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Reports that were to be expected; 0 if none came before.
    pub expected: f64,
    /// Reports that came in the window after, `k1`.
    pub observed: u32,
    /// Observed to expected; none if none was expected.
    pub rate_ratio: Option<f64>,
    /// The lower limit of its 95 % interval, from 0.
    pub low: f64,
    /// The upper limit; infinite if none came before.
    pub high: f64,
    /// How probable so much or more of a difference was, had the target changed as the controls did.
    pub p_value: f64,
    /// How many times the variance of chance the target's count has.
    pub phi: f64,
    /// Degrees of freedom of the unevenness.
    pub df: u32,
    /// The probability that one of the reports is in the window after.
    pub share_after: f64,
}

/// How many reports more than expected, fewer being below 0, with the limits of the 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// More than expected, or fewer below 0: from minus what was expected.
    pub reports: f64,
    /// At the lower limit of the ratio.
    pub low: f64,
    /// At the upper limit of the ratio.
    pub high: f64,
}

/// A count and the odds that it came by, had the target changed as the controls did.
pub(crate) struct Expectation<'controls> {
    controls: &'controls ControlChange,
    odds: f64,
    /// Student's percentile to the normal one, squared.
    inflation: f64,
}

impl Change {
    /// Whether fewer came than expected.
    pub(crate) fn is_fewer(&self) -> bool {
        f64::from(self.observed) < self.expected
    }

    /// Fewer or more reports than expected: `k1` less what was expected, and what was expected times `R - 1` at both
    /// limits. None if nothing was expected.
    pub fn difference(&self) -> Option<Difference> {
        let at = |ratio: f64| self.expected * (ratio - 1.0);
        self.rate_ratio.map(|ratio| Difference { reports: at(ratio), low: at(self.low), high: at(self.high) })
    }
}

impl<'controls> Expectation<'controls> {
    /// What is expected of a cell; `percentile` is Student's 97.5th at the controls' degrees of freedom.
    pub(crate) fn of(controls: &'controls ControlChange, cell: &Cell, percentile: f64) -> Self {
        let odds = controls.theta * cell.exposure_after / cell.exposure_before;
        Self { controls, odds, inflation: (percentile / Z).powi(2) }
    }

    fn share(&self) -> Share {
        Share::of_odds(self.odds)
    }

    pub(crate) fn expected(&self, before: u32) -> f64 {
        f64::from(before) * self.odds
    }

    fn phi(&self, n: u32) -> f64 {
        let (Share { p, q }, n) = (self.share(), f64::from(n));
        self.controls.phi0 + (n - 1.0) * self.controls.rho + n * p * q * self.controls.v_theta
    }

    /// How the count after is distributed.
    fn distribution(&self, before: u32, after: u32) -> BetaBinomial {
        let n = before + after;
        let variance = 1.0 + (self.phi(n) - 1.0) * self.inflation;
        let rho = if n <= 1 { 0.0 } else { (variance - 1.0) / (f64::from(n) - 1.0) };
        BetaBinomial::of(after, n, rho.min(CORRELATION_MAX))
    }

    pub(crate) fn tails(&self, before: u32, after: u32) -> Tails {
        self.distribution(before, after).tails(self.share())
    }

    pub(crate) fn p_value(&self, before: u32, after: u32) -> f64 {
        self.tails(before, after).p_value()
    }

    /// The whole comparison of what came.
    pub(crate) fn change(&self, before: u32, after: u32) -> Change {
        let expected = self.expected(before);
        let rate_ratio = (before > 0).then(|| f64::from(after) / expected);
        let (low, high) = self.interval(before, after);
        let p_value = self.p_value(before, after);
        // Where reports hang together so closely that the count has two humps, the mean may lie outside the interval.
        let (low, high) = (low.min(rate_ratio.unwrap_or(low)), high.max(rate_ratio.unwrap_or(high)));
        let p_value = if low <= 1.0 && high >= 1.0 { p_value.max(ALPHA) } else { p_value };
        Change {
            expected,
            observed: after,
            rate_ratio,
            low,
            high,
            p_value,
            phi: self.phi(before + after),
            df: self.controls.df(),
            share_after: self.share().p,
        }
    }

    fn interval(&self, before: u32, after: u32) -> (f64, f64) {
        let distribution = self.distribution(before, after);
        let tails = |ln_ratio: f64| distribution.tails(self.share().at(ln_ratio.exp()));
        let (k0, k1) = (f64::from(before).max(0.5), f64::from(after).max(0.5));
        let middle = (k1 / k0 / self.odds).ln();
        let reach = Z * (self.phi(before + after) * (1.0 / k0 + 1.0 / k1)).sqrt();
        let bounds = (-LN_RATIO_MAX, LN_RATIO_MAX);
        let limit = (ALPHA / 2.0).ln();
        let low =
            || root_near(|at| tails(at).upper.ln() - limit, (middle - reach, reach / 2.0), bounds).exp();
        let high =
            || root_near(|at| tails(at).lower.ln() - limit, (middle + reach, reach / 2.0), bounds).exp();
        (if after == 0 { 0.0 } else { low() }, if before == 0 { f64::INFINITY } else { high() })
    }

    /// The ratio at the largest count below what was expected that would not have passed for chance: how little a
    /// reduction could have been seen. None if not even no report at all could.
    pub(crate) fn smallest_reduction(&self, before: u32) -> Option<f64> {
        let expected = self.expected(before);
        let seen = |after: u32| f64::from(after) < expected && self.p_value(before, after) < ALPHA;
        if !seen(0) {
            return None;
        }
        let (mut most, mut too_many) = (0, 1);
        while seen(too_many) {
            (most, too_many) = (too_many, too_many.saturating_mul(2));
        }
        while too_many - most > 1 {
            let middle = most.midpoint(too_many);
            if seen(middle) { most = middle } else { too_many = middle }
        }
        Some(f64::from(most) / expected)
    }
}

impl Tails {
    pub(crate) fn p_value(self) -> f64 {
        (2.0 * self.lower.min(self.upper)).min(1.0)
    }
}

/// Student's 97.5th percentile.
pub(crate) fn percentile(df: u32) -> f64 {
    StudentsT::new(0.0, 1.0, f64::from(df))
        .map_or(f64::INFINITY, |student| student.inverse_cdf(1.0 - ALPHA / 2.0))
}
