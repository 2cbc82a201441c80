//! A spreadsheet of reports: one row an observation, with the same columns as the JSON has members.

mod cells;

use crate::problem::Problem;
use crate::spreadsheet;
use cells::Cells;
use csv::{ReaderBuilder, StringRecord, Trim};
use est::Facts;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// A sheet as the batch it stands for, with the lines that its reports and observations came from.
pub(crate) struct Sheet {
    batch: Value,
    /// By pointer; a report has the line of its first row.
    lines: HashMap<String, u64>,
}

impl Sheet {
    pub(crate) fn json(&self) -> Vec<u8> {
        self.batch.to_string().into_bytes()
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "all other problems point at nothing")]
    /// The same problem, pointing at lines of the sheet: `/lines/7/indicator`.
    pub(crate) fn located(&self, problem: Problem) -> Problem {
        match problem {
            Problem::Invalid { mut errors } => {
                for error in &mut errors {
                    error.pointer = self.line_of(&error.pointer);
                }
                Problem::Invalid { errors }
            }
            Problem::PersonalData { mut findings, policy, mut errors } => {
                for error in &mut errors {
                    error.pointer = self.line_of(&error.pointer);
                }
                for (pointer, _) in &mut findings {
                    *pointer = self.line_of(pointer);
                }
                Problem::PersonalData { findings, policy, errors }
            }
            other => other,
        }
    }

    /// The pointer from the line on that the innermost part came from.
    fn line_of(&self, pointer: &str) -> String {
        let ends = pointer.rmatch_indices('/').map(|(end, _)| end);
        let mut parts =
            std::iter::once(pointer.len()).chain(ends).filter_map(|end| pointer.split_at_checked(end));
        let found = parts.find_map(|(part, rest)| Some((self.lines.get(part)?, rest)));
        found.map_or_else(|| pointer.to_owned(), |(line, rest)| format!("/lines/{line}{rest}"))
    }
}

/// Reads a sheet. Units and areas may be named instead of given by their ids; lists stand with `|` between.
pub(crate) fn read(bytes: &[u8], facts: &Facts) -> Result<Sheet, Problem> {
    let text = spreadsheet::text(bytes).ok_or(Problem::SheetBroken { line: 0 })?;
    let file = text.as_bytes();
    let broken =
        |error: &csv::Error| Problem::SheetBroken { line: spreadsheet::line(error.position(), file) };
    let mut reader =
        ReaderBuilder::new().delimiter(spreadsheet::delimiter(file)).trim(Trim::All).from_reader(file);
    let columns = reader.headers().map_err(|error| broken(&error))?.clone();
    let mut reports = Reports { cells: Cells::of(facts), ..Reports::default() };
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        // A sheet that is cut at a marked block ends in rows of nothing.
        if record.iter().any(|cell| !cell.is_empty()) {
            reports.add(&columns, &record, spreadsheet::line(record.position(), file));
        }
    }
    Ok(Sheet { batch: json!({ "reports": reports.said }), lines: reports.lines })
}

/// The reports that the rows read so far make up.
#[derive(Default)]
struct Reports {
    cells: Cells,
    said: Vec<Value>,
    /// By week and unit, as the rows say them.
    places: HashMap<(String, String), usize>,
    lines: HashMap<String, u64>,
}

impl Reports {
    fn add(&mut self, columns: &StringRecord, record: &StringRecord, line: u64) {
        let mut row = Value::Object(Map::new());
        for (column, cell) in columns.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
            put(&mut row, cells::path(column), self.cells.value(column, cell));
        }
        let mut take = |column: &str| row.as_object_mut().and_then(|row| row.remove(column));
        let (week, unit) = (take("week").unwrap_or_default(), take("unit").unwrap_or_default());
        let at = *self.places.entry((week.to_string(), unit.to_string())).or_insert(self.said.len());
        if at == self.said.len() {
            self.said.push(json!({ "week": week, "report": { "unit": unit } }));
        }
        let report = self.said.get_mut(at).and_then(|said| said.get_mut("report"));
        for part in ["", "/report"] {
            self.lines.entry(format!("/reports/{at}{part}")).or_insert(line);
        }
        let Some(report) = report else { return };
        for whole in ["calm", "calmAreas", "stillThere", "fillSeconds"] {
            if let Some(cell) = take(whole) {
                gather(report, whole, cell);
            }
        }
        if row.as_object().is_some_and(|row| !row.is_empty()) {
            gather(report, "items", json!([row]));
            let items = report.get("items").and_then(Value::as_array).map_or(1, Vec::len);
            self.lines.insert(format!("/reports/{at}/report/items/{}", items - 1), line);
        }
    }
}

/// Puts a cell where its column's path leads.
fn put(row: &mut Value, path: &str, cell: Value) {
    match path.split_once('.') {
        None => row[path] = cell,
        Some((outer, inner)) => {
            let within = &mut row[outer];
            if !within.is_object() {
                *within = json!({});
            }
            put(within, inner, cell);
        }
    }
}

/// Puts what is said of the whole week into the report: lists of several rows become one, each of its members once,
/// and what one row says to have been calm no other row takes back.
fn gather(report: &mut Value, member: &str, cell: Value) {
    match (report.get_mut(member), cell) {
        (Some(Value::Array(there)), Value::Array(more)) if member == "items" => there.extend(more),
        (Some(Value::Array(there)), Value::Array(more)) => {
            there.extend(more.into_iter().filter(|one| !there.contains(one)).collect::<Vec<_>>());
        }
        (Some(Value::Bool(true)), Value::Bool(_)) => {}
        (_, cell) => report[member] = cell,
    }
}
