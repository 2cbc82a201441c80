//! What the guard's lists say of a word. Lists hold whole words, beginnings (`mening*`) and endings (`*gatan`).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use foldhash::fast::FixedState;

use crate::marks::Marks;

/// Beginnings and endings have at least this many bytes, by which they are found.
pub(crate) const PART_BYTES_MIN: usize = 3;

const EIGHT: usize = 8;

/// A word in three numbers, which are compared at once; no list holds a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spelling([u64; 3]);

impl Spelling {
    const BYTES_MAX: usize = 3 * EIGHT;

    fn of(word: &[u8]) -> Option<Self> {
        let part = |from: usize| word.get(from..).map_or(0, first_eight);
        (word.len() <= Self::BYTES_MAX).then(|| Self([first_eight(word), part(EIGHT), part(2 * EIGHT)]))
    }
}

impl Hash for Spelling {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|part| state.write_u64(*part));
    }
}

/// The first eight bytes, or all and zeros: no word holds a zero.
fn first_eight(word: &[u8]) -> u64 {
    if let Some(eight) = word.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    // Two pieces that overlap make a whole without a loop.
    let shift = |width: usize| 8 * (word.len() - width);
    if let (Some(head), Some(tail)) = (word.first_chunk(), word.last_chunk()) {
        return u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << shift(4);
    }
    if let (Some(head), Some(tail)) = (word.first_chunk(), word.last_chunk()) {
        return u64::from(u16::from_le_bytes(*head)) | u64::from(u16::from_le_bytes(*tail)) << shift(2);
    }
    word.first().copied().map_or(0, u64::from)
}

/// The last eight bytes, the last one first.
fn last_eight(word: &[u8]) -> u64 {
    match (word.last_chunk(), word.len()) {
        (Some(eight), _) => u64::from_be_bytes(*eight),
        (None, 0) => 0,
        (None, length) => first_eight(word).swap_bytes() >> (8 * (EIGHT - length)),
    }
}

/// A beginning or an ending.
#[derive(Debug)]
struct Part {
    /// Its outermost eight bytes, and which bits of those there are.
    outer: u64,
    mask: u64,
    whole: Box<[u8]>,
    /// Where its marks stand.
    borne: usize,
}

/// Parts of words in the order of their places, over which they are strewn by their outermost bytes. Most words are
/// turned away by a place without any.
#[derive(Debug)]
struct Parts {
    parts: Vec<Part>,
    /// Where the parts of each place begin.
    first: Vec<u16>,
}

impl Parts {
    const PLACES: usize = 1 << 11;

    fn place(outer: u64) -> usize {
        const OUTERMOST: u64 = (1 << (8 * PART_BYTES_MIN)) - 1;
        let strewn = (outer & OUTERMOST).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
        usize::try_from(strewn).unwrap_or_default() % Self::PLACES
    }

    fn new(mut parts: Vec<Part>) -> Self {
        parts.sort_by_key(|part| Self::place(part.outer));
        let before = |place: usize| parts.partition_point(|part| Self::place(part.outer) < place);
        let first =
            (0..=Self::PLACES).map(|place| u16::try_from(before(place)).unwrap_or(u16::MAX)).collect();
        Self { parts, first }
    }

    fn like(&self, outer: u64) -> impl Iterator<Item = &Part> {
        let place = Self::place(outer);
        let first = |place: usize| self.first.get(place).copied().map_or(0, usize::from);
        let parts = self.parts.get(first(place)..first(place + 1)).unwrap_or_default();
        parts.iter().filter(move |part| (part.outer ^ outer) & part.mask == 0)
    }
}

impl Part {
    fn new(part: &str, outer: u64, borne: usize) -> Self {
        debug_assert!(part.len() >= PART_BYTES_MIN, "{part} is too short for a part of a word");
        let bits = 8 * part.len().min(EIGHT);
        Self { outer, mask: u64::MAX >> (64 - bits), whole: part.as_bytes().into(), borne }
    }
}

/// All words and parts of words that bear a mark.
#[derive(Debug)]
pub(crate) struct Lexicon {
    whole: HashMap<Spelling, usize, FixedState>,
    beginnings: Parts,
    endings: Parts,
    /// The different marks that there are; many words bear the same.
    borne: Vec<Marks>,
}

impl Lexicon {
    /// Holds entries with their marks: `word`, `beginning*` or `*ending`, in small letters.
    pub(crate) fn new<'e>(entries: impl Iterator<Item = (&'e str, Marks)>) -> Self {
        let (mut whole, mut beginnings, mut endings) = (HashMap::default(), Vec::new(), Vec::new());
        let (mut borne, mut known) = (Vec::new(), HashMap::new());
        for (entry, marks) in entries {
            let bare = entry.bytes().all(|byte| byte.is_ascii_digit());
            debug_assert!(!bare, "{entry}: bare numbers are not looked up");
            let at = *known.entry(marks).or_insert_with(|| {
                borne.push(marks);
                borne.len() - 1
            });
            if let Some(part) = entry.strip_suffix('*') {
                beginnings.push(Part::new(part, first_eight(part.as_bytes()), at));
            } else if let Some(part) = entry.strip_prefix('*') {
                endings.push(Part::new(part, last_eight(part.as_bytes()), at));
            } else {
                let spelling = Spelling::of(entry.as_bytes());
                debug_assert!(spelling.is_some(), "{entry} is too long to be looked up");
                whole.extend(spelling.map(|spelling| (spelling, at)));
            }
        }
        Self { whole, beginnings: Parts::new(beginnings), endings: Parts::new(endings), borne }
    }

    /// Tells the marks of a word in small letters, which it may bear for several reasons.
    pub(crate) fn look_up(&self, word: &[u8], mut tell: impl FnMut(&Marks)) {
        let mut tell = |at: &usize| self.borne.get(*at).into_iter().for_each(&mut tell);
        if let Some(whole) = Spelling::of(word).and_then(|spelling| self.whole.get(&spelling)) {
            tell(whole);
        }
        let begins = self.beginnings.like(first_eight(word)).filter(|part| word.starts_with(&part.whole));
        begins.for_each(|part| tell(&part.borne));
        let ends = self.endings.like(last_eight(word)).filter(|part| word.ends_with(&part.whole));
        ends.for_each(|part| tell(&part.borne));
    }
}
