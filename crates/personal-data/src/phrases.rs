//! Finds the phrases of the book in a text.

use std::ops::Range;

use crate::Class;
use crate::candidate::Found;
use crate::lexicon::ListId;
use crate::normal_text::NormalText;
use crate::phrase_book::{Part, PhraseBook, Written};
use crate::policy::Ground;
use crate::words::{Words, Writing};

/// Tells what is said in a text, but for what is said to the contrary. Phrases of one class that overlap are one.
pub(crate) fn find(words: &Words<'_>, book: &PhraseBook, text: &NormalText, found: &mut Vec<Found>) {
    let (mut said, mut contrary) = (Vec::new(), Vec::new());
    for (index, list) in words.listed() {
        let goes_on = |phrase: &&usize| {
            let second = book.seconds.get(**phrase).copied().unwrap_or(u128::MAX);
            second == u128::MAX || words.is_marked(index + 1, second)
        };
        let begun = book.beginning_with(list).iter().filter(goes_on);
        for phrase in begun.filter_map(|phrase| book.phrases.get(*phrase)) {
            let Some(reading) = read(&phrase.parts, words, Reading::from(index)) else { continue };
            if phrase.contrary {
                contrary.push((phrase.class, index..reading.at));
            } else {
                let reported = reading.opened.unwrap_or(index)..reading.closed.unwrap_or(reading.at);
                said.push((phrase.class, reported));
            }
        }
    }
    merge(&mut contrary);
    said.retain(|said| !is_denied(said, &contrary));
    merge(&mut said);
    found.extend(said.into_iter().filter_map(|(class, reported)| {
        let (first, last) = (words.get(reported.start)?, words.get(reported.end.checked_sub(1)?)?);
        let (start, end) = (text.source_start(first.start), text.source_end(last.end));
        Some(Found { start, end, class, ground: Ground::Wording })
    }));
}

/// Words of a class.
type Told = (Class, Range<usize>);

/// In order, and of those that overlap one.
fn merge(told: &mut Vec<Told>) {
    told.sort_unstable_by_key(|(class, words)| (*class, words.start, words.end));
    told.dedup_by(|later, earlier| {
        let one = overlap(later, earlier);
        if one {
            earlier.1.end = earlier.1.end.max(later.1.end);
        }
        one
    });
}

/// The contrary is in order, so that only the first one that does not end before needs a look.
fn is_denied(said: &Told, contrary: &[Told]) -> bool {
    let first = contrary.partition_point(|(class, words)| (*class, words.end) <= (said.0, said.1.start));
    contrary.get(first).is_some_and(|contrary| overlap(said, contrary))
}

fn overlap(one: &Told, other: &Told) -> bool {
    one.0 == other.0 && one.1.start < other.1.end && other.1.start < one.1.end
}

/// How far a phrase has been read.
#[derive(Debug, Clone, Copy)]
struct Reading {
    first: usize,
    at: usize,
    opened: Option<usize>,
    closed: Option<usize>,
}

impl Reading {
    const fn from(index: usize) -> Self {
        Self { first: index, at: index, opened: None, closed: None }
    }

    const fn on(self) -> Self {
        Self { at: self.at + 1, ..self }
    }

    /// There is a word here, in the sentence that the phrase began in.
    fn goes_on(self, words: &Words<'_>) -> bool {
        self.at < words.len() && (self.at == self.first || words.follows(self.at))
    }
}

fn is_written(word: Writing, wanted: Written) -> bool {
    match wanted {
        Written::Capital => matches!(word, Writing::Capital | Writing::Capitals),
        Written::Number => word == Writing::Number,
    }
}

fn is_on_one(words: &Words<'_>, at: usize, lists: &[ListId], marks: u128) -> bool {
    words.is_marked(at, marks) && words.lists(at).any(|list| lists.contains(&list))
}

/// Reads the parts one after another; where there is a choice, the shorter way is tried after the longer.
fn read(parts: &[Part], words: &Words<'_>, reading: Reading) -> Option<Reading> {
    let Some((part, rest)) = parts.split_first() else { return Some(reading) };
    let here = reading.goes_on(words);
    match part {
        Part::Open => read(rest, words, Reading { opened: Some(reading.at), ..reading }),
        Part::Close => read(rest, words, Reading { closed: Some(reading.at), ..reading }),
        Part::Word { lists, marks, optional } => {
            let fits = here && is_on_one(words, reading.at, lists, *marks);
            let with = fits.then(|| read(rest, words, reading.on())).flatten();
            with.or_else(|| optional.then(|| read(rest, words, reading)).flatten())
        }
        Part::Written { writing, optional } => {
            let fits = here && words.get(reading.at).is_some_and(|word| is_written(word.writing, *writing));
            let with = fits.then(|| read(rest, words, reading.on())).flatten();
            with.or_else(|| optional.then(|| read(rest, words, reading)).flatten())
        }
        Part::Either { begins, marks, ways } => {
            let fits = here && is_on_one(words, reading.at, begins, *marks);
            fits.then(|| ways.iter().find_map(|way| read(way, words, reading))).flatten()
        }
        Part::Any { most, but } => {
            let mut reading = reading;
            let parted = |at| but.is_some_and(|list| words.is_on(at, list));
            let wanted = rest.iter().find(|part| **part != Part::Open).map_or(u128::MAX, Part::marks);
            let may_end = |at| wanted == u128::MAX || words.is_marked(at, wanted);
            for _ in 0..=*most {
                let ended = may_end(reading.at).then(|| read(rest, words, reading)).flatten();
                if ended.is_some() {
                    return ended;
                }
                if !reading.goes_on(words) || parted(reading.at) {
                    return None;
                }
                reading = reading.on();
            }
            None
        }
    }
}
