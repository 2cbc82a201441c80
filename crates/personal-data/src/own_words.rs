//! Names of a programme's own streets, schools, parks and firms: named after persons, but no persons.

use std::collections::HashMap;
use std::ops::Range;

use crate::words::is_word;

/// How many words before a place the name that covers it may begin.
const WORDS_BEFORE: usize = 6;

/// Whole phrases that are never read as a person's name, in any case and in the genitive too.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    /// In small letters, by their first word.
    phrases: HashMap<String, Vec<String>>,
}

impl OwnWords {
    /// The names of the places, as they are written.
    pub fn new(places: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut phrases: HashMap<String, Vec<String>> = HashMap::new();
        for place in places {
            let place = place.as_ref().trim().to_lowercase();
            let first = place.bytes().position(|byte| !is_word(byte)).unwrap_or(place.len());
            if let Some(word) = place.get(..first).filter(|word| !word.is_empty()) {
                phrases.entry(word.to_owned()).or_default().push(place);
            }
        }
        Self { phrases }
    }

    /// Whether one of the names is written over this place of a text in small letters.
    pub(crate) fn cover(&self, text: &[u8], place: Range<usize>) -> bool {
        if self.phrases.is_empty() {
            return false;
        }
        let mut start = place.start;
        for _ in 0..WORDS_BEFORE {
            if self.begins(text, start, place.end) {
                return true;
            }
            let Some(before) = word_before(text, start) else { return false };
            start = before;
        }
        false
    }

    fn begins(&self, text: &[u8], start: usize, end: usize) -> bool {
        let rest = text.get(start..).unwrap_or_default();
        let word = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        let word = rest.get(..word).and_then(|word| str::from_utf8(word).ok()).unwrap_or_default();
        let phrases = self.phrases.get(word).or_else(|| self.phrases.get(word.strip_suffix('s')?));
        phrases.into_iter().flatten().any(|phrase| {
            let after = rest.get(phrase.len()..).unwrap_or_default();
            let after = after.strip_prefix(b"s").unwrap_or(after);
            let whole =
                rest.starts_with(phrase.as_bytes()) && after.first().is_none_or(|byte| !is_word(*byte));
            whole && start + phrase.len() + 1 >= end
        })
    }
}

fn word_before(text: &[u8], start: usize) -> Option<usize> {
    let before = text.get(..start)?;
    let end = before.iter().rposition(|byte| is_word(*byte))? + 1;
    let letters = before.get(..end)?.iter().rev().take_while(|byte| is_word(**byte)).count();
    Some(end - letters)
}
