//! A spreadsheet of reports: one row an observation, with the same columns as the JSON has members.

use crate::problem::Problem;
use csv::{ReaderBuilder, StringRecord, Trim};
use est::Facts;
use serde_json::{Map, Value, json};

/// What separates the values of a cell that holds several.
const WITHIN: char = '|';

/// A sheet as the batch it stands for, with the line that each observation came from.
pub(crate) struct Sheet {
    batch: Value,
    lines: Vec<(String, u64)>,
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

    fn line_of(&self, pointer: &str) -> String {
        let longest = self.lines.iter().filter(|(prefix, _)| {
            pointer.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let found = longest.max_by_key(|(prefix, _)| prefix.len());
        found.map_or_else(
            || pointer.to_owned(),
            |(prefix, line)| {
                format!("/lines/{line}{}", pointer.strip_prefix(prefix.as_str()).unwrap_or_default())
            },
        )
    }
}

/// Reads a sheet. Units and areas may be named instead of given by their ids; lists stand with `|` between.
pub(crate) fn read(bytes: &[u8], facts: &Facts) -> Result<Sheet, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // A Swedish spreadsheet saves with semicolons.
    let delimiter = if head.contains(&b';') { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).trim(Trim::All).flexible(false).from_reader(bytes);
    let columns = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let mut sheet = Sheet { batch: json!({ "reports": [] }), lines: Vec::new() };
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        sheet.add(&columns, &record, line, facts);
    }
    Ok(sheet)
}

fn unreadable(error: &csv::Error) -> Problem {
    let line = error.position().map_or(0, csv::Position::line);
    Problem::Malformed { line: usize::try_from(line).unwrap_or(0), column: 0 }
}

impl Sheet {
    fn add(&mut self, columns: &StringRecord, record: &StringRecord, line: u64, facts: &Facts) {
        let mut cells: Map<String, Value> = Map::new();
        for (column, cell) in columns.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
            cells.insert(column.to_owned(), value(column, cell, facts));
        }
        let week = cells.remove("week").unwrap_or(Value::Null);
        let unit = cells.remove("unit").unwrap_or(Value::Null);
        let Some(reports) = self.batch.get_mut("reports").and_then(Value::as_array_mut) else { return };
        let same = |report: &Value| {
            report.get("week") == Some(&week) && report.pointer("/report/unit") == Some(&unit)
        };
        let at = reports.iter().position(same).unwrap_or_else(|| {
            reports.push(json!({ "week": week, "report": { "unit": unit } }));
            reports.len() - 1
        });
        self.lines.push((format!("/reports/{at}"), line));
        let Some(report) = reports.get_mut(at).and_then(|report| report.get_mut("report")) else { return };
        for whole in ["calm", "calmAreas", "stillThere", "fillSeconds"] {
            if let Some(cell) = cells.remove(whole) {
                gather(report, whole, cell);
            }
        }
        if !cells.is_empty() {
            gather(report, "items", json!([Value::Object(cells)]));
            let items = report.get("items").and_then(Value::as_array).map_or(1, Vec::len);
            self.lines.push((format!("/reports/{at}/report/items/{}", items - 1), line));
        }
    }
}

/// Puts a value into the report; lists of several rows become one.
fn gather(report: &mut Value, member: &str, cell: Value) {
    match (report.get_mut(member).and_then(Value::as_array_mut), cell) {
        (Some(there), Value::Array(more)) => there.extend(more),
        (_, cell) => report[member] = cell,
    }
}

fn value(column: &str, cell: &str, facts: &Facts) -> Value {
    let several = |of: &dyn Fn(&str) -> Value| cell.split(WITHIN).map(|part| of(part.trim())).collect();
    match column {
        "unit" => unit(cell, facts),
        "area" => area(cell, facts),
        "calmAreas" => several(&|part| area(part, facts)),
        "stillThere" | "subtypes" => several(&|part| part.into()),
        "place" => json!({ "name": cell }),
        "calm" => matches!(cell.to_lowercase().as_str(), "true" | "1" | "ja" | "x" | "lugnt").into(),
        "count" | "signalStrength" | "fillSeconds" => {
            cell.parse::<u64>().map_or_else(|_| cell.into(), Value::from)
        }
        _ => cell.into(),
    }
}

/// A unit by its name, while only one is called so; otherwise as it stands, for validation to tell of.
fn unit(cell: &str, facts: &Facts) -> Value {
    let joined = facts.organisations.values().filter_map(|state| state.joined());
    let mut named =
        joined.flat_map(|joined| &joined.units).filter(|(_, unit)| same(unit.name.as_str(), cell));
    match (named.next(), named.next()) {
        (Some((id, _)), None) => id.to_string().into(),
        _ => cell.into(),
    }
}

/// An area by its name, or by another that it is called by.
fn area(cell: &str, facts: &Facts) -> Value {
    let mut drawn = facts.areas.iter().filter_map(|(id, state)| Some((id, state.drawn()?)));
    let called = |its: &est::area::Drawn| {
        same(its.name.as_str(), cell) || its.also_called.iter().any(|name| same(name.as_str(), cell))
    };
    drawn.find(|(_, its)| called(its)).map_or_else(|| cell.into(), |(id, _)| id.to_string().into())
}

fn same(name: &str, cell: &str) -> bool {
    name.to_lowercase() == cell.to_lowercase()
}
