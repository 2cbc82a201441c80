//! Where a function crosses zero.

/// Two steps that are as near as this: the last was twice as many digits nearer than the one before.
const PRECISION: f64 = 1e-9;
/// Steps at most; each at least halves the bracket.
const STEPS: usize = 120;

/// The place between `low` and `high` where `f` crosses zero, by Ridders' method, to twelve digits or more.
/// Where both ends are of one sign it is the end that is nearer to zero.
///
/// C. Ridders (1979), "A new algorithm for computing a single root of a real continuous function", IEEE Transactions
/// on Circuits and Systems 26(11), 979-980.
pub(crate) fn root(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    between(&f, (low, f(low)), (high, f(high)))
}

/// The same, looked for around a guess first.
pub(crate) fn root_near(f: impl Fn(f64) -> f64, (guess, reach): (f64, f64), (low, high): (f64, f64)) -> f64 {
    let mut reach = reach;
    loop {
        let (from, to) = ((guess - reach).max(low), (guess + reach).min(high));
        let whole = from <= low && to >= high;
        // A guess that is no number, or outside, is none.
        if whole || from.is_nan() || from >= to {
            return root(f, low, high);
        }
        let (from, to) = ((from, f(from)), (to, f(to)));
        if from.1.signum() != to.1.signum() {
            return between(&f, from, to);
        }
        reach *= 3.0;
    }
}

/// Between two places, each with what the function is there.
fn between(f: &impl Fn(f64) -> f64, mut low: (f64, f64), mut high: (f64, f64)) -> f64 {
    if low.1.signum() == high.1.signum() {
        return if low.1.abs() < high.1.abs() { low.0 } else { high.0 };
    }
    let mut last = f64::NAN;
    for _ in 0..STEPS {
        let middle = f64::midpoint(low.0, high.0);
        let at_middle = f(middle);
        let spread = (at_middle * at_middle - low.1 * high.1).sqrt();
        let found = if spread > 0.0 {
            middle + (middle - low.0) * (low.1 - high.1).signum() * at_middle / spread
        } else {
            middle
        };
        if (found - last).abs() <= PRECISION * (1.0 + found.abs()) {
            return found;
        }
        last = found;
        let at_found = f(found);
        if at_found.abs() == 0.0 {
            return found;
        }
        let mut inner = [(middle, at_middle), (found, at_found)];
        inner.sort_by(|one, other| one.0.total_cmp(&other.0));
        for point in inner {
            if point.1.signum() == low.1.signum() {
                low = if point.0 > low.0 { point } else { low };
            } else if point.0 < high.0 {
                high = point;
            }
        }
    }
    last
}
