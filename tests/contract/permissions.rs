//! The permission matrix: what each kind of function may do, and how far.

use est::permission::{FUNCTION_KINDS, may};
use serde::Serialize;
use std::fmt::Write;
use tests::{permissions::PERMISSIONS, snapshot};

const OPENING: &str = "# Who may do what

`all`: in the whole programme. `own`: in the holder's own organisation, or the one unit that the function
is for. A dot: not at all. `OpenProgramme` is the operator's. The service's own duties may do what they are
made for.

";

#[test]
fn the_permission_matrix_is_the_reviewed_one() {
    snapshot::check("permissions.md", &format!("{OPENING}{}", table()));
}

fn table() -> String {
    let mut rows = vec![row("", FUNCTION_KINDS.iter().map(written))];
    rows.push(row("---", FUNCTION_KINDS.iter().map(|_| "---".to_owned())));
    for permission in PERMISSIONS {
        let cells = FUNCTION_KINDS.iter().map(|kind| may(*kind, *permission).unwrap_or("·").to_owned());
        rows.push(row(&written(permission), cells));
    }
    aligned(&rows)
}

fn row(first: &str, cells: impl Iterator<Item = String>) -> Vec<String> {
    std::iter::once(first.to_owned()).chain(cells).collect()
}

/// The name as it stands in JSON.
fn written(name: &impl Serialize) -> String {
    serde_json::to_string(name).unwrap_or_default().trim_matches('"').to_owned()
}

/// Columns as wide as their widest cell: the file is read as it is.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut table = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let fill = if cell == "---" { "-" } else { " " };
            let missing = width(column) - cell.chars().count();
            // Writing to a string cannot fail.
            let _ = write!(table, "| {cell}{} ", fill.repeat(missing));
        }
        table.push_str("|\n");
    }
    table
}
