//! The text as the detectors read it: one way to write each digit, dash, space and letter.
//! The original stays what is stored; a map leads each byte back to its place there.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::lookalikes;

/// Symbols that are neither letter nor known punctuation become this byte, so that a detector can tell letters
/// from symbols by the byte alone. No control character survives from the text itself.
pub(crate) const SYMBOL: u8 = 0x1A;

/// Valid UTF-8 in which all digits, dashes, spaces, quotation marks and full stops are ASCII.
#[derive(Debug)]
pub(crate) struct NormalText {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    source_length: usize,
}

/// A stretch of the normal text and where it came from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: usize,
    source: usize,
    /// The number of code points it stands for; none for a run of ASCII, which maps one to one.
    cluster: Option<usize>,
}

impl NormalText {
    pub(crate) fn new(text: &str) -> Self {
        let mut normal = Self {
            bytes: Vec::with_capacity(text.len()),
            // One letter in twenty is å, ä or ö in Swedish, and each ends one run and begins another.
            pieces: Vec::with_capacity(4 + text.len() / 8),
            source_length: 0,
        };
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            let (run, after) = rest.split_at(ascii);
            // A letter's accent may follow as a character of its own, and then they belong together.
            let held = usize::from(after.chars().next().is_some_and(extends_cluster)).min(ascii);
            let (run, _) = run.split_at(ascii - held);
            normal.push_run(run);
            let (_, tail) = rest.split_at(run.len());
            let (cluster, tail) = tail.split_at(cluster_length(tail));
            normal.push_cluster(cluster);
            rest = tail;
        }
        normal
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The original code point at which this byte's cluster starts.
    pub(crate) fn source_start(&self, byte: usize) -> usize {
        self.piece_of(byte).map_or(byte, |piece| match piece.cluster {
            Some(_) => piece.source,
            None => piece.source + (byte - piece.at),
        })
    }

    /// The original code point after the cluster of the last byte before `end`.
    pub(crate) fn source_end(&self, end: usize) -> usize {
        let last = end.saturating_sub(1);
        self.piece_of(last).map_or(end, |piece| match piece.cluster {
            Some(length) => piece.source + length,
            None => piece.source + (last - piece.at) + 1,
        })
    }

    fn piece_of(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= byte);
        self.pieces.get(after.checked_sub(1)?)
    }

    fn push_run(&mut self, run: &str) {
        if run.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: self.bytes.len(), source: self.source_length, cluster: None });
        self.bytes.extend(run.bytes().map(|byte| if byte < b' ' || byte == 0x7F { b' ' } else { byte }));
        self.source_length += run.len();
    }

    fn push_cluster(&mut self, cluster: &str) {
        let at = self.bytes.len();
        let mut characters = cluster.chars();
        let length = match (characters.next(), characters.next()) {
            (None, _) => return,
            (Some(letter), None) if is_plain_letter(letter) => {
                self.bytes.extend(cluster.bytes());
                1
            }
            (Some(only), None) => {
                // Most characters are their own compatibility form, and the full form is costly to make.
                match is_nfkc_quick(std::iter::once(only)) {
                    IsNormalized::Yes => self.push_folded(only),
                    IsNormalized::No | IsNormalized::Maybe => self.push_compatible(std::iter::once(only)),
                }
                1
            }
            (Some(_), Some(_)) => {
                self.push_compatible(cluster.chars());
                cluster.chars().count()
            }
        };
        if self.bytes.len() > at {
            self.pieces.push(Piece { at, source: self.source_length, cluster: Some(length) });
        }
        self.source_length += length;
    }

    fn push_compatible(&mut self, cluster: impl Iterator<Item = char>) {
        cluster.nfkc().for_each(|character| self.push_folded(character));
    }

    fn push_folded(&mut self, character: char) {
        if lookalikes::is_invisible(character) || is_combining_mark(character) {
            return;
        }
        let folded = lookalikes::fold(character);
        if folded.is_ascii() || folded.is_alphanumeric() {
            let mut encoded = [0; 4];
            self.bytes.extend(folded.encode_utf8(&mut encoded).bytes());
        } else {
            self.bytes.push(SYMBOL);
        }
    }
}

/// The letters of Latin-1, å ä ö among them, stay as they are; most Swedish text needs no other.
const fn is_plain_letter(character: char) -> bool {
    matches!(character, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{FF}')
}

/// Marks, variation selectors and the key-cap ring change the character before them.
fn extends_cluster(character: char) -> bool {
    character >= '\u{300}' && (is_combining_mark(character) || matches!(character, '\u{FE00}'..='\u{FE0F}'))
}

/// The length in bytes of the first character and all that extend it.
fn cluster_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    characters.find(|(_, character)| !extends_cluster(*character)).map_or(text.len(), |(index, _)| index)
}

#[cfg(test)]
mod tests;
