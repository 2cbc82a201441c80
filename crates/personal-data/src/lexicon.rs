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
/// The outermost bytes of a word.
type Key = [u8; PART_BYTES_MIN];

/// A part of a word, and the list it stands on.
type Part = (Box<[u8]>, ListId);

/// Parts of words, by their outermost bytes.
#[derive(Debug, Default)]
struct Parts {
    parts: Map<Key, Vec<Part>>,
    /// Which keys there may be, a bit for each place that they are strewn over: most words are turned away by it.
    seen: Vec<u64>,
}

impl Parts {
    /// Bits; the table fits in the nearest cache.
    const PLACES: usize = 1 << 15;

    fn place(key: Key) -> (usize, u64) {
        let [one, two, three] = key.map(usize::from);
        let place = (one ^ (two << 5) ^ (three << 10)) % Self::PLACES;
        (place / 64, 1 << (place % 64))
    }

    fn add(&mut self, key: Key, part: &str, list: ListId) {
        self.seen.resize(Self::PLACES / 64, 0);
        let (at, bit) = Self::place(key);
        if let Some(seen) = self.seen.get_mut(at) {
            *seen |= bit;
        }
        self.parts.entry(key).or_default().push((part.as_bytes().into(), list));
    }

    fn with(&self, key: Key) -> &[Part] {
        let (at, bit) = Self::place(key);
        if self.seen.get(at).is_none_or(|seen| seen & bit == 0) {
            return &[];
        }
        self.parts.get(&key).map(Vec::as_slice).unwrap_or_default()
    }
}

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
        let (part, parts, key) = if let Some(beginning) = entry.strip_suffix('*') {
            (beginning, &mut self.beginnings, beginning.as_bytes().first_chunk())
        } else if let Some(ending) = entry.strip_prefix('*') {
            (ending, &mut self.endings, ending.as_bytes().last_chunk())
        } else {
            self.whole.entry(entry.as_bytes().into()).or_default().push(list);
            return;
        };
        debug_assert!(key.is_some(), "{entry} is too short for a part of a word");
        if let Some(key) = key {
            parts.add(*key, part, list);
        }
    }

    /// Tells the lists that a word in small letters is on.
    pub(crate) fn look_up(&self, word: &[u8], mut tell: impl FnMut(ListId)) {
        if let Some(whole) = self.whole.get(word) {
            whole.iter().copied().for_each(&mut tell);
        }
        if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            let begins = self.beginnings.with(*first).iter().filter(|(part, _)| word.starts_with(part));
            let ends = self.endings.with(*last).iter().filter(|(part, _)| word.ends_with(part));
            begins.chain(ends).for_each(|(_, list)| tell(*list));
        }
    }
}
