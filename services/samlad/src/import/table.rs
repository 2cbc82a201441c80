//! A CSV file with headings: its columns found by name, its lines read one by one.

use anyhow::{Context, bail};
use api::spreadsheet;
use csv::{ByteRecord, ReaderBuilder};

/// A column, by its heading.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Required(&'static str),
    Optional(&'static str),
}

/// A line of the file, with its number: its columns as asked for, or why they cannot be read.
pub(super) struct Line<const N: usize> {
    pub(super) number: u64,
    pub(super) fields: Result<[String; N], &'static str>,
}

/// Reads the lines; a missing optional column is empty on each of them.
pub(super) fn read<const N: usize>(bytes: &[u8], columns: [Column; N]) -> anyhow::Result<Vec<Line<N>>> {
    // Where the letters are neither, a line that is not UTF-8 is told by itself.
    let text = spreadsheet::text(bytes);
    let bytes = text.as_ref().map_or(bytes, |text| text.as_bytes());
    let delimiter = spreadsheet::delimiter(bytes);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bytes);
    let mut records = reader.byte_records();
    let headings = records.next().context("filen är tom")??;
    let places = places(&headings, columns)?;
    let line = |record: ByteRecord| {
        let number = spreadsheet::line(record.position(), bytes);
        Line { number, fields: fields(&record, headings.len(), places) }
    };
    records.map(|record| Ok(line(record?))).collect()
}

fn places<const N: usize>(headings: &ByteRecord, columns: [Column; N]) -> anyhow::Result<[Option<usize>; N]> {
    let place = |name: &str| headings.iter().position(|heading| heading.trim_ascii() == name.as_bytes());
    let required = columns.iter().filter_map(|column| match column {
        Column::Required(name) => Some(*name),
        Column::Optional(_) => None,
    });
    let missing: Vec<&str> = required.filter(|name| place(name).is_none()).collect();
    if !missing.is_empty() {
        bail!("kolumner saknas: {}", missing.join(", "));
    }
    Ok(columns.map(|column| match column {
        Column::Required(name) | Column::Optional(name) => place(name),
    }))
}

fn fields<const N: usize>(
    record: &ByteRecord,
    width: usize,
    places: [Option<usize>; N],
) -> Result<[String; N], &'static str> {
    if record.len() != width {
        return Err("raden har inte lika många fält som rubriken");
    }
    let text = str::from_utf8(record.as_slice()).map_err(|_not_utf8| "raden är inte UTF-8");
    text.map(|_| {
        places.map(|place| {
            let field = place.and_then(|place| record.get(place)).unwrap_or_default();
            String::from_utf8_lossy(field).trim().to_owned()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Column, read};

    const COLUMNS: [Column; 3] = [Column::Required("b"), Column::Required("a"), Column::Optional("c")];

    #[test]
    fn columns_are_found_by_name_whatever_separates_them() {
        for file in ["a,b\n1,\"två; tre\"\n", "\u{feff}a;b\r\n1;två, tre\r\n"] {
            let lines = read(file.as_bytes(), COLUMNS).unwrap();
            let [b, a, c] = lines[0].fields.clone().unwrap();
            assert_eq!((lines[0].number, a.as_str(), c.as_str()), (2, "1", ""));
            assert!(b.starts_with("två"));
        }
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = read("a,c\n1,2\n".as_bytes(), COLUMNS).err().unwrap();
        assert_eq!(error.to_string(), "kolumner saknas: b");
        assert!(read(b"", COLUMNS).is_err());
    }

    #[test]
    fn a_line_that_does_not_read_says_why_and_where() {
        let mut file = "a,b\r\n\r\n1\n".as_bytes().to_vec();
        file.extend("2,å".as_bytes());
        file.extend(b"\xff\n3,4\n");
        let lines = read(&file, COLUMNS).unwrap();
        let read: Vec<_> = lines.iter().map(|line| (line.number, line.fields.is_ok())).collect();
        assert_eq!(read, [(3, false), (4, false), (5, true)]);
    }
}
