//! Numbers that the word before them makes personal or secret: dates of birth, identity documents, case numbers of the
//! police, the prosecutor and the courts, and the coordinates of somebody's home.

use crate::Class;
use crate::calendar::{is_date, pair};
use crate::candidate::{Candidate, Rank};
use crate::digit_groups::DigitGroups;
use crate::digit_window::Window;
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Gap, Words, Writing};

pub(crate) fn find(
    numbers: &DigitGroups<'_>,
    words: &Words<'_>,
    knowledge: &Knowledge,
    candidates: &mut Vec<Candidate>,
) {
    for (index, list) in words.listed() {
        if list == knowledge.born {
            let dates = numbers.said(words, index, 3, 4..=8).filter(is_birth_date);
            candidates.extend(dates.map(|date| found(date.start(), date.end(), Class::Birthdate)));
            candidates.extend(named_month(words, index, knowledge));
        } else if list == knowledge.document {
            candidates.extend(document(words, index));
        }
    }
    candidates.extend((0..words.len()).filter_map(|index| case_number(words, index)));
    let homes = numbers.fours().filter(is_coordinate).filter(|window| {
        let at = words.at(window.start());
        words.has_before(at, 12, knowledge.home) || words.has_after(words.at(window.end()), 8, knowledge.home)
    });
    candidates.extend(homes.map(|window| Candidate {
        ground: Ground::Wording,
        ..found(window.start(), window.end(), Class::Coordinates)
    }));
}

const fn found(start: usize, end: usize, class: Class) -> Candidate {
    Candidate { start, end, class, ground: Ground::Certain, rank: Rank::Home }
}

/// A whole date, years first or last, alone among its neighbours.
fn is_birth_date(window: &Window<'_>) -> bool {
    let whole = |year: u16, month: u16, day: u16| {
        (year < 100 || (1880..2100).contains(&year)) && is_date(year, month, day)
    };
    let gaps = window.gaps().all(|gap| matches!(gap, b"-" | b"." | b"/" | b"" | b","));
    let lone = |group: Option<&crate::digit_groups::Group>| group.is_none_or(|group| group.length > 2);
    gaps && lone(window.before)
        && match window.digits {
            [c1, c2, y1, y2, m1, m2, d1, d2] if window.has_shape(&[8]) || window.has_shape(&[4, 2, 2]) => {
                whole(pair(*c1, *c2) * 100 + pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2))
            }
            [d1, d2, m1, m2, c1, c2, y1, y2] if window.has_shape(&[2, 2, 4]) => {
                whole(pair(*c1, *c2) * 100 + pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2))
            }
            [y1, y2, m1, m2, d1, d2] if window.has_shape(&[6]) || window.has_shape(&[2, 2, 2]) => {
                whole(pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2))
                    || whole(pair(*d1, *d2), pair(*m1, *m2), pair(*y1, *y2))
            }
            [day @ .., c1, c2, y1, y2]
                if window.groups.len() == 3 && window.lengths().next_back() == Some(4) =>
            {
                let first = window.lengths().next().unwrap_or(0);
                let number = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(*digit));
                let (days, months) = day.split_at(first.min(day.len()));
                first <= 2
                    && months.len() <= 2
                    && whole(pair(*c1, *c2) * 100 + pair(*y1, *y2), number(months), number(days))
            }
            _ => false,
        }
}

/// "född den 12 april 2009"
fn named_month(words: &Words<'_>, born: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let day = (born + 1..born + 4)
        .find(|next| words.get(*next).is_some_and(|word| word.writing == Writing::Number))?;
    let year = words.small(day + 2);
    let dated = words.is_on(day + 1, knowledge.month)
        && matches!(year.len(), 2 | 4)
        && year.iter().all(u8::is_ascii_digit);
    dated.then_some(())?;
    Some(found(words.get(day)?.start, words.get(day + 2)?.end, Class::Birthdate))
}

