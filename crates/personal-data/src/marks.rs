//! What may be asked of a word, answered by a bit: whether it is on one of certain lists.

use std::iter;

/// One question: whether a word is on one of the lists that the mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Mark {
    block: usize,
    bit: u64,
}

impl Mark {
    /// The mark of that number.
    pub(crate) const fn new(number: usize) -> Self {
        Self { block: number / BITS, bit: 1 << (number % BITS) }
    }

    pub(crate) fn number(self) -> usize {
        self.block * BITS + usize::try_from(self.bit.trailing_zeros()).unwrap_or_default()
    }
}

const BITS: usize = 64;
const BLOCKS: usize = 16;

/// All marks that a word bears, or all the words of a text together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Marks([u64; BLOCKS]);

impl Marks {
    /// There can be no more marks than this.
    pub(crate) const MOST: usize = BLOCKS * BITS;

    pub(crate) fn add(&mut self, mark: Mark) {
        if let Some(block) = self.0.get_mut(mark.block) {
            *block |= mark.bit;
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        iter::zip(&mut self.0, &other.0).for_each(|(block, other)| *block |= other);
    }

    pub(crate) fn common(self, other: Self) -> Self {
        let mut common = self;
        iter::zip(&mut common.0, &other.0).for_each(|(block, other)| *block &= other);
        common
    }

    pub(crate) fn meets(&self, others: &Self) -> bool {
        iter::zip(&self.0, &others.0).fold(0, |common, (block, other)| common | (block & other)) != 0
    }

    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.0.get(mark.block).is_some_and(|block| block & mark.bit != 0)
    }

    pub(crate) fn has_all(&self, others: &Self) -> bool {
        iter::zip(&self.0, &others.0).fold(0, |missing, (block, other)| missing | (other & !block)) == 0
    }

    /// Tells the number of each mark.
    pub(crate) fn each(self, mut tell: impl FnMut(usize)) {
        for (block, mut bits) in self.0.into_iter().enumerate() {
            while bits != 0 {
                tell(block * BITS + usize::try_from(bits.trailing_zeros()).unwrap_or_default());
                bits &= bits - 1;
            }
        }
    }
}
