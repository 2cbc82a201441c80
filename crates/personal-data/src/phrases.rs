//! Finds the phrases of the book in a text.

use std::ops::Range;

use crate::Class;
use crate::candidate::Found;
use crate::normal_text::NormalText;
use crate::phrase_book::{Part, PhraseBook, Way, Written};
use crate::policy::Ground;
use crate::words::{Words, Writing};

/// Tells what is said in a text, but for what is said to the contrary. Phrases of one class that overlap are one.
pub(crate) fn find(words: &Words<'_>, book: &PhraseBook, text: &NormalText, found: &mut Vec<Found>) {
    let (mut said, mut contrary) = (Vec::new(), Vec::new());
    for (index, marks) in words.marked() {
        book.phrases.beginning_with(marks, |phrase| {
            let Some(reading) = read(&phrase.way, words, Reading::from(index)) else { return };
            if phrase.contrary {
                contrary.push((phrase.class, index..reading.at));
            } else {
                let reported = reading.opened.unwrap_or(index)..reading.closed.unwrap_or(reading.at);
                said.push((phrase.class, reported));
            }
        });
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
    /// The word that it began with in this sentence.
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

/// Reads a way where the text may hold it at all.
fn read(way: &Way, words: &Words<'_>, reading: Reading) -> Option<Reading> {
    words.bear(&way.needs).then(|| read_parts(&way.parts, words, reading)).flatten()
}

/// Reads the parts one after another; where there is a choice, the shorter way is tried after the longer.
fn read_parts(parts: &[Part], words: &Words<'_>, reading: Reading) -> Option<Reading> {
    let Some((part, rest)) = parts.split_first() else { return Some(reading) };
    let either = |fits: bool, optional: bool| {
        let with = fits.then(|| read_parts(rest, words, reading.on())).flatten();
        with.or_else(|| optional.then(|| read_parts(rest, words, reading)).flatten())
    };
    let here = reading.goes_on(words);
    match part {
        Part::Open => read_parts(rest, words, Reading { opened: Some(reading.at), ..reading }),
        Part::Close => read_parts(rest, words, Reading { closed: Some(reading.at), ..reading }),
        Part::NextSentence => {
            let ended = reading.at > reading.first && !reading.goes_on(words);
            ended.then(|| read_parts(rest, words, Reading { first: reading.at, ..reading })).flatten()
        }
        Part::Word { mark, optional } => either(here && words.is_on(reading.at, *mark), *optional),
        Part::Written { writing, optional } => {
            let fits = words.get(reading.at).is_some_and(|word| is_written(word.writing, *writing));
            either(here && fits, *optional)
        }
        Part::Either { begins, ways } => {
            let fits = here && words.is_on(reading.at, *begins);
            fits.then(|| ways.iter().find_map(|way| read(way, words, reading))).flatten()
        }
        Part::Any { most, but } => {
            let wanted = rest.iter().find(|part| **part != Part::Open).and_then(Part::begins);
            let mut reading = reading;
            for _ in 0..=*most {
                let may_end = wanted.is_none_or(|wanted| words.is_on(reading.at, wanted));
                let ended = may_end.then(|| read_parts(rest, words, reading)).flatten();
                if ended.is_some() {
                    return ended;
                }
                if !reading.goes_on(words) || but.is_some_and(|but| words.is_on(reading.at, but)) {
                    return None;
                }
                reading = reading.on();
            }
            None
        }
    }
}
