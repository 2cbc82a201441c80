//! E-mail addresses, written plainly or as people write them to escape robots: (at), snabel-a, punkt.

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::Words;

/// Bounds of RFC 5321, which also bound what each at-sign can cost.
const LOCAL_BYTES_MAX: usize = 64;
const DOMAIN_BYTES_MAX: usize = 253;

/// Mailboxes of a role, which nobody owns in person. Written without å, ä and ö, as their owners write them.
const ROLES: [&str; 38] = [
    "abuse",
    "admin",
    "bibliotek",
    "biblioteket",
    "boka",
    "bokning",
    "bostad",
    "bygglov",
    "diarium",
    "drift",
    "driften",
    "fastighet",
    "faktura",
    "felanmalan",
    "forvaltning",
    "info",
    "jour",
    "kansli",
    "kommun",
    "kommunen",
    "kontakt",
    "kontaktcenter",
    "kundcenter",
    "kundservice",
    "kundtjanst",
    "media",
    "medborgarservice",
    "noreply",
    "no-reply",
    "post",
    "postmaster",
    "press",
    "reception",
    "registrator",
    "servicecenter",
    "support",
    "vaxel",
    "webmaster",
];

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let bytes = words.text;
    let around = |bytes, at_start, at_end| address(bytes, at_start, at_end, knowledge);
    candidates.extend(memchr::memchr_iter(b'@', bytes).filter_map(|at| around(bytes, at, at + 1)));
    let spelled = words.on(knowledge.at_sign).filter_map(|index| {
        let word = words.get(index)?;
        let letter = if words.small(index) == b"snabela" { word.end - 1 } else { word.start };
        spelled_at(bytes, letter)
    });
    candidates.extend(spelled.filter_map(|(start, end)| around(bytes, start, end)));
}

/// The at-sign in words: "(at)", "[at]", "at" between spaces, "snabel-a"; the index is that of its letter a.
fn spelled_at(bytes: &[u8], index: usize) -> Option<(usize, usize)> {
    let (start, end) = match before_byte(bytes, index)? {
        b'(' | b'[' | b'{' | b'<' => (index, at_end(bytes, index).unwrap_or(index + 1)),
        b' ' => at_end(bytes, index).map(|end| (index, end)).or_else(|| snabel_a(bytes, index))?,
        b'-' | b'l' | b'L' => snabel_a(bytes, index)?,
        _ => return None,
    };
    let spaced = before_byte(bytes, start) == Some(b' ') && bytes.get(end) == Some(&b' ');
    let (inner, outer) = if spaced { (start - 1, end + 1) } else { (start, end) };
    match (before_byte(bytes, inner), bytes.get(outer)) {
        (Some(b'(' | b'[' | b'{' | b'<'), Some(b')' | b']' | b'}' | b'>')) => Some((inner - 1, outer + 1)),
        _ => spaced.then_some((start, end)),
    }
}

fn at_end(bytes: &[u8], index: usize) -> Option<usize> {
    matches!(bytes.get(index + 1), Some(b't' | b'T')).then_some(index + 2)
}

fn snabel_a(bytes: &[u8], index: usize) -> Option<(usize, usize)> {
    let (before, _) = bytes.split_at_checked(index)?;
    let stem = before.strip_suffix(b"-").or_else(|| before.strip_suffix(b" ")).unwrap_or(before);
    let start = stem.len().checked_sub(6)?;
    stem.get(start..)?.eq_ignore_ascii_case(b"snabel").then_some((start, index + 1))
}

fn address(bytes: &[u8], at_start: usize, at_end: usize, knowledge: &Knowledge) -> Option<Candidate> {
    let space_before = before_byte(bytes, at_start) == Some(b' ');
    let space_after = bytes.get(at_end) == Some(&b' ');
    // "Kontot @namn.efternamn" is an account and not an address.
    if space_before && !space_after {
        return None;
    }
    let end = domain_end(bytes, at_end + usize::from(space_after))?;
    let local_end = at_start - usize::from(space_before);
    let start = local_start(bytes, local_end);
    let local = bytes.get(start..local_end).filter(|local| !local.is_empty())?;
    let ground = if is_role(local, knowledge) { Ground::Public } else { Ground::Certain };
    Some(Candidate { start, end, class: Class::Email, ground, rank: Rank::Address })
}

