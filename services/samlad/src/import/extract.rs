//! The police's extract: one row an event, with its designation, local time, type, place and text.

use super::table::{self, Column, Line};
use est::Week;
use est::item::ExternalId;
use est::text::Gate;
use jiff::civil::{Date, DateTime, Time};
use std::collections::BTreeMap;

/// What the designations of an extract begin with, so that they are nobody else's.
pub(super) const DESIGNATION: &str = "polisen:";
/// The longest external id that the contract allows.
const EXTERNAL_ID_LENGTH_MAX: usize = 64;
const COLUMNS: [Column; 5] = [
    Column::Required("id"),
    Column::Required("occurred_at"),
    Column::Required("type"),
    Column::Optional("area"),
    Column::Required("text"),
];

/// An event as the police have it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: ExternalId,
    pub(super) kind: String,
    pub(super) place: String,
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    pub(super) text: String,
}

/// A row that does not read: where and why, never what stands there.
pub(super) struct Unread {
    pub(super) line: u64,
    pub(super) reason: String,
}

pub(super) struct Extract {
    pub(super) lines: usize,
    pub(super) rows: Vec<Row>,
    pub(super) unread: Vec<Unread>,
}

/// Reads an extract; what is dated after today has not happened, and would open weeks that have not come.
pub(super) fn read(bytes: &[u8], today: Date, gate: &Gate) -> anyhow::Result<Extract> {
    let lines = table::read(bytes, COLUMNS)?;
    let mut extract = Extract { lines: lines.len(), rows: Vec::new(), unread: Vec::new() };
    let mut first_lines = BTreeMap::new();
    for Line { number: line, fields } in lines {
        let row = fields.map_err(ToOwned::to_owned).and_then(|fields| row(fields, today, gate));
        match row.and_then(|row| once(row, line, &mut first_lines)) {
            Ok(row) => extract.rows.push(row),
            Err(reason) => extract.unread.push(Unread { line, reason }),
        }
    }
    Ok(extract)
}

fn row(fields: [String; 5], today: Date, gate: &Gate) -> Result<Row, String> {
    let [id, occurred_at, kind, place, text] = fields;
    let id = designation(&id, gate)?;
    let (date, time) = moment(&occurred_at).ok_or("occurred_at är ingen tidpunkt som 2026-11-20T21:30")?;
    if date > today {
        return Err("tidpunkten har inte varit än".to_owned());
    }
    if kind.is_empty() {
        return Err("typ saknas".to_owned());
    }
    Ok(Row { id, kind, place, date, time, text })
}

/// It stands in the event itself, so the guard looks at it too: an extract must not be keyed by a person.
fn designation(id: &str, gate: &Gate) -> Result<ExternalId, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:/-".contains(&byte);
    if id.is_empty() || DESIGNATION.len() + id.len() > EXTERNAL_ID_LENGTH_MAX || !id.bytes().all(allowed) {
        return Err("id är ingen beteckning: 1-56 tecken av A-Z, a-z, 0-9 och . _ : / -".to_owned());
    }
    if (gate.screen)(id).is_refused() {
        return Err("id stoppades av personuppgiftsskyddet".to_owned());
    }
    Ok(ExternalId(format!("{DESIGNATION}{id}")))
}

/// Local time to the second, or a day whose time is not known.
fn moment(text: &str) -> Option<(Date, Option<Time>)> {
    let (date, time) = if text.contains(['T', 't', ' ']) {
        let at: DateTime = text.parse().ok()?;
        (at.date(), Some(Time::new(at.hour(), at.minute(), at.second(), 0).ok()?))
    } else {
        (text.parse().ok()?, None)
    };
    let iso = date.iso_week_date();
    Week::new(iso.year(), iso.week()).map(|_| (date, time))
}

/// The same designation twice would be one event reported twice.
fn once(row: Row, line: u64, first_lines: &mut BTreeMap<ExternalId, u64>) -> Result<Row, String> {
    if let Some(first) = first_lines.get(&row.id) {
        return Err(format!("samma id som rad {first}"));
    }
    first_lines.insert(row.id.clone(), line);
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::{moment, read};
    use crate::import::drill::gate;
    use jiff::civil::{date, time};

    #[test]
    fn rows_read_and_what_does_not_is_told_by_line() {
        let file = "id,occurred_at,type,municipality,area,text\n\
            1,2026-01-05T21:30,Brand,Lysvinge,Solhöjden,\"En cykel, ett skjul\"\n\
            1,2026-01-06T21:30,Brand,Lysvinge,,samma en gång till\n\
            2,i går,Brand,Lysvinge,,text\n\
            3,2026-01-08T10:00,,Lysvinge,,text\n\
            4 5,2026-01-08T10:00,Brand,Lysvinge,,text\n\
            6,2027-01-08T10:00,Brand,Lysvinge,,text\n\
            7,2026-01-08\n";
        let extract = read(file.as_bytes(), date(2026, 11, 23), &gate()).unwrap();
        assert_eq!((extract.lines, extract.rows.len()), (7, 1));
        let row = &extract.rows[0];
        assert_eq!((row.id.0.as_str(), row.place.as_str()), ("polisen:1", "Solhöjden"));
        let lines: Vec<u64> = extract.unread.iter().map(|unread| unread.line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
        assert_eq!(extract.unread[0].reason, "samma id som rad 2");
    }

    #[test]
    fn a_designation_that_is_a_person_is_stopped() {
        let file = "id,occurred_at,type,text\n19121212-1212,2026-01-05T21:30,Brand,text\n";
        let extract = read(file.as_bytes(), date(2026, 11, 23), &gate()).unwrap();
        assert_eq!(extract.unread[0].reason, "id stoppades av personuppgiftsskyddet");
    }

    #[test]
    fn a_time_that_is_not_known_is_left_out() {
        assert_eq!(moment("2026-01-05T21:30:59.7"), Some((date(2026, 1, 5), Some(time(21, 30, 59, 0)))));
        assert_eq!(moment("2026-01-05 21:30"), Some((date(2026, 1, 5), Some(time(21, 30, 0, 0)))));
        assert_eq!(moment("2026-01-05"), Some((date(2026, 1, 5), None)));
        assert_eq!(moment("1999-12-31T10:00"), None);
        assert_eq!(moment("2026-02-30T10:00"), None);
    }
}
