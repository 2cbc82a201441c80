//! How probable a count is, when shares vary between areas more than chance alone makes them.

use statrs::function::beta::checked_ln_beta;
use statrs::function::factorial::ln_binomial;

/// Below this the correlation makes no difference that numbers can hold, and the count is binomial.
const CORRELATION_MIN: f64 = 1e-9;
/// A tail's terms below this share of it are left out.
const NEGLIGIBLE: f64 = 1e-18;

/// The count of `n` trials whose mean share is `p` and which are correlated by `rho`: beta-binomial with parameters
/// `p(1-ρ)/ρ` and `(1-p)(1-ρ)/ρ`, binomial when `ρ` vanishes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BetaBinomial {
    pub(crate) n: u32,
    pub(crate) rho: f64,
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

/// The two parameters; none where the count is binomial.
type Shapes = Option<(f64, f64)>;

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
    /// The tails of a count of at most `n`.
    ///
    /// The tail on the count's own side of the mean is summed term by term, so that it keeps its precision however
    /// small it is; the other is what is left.
    pub(crate) fn tails(self, count: u32, share: Share) -> Tails {
        let n = f64::from(self.n);
        let shapes = self.shapes(share);
        let at_count = self.probability(count, share, shapes);
        // Between two humps the terms rise again: only with one may the sum end early.
        let one_hump = shapes.is_none_or(|(a, b)| a >= 1.0 && b >= 1.0);
        let to_next = |count: u32| {
            let (hits, misses) = (f64::from(count), n - f64::from(count));
            misses / (hits + 1.0)
                * match shapes {
                    Some((a, b)) => (hits + a) / (misses - 1.0 + b),
                    None => share.p / share.q,
                }
        };
        let (mut tail, mut term) = (at_count / 2.0, at_count);
        let mut add = |ratio: f64| {
            term *= ratio;
            tail += term;
            !(one_hump && term < tail * NEGLIGIBLE)
        };
        if f64::from(count) <= n * share.p {
            (0..count).rev().all(|count| add(to_next(count).recip()));
            Tails { lower: tail, upper: 1.0 - tail }
        } else {
            (count..self.n).all(|count| add(to_next(count)));
            Tails { lower: 1.0 - tail, upper: tail }
        }
    }

    fn shapes(self, share: Share) -> Shapes {
        let scale = (1.0 - self.rho) / self.rho;
        (self.rho > CORRELATION_MIN).then_some((share.p * scale, share.q * scale))
    }

    fn probability(self, count: u32, share: Share, shapes: Shapes) -> f64 {
        let (hits, misses) = (f64::from(count), f64::from(self.n.saturating_sub(count)));
        let ln_beta = |a, b| checked_ln_beta(a, b).unwrap_or(f64::NEG_INFINITY);
        let each = match shapes {
            Some((a, b)) => ln_beta(a + hits, b + misses) - ln_beta(a, b),
            None => hits * share.p.ln() + misses * share.q.ln(),
        };
        (ln_binomial(self.n.into(), count.into()) + each).exp()
    }
}
