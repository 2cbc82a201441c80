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
        .windows(|_, length| matches!(length, 1 | 4 | 6 | 8), 6..=8)
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

/// Letters and digits of a serial.
const SIGNS: usize = 4;

/// The signs after the date and what stands between.
#[derive(Debug)]
struct Serial {
    signs: [u8; SIGNS],
    end: usize,
    spaced: bool,
}

/// A date followed by four signs of which one to three are letters: T123, TF10, R123.
fn end_with_letters(date: &Window<'_>) -> Option<(usize, usize)> {
    // The serial's letter parts it from the date, so that no further digit hangs on.
    let spaced_out = date.after.is_none() && date.is_spaced_out();
    let shaped = date.has_shape(&[8]) || date.has_shape(&[6]) || date.has_shape(&[4, 2, 2]) || spaced_out;
    if !shaped || !is_birth_date(date.digits) {
        return None;
    }
    let words = WordsBefore::of(date.text, date.start());
    let serial = serial(date.text, date.end(), spaced_out || words.say_identity())?;
    let known =
        matches!(&serial.signs, [letter, rest @ ..] if is_serial_letter(*letter) && is_serial_rest(rest));
    // A space may also stand between a day and the name of a room or a sensor; T is what the rule prescribes.
    let told_apart = !serial.spaced || (serial.signs.starts_with(b"T") && !words.end_in_reference());
    let sure = known && date.digits.len() == 8 && told_apart;
    (sure || words.say_identity()).then_some((date.start(), serial.end))
}

fn serial(text: &[u8], date_end: usize, spaced_out: bool) -> Option<Serial> {
    let rest = text.get(date_end..)?;
    let gap = rest.iter().take(3).take_while(|byte| is_sign(**byte)).count();
    let (mut signs, mut end) = ([0_u8; SIGNS], date_end + gap);
    let ruled = rest.get(gap) == Some(&b'T');
    for (place, sign) in signs.iter_mut().enumerate() {
        let space = usize::from(spaced_out && place > 0 && text.get(end).copied().is_some_and(is_sign));
        *sign = read_sign(*text.get(end + space)?, place > 0 && ruled)?;
        end += space + 1;
    }
    let letters = signs.iter().filter(|sign| sign.is_ascii_alphabetic()).count();
    let whole = !text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let signed = rest.get(..gap)?.iter().any(|byte| *byte != b' ');
    (whole && (1..=3).contains(&letters)).then_some(Serial {
        signs,
        end,
        spaced: gap > 0 && !signed && !spaced_out,
    })
}

/// What may stand between the date and the serial.
const fn is_sign(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_' | b'*' | b':')
}

/// A letter or a digit; behind the letter of the rule l and I are ones and O is nought.
const fn read_sign(byte: u8, slips: bool) -> Option<u8> {
    match byte {
        b'l' | b'I' if slips => Some(b'1'),
        b'O' | b'o' if slips => Some(b'0'),
        _ if byte.is_ascii_alphanumeric() => Some(byte),
        _ => None,
    }
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
