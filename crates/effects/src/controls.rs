//! How areas changed where nothing was done: the change they share, and how unevenly each of them followed it.

use crate::root::root;
use crate::series::many;
use crate::{BELIEVED_CONTROLS, Cell, PRIOR_VARIANCE, PRIOR_WEIGHT};

/// The logarithm of the change is looked for within this, both ways.
const LN_THETA_MAX: f64 = 20.0;
/// Of its logarithm.
const PRECISION: f64 = 1e-13;
const NEWTON_STEPS: usize = 20;
/// The variance between areas is never weighed as nothing.
const CORRELATION_MIN: f64 = 1e-4;
const LEVERAGE_LEFT_MIN: f64 = 1e-9;
/// Below this share of its terms the determinant is no number to divide by.
const SINGULAR: f64 = 1e-12;

/// The change in the controls from the window before to the window after.
///
/// With `k0`, `k1` the counts, `e0`, `e1` the exposures of each of `A` controls and `n = k0 + k1`, a report is in the
/// window after with probability `p = θ·e1 / (e0 + θ·e1)`, and `θ` solves `Σ k1 = Σ n·p`. A control's count has the
/// variance `n·p·q·(φ0 + ρ·(n-1))`: unevenness that does not grow with the count, and unevenness that does. Both are
/// moments of the standardised squares, drawn towards what was believed beforehand with the weight of eight controls.
///
/// Extra-binomial variance after D. A. Williams (1982), "Extra-binomial variation in logistic linear models", Applied
/// Statistics 31(2), 144-148.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ControlChange {
    /// The rate after to the rate before, of all controls together; 1 is no change.
    pub theta: f64,
    /// The sum of squares `Σ (k1 - n·p)² / (n·p·q)`: about `nu` if chance alone were at work.
    pub x2: f64,
    /// Degrees of freedom, `A - 1`.
    pub nu: u32,
    /// Unevenness that does not grow with the count, at least 1.
    pub phi0: f64,
    /// Unevenness that grows with it, as a correlation between reports.
    pub rho: f64,
    /// The variance of `ln θ`.
    pub v_theta: f64,
}

/// What a control says at a change.
#[derive(Clone, Copy)]
struct Part {
    n: f64,
    np: f64,
    /// Its information, `n·p·q`.
    information: f64,
    /// Its standardised square.
    x: f64,
}

/// Plain sums over the controls.
#[derive(Default)]
struct Sums {
    n: f64,
    np: f64,
    information: f64,
    x: f64,
    m: f64,
    m_information: f64,
}

/// Sums over the controls, each weighed by how surely it speaks.
#[derive(Default)]
struct Moments {
    w: f64,
    wm: f64,
    wmm: f64,
    wz: f64,
    wmz: f64,
}

impl ControlChange {
    /// The change in some controls, each with reports and exposure. None if before or after no report was made in
    /// any.
    pub(crate) fn of(controls: &[Cell]) -> Option<Self> {
        let theta = shared_change(controls)?;
        let parts = || controls.iter().map(|cell| Part::of(cell, theta));
        let nu = u32::try_from(controls.len()).ok()?.checked_sub(1)?;
        let sums = parts().fold(Sums::default(), Sums::with);
        let p_mean = sums.np / sums.n;
        let rho_prior = PRIOR_VARIANCE * p_mean * (1.0 - p_mean);

        // Σ m·(1 - h), where h is a control's share of the information.
        let spread = sums.m - sums.m_information / sums.information;
        let nu_seen = f64::from(nu);
        let rho_seen = if spread > 0.0 { ((sums.x - nu_seen) / spread).max(0.0) } else { 0.0 };
        let rho_weight = (nu_seen * rho_seen + PRIOR_WEIGHT * rho_prior) / (nu_seen + PRIOR_WEIGHT);
        let moments = parts().fold(Moments::default(), |moments, part| {
            let leverage_left = (1.0 - part.information / sums.information).max(LEVERAGE_LEFT_MIN);
            let weight = (1.0 + part.m() * rho_weight.max(CORRELATION_MIN)).powi(-2);
            moments.with(weight, part.m(), part.x / leverage_left)
        });
        let (phi0, rho) = moments.solved(many(controls.len()), rho_prior);
        let v_theta = (phi0 * sums.information + rho * sums.m_information) / sums.information.powi(2);
        Some(Self { theta, x2: sums.x, nu, phi0, rho, v_theta })
    }

