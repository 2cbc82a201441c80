//! Weak signals gather, and fade (R17).

use est::accumulation::{Signal, index};

fn seen(weeks_ago: i32, strength: u8, count: u32) -> Signal {
    Signal { weeks_ago, strength: Some(strength), count }
}

/// R17: a signal counts half after four weeks.
#[test]
fn a_signal_fades_by_half_in_four_weeks() {
    assert_eq!(index([seen(0, 4, 1)]).to_bits(), 4.0_f64.to_bits());
    assert_eq!(index([seen(4, 4, 1)]).to_bits(), 2.0_f64.to_bits());
    assert_eq!(index([seen(8, 4, 1)]).to_bits(), 1.0_f64.to_bits());
}

/// R17: many weak signals weigh as much as one strong.
#[test]
fn many_weak_signals_weigh_as_much_as_a_strong_one() {
    let weak = std::iter::repeat_n(seen(0, 1, 1), 5);
    assert_eq!(index(weak).to_bits(), index([seen(0, 5, 1)]).to_bits());
    assert_eq!(index([seen(0, 1, 5)]).to_bits(), index([seen(0, 5, 1)]).to_bits());
}

/// R17: what nobody graded counts as weak, and what lies ahead counts nothing.
#[test]
fn an_ungraded_signal_is_weak_and_a_coming_one_is_none() {
    let ungraded = Signal { weeks_ago: 0, strength: None, count: 1 };
    assert_eq!(index([ungraded, seen(-1, 5, 9)]).to_bits(), 2.0_f64.to_bits());
    assert_eq!(index([]).to_bits(), 0.0_f64.to_bits());
}
