//! The weighted displacement quotient, as it is used in the field: a description beside the comparison.

/// Counts before and after in the area, in its surroundings, and in a control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WdqCounts {
    /// `T`.
    pub target: [f64; 2],
    /// `D`.
    pub surroundings: [f64; 2],
    /// `C`.
    pub control: [f64; 2],
}

/// What the shares come to. It says nothing of how sure it is, and is unsteady below some twenty reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wdq {
    /// The target's change as a share of the control; below 0 is fewer.
    pub success: Option<f64>,
    /// The surroundings' change as a share of the control; above 0 is more.
    pub surroundings: Option<f64>,
    /// The quotient: above 0 the surroundings changed with the target, below 0 they changed against it, below -1 by
    /// more than was won. None where the target did not become fewer.
    pub quotient: Option<f64>,
    /// Fewer reports in the target.
    pub gross: f64,
    /// Fewer, as a share of the control.
    pub net: Option<f64>,
    /// Fewer reports in the target and its surroundings than the control's change lets expect.
    pub total_net: Option<f64>,
}

/// `(D1/C1 - D0/C0) / (T1/C1 - T0/C0)`, with the measures beside it; none that divides by a control of nothing.
///
/// K. J. Bowers & S. D. Johnson (2003), "Measuring the geographical displacement and diffusion of benefit effects of
/// crime prevention activity", Journal of Quantitative Criminology 19(3), 275-301; the total after R. T. Guerette
/// (2009), "Analyzing crime displacement and diffusion", Problem-Oriented Guides for Police, tool guide 10.
pub fn wdq(counts: &WdqCounts) -> Wdq {
    let WdqCounts { target: [t0, t1], surroundings: [d0, d1], control: [c0, c1] } = *counts;
    let controlled = c0 > 0.0 && c1 > 0.0;
    let share = |k0: f64, k1: f64| controlled.then(|| k1 / c1 - k0 / c0);
    let fewer = |k0: f64, k1: f64| k0 * c1 / c0 - k1;
    let (success, surroundings) = (share(t0, t1), share(d0, d1));
    let fell = success.filter(|success| *success < 0.0);
    Wdq {
        success,
        surroundings,
        quotient: fell.zip(surroundings).map(|(success, surroundings)| surroundings / success),
        gross: t0 - t1,
        net: success.map(|success| -success),
        total_net: (c0 > 0.0).then(|| fewer(t0, t1) + fewer(d0, d1)),
    }
}
