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
    // Without a way out of the loop it is made of vector instructions, and hardly a text has anything to find.
    if !text.bytes().fold(false, |any, byte| any | may_begin_invalid(byte)) {
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

/// First bytes of the characters refused below; E2 also begins common punctuation, which costs one closer look.
const fn may_begin_invalid(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=31 | 0x7F | 0xC2 | 0xE2)
}

fn is_invalid(character: char) -> bool {
    match character {
        '\t' | '\n' | '\u{85}' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}
