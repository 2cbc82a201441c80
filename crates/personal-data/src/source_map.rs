//! The way back from the normal text to the original: bytes there, code points here.

/// The stretches of a normal text, in its order.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    pieces: Vec<Piece>,
    /// The code points that have been read.
    length: usize,
}

/// A stretch of the normal text and where it came from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: usize,
    source: usize,
    /// The number of code points it stands for; none for a run, which is written as it was.
    cluster: Option<usize>,
}

/// Within a run the code points are counted, so that a run is parted by so many bytes.
const RUN_BYTES_MAX: usize = 256;

impl SourceMap {
    /// The bytes of a run stand in the normal text from `at` on.
    pub(crate) fn push_run(&mut self, mut at: usize, run: &[u8]) {
        for part in run.chunks(RUN_BYTES_MAX) {
            self.pieces.push(Piece { at, source: self.length, cluster: None });
            self.length += code_points(part);
            at += part.len();
        }
    }

    /// So many code points were read as what stands from `at` on, or as nothing.
    pub(crate) fn push_cluster(&mut self, at: usize, end: usize, length: usize) {
        if end > at {
            self.pieces.push(Piece { at, source: self.length, cluster: Some(length) });
        }
        self.length += length;
    }

    /// The code point at which the cluster of this byte starts.
    pub(crate) fn start(&self, bytes: &[u8], byte: usize) -> usize {
        self.piece_of(byte).map_or(byte, |piece| match piece.cluster {
            Some(_) => piece.source,
            None => (piece.source + counted(bytes, piece.at, byte + 1)).saturating_sub(1),
        })
    }

    /// The code point after the cluster of the last byte before `end`.
    pub(crate) fn end(&self, bytes: &[u8], end: usize) -> usize {
        self.piece_of(end.saturating_sub(1)).map_or(end, |piece| match piece.cluster {
            Some(length) => piece.source + length,
            None => piece.source + counted(bytes, piece.at, end),
        })
    }

    fn piece_of(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= byte);
        self.pieces.get(after.checked_sub(1)?)
    }
}

fn counted(bytes: &[u8], from: usize, to: usize) -> usize {
    bytes.get(from..to).map_or(0, code_points)
}

/// How many code points begin here.
fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}
