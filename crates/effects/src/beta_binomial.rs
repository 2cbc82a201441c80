//! How probable a count is, when shares vary between areas more than chance alone makes them.

use statrs::function::factorial::ln_binomial;
use statrs::function::gamma::ln_gamma;

/// Below this the correlation makes no difference that numbers can hold, and the count is binomial.
const CORRELATION_MIN: f64 = 1e-9;
/// A tail's terms below this share of it are left out.
const NEGLIGIBLE: f64 = 1e-18;

/// A count of `n` trials that are correlated by `rho`: beta-binomial with parameters `p(1-ρ)/ρ` and `(1-p)(1-ρ)/ρ` at a
/// mean share `p`, binomial when `ρ` vanishes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BetaBinomial {
    count: u32,
    n: u32,
    /// The sum of the two parameters; none where the count is binomial.
    scale: Option<f64>,
    /// What of its probability's logarithm is the same at every share.
    ln_fixed: f64,
}

/// A mean share strictly between 0 and 1, and what is left of it to 1: both, so that neither loses its precision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) p: f64,
    pub(crate) q: f64,
}

/// The probabilities of fewer and of more, each with half of the count's own (mid-p). They add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tails {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl Share {
    pub(crate) fn of_odds(odds: f64) -> Self {
        Self { p: odds / (1.0 + odds), q: 1.0 / (1.0 + odds) }
    }

    /// The share when the rate is so many times as high.
    pub(crate) fn at(self, ratio: f64) -> Self {
        let all = self.q + ratio * self.p;
        Self { p: ratio * self.p / all, q: self.q / all }
    }
}

impl BetaBinomial {
    /// A count of at most `n`.
    pub(crate) fn of(count: u32, n: u32, rho: f64) -> Self {
        let scale = (rho > CORRELATION_MIN).then(|| (1.0 - rho) / rho);
        let over_all = scale.map_or(0.0, |scale| ln_gamma(scale) - ln_gamma(scale + f64::from(n)));
        Self { count, n, scale, ln_fixed: ln_binomial(n.into(), count.into()) + over_all }
    }

    /// The count's tails at a share.
    ///
    /// The tail on the count's own side of the mean is summed term by term, so that it keeps its precision however
    /// small it is; the other is what is left.
    pub(crate) fn tails(self, share: Share) -> Tails {
        let n = f64::from(self.n);
        let shapes = self.scale.map(|scale| (share.p * scale, share.q * scale));
        let at_count = self.probability(share, shapes);
        // Between two humps the terms rise again: only with one may the sum end early.
        let one_hump = shapes.is_none_or(|(a, b)| a >= 1.0 && b >= 1.0);
        let to_next = |count: u32| {
            let (hits, misses) = (f64::from(count), n - f64::from(count));
            match shapes {
                Some((a, b)) => misses * (hits + a) / ((hits + 1.0) * (misses - 1.0 + b)),
                None => misses * share.p / ((hits + 1.0) * share.q),
            }
        };
        let (mut tail, mut term) = (at_count / 2.0, at_count);
        let mut add = |ratio: f64| {
            term *= ratio;
            tail += term;
            !(one_hump && term < tail * NEGLIGIBLE)
        };
        if f64::from(self.count) <= n * share.p {
            (0..self.count).rev().all(|count| add(to_next(count).recip()));
            Tails { lower: tail, upper: 1.0 - tail }
        } else {
            (self.count..self.n).all(|count| add(to_next(count)));
            Tails { lower: 1.0 - tail, upper: tail }
        }
    }

    fn probability(self, share: Share, shapes: Option<(f64, f64)>) -> f64 {
        let (hits, misses) = (f64::from(self.count), f64::from(self.n.saturating_sub(self.count)));
        let rising = |from: f64, steps: f64| ln_gamma(from + steps) - ln_gamma(from);
        let each = match shapes {
            Some((a, b)) => rising(a, hits) + rising(b, misses),
            None => hits * share.p.ln() + misses * share.q.ln(),
        };
        (self.ln_fixed + each).exp()
    }
}
