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
    for born in words.on(knowledge.born) {
        let dates = numbers.said(words, born, 3, 4..=8).filter(is_birth_date);
        candidates.extend(dates.map(|date| found(date.start(), date.end(), Class::Birthdate)));
        candidates.extend(named_month(words, born, knowledge));
    }
    candidates.extend(words.on(knowledge.document).filter_map(|said| document(words, said)));
    let glued =
        words.numbered().map(|(index, _)| index).filter(|index| words.small(*index).starts_with(b"k"));
    let cases = words.on(knowledge.case).chain(glued);
    candidates.extend(cases.filter_map(|index| case_number(words, index, knowledge)));
    let homes =
        words.numbered().filter(|(_, word)| word.writing == Writing::Number && word.end - word.start == 2);
    candidates.extend(homes.filter_map(|(index, _)| home(words, index, knowledge)));
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

/// "född den 12 april 2009", "född tredje maj 2008"
fn named_month(words: &Words<'_>, born: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let is_day = |next: &usize| {
        let number = words.get(*next).is_some_and(|word| word.writing == Writing::Number);
        number || words.is_on(*next, knowledge.ordinal)
    };
    let day = (born + 1..born + 4).find(is_day)?;
    let year = words.small(day + 2);
    let dated = words.is_on(day + 1, knowledge.month) && matches!(year.len(), 2 | 4) && is_number(year, 2, 4);
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
fn case_number(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let small = words.small(index);
    let (first, last) = match small {
        [b'k'] | [b'k', b'0'..=b'9', ..] => police_case(words, index)?,
        b"am" => (index, serial_and_year(words, index + 1, 3)?),
        b"b" | b"t" | b"\xC3\xA4" if words.get(index)?.writing == Writing::Capital => {
            let court = words.has_before(index, 4, knowledge.court);
            (index, serial_and_year(words, index + 1, 2).filter(|_| court)?)
        }
        b"dnr" | b"diarienummer" | b"diarienr" => social_case(words, index)?,
        _ => return None,
    };
    let (start, end) = (words.get(first)?.start, words.get(last)?.end);
    Some(Candidate { ground: Ground::Wording, rank: Rank::Rest, ..found(start, end, Class::CaseNumber) })
}

/// The police's number, with the authority before it where that is written: "5000-K91234-25", "5000 - K 91234 - 25".
fn police_case(words: &Words<'_>, index: usize) -> Option<(usize, usize)> {
    let last = match words.small(index) {
        [b'k'] => serial_and_year(words, index + 1, 4)?,
        [_, serial @ ..] if is_number(serial, 3, 8) && is_year(words, index + 1) => index + 1,
        _ => return None,
    };
    let authority =
        |before: &usize| is_number(words.small(*before), 4, 4) && stands_close(words, index, b"-");
    Some((index.checked_sub(1).filter(authority).unwrap_or(index), last))
}

/// The number of social services' own registry, before or after the word for them.
fn social_case(words: &Words<'_>, index: usize) -> Option<(usize, usize)> {
    let social = |near: &usize| {
        let near = words.small(*near);
        matches!(near, b"sn" | b"soc" | b"ifo" | b"son" | b"asn") || near.starts_with(b"social")
    };
    let near = [index.checked_sub(1), Some(index + 1), Some(index + 2)].into_iter().flatten().find(social)?;
    let is_number = |next: &usize| words.get(*next).is_some_and(|word| word.writing == Writing::Number);
    Some((near.min(index), (index + 1..index + 6).rfind(is_number)?))
}

/// "881-24": the place of the year.
fn serial_and_year(words: &Words<'_>, serial: usize, least: usize) -> Option<usize> {
    let joined = is_number(words.small(serial), least, 8) && stands_close(words, serial, b"-");
    (joined && is_year(words, serial + 1)).then_some(serial + 1)
}

/// Two or four digits after a hyphen.
fn is_year(words: &Words<'_>, at: usize) -> bool {
    let hyphen = words.get(at).is_some_and(|word| word.gap != Gap::Space) && stands_close(words, at, b"-");
    hyphen && matches!(words.small(at).len(), 2 | 4) && is_number(words.small(at), 2, 4)
}

fn is_number(small: &[u8], least: usize, most: usize) -> bool {
    (least..=most).contains(&small.len()) && small.iter().all(u8::is_ascii_digit)
}

/// Nothing but spaces or this sign lies between the word and the one before it.
fn stands_close(words: &Words<'_>, at: usize, sign: &[u8]) -> bool {
    let between = at.checked_sub(1).and_then(|before| {
        let (before, word) = (words.get(before)?, words.get(at)?);
        words.text.get(before.end..word.start)
    });
    between.map(<[u8]>::trim_ascii).is_some_and(|between| between.is_empty() || between == sign)
}

/// A pair of decimal degrees within Sweden, with words for a home beside it: 55-69 north, 10-24 east.
fn home(words: &Words<'_>, index: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let degrees = |at: usize, least: u16, most: u16| {
        let [tens, ones] = words.small(at) else { return false };
        let value = pair(tens.saturating_sub(b'0'), ones.saturating_sub(b'0'));
        (least..=most).contains(&value)
            && stands_close(words, at + 1, b".")
            && is_number(words.small(at + 1), 3, 8)
    };
    degrees(index, 55, 69).then_some(())?;
    let letter = usize::from(matches!(words.small(index + 2), [_] | [0xC3, _]));
    let east = index + 2 + letter;
    let letter = usize::from(matches!(words.small(east), [_] | [0xC3, _]));
    let east = east + letter;
    degrees(east, 10, 24).then_some(())?;
    let said = words.has_before(index, 12, knowledge.home) || words.has_after(east + 2, 8, knowledge.home);
    let (start, end) = (words.get(index)?.start, words.get(east + 1)?.end);
    said.then_some(Candidate { ground: Ground::Wording, ..found(start, end, Class::Coordinates) })
}
