//! The real extract of the police in Örebro, where it is at hand: it is never copied into the repository.

use super::desk::ITEMS_MAX;
use super::drill::{facts, gate};
use super::extract;
use super::items::{self, Words};
use super::places::Places;
use super::sorting::sort;
use super::types::{OWN, Types};
use jiff::civil::date;
use std::io::Write;

const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/real/police-events-orebro.csv");

#[test]
fn the_real_extract_reads_whole_and_every_type_has_a_meaning() {
    let Ok(bytes) = std::fs::read(REAL) else {
        writeln!(std::io::stderr(), "nothing was tested: {REAL} is absent").unwrap();
        return;
    };
    let extract = extract::read(&bytes, date(2027, 1, 1), &gate()).unwrap();
    let unread: Vec<_> = extract.unread.iter().map(|unread| (unread.line, &unread.reason)).collect();
    assert_eq!(unread, []);
    assert_eq!(extract.rows.len(), extract.lines);
    let sorted = sort(extract.rows, &Types::read(OWN.as_bytes()).unwrap(), &Places::of(&facts()));
    assert!(sorted.unmapped.is_empty(), "{:?}", sorted.unmapped);
    let within: usize = sorted.weeks.values().map(Vec::len).sum();
    assert_eq!(within + sorted.outside.values().sum::<usize>(), extract.lines);
    assert!(sorted.weeks.values().all(|rows| rows.len() <= ITEMS_MAX));
    let too_long = |row| items::make(row, &gate()).words == Words::Stopped(personal_data::Class::TooLong);
    assert!(!sorted.weeks.values().flatten().any(too_long));
}
