//! The weighted displacement difference, as it is used in the field: a description beside the comparison.

use statrs::distribution::{ContinuousCDF, Normal};

/// Counts before and after, in the area, in one like it, in the area's surroundings, and in surroundings like those.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WddCounts {
    /// `T`: in the area.
    pub target: [f64; 2],
    /// `Ct`: in an area like it.
    pub control: [f64; 2],
    /// `D`: in the area's surroundings.
    pub surroundings: [f64; 2],
    /// `Cd`: in surroundings like those.
    pub control_surroundings: [f64; 2],
    /// How long the times before and after are, to each other.
    pub time_weights: [f64; 2],
    /// How large the areas are, to each other: control, target, control surroundings, surroundings.
    pub area_weights: [f64; 4],
    /// The error of the interval, from 0 to 1; what is outside is taken for the nearer end.
    pub alpha: f64,
}

/// What the differences come to, in reports. Its error counts chance alone and is too small: it calls a change where
/// none is in 13 % of areas that were chosen because they rose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wdd {
    /// In the area, beyond what the control changed.
    pub local: f64,
    /// In its surroundings, beyond what theirs changed.
    pub displacement: f64,
    /// Both together: the estimate.
    pub total: f64,
    /// Its standard error by chance alone.
    pub standard_error: f64,
    /// None where there is no error to divide by.
    pub z: Option<f64>,
    /// Of a difference from 0, both sides (normal).
    pub p_value: Option<f64>,
    /// The lower limit of the interval.
    pub low: f64,
    /// The upper limit of the interval.
    pub high: f64,
}

/// `(ΔT - ΔCt) + (ΔD - ΔCd)`, with the variance of chance: the sum of the counts, each over its squared weight of
/// time and area.
///
/// A. P. Wheeler & J. H. Ratcliffe (2018), "A simple weighted displacement difference test to evaluate place based
/// crime interventions", Crime Science 7:11. The weights are those of the package `ptools` by A. P. Wheeler.
pub fn wdd(counts: &WddCounts) -> Wdd {
    let [control, target, control_surroundings, surroundings] = counts.area_weights;
    let [before, after] = counts.time_weights;
    let change = |[k0, k1]: [f64; 2], size: f64| k1 / (size * after) - k0 / (size * before);
    let scatter = |[k0, k1]: [f64; 2], size: f64| k1 / (size * after).powi(2) + k0 / (size * before).powi(2);
    let local = change(counts.target, target) - change(counts.control, control);
    let displacement =
        change(counts.surroundings, surroundings) - change(counts.control_surroundings, control_surroundings);
    let variance = scatter(counts.target, target)
        + scatter(counts.control, control)
        + scatter(counts.surroundings, surroundings)
        + scatter(counts.control_surroundings, control_surroundings);
    let (total, standard_error) = (local + displacement, variance.sqrt());
    let z = (standard_error > 0.0).then(|| total / standard_error);
    let normal = Normal::standard();
    let reach = normal.inverse_cdf(1.0 - counts.alpha.clamp(0.0, 1.0) / 2.0) * standard_error;
    Wdd {
        local,
        displacement,
        total,
        standard_error,
        z,
        p_value: z.map(|z| 2.0 * normal.cdf(-z.abs())),
        low: total - reach,
        high: total + reach,
    }
}
