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
    for (index, list) in words.listed() {
        if list == knowledge.giro {
            let giros = numbers.said(words, index, 2, 6..=8).filter(is_whole);
            candidates.extend(
                giros.map(|giro| found(giro.start(), giro.end(), Class::BankAccount, Ground::Indirect)),
            );
        } else if list == knowledge.account {
            let accounts = numbers.said(words, index, 3, 9..=16).filter(is_whole);
            candidates.extend(
                accounts
                    .map(|window| found(window.start(), window.end(), Class::BankAccount, Ground::Certain)),
            );
        }
    }
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
    let even =
        groups.all(|length| length == 4) || window.has_shape(&[4, 6, 5]) || window.has_shape(&[4, 6, 4]);
    let parted =
        window.groups.len() == 1 || (even && last.is_some_and(|last| last <= 7)) || window.is_spaced_out();
    network
        && parted
        && window.before.is_none_or(|group| group.length < 4 || window.groups.len() == 1)
        && window.is_mostly_real()
        && window.digits.iter().any(|digit| Some(digit) != window.digits.first())
        && check_digit::is_right(window.digits)
}

/// Country, two check digits and up to thirty letters and digits; spaces and hyphens may stand between.
fn iban(text: &[u8], start: usize) -> Option<Candidate> {
    let rest = text.get(start..)?;
    let [a, b, next, ..] = rest else { return None };
    let begins = a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && !next.is_ascii_alphabetic();
    begins.then_some(())?;
    let swedish = [*a, *b].eq_ignore_ascii_case(b"SE");
    let (mut signs, mut end, mut gap) = (Vec::with_capacity(34), start, 0);
    for (index, byte) in rest.iter().enumerate() {
        let sign = match byte {
            b'O' | b'o' if signs.len() >= 4 && swedish => b'0',
            byte if byte.is_ascii_alphanumeric() => byte.to_ascii_uppercase(),
            b' ' | b'-' | b'.' if gap == 0 => {
                gap += 1;
                continue;
            }
            _ => break,
        };
        if (signs.len() == 2 || signs.len() == 3 || (swedish && signs.len() > 3)) && !sign.is_ascii_digit() {
            break;
        }
        signs.push(sign);
        (end, gap) = (start + index + 1, 0);
        if signs.len() == 34 || (swedish && signs.len() == 24) {
            break;
        }
    }
    let whole = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let length = if swedish {
        signs.len() == 24
    } else {
        signs.len() >= 15 && rest.get(..2) == Some(&[a.to_ascii_uppercase(), b.to_ascii_uppercase()])
    };
    (whole && length && is_right_iban(&signs)).then(|| found(start, end, Class::BankAccount, Ground::Certain))
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
