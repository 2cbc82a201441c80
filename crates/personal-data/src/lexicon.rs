//! Which of the guard's lists a word is on. Lists hold whole words, beginnings (`mening*`) and endings (`*gatan`).

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ListId(pub(crate) u16);

impl ListId {
    /// One of the bits that tell quickly of a word that it is on none of several lists.
    pub(crate) const fn mark(self) -> u128 {
        1 << (self.0 % 128)
    }
}

/// Beginnings and endings have at least this many bytes, by which they are found.
pub(crate) const PART_BYTES_MIN: usize = 3;

type Map<K, V> = HashMap<K, V, FixedState>;
/// Parts of words, by their outermost bytes.
type Parts = Map<[u8; PART_BYTES_MIN], Vec<(Box<[u8]>, ListId)>>;

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    whole: Map<Box<[u8]>, Vec<ListId>>,
    beginnings: Parts,
    endings: Parts,
}

impl Lexicon {
    /// Puts an entry on a list: `word`, `beginning*` or `*ending`, in small letters.
    pub(crate) fn add(&mut self, entry: &str, list: ListId) {
        debug_assert!(
            !entry.bytes().all(|byte| byte.is_ascii_digit()),
            "{entry}: bare numbers are not looked up"
        );
        let (word, parts) = if let Some(beginning) = entry.strip_suffix('*') {
            (beginning, beginning.as_bytes().first_chunk().map(|key| (&mut self.beginnings, key)))
        } else if let Some(ending) = entry.strip_prefix('*') {
            (ending, ending.as_bytes().last_chunk().map(|key| (&mut self.endings, key)))
        } else {
            self.whole.entry(entry.as_bytes().into()).or_default().push(list);
            return;
        };
        debug_assert!(parts.is_some(), "{entry} is too short for a part of a word");
        if let Some((parts, key)) = parts {
            parts.entry(*key).or_default().push((word.as_bytes().into(), list));
        }
    }

    /// Tells the lists that a word in small letters is on.
    pub(crate) fn look_up(&self, word: &[u8], mut tell: impl FnMut(ListId)) {
        if let Some(whole) = self.whole.get(word) {
            whole.iter().copied().for_each(&mut tell);
        }
        if let Some(parts) = word.first_chunk().and_then(|key| self.beginnings.get(key)) {
            parts.iter().filter(|(part, _)| word.starts_with(part)).for_each(|(_, list)| tell(*list));
        }
        if let Some(parts) = word.last_chunk().and_then(|key| self.endings.get(key)) {
            parts.iter().filter(|(part, _)| word.ends_with(part)).for_each(|(_, list)| tell(*list));
        }
    }
}
