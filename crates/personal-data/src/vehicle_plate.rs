//! Registration numbers of vehicles: three letters of the 23 that Transportstyrelsen uses, two digits, and a digit or
//! a letter. In small letters, or parted by more than a space, it takes a word for a vehicle beside it.

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Words, is_word};

/// Letters and digits of a plate.
const SIGNS: usize = 6;

/// With what may stand between them.
const PLATE_BYTES_MAX: usize = SIGNS + 2 * (SIGNS - 1);

/// How many words away a vehicle may be named.
const REACH: usize = 6;

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let mut free = 0;
    for (index, word) in words.near_numbers(PLATE_BYTES_MAX) {
        // A sign of the plate stands alone, or several of them stand together, but never more than all.
        if word.start < free || word.end - word.start > SIGNS {
            continue;
        }
        let Some(plate) = read(words.text, word.start) else { continue };
        let last = words.at(plate.end);
        let said = words.has_before(index, REACH, knowledge.vehicle)
            || words.has_after(last, REACH, knowledge.vehicle);
        if said || (plate.plain && plate.gaps <= 1 && !is_other(words, index)) {
            free = plate.end;
            candidates.push(Candidate {
                start: word.start,
                end: plate.end,
                class: Class::VehiclePlate,
                ground: Ground::Certain,
                rank: Rank::Plate,
            });
        }
    }
}

#[derive(Debug)]
struct Plate {
    end: usize,
    /// In capitals, with digits where digits belong.
    plain: bool,
    gaps: usize,
}

/// Six signs from here, alone, with at most one space, hyphen or full stop between each.
fn read(text: &[u8], start: usize) -> Option<Plate> {
    let (mut signs, mut at, mut gaps, mut plain) = ([0_u8; SIGNS], start, 0, true);
    for place in 0..SIGNS {
        let mut byte = *text.get(at)?;
        if place > 0 && matches!(byte, b' ' | b'-' | b'.' | b':' | b'_' | b'*') {
            gaps += 1;
            at += 1;
            byte = *text.get(at)?;
            if byte == b' ' || byte == b'-' {
                at += 1;
                byte = *text.get(at)?;
            }
        }
        if (place < 3 && byte.is_ascii_digit()) || (matches!(place, 3 | 4) && !is_digit(byte)) {
            return None;
        }
        plain &= !byte.is_ascii_lowercase() && (place < 3 || !is_upright(byte));
        plain &= byte != b'S' || !matches!(place, 3 | 4);
        let sign = if place > 2 && is_upright(byte) { b'1' } else { byte.to_ascii_uppercase() };
        *signs.get_mut(place)? = sign;
        at += 1;
    }
    let letter = |byte: u8| byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'Q' | b'V');
    let (letters, [tens, ones, last]) = signs.split_last_chunk().unwrap_or((&[], &[0; 3]));
    let whole = text.get(at).is_none_or(|byte| !is_word(*byte));
    let real = text.get(start..at).is_some_and(|written| written.iter().any(u8::is_ascii_digit));
    let fits = letters.iter().all(|byte| letter(*byte))
        && is_digit(*tens)
        && is_digit(*ones)
        && (is_digit(*last) || letter(*last))
        && real;
    // Spaced out altogether, or parted once between letters and digits.
    (fits && whole && (plain || matches!(gaps, 0..=2 | 5))).then_some(Plate { end: at, plain, gaps })
}

/// A digit, or what a scanner or a hasty hand writes for it.
const fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'S') || is_upright(byte)
}

const fn is_upright(byte: u8) -> bool {
    matches!(byte, b'I' | b'l')
}

/// "NYA 112", "SKA 100": a word in capitals and a number; "SAL 214", "RUM 316": a place; "DNR 123": a matter.
fn is_other(words: &Words<'_>, index: usize) -> bool {
    const OTHER: [&[u8]; 22] = [
        b"sal", b"rum", b"dnr", b"lgh", b"bus", b"nya", b"och", b"hus", b"dag", b"max", b"min", b"tel",
        b"art", b"sek", b"kod", b"ska", b"man", b"per", b"cad", b"log", b"epa", b"gps",
    ];
    let small = words.small(index);
    small.len() == 3 && OTHER.contains(&small)
}
