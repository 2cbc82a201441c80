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
    /// There is a digit in it.
    pub(crate) digit: bool,
    lists: Range<usize>,
    /// The marks of its lists.
    marks: u128,
}

/// The words of one text, one after another.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a [u8],
    lower: Vec<u8>,
    all: Vec<Word>,
    listed: Vec<Listed>,
}

/// A word is on a list; a word on several lists stands several times.
#[derive(Debug, Clone, Copy)]
struct Listed {
    list: ListId,
    word: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a NormalText, lexicon: &Lexicon) -> Self {
        let text = text.bytes();
        let lower = lower_cased(text);
        let (mut words, mut listed) =
            (Vec::with_capacity(text.len() / 5), Vec::with_capacity(text.len() / 5));
        let mut last = 0;
        while let Some(start) = next_word(text, last) {
            let (end, signs) = word_end(text, start);
            let (first, mut marks) = (listed.len(), 0);
            let word = words.len();
            let written = text.get(start..end).unwrap_or_default();
            // No list holds bare numbers.
            if signs != DIGIT {
                let small = lower.get(start..end).unwrap_or_default();
                lexicon.look_up(small, |list| {
                    marks |= list.mark();
                    listed.push(Listed { list, word });
                });
            }
            words.push(Word {
                start,
                end,
                writing: writing(written, signs),
                gap: gap(text.get(last..start).unwrap_or_default(), last == 0, written),
                digit: signs & DIGIT != 0,
                lists: first..listed.len(),
                marks,
            });
            last = end;
        }
        Self { text, lower, all: words, listed }
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

    /// The lists that a word is on.
    pub(crate) fn lists(&self, index: usize) -> impl Iterator<Item = ListId> {
        let listed = self.get(index).and_then(|word| self.listed.get(word.lists.clone()));
        listed.unwrap_or_default().iter().map(|listed| listed.list)
    }

    pub(crate) fn is_on(&self, index: usize, list: ListId) -> bool {
        self.is_marked(index, list.mark()) && self.lists(index).any(|other| other == list)
    }

    /// Whether the word may be on one of the lists with these marks; where it is not, it certainly is on none.
    pub(crate) fn is_marked(&self, index: usize, marks: u128) -> bool {
        self.get(index).is_some_and(|word| word.marks & marks != 0)
    }

    /// Every word that is on a list, with the list; those that are on none cost nothing.
    pub(crate) fn listed(&self) -> impl Iterator<Item = (usize, ListId)> {
        self.listed.iter().map(|listed| (listed.word, listed.list))
    }

    /// The words on one list.
    pub(crate) fn on(&self, list: ListId) -> impl Iterator<Item = usize> {
        self.listed.iter().filter(move |listed| listed.list == list).map(|listed| listed.word)
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
    for lead in memchr::memchr_iter(0xC3, text) {
        if let Some(byte @ 0x80..=0x9E) = lower.get_mut(lead + 1) {
            *byte += 32;
        }
    }
    lower
}

/// What a byte is in a word.
const DIGIT: u8 = 1;
const SMALL: u8 = 2;
const OTHER: u8 = 4;

const fn sign(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => SMALL,
        b'0'..=b'9' => DIGIT,
        b'A'..=b'Z' | 0x80.. => OTHER,
        _ => 0,
    }
}

fn next_word(text: &[u8], from: usize) -> Option<usize> {
    Some(from + text.get(from..)?.iter().position(|byte| is_word(*byte))?)
}

/// Where a word ends, and all that its bytes are.
fn word_end(text: &[u8], start: usize) -> (usize, u8) {
    let (mut end, mut signs) = (start, 0);
    for byte in text.get(start..).unwrap_or_default() {
        let sign = sign(*byte);
        if sign == 0 {
            break;
        }
        signs |= sign;
        end += 1;
    }
    (end, signs)
}

pub(crate) const fn is_word(byte: u8) -> bool {
    sign(byte) != 0
}

fn writing(word: &[u8], signs: u8) -> Writing {
    if word.first().is_some_and(u8::is_ascii_digit) {
        return Writing::Number;
    }
    if !begins_capital(word) {
        return Writing::Small;
    }
    let rest = word.get(if word.first().is_some_and(u8::is_ascii) { 1 } else { 2 }..).unwrap_or_default();
    if !rest.is_empty() && signs & SMALL == 0 && begins_capital(rest) {
        Writing::Capitals
    } else {
        Writing::Capital
    }
}

const fn begins_capital(word: &[u8]) -> bool {
    matches!(word, [b'A'..=b'Z', ..] | [0xC3, 0x80..=0x9E, ..])
}

/// A full stop ends a sentence when a space and a capital letter follow it: "kl. 17" and "f. d." go on.
fn gap(between: &[u8], first: bool, word: &[u8]) -> Gap {
    match between {
        _ if first => return Gap::Stop,
        b" " => return Gap::Space,
        b"-" => return Gap::Hyphen,
        _ => {}
    }
    let stops = between.len() > 1 && begins_capital(word);
    let ends = |byte: &u8| matches!(byte, b'!' | b'?' | b';') || (*byte == b'.' && stops);
    if between.iter().any(ends) {
        Gap::Stop
    } else if between.iter().all(|byte| *byte == b' ') {
        Gap::Space
    } else {
        Gap::Sign
    }
}
