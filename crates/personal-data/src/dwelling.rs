//! Homes: a street with its number and the apartment's, in either order. An apartment or a house of somebody alone
//! warns.

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Gap, Words, Writing};

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    candidates.extend(words.on(knowledge.apartment).filter_map(|index| apartment(words, index, knowledge)));
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

fn apartment(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let mut number = index + 1;
    while matches!(words.small(number), b"nr" | b"nummer" | b"no") && number < index + 3 {
        number += 1;
    }
    let digits = words.small(number);
    if !(digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) && words.follows(number)) {
        return None;
    }
    let (own_start, own_end) = (words.get(index)?.start, words.get(number)?.end);
    let before = index
        .checked_sub(1)
        .filter(|_| words.follows(index))
        .and_then(|before| street_before(words, before, knowledge));
    if let Some(first) = before {
        return Some(home(words.get(first)?.start, own_end, Ground::Certain));
    }
    let after = (number + 1..number + 6).take_while(|next| words.follows(*next)).find(|next| {
        words.is_on(*next, knowledge.street)
            && words
                .get(*next + 1)
                .is_some_and(|word| word.writing == Writing::Number && word.gap == Gap::Space)
    });
    if let Some(street) = after {
        let letter = street + 2;
        let apart = words.small(letter).len() == 1
            && words
                .get(letter)
                .is_some_and(|word| word.gap == Gap::Space && word.writing == Writing::Capital);
        let end = words.get(if apart { letter } else { street + 1 })?.end;
        return Some(home(own_start, end, Ground::Certain));
    }
    Some(home(own_start, own_end, Ground::Indirect))
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
