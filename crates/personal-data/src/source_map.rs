//! The way back from the normal text to the original: bytes there, code points here.

/// Code points are counted up to the beginning of each block of so many bytes.
const BLOCK_BYTES: usize = 64;

#[derive(Debug)]
pub(crate) enum SourceMap {
    /// Every byte stands where it stood; this many code points begin before each block.
    Same(Vec<usize>),
    /// In the order of the text.
    Pieces(Vec<Piece>),
}

/// A stretch of the normal text and where it came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) at: usize,
    pub(crate) source: usize,
    /// The number of code points it stands for; none for a run of ASCII, which maps one to one.
    pub(crate) cluster: Option<usize>,
}

impl SourceMap {
    pub(crate) fn same(bytes: &[u8]) -> Self {
        let counts = bytes.chunks(BLOCK_BYTES).map(code_points);
        Self::Same(
            counts
                .scan(0, |sum, count| {
                    let before = *sum;
                    *sum += count;
                    Some(before)
                })
                .collect(),
        )
    }

    /// The code point at which the cluster of this byte starts.
    pub(crate) fn start(&self, bytes: &[u8], byte: usize) -> usize {
        match self {
            Self::Same(blocks) => count(blocks, bytes, byte + 1).saturating_sub(1),
            Self::Pieces(pieces) => piece_of(pieces, byte).map_or(byte, |piece| match piece.cluster {
                Some(_) => piece.source,
                None => piece.source + (byte - piece.at),
            }),
        }
    }

    /// The code point after the cluster of the last byte before `end`.
    pub(crate) fn end(&self, bytes: &[u8], end: usize) -> usize {
        let last = end.saturating_sub(1);
        match self {
            Self::Same(blocks) => count(blocks, bytes, end),
            Self::Pieces(pieces) => piece_of(pieces, last).map_or(end, |piece| match piece.cluster {
                Some(length) => piece.source + length,
                None => piece.source + (last - piece.at) + 1,
            }),
        }
    }
}

fn piece_of(pieces: &[Piece], byte: usize) -> Option<&Piece> {
    let after = pieces.partition_point(|piece| piece.at <= byte);
    pieces.get(after.checked_sub(1)?)
}

/// The code points that begin before a place.
fn count(blocks: &[usize], bytes: &[u8], place: usize) -> usize {
    let block = place / BLOCK_BYTES;
    let (block, from) = match blocks.get(block) {
        Some(before) => (*before, block * BLOCK_BYTES),
        None => (0, 0),
    };
    block + bytes.get(from..place).map_or(0, code_points)
}

fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}
