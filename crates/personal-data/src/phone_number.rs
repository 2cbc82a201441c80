//! Swedish phone numbers in running text: what begins like one, is as long as one, and is not a time, a date or a part
//! of something longer.

use crate::area_codes::area_code_length;
use crate::calendar::{is_date, pair};
use crate::candidate::{Candidate, Rank};
use crate::digit_groups::DigitGroups;
use crate::digit_window::Window;
use crate::identity_number;
use crate::policy::Ground;
use crate::words_before::WordsBefore;
use crate::{Class, Context};

pub(crate) fn find(numbers: &DigitGroups<'_>, context: &Context<'_>, candidates: &mut Vec<Candidate>) {
    candidates.extend(
        numbers
            .windows(|digit, _| matches!(digit, 0 | 4), 8..=14)
            .filter_map(|window| judge(&window, context)),
    );
}

/// A window read as a phone number.
#[derive(Debug)]
struct Reading<'a> {
    /// The digits after the country code and the trunk zero.
    significant: &'a [u8],
    area_length: usize,
    /// Where the plus stands, if one does.
    plus: Option<usize>,
    international: bool,
}

impl Reading<'_> {
    /// A number of a place, whose length varies, written without the country code.
    const fn is_local(&self) -> bool {
        !self.international && !matches!(self.significant, [7, ..] | [1, 0, ..])
    }
}

fn judge(window: &Window<'_>, context: &Context<'_>) -> Option<Candidate> {
    let reading = read(window)?;
    let odd = !window.is_mostly_real()
        || !area_code_is_whole(window, &reading)
        || window.is_part_of_row()
        || has_foreign_gap(window)
        || (!reading.international && (continues_something(window) || is_time_or_date(window)))
        || (reading.is_local() && has_lone_digit(window));
    if odd {
        return None;
    }
    // The words are read only where something turns on them, since most numbers need none.
    let words = || WordsBefore::of(window.text, window.start());
    if (is_glued_to_letters(window) && !words().say_phone()) || is_identity_shaped(window) {
        return None;
    }
    let bare = window.groups.len() == 1 && !reading.international;
    let reference = bare && words().end_in_reference() && !words().say_phone();
    let ground = match (is_own(reading.significant, context), reference) {
        (true, _) => Ground::Public,
        (false, true) => Ground::AfterReference,
        (false, false) => Ground::Certain,
    };
    let start = start_with_brackets(window, reading.plus);
    Some(Candidate { start, end: window.end(), class: Class::Phone, ground, rank: Rank::Phone })
}

fn read<'a>(window: &Window<'a>) -> Option<Reading<'a>> {
    let plus = plus_before(window);
    let (significant, international) = significant(window.digits, plus.is_some())?;
    let area_length = area_code_length(significant)?;
    Some(Reading { significant, area_length, plus, international })
}

/// The digits without country code and trunk zero, and whether a country code was there.
fn significant(digits: &[u8], plus: bool) -> Option<(&[u8], bool)> {
    // Without a plus only a mobile number is told from other numbers that begin with 46.
    let mobile = |rest: &&[u8]| rest.first() == Some(&7);
    let abroad = if plus {
        Some(digits.strip_prefix(&[4, 6])?)
    } else {
        let spelled = digits.strip_prefix(&[0, 0, 4, 6]);
        spelled.or_else(|| digits.strip_prefix(&[4, 6]).filter(mobile))
    };
    match abroad {
        Some(rest) => Some((rest.strip_prefix(&[0]).unwrap_or(rest), true)),
        None => Some((digits.strip_prefix(&[0])?, false)),
    }
}

fn plus_before(window: &Window<'_>) -> Option<usize> {
    let (before, _) = window.text.split_at_checked(window.start())?;
    let before = before.trim_ascii_end();
    (before.last() == Some(&b'+')).then(|| before.len() - 1)
}

/// "(040) 628 04 31" and "(+46) 70": the opening bracket belongs to a number that holds the closing one.
fn start_with_brackets(window: &Window<'_>, plus: Option<usize>) -> usize {
    let start = plus.unwrap_or_else(|| window.start());
    let opened = start.checked_sub(1).filter(|before| window.text.get(*before) == Some(&b'('));
    opened.filter(|_| window.gaps().any(|gap| gap.contains(&b')'))).unwrap_or(start)
}

/// The area code stands in one group, together with its zero. Numbers written digit by digit or in even pairs are
/// excepted where their length allows no doubt.
fn area_code_is_whole(window: &Window<'_>, reading: &Reading<'_>) -> bool {
    if window.is_spaced_out() || window.is_spoken() {
        return true;
    }
    let before_area = window.digits.len() - reading.significant.len();
    let from = if reading.international { before_area } else { 0 };
    let mut border = 0;
    let whole = window.lengths().all(|length| {
        border += length;
        border <= from || border >= before_area + reading.area_length
    });
    let pairs =
        || is_in_even_pairs(window) || (reading.plus.is_some() && window.lengths().all(|length| length <= 2));
    whole || (reading.area_length == 2 && reading.significant.len() == 9 && pairs())
}