    /// Degrees of freedom of the unevenness, those of what was believed included.
    pub fn df(&self) -> u32 {
        self.nu + BELIEVED_CONTROLS
    }
}

impl Part {
    fn of(cell: &Cell, theta: f64) -> Self {
        let n = f64::from(cell.before) + f64::from(cell.after);
        let (np, p) = expected_of(cell, theta);
        let information = np * (1.0 - p);
        Self { n, np, information, x: (f64::from(cell.after) - np).powi(2) / information }
    }

    fn m(&self) -> f64 {
        self.n - 1.0
    }
}

impl Sums {
    fn with(self, part: Part) -> Self {
        Self {
            n: self.n + part.n,
            np: self.np + part.np,
            information: self.information + part.information,
            x: self.x + part.x,
            m: self.m + part.m(),
            m_information: self.m_information + part.m() * part.information,
        }
    }
}

impl Moments {
    fn with(self, w: f64, m: f64, z: f64) -> Self {
        Self {
            w: self.w + w,
            wm: self.wm + w * m,
            wmm: self.wmm + w * m * m,
            wz: self.wz + w * z,
            wmz: self.wmz + w * m * z,
        }
    }

    /// `φ0` and `ρ`, by weighted least squares of `z` on `φ0 + ρ·m`, with eight average controls of what was
    /// believed.
    fn solved(self, controls: f64, rho_prior: f64) -> (f64, f64) {
        let (s0, s1) = (PRIOR_WEIGHT * self.w / controls, PRIOR_WEIGHT * self.wmm / controls);
        let (a11, a12, a22) = (self.w + s0, self.wm, self.wmm + s1);
        let (b1, b2) = (self.wz + s0, self.wmz + s1 * rho_prior);
        let determinant = a11 * a22 - a12 * a12;
        if determinant <= SINGULAR * a11 * a22 {
            return ((b1 / a11).max(1.0), rho_prior);
        }
        let phi0 = (b1 * a22 - b2 * a12) / determinant;
        let rho = (a11 * b2 - a12 * b1) / determinant;
        (phi0.max(1.0), rho.max(rho_prior / 4.0))
    }
}

/// `θ`, which makes what was expected of all controls what came: by Newton's method from the ratio of the sums, which
/// is `θ` itself where all reported as fully.
fn shared_change(controls: &[Cell]) -> Option<f64> {
    let sum = |of: fn(&Cell) -> f64| controls.iter().map(of).sum::<f64>();
    let (before, after) = (sum(|cell| f64::from(cell.before)), sum(|cell| f64::from(cell.after)));
    if before == 0.0 || after == 0.0 {
        return None;
    }
    let exposures = sum(|cell| cell.exposure_before) / sum(|cell| cell.exposure_after);
    let mut ln_theta = (after / before * exposures).ln();
    for _ in 0..NEWTON_STEPS {
        let step = step(controls, after, ln_theta.exp());
        ln_theta += step.clamp(-1.0, 1.0);
        if step.abs() < PRECISION {
            return Some(ln_theta.exp());
        }
    }
    let off = |ln_theta: f64| {
        let theta = ln_theta.exp();
        controls.iter().map(|cell| expected_of(cell, theta).0).sum::<f64>() - after
    };
    Some(root(off, -LN_THETA_MAX, LN_THETA_MAX).exp())
}

/// What Newton's method adds to `ln θ`: what came more than expected, to the information.
fn step(controls: &[Cell], after: f64, theta: f64) -> f64 {
    let (mut expected, mut information) = (0.0, 0.0);
    for cell in controls {
        let (np, p) = expected_of(cell, theta);
        expected += np;
        information += np * (1.0 - p);
    }
    (after - expected) / information
}

/// What is expected after of a control's reports, and the share of them that it is.
fn expected_of(cell: &Cell, theta: f64) -> (f64, f64) {
    let odds = theta * cell.exposure_after / cell.exposure_before;
    let p = odds / (1.0 + odds);
    (p * (f64::from(cell.before) + f64::from(cell.after)), p)
}
