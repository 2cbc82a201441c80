//! The text as the detectors read it: one way to write each digit, dash, space and letter.
//! The original stays what is stored; a map leads each byte back to its place there.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::lookalikes;
use crate::source_map::SourceMap;

/// Symbols that are neither letter nor known punctuation become this byte, so that a detector can tell letters
/// from symbols by the byte alone. No control character survives from the text itself.
pub(crate) const SYMBOL: u8 = 0x1A;

const BLOCK_BYTES: usize = 64;

/// Valid UTF-8 in which all digits, dashes, spaces, quotation marks and full stops are ASCII.
#[derive(Debug)]
pub(crate) struct NormalText {
    bytes: Vec<u8>,
    map: SourceMap,
}

impl NormalText {
    pub(crate) fn new(text: &str) -> Self {
        let mut normal = Self { bytes: Vec::with_capacity(text.len()), map: SourceMap::default() };
        let mut rest = text;
        while !rest.is_empty() {
            let (run, tail) = rest.split_at(run_length(rest));
            normal.push_run(run);
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
        self.map.start(&self.bytes, byte)
    }

    /// The original code point after the cluster of the last byte before `end`.
    pub(crate) fn source_end(&self, end: usize) -> usize {
        self.map.end(&self.bytes, end)
    }

    fn push_run(&mut self, run: &str) {
        let from = self.bytes.len();
        self.map.push_run(from, run.as_bytes());
        self.bytes.extend_from_slice(run.as_bytes());
        // Line breaks, tabs and all controls are spaces.
        for byte in self.bytes.get_mut(from..).unwrap_or_default() {
            *byte = if *byte < b' ' || *byte == 0x7F { b' ' } else { *byte };
        }
    }

    fn push_cluster(&mut self, cluster: &str) {
        let at = self.bytes.len();
        let mut characters = cluster.chars();
        let length = match (characters.next(), characters.next()) {
            (None, _) => return,
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
        self.map.push_cluster(at, self.bytes.len(), length);
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

/// The bytes from the beginning that are ASCII and letters of Latin-1, å ä ö among them: they are their own normal
/// form, and most Swedish text is nothing else.
fn run_length(text: &str) -> usize {
    // Of the characters whose first byte is C3 only the two arithmetic signs are no letters.
    let plain = |byte: u8| (byte < 0xC0 || byte == 0xC3) && byte != 0x97 && byte != 0xB7;
    // Block by block, for a block is looked at by vector instructions.
    let blocks = text.as_bytes().chunks(BLOCK_BYTES);
    let whole = blocks.take_while(|block| block.iter().fold(true, |all, byte| all & plain(*byte))).count();
    let from = (whole * BLOCK_BYTES).min(text.len());
    let rest = text.bytes().skip(from).position(|byte| !plain(byte));
    let end = rest.map_or(text.len(), |rest| text.floor_char_boundary(from + rest));
    let (run, after) = text.split_at(end);
    // A letter's accent may follow as a character of its own, and then they belong together.
    let held = after.chars().next().filter(|next| extends_cluster(*next)).and(run.chars().next_back());
    end - held.map_or(0, char::len_utf8)
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
