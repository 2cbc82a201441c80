//! Homes: a street with its number and the apartment's, in either order. An apartment or a house of somebody alone
//! warns.

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Gap, Words, Writing};

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    candidates.extend(words.on(knowledge.apartment).filter_map(|index| apartment(words, index, knowledge)));
    let joined = words.numbered().filter(|(_, word)| word.end - word.start >= GLUED_BYTES_MIN);
    candidates.extend(joined.filter_map(|(index, _)| glued(words, index, knowledge)));
    candidates.extend(words.on(knowledge.lives).filter_map(|index| lives_on(words, index, knowledge)));
}

/// The street of an address whose number is the word `number`, counted back: "Västra Kvarngatan 84 B".
fn street_before(words: &Words<'_>, mut number: usize, knowledge: &Knowledge) -> Option<usize> {
    if words.get(number)?.writing != Writing::Number {
        // The stairwell's letter may stand apart from the number.
        if words.small(number).len() != 1 {
            return None;
        }
        number = number.checked_sub(1)?;
    }
    let name = number
        .checked_sub(1)
        .filter(|_| words.get(number).is_some_and(|word| word.writing == Writing::Number))?;
    if !words.is_on(name, knowledge.street) || !words.follows(number) {
        return None;
    }
    let mut first = name;
    while let Some(before) = first.checked_sub(1) {
        let capital = |index: usize| {
            words.get(index).is_some_and(|word| word.writing == Writing::Capital && word.gap != Gap::Stop)
        };
        let wanted = words.get(before).is_some_and(|word| word.writing == Writing::Capital)
            && words.get(first)?.gap == Gap::Space;
        if !wanted || (first == name && !capital(name) && words.small(name).len() > 6) {
            break;
        }
        first = before;
    }
    Some(first)
}

/// "lgh 1203", "lägenhet nr 1203", with the street before or after it.
fn apartment(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let filler = |next: usize| matches!(words.small(next), b"nr" | b"nummer" | b"no");
    let number = (index + 1..index + 3).find(|next| !filler(*next)).unwrap_or(index + 3);
    let last = if words.small(number).len() == 1 { number + SPACED_OUT - 1 } else { number };
    let spaced_out = || (number..=last).all(|digit| matches!(words.small(digit), [b'0'..=b'9']));
    let whole = is_apartment(words.small(number)) || (last > number && spaced_out());
    (whole && words.follows(number)).then_some(())?;
    with_street(words, index, last, knowledge)
}

/// "Storgatan 14 lgh1203" and "Storgatan14lgh1203", where no word stands by itself.
fn glued(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let small = words.small(index);
    let at = small.windows(LGH.len()).position(|part| part == LGH)?;
    let (address, number) = (small.get(..at)?, small.get(at + LGH.len()..)?);
    is_apartment(number).then_some(())?;
    if address.is_empty() {
        return with_street(words, index, index, knowledge);
    }
    let street = address.iter().position(u8::is_ascii_digit).and_then(|digit| address.get(..digit))?;
    let word = words.get(index)?;
    knowledge.is_on(street, knowledge.street).then(|| home(word.start, word.end, Ground::Certain))
}

/// "lgh1203"
const GLUED_BYTES_MIN: usize = 7;
const LGH: &[u8] = b"lgh";

/// The digits of an apartment, each by itself.
const SPACED_OUT: usize = 4;

/// Four digits, of which some may be written as the letters that look like them.
fn is_apartment(digits: &[u8]) -> bool {
    let real = digits.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits.len() == 4
        && real > 1
        && digits.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'o' | b'l' | b'i' | b's' | b'b'))
}

/// The apartment with its street, or by itself.
fn with_street(words: &Words<'_>, index: usize, number: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let (own_start, own_end) = (words.get(index)?.start, words.get(number)?.end);
    let before = index
        .checked_sub(1)
        .filter(|_| words.follows(index))
        .and_then(|before| street_before(words, before, knowledge));
    if let Some(first) = before {
        return Some(home(words.get(first)?.start, own_end, Ground::Certain));
    }
    Some(match street_after(words, number, knowledge) {
        Some(end) => home(own_start, end, Ground::Certain),
        None => home(own_start, own_end, Ground::Indirect),
    })
}

/// The end of an address after the apartment, with the letter of its stairwell.
fn street_after(words: &Words<'_>, number: usize, knowledge: &Knowledge) -> Option<usize> {
    let close = |index: usize, writing: Writing| {
        words.get(index).is_some_and(|word| word.writing == writing && word.gap == Gap::Space)
    };
    let street = (number + 1..number + 6)
        .take_while(|next| words.follows(*next))
        .find(|next| words.is_on(*next, knowledge.street) && close(*next + 1, Writing::Number))?;
    let letter = street + 2;
    let apart = words.small(letter).len() == 1 && close(letter, Writing::Capital);
    Some(words.get(if apart { letter } else { street + 1 })?.end)
}

/// "bor på Skolvägen 44": the house of somebody who is spoken of.
fn lives_on(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let street = (index + 1..index + 5)
        .take_while(|next| words.follows(*next))
        .find(|next| words.is_on(*next, knowledge.street))?;
    let number =
        words.get(street + 1).filter(|word| word.writing == Writing::Number && word.gap == Gap::Space)?;
    Some(Candidate { rank: Rank::Rest, ..home(words.get(index)?.start, number.end, Ground::Indirect) })
}

const fn home(start: usize, end: usize, ground: Ground) -> Candidate {
    Candidate { start, end, class: Class::Dwelling, ground, rank: Rank::Home }
}
