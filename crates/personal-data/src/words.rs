//! The words of a text: where they stand, how they are written, and on which of the guard's lists they are.

use crate::lexicon::Lexicon;
use crate::marks::{Mark, Marks};
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
    /// All that its bytes are.
    signs: u8,
    /// Where its marks stand.
    marks: usize,
}

impl Word {
    /// There is a digit in it.
    pub(crate) const fn has_digit(&self) -> bool {
        self.signs & DIGIT != 0
    }

    /// Nothing but letters that stand for digits.
    pub(crate) const fn is_slip(&self) -> bool {
        self.signs & !SMALL == SLIP
    }
}

/// The words of one text, one after another.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a [u8],
    lower: Vec<u8>,
    all: Vec<Word>,
    /// The marks of the words, none first: words without any share them.
    marks: Vec<Marks>,
    /// The marks of all words together.
    any: Marks,
    numbered: Vec<usize>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a NormalText, lexicon: &Lexicon) -> Self {
        let text = text.bytes();
        let mut words = Self {
            text,
            lower: lower_cased(text),
            all: Vec::with_capacity(text.len() / 5),
            marks: Vec::with_capacity(text.len() / 8 + 1),
            any: Marks::default(),
            numbered: Vec::new(),
        };
        words.marks.push(Marks::default());
        let mut last = 0;
        while let Some(start) = next_word(text, last) {
            last = words.push(last, start, lexicon);
        }
        words
    }

    /// Reads the word that starts here, and tells where it ends.
    fn push(&mut self, last: usize, start: usize, lexicon: &Lexicon) -> usize {
        let (end, signs) = word_end(self.text, start);
        let written = self.text.get(start..end).unwrap_or_default();
        if signs & DIGIT != 0 {
            self.numbered.push(self.all.len());
        }
        // No list holds bare numbers.
        let marks = if signs == DIGIT { 0 } else { self.look_up(start, end, lexicon) };
        let gap = gap(self.text.get(last..start).unwrap_or_default(), last == 0, written);
        self.all.push(Word { start, end, writing: writing(written, signs), gap, signs, marks });
        end
    }

    fn look_up(&mut self, start: usize, end: usize, lexicon: &Lexicon) -> usize {
        let none = self.marks.len();
        let small = self.lower.get(start..end).unwrap_or_default();
        lexicon.look_up(small, |found| match self.marks.get_mut(none) {
            Some(marks) => marks.join(found),
            None => self.marks.push(*found),
        });
        self.marks.get(none).map_or(0, |marks| {
            self.any.join(marks);
            none
        })
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

    /// Whether the word bears a mark.
    pub(crate) fn is_on(&self, index: usize, mark: Mark) -> bool {
        self.get(index).and_then(|word| self.marks.get(word.marks)).is_some_and(|marks| marks.has(mark))
    }

    /// Whether each of these marks is borne by some word of the text.
    pub(crate) fn bear(&self, marks: &Marks) -> bool {
        self.any.has_all(marks)
    }

    /// Every word that bears a mark.
    pub(crate) fn marked(&self) -> impl Iterator<Item = (usize, &Marks)> {
        let marked = self.all.iter().enumerate().filter(|(_, word)| word.marks > 0);
        marked.filter_map(|(index, word)| Some((index, self.marks.get(word.marks)?)))
    }

    /// The words that bear this mark.
    pub(crate) fn on(&self, mark: Mark) -> impl Iterator<Item = usize> {
        let some = self.any.has(mark).then(|| self.marked()).into_iter().flatten();
        some.filter(move |(_, marks)| marks.has(mark)).map(|(index, _)| index)
    }

    /// The words that begin less than so many bytes before one with a digit, and those with one.
    pub(crate) fn near_numbers(&self, reach: usize) -> impl Iterator<Item = (usize, &Word)> {
        let mut free = 0;
        let near = self.numbered().flat_map(move |(numbered, word)| {
            let is_near =
                |index: &usize| self.get(*index).is_some_and(|other| other.start + reach > word.start);
            let before = (free..numbered).rev().take_while(is_near).count();
            free = numbered + 1;
            numbered - before..=numbered
        });
        near.filter_map(|index| Some((index, self.get(index)?)))
    }

    /// The words with a digit in them.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.numbered.iter().filter_map(|index| Some((*index, self.get(*index)?)))
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
    pub(crate) fn has_before(&self, index: usize, reach: usize, list: Mark) -> bool {
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
    pub(crate) fn has_after(&self, index: usize, reach: usize, list: Mark) -> bool {
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
/// A letter that a scanner or a hasty hand writes for a digit.
const SLIP: u8 = 4;
const OTHER: u8 = 8;

const fn sign(byte: u8) -> u8 {
    match byte {
        b'o' | b'i' | b'l' => SMALL | SLIP,
        b'O' | b'I' | b'Z' | b'S' | b'B' => SLIP,
        b'a'..=b'z' => SMALL | OTHER,
        b'0'..=b'9' => DIGIT,
        b'A'..=b'Z' | 0x80.. => OTHER,
        _ => 0,
    }
}

/// Looked up for every byte of every text.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let (mut rest, mut byte): (&mut [u8], u8) = (&mut signs, 0);
    while let Some((first, after)) = rest.split_first_mut() {
        *first = sign(byte);
        byte = byte.wrapping_add(1);
        rest = after;
    }
    signs
};

fn sign_of(byte: u8) -> u8 {
    SIGNS.get(usize::from(byte)).copied().unwrap_or_default()
}

fn next_word(text: &[u8], from: usize) -> Option<usize> {
    Some(from + text.get(from..)?.iter().position(|byte| is_word(*byte))?)
}

/// Where a word ends, and all that its bytes are.
fn word_end(text: &[u8], start: usize) -> (usize, u8) {
    let (mut end, mut signs) = (start, 0);
    for byte in text.get(start..).unwrap_or_default() {
        let sign = sign_of(*byte);
        if sign == 0 {
            break;
        }
        signs |= sign;
        end += 1;
    }
    (end, signs)
}

pub(crate) fn is_word(byte: u8) -> bool {
    sign_of(byte) != 0
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
