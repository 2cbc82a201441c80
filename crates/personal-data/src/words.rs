//! The words of a text: where they stand, how they are written, and on which of the guard's lists they are.

use std::ops::Range;

use crate::lexicon::{Lexicon, ListId};
use crate::normal_text::NormalText;

/// How a word is written. A single letter is a capital one when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    Small,
    Capital,
    /// More than one letter, all of them capitals.
    Capitals,
    /// Begins with a digit.
    Number,
}

/// What lies between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    Space,
    Hyphen,
    /// A comma, a bracket, a quotation mark or the like.
    Sign,
    /// The word begins a sentence.
    Stop,
}

/// Letters and digits written together.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) writing: Writing,
    pub(crate) gap: Gap,
    lists: Range<usize>,
}

/// The words of one text, one after another.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a [u8],
    lower: Vec<u8>,
    all: Vec<Word>,
    lists: Vec<ListId>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a NormalText, lexicon: &Lexicon) -> Self {
        let text = text.bytes();
        let lower = lower_cased(text);
        let (mut words, mut lists) = (Vec::with_capacity(text.len() / 6), Vec::with_capacity(64));
        let mut at = 0;
        let mut last = 0;
        while let Some(start) = text.get(at..).and_then(|rest| rest.iter().position(|byte| is_word(*byte))) {
            let start = at + start;
            let rest = text.get(start..).unwrap_or_default();
            let end = start + rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
            let first_list = lists.len();
            lexicon.look_up(lower.get(start..end).unwrap_or_default(), &mut lists);
            words.push(Word {
                start,
                end,
                writing: writing(text.get(start..end).unwrap_or_default()),
                gap: gap(text.get(last..start).unwrap_or_default(), last == 0, text.get(start..)),
                lists: first_list..lists.len(),
            });
            (at, last) = (end, end);
        }
        Self { text, lower, all: words, lists }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Word> {
        self.all.get(index)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.all.iter().enumerate()
    }

    /// The word in small letters.
    pub(crate) fn small(&self, index: usize) -> &[u8] {
        self.get(index).and_then(|word| self.lower.get(word.start..word.end)).unwrap_or_default()
    }

    /// The whole text in small letters; places are those of the text.
    pub(crate) fn small_text(&self) -> &[u8] {
        &self.lower
    }

    pub(crate) fn lists(&self, index: usize) -> &[ListId] {
        self.get(index).and_then(|word| self.lists.get(word.lists.clone())).unwrap_or_default()
    }

    pub(crate) fn is_on(&self, index: usize, list: ListId) -> bool {
        self.lists(index).contains(&list)
    }

    /// The word stands in the sentence of the one before it.
    pub(crate) fn follows(&self, index: usize) -> bool {
        self.get(index).is_some_and(|word| word.gap != Gap::Stop)
    }

    /// The first word that ends behind a place of the text.
    pub(crate) fn at(&self, place: usize) -> usize {
        self.all.partition_point(|word| word.end <= place)
    }

    /// Whether a word of the list stands among the `reach` words before this one, in its sentence.
    pub(crate) fn has_before(&self, index: usize, reach: usize, list: ListId) -> bool {
        let nearest = (index.saturating_sub(reach)..index).rev();
        let mut later = index;
        for word in nearest {
            if !self.follows(later) {
                return false;
            }
            if self.is_on(word, list) {
                return true;
            }
            later = word;
        }
        false
    }

    /// Whether a word of the list stands among the `reach` words from this one on, in the sentence.
    pub(crate) fn has_after(&self, index: usize, reach: usize, list: ListId) -> bool {
        (index..self.len())
            .take(reach)
            .take_while(|word| self.follows(*word))
            .any(|word| self.is_on(word, list))
    }
}

/// In UTF-8 the second byte of å, ä and ö is that of Å, Ä and Ö and 32, as it is with the letters of ASCII.
fn lower_cased(text: &[u8]) -> Vec<u8> {
    let mut lower = text.to_ascii_lowercase();
    let mut latin = false;
    for byte in &mut lower {
        if latin && matches!(*byte, 0x80..=0x9E) {
            *byte += 32;
        }
        latin = *byte == 0xC3;
    }
    lower
}

pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn writing(word: &[u8]) -> Writing {
    let capital = |at: usize| match (word.get(at), word.get(at + 1)) {
        (Some(byte), _) if byte.is_ascii_uppercase() => true,
        (Some(0xC3), Some(second)) => matches!(second, 0x80..=0x9E),
        _ => false,
    };
    let second = if word.first().is_some_and(u8::is_ascii) { 1 } else { 2 };
    if word.first().is_some_and(u8::is_ascii_digit) {
        Writing::Number
    } else if capital(0) && word.len() > second {
        let small = word.iter().any(u8::is_ascii_lowercase);
        if small || !capital(second) { Writing::Capital } else { Writing::Capitals }
    } else if capital(0) {
        Writing::Capital
    } else {
        Writing::Small
    }
}

/// A full stop ends a sentence when a space and a capital letter follow it: "kl. 17" and "f. d." go on.
fn gap(between: &[u8], first: bool, rest: Option<&[u8]>) -> Gap {
    let next = rest.map(|rest| writing(rest.get(..rest.len().min(2)).unwrap_or_default()));
    let goes_on = matches!(next, Some(Writing::Small | Writing::Number));
    let ends =
        |byte: &u8| matches!(byte, b'!' | b'?' | b';') || (*byte == b'.' && !goes_on && between.len() > 1);
    if first || between.iter().any(ends) {
        Gap::Stop
    } else if between.iter().all(|byte| *byte == b' ') {
        Gap::Space
    } else if between == b"-" {
        Gap::Hyphen
    } else {
        Gap::Sign
    }
}