fn is_in_even_pairs(window: &Window<'_>) -> bool {
    let first = window.gaps().next();
    window.lengths().all(|length| length == 2)
        && matches!(first, Some(b"" | b"-"))
        && window.gaps().all(|gap| Some(gap) == first)
}

/// A comma, a second slash, or full stops mixed with other signs separate things that are not one phone number.
fn has_foreign_gap(window: &Window<'_>) -> bool {
    let (mut stops, mut foreign) = (0, false);
    for (place, gap) in window.gaps().enumerate().filter(|(_, gap)| !gap.is_empty()) {
        let later = place > 0;
        stops += usize::from(later && gap.contains(&b'.'));
        foreign |= gap.contains(&b'+')
            || (later && gap.contains(&b'/'))
            || (gap.contains(&b',') && !window.is_spoken());
    }
    let mixed = stops > 0 && stops + 2 < window.groups.len();
    mixed || foreign || window.has_odd_colon()
}

/// The later part of a date, a decimal or a chain such as 2026-08-12.
fn continues_something(window: &Window<'_>) -> bool {
    if window.continues_amount() {
        return true;
    }
    match window.gap_before() {
        Some(b"-" | b"." | b"_" | b",") => true,
        Some(b"/") => window.lengths().next().is_some_and(|length| length <= 2),
        _ => false,
    }
}

fn is_glued_to_letters(window: &Window<'_>) -> bool {
    let before = window.start().checked_sub(1).and_then(|index| window.text.get(index));
    before.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
}

fn is_time_or_date(window: &Window<'_>) -> bool {
    is_time_span(window) || ends_in_year(window) || is_short_date(window)
}

/// 0830-1630, 08.30-16.30, 08 30 - 16 30.
fn is_time_span(window: &Window<'_>) -> bool {
    let [h1, h2, m1, m2, h3, h4, m3, m4] = window.digits else { return false };
    let times = pair(*h1, *h2) < 25 && pair(*m1, *m2) < 60 && pair(*h3, *h4) < 25 && pair(*m3, *m4) < 60;
    let gaps = || window.gaps();
    let pairs =
        window.has_shape(&[2, 2, 2, 2]) && gaps().next() == gaps().nth(2) && gaps().next() != gaps().nth(1);
    times && (pairs || window.has_shape(&[4, 4]))
}

/// "08-17 2026" is opening hours and a year, "08-2026 1430" a month and a time, "08-10-2025 - 16" a period.
fn ends_in_year(window: &Window<'_>) -> bool {
    let is_year = |digits: Option<&[u8]>| matches!(digits, Some([2, 0, 0..=3, _] | [1, 9, _, _]));
    let mut lengths = window.lengths();
    match (lengths.next(), lengths.next(), lengths.next()) {
        (Some(2), Some(4), _) => is_year(window.digits.get(2..6)),
        (Some(2), Some(2), Some(4)) => window.groups.len() == 3 || is_year(window.digits.get(4..8)),
        _ => false,
    }
}

/// 08122026, as forms and machines write a day, perhaps followed by a time.
fn is_short_date(window: &Window<'_>) -> bool {
    let [d1, d2, m1, m2, c1, c2, y1, y2, ..] = window.digits else { return false };
    let year = pair(*c1, *c2) * 100 + pair(*y1, *y2);
    let day = (1990..2040).contains(&year) && is_date(year, pair(*m1, *m2), pair(*d1, *d2));
    day && window.lengths().next() == Some(8)
}

/// Nobody writes one digit of a local number by itself among longer groups.
fn has_lone_digit(window: &Window<'_>) -> bool {
    !window.is_spaced_out() && !window.is_spoken() && window.lengths().any(|length| length == 1)
}

/// Six digits, a hyphen and four are not a phone number when the six are a date, unless the digits speak against an
/// identity number and the words for a phone. A date raised by sixty is such a rare one that it takes a check digit.
fn is_identity_shaped(window: &Window<'_>) -> bool {
    let hyphen = matches!(window.gaps().next(), Some(b"-" | b"+"));
    if !hyphen || !window.has_shape(&[6, 4]) {
        return false;
    }
    identity_number::read(window.digits).is_some_and(|identity| {
        identity.check_digit_right
            || (identity.class == Class::Personnummer
                && !WordsBefore::of(window.text, window.start()).say_phone())
    })
}

/// The programme's own numbers may be written in any of the usual ways, here as in the list.
fn is_own(number: &[u8], context: &Context<'_>) -> bool {
    context.own_numbers().iter().any(|own| {
        let digits: Vec<u8> = own.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        significant(&digits, own.trim_start().starts_with('+')).is_some_and(|(own, _)| own == number)
    })
}
