//! Files that spreadsheets save: how they write letters, what separates their columns, on which line a row begins.

use csv::Position;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// The file as text: UTF-8, or Windows-1252 as a Swedish spreadsheet saves when it is asked for plain CSV. None where
/// it is neither, or a mixture that would be read wrongly.
pub fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        return Some(text.into());
    }
    let ascii = bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii());
    ascii.then(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Swedish spreadsheets write semicolons between the columns, for the comma is in their numbers.
pub fn delimiter(file: &[u8]) -> u8 {
    let heading = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| heading.split(|byte| *byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// The line that a row begins on. Its position lies before the line breaks that lead up to it: empty lines, or the end
/// of the row before.
pub fn line(position: Option<&Position>, file: &[u8]) -> u64 {
    let Some(before) = position else { return 0 };
    let rest = file.iter().skip(usize::try_from(before.byte()).unwrap_or(usize::MAX));
    let breaks = rest.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    before.line() + u64::try_from(breaks).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{delimiter, text};

    #[test]
    fn letters_are_read_as_they_were_saved() {
        assert_eq!(text("\u{feff}Sjöhöjden".as_bytes()).as_deref(), Some("Sjöhöjden"));
        assert_eq!(text(b"Sj\xF6h\xF6jden \x96 torget").as_deref(), Some("Sjöhöjden – torget"));
        let mixed = [b"Sj\xF6".as_slice(), "höjden".as_bytes()].concat();
        assert_eq!(text(&mixed), None, "one of the two would be read wrongly");
    }

    #[test]
    fn the_heading_says_what_separates_columns() {
        assert_eq!(delimiter(b"week;unit\n1,5;2"), b';');
        assert_eq!(delimiter(b"week,unit\n\"a;b\",2"), b',');
    }
}
