//! Which dates exist, as far as identity numbers need to know.

/// The number two digits make.
pub(crate) fn pair(tens: u8, ones: u8) -> u16 {
    u16::from(tens) * 10 + u16::from(ones)
}

/// Whether the day exists; a year below one hundred stands for that year of any century.
pub(crate) fn is_date(year: u16, month: u16, day: u16) -> bool {
    let leap =
        year.is_multiple_of(4) && (year < 100 || !year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}
