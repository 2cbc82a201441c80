//! Reservnummer, which health care gives a person without a known identity number: a date and a serial with letters,
//! or the national form whose century is raised by three.

use crate::calendar::{is_date, pair};
use crate::candidate::{Candidate, Rank};
use crate::digit_groups::DigitGroups;
use crate::digit_window::Window;
use crate::policy::Ground;
use crate::words_before::WordsBefore;
use crate::{Class, check_digit};

pub(crate) fn find(numbers: &DigitGroups<'_>, candidates: &mut Vec<Candidate>) {
    let dates = numbers
        .windows(|_, length| matches!(length, 4 | 6 | 8), 6..=8)
        .filter_map(|date| end_with_letters(&date));
    let whole =
        numbers.windows(|digit, _| matches!(digit, 2 | 3 | 9), 12..=12).filter(is_national_or_regional);
    let places = dates.chain(whole.map(|window| (window.start(), window.end())));
    candidates.extend(places.map(|(start, end)| Candidate {
        start,
        end,
        class: Class::Reservnummer,
        ground: Ground::Certain,
        rank: Rank::Reserve,
    }));
}

/// The four signs after the date and what stands between.
#[derive(Debug)]
struct Serial<'a> {
    signs: &'a [u8],
    end: usize,
    spaced: bool,
}

/// A date followed by four signs of which one to three are letters: T123, TF10, R123.
fn end_with_letters(date: &Window<'_>) -> Option<(usize, usize)> {
    if !(date.has_shape(&[8]) || date.has_shape(&[6]) || date.has_shape(&[4, 2, 2]))
        || !is_birth_date(date.digits)
    {
        return None;
    }
    let serial = serial(date.text, date.end())?;
    let known =
        matches!(serial.signs, [letter, rest @ ..] if is_serial_letter(*letter) && is_serial_rest(rest));
    let words = WordsBefore::of(date.text, date.start());
    // A space may also stand between a day and the name of a room or a sensor; T is what the rule prescribes.
    let told_apart = !serial.spaced || (matches!(serial.signs, [b'T', ..]) && !words.end_in_reference());
    let sure = known && date.digits.len() == 8 && told_apart;
    (sure || words.say_identity()).then_some((date.start(), serial.end))
}

fn serial(text: &[u8], date_end: usize) -> Option<Serial<'_>> {
    let rest = text.get(date_end..)?;
    let gap = rest.iter().take(3).take_while(|byte| matches!(byte, b' ' | b'-')).count();
    let end = date_end + gap + 4;
    let signs = text.get(date_end + gap..end)?;
    let letters = signs.iter().filter(|sign| sign.is_ascii_alphabetic()).count();
    let whole = signs.iter().all(u8::is_ascii_alphanumeric)
        && !text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let hyphen = rest.get(..gap)?.contains(&b'-');
    (whole && (1..=3).contains(&letters)).then_some(Serial { signs, end, spaced: gap > 0 && !hyphen })
}

/// IVO's T and the interim letters that are still met with.
const fn is_serial_letter(byte: u8) -> bool {
    matches!(byte.to_ascii_uppercase(), b'J'..=b'N' | b'R'..=b'U' | b'W' | b'X')
}

/// Digits, or F for a child whose number follows the mother's.
fn is_serial_rest(rest: &[u8]) -> bool {
    matches!(rest, [first, digits @ ..]
        if (first.is_ascii_digit() || first.eq_ignore_ascii_case(&b'F')) && digits.iter().all(u8::is_ascii_digit))
}

fn is_birth_date(digits: &[u8]) -> bool {
    match digits {
        [c1, c2, y1, y2, m1, m2, d1, d2] => {
            let (century, year) = (pair(*c1, *c2), pair(*y1, *y2));
            (18..=20).contains(&century) && is_date(century * 100 + year, pair(*m1, *m2), pair(*d1, *d2))
        }
        [y1, y2, m1, m2, d1, d2] => is_date(pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2)),
        _ => false,
    }
}

/// The national form has 21 or more for a century; Stockholm's begins with 99, and needs a word that says what it is.
fn is_national_or_regional(window: &Window<'_>) -> bool {
    let [c1, c2, ten @ ..] = window.digits else { return false };
    let [y1, y2, m1, m2, d1, d2, _, _, _, _] = ten else { return false };
    let dated = is_date(pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2));
    let hyphenated = window.has_shape(&[8, 4]) && window.gaps().next() == Some(b"-");
    match pair(*c1, *c2) {
        21..=32 => hyphenated && dated && check_digit::is_right(ten),
        99 => check_digit::is_right(ten) && WordsBefore::of(window.text, window.start()).say_identity(),
        _ => false,
    }
}