fn local_start(bytes: &[u8], end: usize) -> usize {
    let mut start = end;
    while let Some(before) = before_byte(bytes, start) {
        let dot_word = || dot_before(bytes, start);
        if end - start >= LOCAL_BYTES_MAX {
            break;
        } else if is_local(before) {
            start -= 1;
        } else if let Some(word) = dot_word() {
            start = word;
        } else {
            break;
        }
    }
    // A full stop or hyphen at the front belongs to the sentence.
    while bytes.get(start).is_some_and(|byte| matches!(byte, b'.' | b'-' | b'\'')) && start < end {
        start += 1;
    }
    start
}

/// The end of the longest host name that ends in a top domain of letters.
fn domain_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = label_end(bytes, start)?;
    let mut end = None;
    while at - start <= DOMAIN_BYTES_MAX {
        let Some(next) = dot_after(bytes, at) else { break };
        let Some(label) = label_end(bytes, next) else { break };
        let top = bytes.get(next..label).unwrap_or_default();
        if top.len() >= 2 && top.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80) {
            end = Some(label);
        }
        at = label;
    }
    end
}

fn label_end(bytes: &[u8], start: usize) -> Option<usize> {
    let label = bytes.get(start..)?.iter().take(64).take_while(|byte| is_label(**byte)).count();
    let tail = bytes.get(start..start + label)?.iter().rev().take_while(|byte| **byte == b'-').count();
    (label > tail).then_some(start + label - tail)
}

/// The ways to write the dot between two labels, those with spaces first. A space only after it ends a sentence.
const DOTS: [&[u8]; 13] = [
    b" (punkt) ",
    b" [punkt] ",
    b" punkt ",
    b"(punkt)",
    b"[punkt]",
    b" (dot) ",
    b" dot ",
    b"(dot)",
    b"[dot]",
    b"(.)",
    b"[.]",
    b" . ",
    b" .",
];

/// Where a name goes on after a dot, however the dot is written.
pub(crate) fn dot_after(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if rest.first() == Some(&b'.') {
        return Some(at + 1);
    }
    // Most words are followed by a space and a letter that begins no dot.
    let may_be =
        matches!(rest, [b'(' | b'[', ..] | [b' ', b'(' | b'[' | b'.' | b'p' | b'P' | b'd' | b'D', ..]);
    may_be.then_some(())?;
    let is_next = |dot: &&&[u8]| rest.get(..dot.len()).is_some_and(|next| next.eq_ignore_ascii_case(dot));
    DOTS.iter().find(is_next).map(|dot| at + dot.len())
}

fn dot_before(bytes: &[u8], at: usize) -> Option<usize> {
    let is_last = |dot: &&&[u8]| {
        let word = at.checked_sub(dot.len()).and_then(|start| bytes.get(start..at));
        word.is_some_and(|word| word.eq_ignore_ascii_case(dot))
    };
    DOTS.iter().find(is_last).map(|dot| at - dot.len())
}

/// A role, perhaps with the unit's name after a full stop, but not a person's.
fn is_role(local: &[u8], knowledge: &Knowledge) -> bool {
    let written: String = String::from_utf8_lossy(local)
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            other => other,
        })
        .collect();
    let (role, unit) = written.split_once('.').unwrap_or((&written, ""));
    ROLES.contains(&role) && !unit.split('.').any(|part| knowledge.is_name(part.as_bytes()))
}

fn before_byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at.checked_sub(1)?).copied()
}

const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-' | b'\'' | 0x80..)
}

const fn is_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | 0x80..)
}
