//! The text as the detectors read it: one way to write each digit, dash, space and letter.
//! The original stays what is stored; a map leads each byte back to its place there.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::lookalikes;
use crate::source_map::{Piece, SourceMap};

/// Symbols that are neither letter nor known punctuation become this byte, so that a detector can tell letters
/// from symbols by the byte alone. No control character survives from the text itself.
pub(crate) const SYMBOL: u8 = 0x1A;

/// Valid UTF-8 in which all digits, dashes, spaces, quotation marks and full stops are ASCII.
#[derive(Debug)]
pub(crate) struct NormalText {
    bytes: Vec<u8>,
    map: SourceMap,
}

impl NormalText {
    pub(crate) fn new(text: &str) -> Self {
        if is_plain(text) {
            let mut bytes = Vec::new();
            push_spaced(text.as_bytes(), &mut bytes);
            return Self { bytes, map: SourceMap::same(text.as_bytes()) };
        }
        let read = Reading::of(text);
        Self { bytes: read.bytes, map: SourceMap::Pieces(read.pieces) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The original code point at which this byte's cluster starts.
    pub(crate) fn source_start(&self, byte: usize) -> usize {
        self.map.start(&self.bytes, byte)
    }

    /// The original code point after the cluster of the last byte before `end`.
    pub(crate) fn source_end(&self, end: usize) -> usize {
        self.map.end(&self.bytes, end)
    }
}

/// A text of ASCII and the letters of Latin-1 is its own normal form, and most Swedish text is that.
fn is_plain(text: &str) -> bool {
    // Of the characters whose first byte is C3 only the two arithmetic signs are no letters.
    let plain = |byte: u8| (byte < 0xC0 || byte == 0xC3) && byte != 0x97 && byte != 0xB7;
    text.bytes().fold(true, |all, byte| all & plain(byte))
}

/// Line breaks, tabs and all controls are spaces.
fn push_spaced(run: &[u8], bytes: &mut Vec<u8>) {
    let from = bytes.len();
    bytes.extend_from_slice(run);
    for byte in bytes.get_mut(from..).unwrap_or_default() {
        *byte = if *byte < b' ' || *byte == 0x7F { b' ' } else { *byte };
    }
}

/// A text that is being put in normal form.
struct Reading {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    source_length: usize,
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut read = Self {
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
            read.push_run(run);
            let (_, tail) = rest.split_at(run.len());
            let (cluster, tail) = tail.split_at(cluster_length(tail));
            read.push_cluster(cluster);
            rest = tail;
        }
        read
    }

    fn push_run(&mut self, run: &str) {
        if run.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: self.bytes.len(), source: self.source_length, cluster: None });
        push_spaced(run.as_bytes(), &mut self.bytes);
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
