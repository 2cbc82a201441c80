//! Payment cards (ISO/IEC 7812: check digit of modulus 10) and accounts (IBAN, ISO 13616: modulus 97; clearing and
//! account number or a giro after a word that says so).

use crate::candidate::{Candidate, Rank};
use crate::digit_groups::DigitGroups;
use crate::digit_window::Window;
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::Words;
use crate::{Class, check_digit};

pub(crate) fn find(
    numbers: &DigitGroups<'_>,
    words: &Words<'_>,
    knowledge: &Knowledge,
    candidates: &mut Vec<Candidate>,
) {
    let cards = numbers
        .windows(|digit, _| (2..=6).contains(&digit), 13..=19)
        .filter(is_card)
        .map(|window| found(window.start(), window.end(), Class::PaymentCard, Ground::Certain));
    candidates.extend(cards);
    candidates.extend(words.iter().filter_map(|(_, word)| iban(words.text, word.start)));
    let giros = words.on(knowledge.giro).flat_map(|said| numbers.said(words, said, 2, 6..=8));
    let giros = giros.filter(is_whole).map(|giro| account(&giro, Ground::Indirect));
    let accounts = words.on(knowledge.account).flat_map(|said| numbers.said(words, said, 3, 9..=16));
    let accounts = accounts.filter(is_whole).map(|window| account(&window, Ground::Certain));
    candidates.extend(giros.chain(accounts));
}

fn account(window: &Window<'_>, ground: Ground) -> Candidate {
    found(window.start(), window.end(), Class::BankAccount, ground)
}

const fn found(start: usize, end: usize, class: Class, ground: Ground) -> Candidate {
    Candidate { start, end, class, ground, rank: Rank::Account }
}

/// The networks' first digits and lengths, the check digit, and the usual grouping by four.
fn is_card(window: &Window<'_>) -> bool {
    let length = window.digits.len();
    let network = match window.digits {
        [4, ..] => matches!(length, 13 | 16 | 19),
        [5, 1..=5, ..] | [2, 2..=7, ..] => length == 16,
        [3, 4 | 7, ..] => length == 15,
        [3, 0 | 6 | 8, ..] => matches!(length, 14 | 16),
        [6, 0 | 2 | 4 | 5, ..] | [5, 0 | 6..=8, ..] | [3, 5, ..] => (16..=19).contains(&length),
        _ => false,
    };
    let mut groups = window.lengths();
    let last = groups.next_back();
    let fours = groups.all(|length| length == 4);
    let even = fours || window.has_shape(&[4, 6, 5]) || window.has_shape(&[4, 6, 4]);
    let pairs = || window.has_shape(&[2; 8]) && is_even(window);
    let parted = window.groups.len() == 1
        || (even && last.is_some_and(|last| last <= 7))
        || window.is_spaced_out()
        || pairs();
    network
        && parted
        && window.before.is_none_or(|group| group.length < 4 || window.groups.len() == 1)
        && (window.is_mostly_real() || (fours && window.groups.len() == 4))
        && window.digits.iter().any(|digit| Some(digit) != window.digits.first())
        && check_digit::is_right(window.digits)
}

/// The same sign stands between all groups.
fn is_even(window: &Window<'_>) -> bool {
    let first = window.gaps().next();
    window.gaps().all(|gap| Some(gap) == first)
}

/// Countries and the lengths of their numbers.
const IBANS: [(&[u8; 2], usize); 40] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"CH", 21),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"EE", 20),
    (b"ES", 24),
    (b"FI", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GR", 27),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IS", 26),
    (b"IT", 27),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MT", 31),
    (b"NL", 18),
    (b"NO", 15),
    (b"PL", 28),
    (b"PT", 25),
    (b"RO", 24),
    (b"RS", 22),
    (b"SE", 24),
    (b"TR", 26),
];

/// How many signs may stand between two groups of an account.
const IBAN_GAP_MAX: usize = 2;

/// Country, two check digits and as many letters and digits as the country has; spaces and signs may stand between.
fn iban(text: &[u8], start: usize) -> Option<Candidate> {
    let rest = text.get(start..)?;
    let [a, b, next, ..] = rest else { return None };
    let letters = a.is_ascii_alphabetic() && b.is_ascii_alphabetic();
    if !letters || (next.is_ascii_alphabetic() && !matches!(next, b'l' | b'I')) {
        return None;
    }
    // Most words of two letters are no country, and no digit follows them.
    let check = rest.iter().skip(2).find(|byte| !is_iban_gap(**byte))?;
    read_as_digit(*check)?;
    let country = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
    let length = IBANS.iter().find(|(other, _)| **other == country)?.1;
    let swedish = country == *b"SE";
    if !swedish && country != [*a, *b] {
        return None;
    }
    let (mut signs, mut end, mut gap) = (Vec::with_capacity(length), start, 0);
    for (index, byte) in rest.iter().enumerate() {
        if signs.len() == length {
            break;
        } else if byte.is_ascii_alphanumeric() {
            let digit = matches!(signs.len(), 2 | 3) || (swedish && signs.len() > 3);
            signs.push(if digit { read_as_digit(*byte)? } else { byte.to_ascii_uppercase() });
            (end, gap) = (start + index + 1, 0);
        } else if is_iban_gap(*byte) && gap < IBAN_GAP_MAX {
            gap += 1;
        } else {
            return None;
        }
    }
    let whole = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (whole && signs.len() == length && is_right_iban(&signs))
        .then(|| found(start, end, Class::BankAccount, Ground::Certain))
}

const fn is_iban_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'_' | b'*' | b':' | b'/')
}

/// The digit, or the one that a letter is a slip for.
const fn read_as_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte),
        b'O' | b'o' => Some(b'0'),
        b'I' | b'i' | b'l' => Some(b'1'),
        b'Z' => Some(b'2'),
        b'S' => Some(b'5'),
        b'B' => Some(b'8'),
        _ => None,
    }
}

fn is_right_iban(signs: &[u8]) -> bool {
    let (head, tail) = signs.split_at(signs.len().min(4));
    let rest = tail.iter().chain(head).fold(0_u32, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter.saturating_sub(b'A')) + 10) % 97,
    });
    rest == 1
}

/// Nothing beside it belongs to it.
fn is_whole(window: &Window<'_>) -> bool {
    window.is_mostly_real() && window.before.is_none() && window.after.is_none_or(|group| group.length <= 1)
}
