//! The check digit of identity numbers: modulus 10 (Luhn).

/// Luhn's sum of all digits, the last one included, is a multiple of ten.
pub(crate) fn is_right(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = if place % 2 == 1 { u32::from(*digit) * 2 } else { u32::from(*digit) };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}
