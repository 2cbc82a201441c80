//! Which texts are looked at at all: not too long, and without characters that hide what is written.

use crate::candidate::Found;
use crate::{Class, policy::Ground};

/// Longer texts belong in several fields; the bound also bounds what a screening may cost.
pub(crate) const CODE_POINTS_MAX: usize = 4_000;

/// The part beyond the limit, if there is one.
pub(crate) fn excess(text: &str) -> Option<Found> {
    // A text has at most as many code points as bytes, so most texts need no counting.
    if text.len() <= CODE_POINTS_MAX {
        return None;
    }
    let length = text.chars().count();
    (length > CODE_POINTS_MAX).then_some(Found {
        start: CODE_POINTS_MAX,
        end: length,
        class: Class::TooLong,
        ground: Ground::Certain,
    })
}

/// Runs of characters that no keyboard writes: controls, and marks that turn the reading direction.
pub(crate) fn invalid_characters(text: &str, found: &mut Vec<Found>) {
    if !may_hold_invalid(text.as_bytes()) {
        return;
    }
    let mut open: Option<usize> = None;
    let mut characters = text.chars().peekable();
    let mut at = 0;
    while let Some(character) = characters.next() {
        let line_break = character == '\r' && characters.peek() == Some(&'\n');
        match (is_invalid(character) && !line_break, open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                found.push(invalid(start, at));
                open = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
        at += 1;
    }
    if let Some(start) = open {
        found.push(invalid(start, at));
    }
}

const fn invalid(start: usize, end: usize) -> Found {
    Found { start, end, class: Class::InvalidCharacters, ground: Ground::Certain }
}

/// A quick look, which may be wrong only about line breaks and the like.
fn may_hold_invalid(text: &[u8]) -> bool {
    // Without a way out of the loop it is made of vector instructions, and hardly a text has anything to find.
    let control = text.iter().fold(false, |any, byte| any | matches!(byte, 0..=8 | 11..=31 | 0x7F));
    control
        || memchr::memchr2_iter(0xC2, 0xE2, text).any(|lead| {
            let next = text.get(lead + 1..).unwrap_or_default();
            matches!(next, [0x80..=0x9F, ..]) && (text.get(lead) == Some(&0xC2) || turns_direction(next))
        })
}

/// What follows E2 in the marks that turn the reading direction.
const fn turns_direction(next: &[u8]) -> bool {
    matches!(next, [0x80, 0xAA..=0xAE, ..] | [0x81, 0xA6..=0xA9, ..])
}

fn is_invalid(character: char) -> bool {
    match character {
        '\t' | '\n' | '\u{85}' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}
