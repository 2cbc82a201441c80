//! The field's plain tests, beside which the engine is measured: equal windows, and no thought of how areas drift.

use crate::placebo::Call;
use statrs::distribution::{Binomial, ContinuousCDF, Discrete, DiscreteCDF, Normal};

/// The error each way that all methods promise.
const NOMINAL: f64 = 0.025;

/// Before and after as two Poisson counts of equal windows: given their sum, the later is binomial with a half. Mid-p.
pub(crate) fn before_after(before: u32, after: u32) -> Call {
    let (all, after) = (u64::from(before) + u64::from(after), u64::from(after));
    let Ok(binomial) = Binomial::new(0.5, all) else { return Call::Neither };
    let half = binomial.pmf(after) / 2.0;
    let fewer = if after == 0 { 0.0 } else { binomial.cdf(after - 1) };
    let more = binomial.sf(after);
    called(fewer + half, more + half)
}

/// The relative incidence rate ratio with all controls: `ln[T1·C0/(T0·C1)]` with variance `1/T0 + 1/T1 + 1/C0 + 1/C1`,
/// and 0.5 added to all where any is 0.
///
/// D. B. Wilson (2022), "The relative incident rate ratio effect size for count-based impact evaluations", Journal of
/// Quantitative Criminology 38, 323-341.
pub(crate) fn rate_ratio_with_controls(target: (u32, u32), controls: (u32, u32)) -> Call {
    let counts = [target.0, target.1, controls.0, controls.1].map(f64::from);
    let added = if counts.contains(&0.0) { 0.5 } else { 0.0 };
    let [t0, t1, c0, c1] = counts.map(|count| count + added);
    let error = counts.iter().map(|count| 1.0 / (count + added)).sum::<f64>().sqrt();
    let lower = Normal::standard().cdf((t1 * c0 / (t0 * c1)).ln() / error);
    called(lower, 1.0 - lower)
}

fn called(lower: f64, upper: f64) -> Call {
    if lower < NOMINAL {
        Call::Decrease
    } else if upper < NOMINAL {
        Call::Increase
    } else {
        Call::Neither
    }
}
