//! Many comparisons at once: some stand out by chance alone.

use crate::series::many;

/// The share of false discoveries that calling each one and all that are more probable a discovery would give, in the
/// order of the given probabilities: for the i-th smallest of `m`, the least `p·m/i` of it and those above, at most
/// 1.
///
/// Y. Benjamini & Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical
/// Society B 57(1), 289-300. It holds for independent comparisons, and for those that go the same way together.
pub fn q_values(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    order.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let number = order.len();
    let mut q_values = vec![1.0; number];
    let mut least = 1.0_f64;
    for (above, (place, p)) in order.into_iter().enumerate() {
        least = least.min(p * (many(number) / many(number - above)));
        if let Some(q) = q_values.get_mut(place) {
            *q = least;
        }
    }
    q_values
}