/// Eight digits, or two letters and seven, after the word for a passport or an identity card.
fn document(words: &Words<'_>, index: usize) -> Option<Candidate> {
    let number = (index + 1..index + 5).take_while(|next| words.follows(*next)).find(|next| {
        let small = words.small(*next);
        let digits = small.iter().filter(|byte| byte.is_ascii_digit()).count();
        let letters = small.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        digits + letters == small.len()
            && ((letters == 0 && digits == 8) || (letters <= 2 && (7..=8).contains(&digits) && letters > 0))
    })?;
    let word = words.get(number)?;
    Some(found(word.start, word.end, Class::IdDocument))
}

/// 2200-K1276-14, K619300-26, AM-12345-24, B 1234-25, T 1234-25 with a word for the court, social services' dnr.
fn case_number(words: &Words<'_>, index: usize) -> Option<Candidate> {
    let small = words.small(index);
    let digits = |index: usize, least: usize, most: usize| {
        let small = words.small(index);
        (least..=most).contains(&small.len()) && small.iter().all(u8::is_ascii_digit)
    };
    let joined =
        |index: usize| words.get(index).is_some_and(|word| matches!(word.gap, Gap::Hyphen | Gap::Space));
    let serial = small
        .strip_prefix(b"k")
        .is_some_and(|rest| (3..=8).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit));
    let year = |at: usize| {
        (digits(at, 2, 2) || digits(at, 4, 4)) && words.get(at).is_some_and(|word| word.gap == Gap::Hyphen)
    };
    let (first, last) = if serial && year(index + 1) {
        let authority = index.checked_sub(1).filter(|before| digits(*before, 4, 4) && joined(index));
        (authority.unwrap_or(index), index + 1)
    } else if small == b"am" && joined(index + 1) && digits(index + 1, 3, 8) && year(index + 2) {
        (index, index + 2)
    } else if matches!(small, b"b" | b"t" | b"\xC3\xA4") {
        let court = words.get(index)?.writing == Writing::Capital
            && digits(index + 1, 2, 6)
            && joined(index + 1)
            && year(index + 2);
        let said = (index.saturating_sub(4)..index).any(|before| {
            [&b"m\xC3\xA5l"[..], b"tingsr\xC3\xA4tt", b"hovr\xC3\xA4tt", b"dom", b"r\xC3\xA4tt"]
                .iter()
                .any(|stem| words.small(before).starts_with(stem))
        });
        (court && said).then_some((index, index + 2))?
    } else if matches!(small, b"dnr" | b"diarienummer" | b"diarienr") {
        let social =
            [index.checked_sub(1), Some(index + 1), Some(index + 2)].into_iter().flatten().find(|near| {
                let near = words.small(*near);
                matches!(near, b"sn" | b"soc" | b"ifo" | b"son" | b"asn") || near.starts_with(b"social")
            })?;
        let number = (index + 1..index + 6)
            .rfind(|next| words.get(*next).is_some_and(|word| word.writing == Writing::Number))?;
        (social.min(index), number)
    } else {
        return None;
    };
    let (start, end) = (words.get(first)?.start, words.get(last)?.end);
    Some(Candidate { ground: Ground::Wording, rank: Rank::Rest, ..found(start, end, Class::CaseNumber) })
}

/// A pair of decimal degrees within Sweden: 55-69 north, 10-24 east.
fn is_coordinate(window: &Window<'_>) -> bool {
    if window.before.is_some() {
        return false;
    }
    let mut gaps = window.gaps();
    let stops = gaps.next() == Some(b".") && gaps.nth(1) == Some(b".");
    let mut lengths = window.lengths();
    let shaped = lengths.next() == Some(2)
        && lengths.next().is_some_and(|length| length >= 3)
        && lengths.next() == Some(2);
    match window.digits {
        [n1, n2, ..] => stops && shaped && (55..=69).contains(&pair(*n1, *n2)),
        _ => false,
    }
}
