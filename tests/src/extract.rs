//! The police's real extract, which stays beside the project: its rows by the operator's own table, and the import.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]
#![expect(
    clippy::indexing_slicing,
    reason = "the extract and the table have their columns, or the test ends"
)]

use crate::served;
use crate::world::World;
use est::Week;
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The extract as a test sees it: everything but the words.
pub struct Extract {
    pub path: PathBuf,
    pub rows: Vec<Row>,
}

/// An event that the police told of.
pub struct Row {
    pub week: Week,
    /// The indicator that the method takes it up under; none where it is out of scope.
    pub indicator: Option<String>,
    pub subtypes: Vec<String>,
    /// As the extract names it; empty where it names none.
    pub place: String,
}

impl Extract {
    /// Reads it; says so plainly where it is absent.
    pub fn read() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
        let path = root.join(named());
        let Ok(mut extract) = csv::Reader::from_path(&path) else {
            crate::snapshot::tell(&format!("{} is absent: the real extract is not tried", named()));
            return None;
        };
        let types = types(root);
        let rows = extract.records().map(|record| row(&record.unwrap(), &types)).collect();
        Some(Self { path, rows })
    }

    /// What the method takes up.
    pub fn within(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.indicator.is_some())
    }

    /// The places that are named, each once.
    pub fn places(&self) -> Vec<&str> {
        let mut places: Vec<&str> = self.rows.iter().map(|row| row.place.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|place| !place.is_empty());
        places
    }
}

/// Where it lies, seen from the house: beside it, unless `POLICE` says otherwise, as for the Makefile.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, read in this one place")]
fn named() -> String {
    std::env::var("POLICE").unwrap_or_else(|_| "../shared/real/police-events-orebro.csv".to_owned())
}

/// Indicator and sub-types by the police's own types.
type Types = BTreeMap<String, (String, Vec<String>)>;

fn types(root: &Path) -> Types {
    let mut table = csv::Reader::from_path(root.join("services/samlad/data/police-types.csv")).unwrap();
    let records = table.records().map(Result::unwrap).filter(|record| !record[1].is_empty());
    let subtypes = |cell: &str| cell.split('|').filter(|its| !its.is_empty()).map(str::to_owned).collect();
    records.map(|record| (record[0].to_owned(), (record[1].to_owned(), subtypes(&record[2])))).collect()
}

fn row(record: &csv::StringRecord, types: &Types) -> Row {
    let at: DateTime = record[1].parse().unwrap();
    let (indicator, subtypes) = types.get(&record[2]).cloned().unzip();
    Row {
        week: Week::of(at.date()),
        indicator,
        subtypes: subtypes.unwrap_or_default(),
        place: record[4].to_owned(),
    }
}

/// Runs the import as an operator does; what it said.
pub fn import(world: &World, programme: &str, path: &Path, unit: &str) -> String {
    let output = Command::new(served::binary().unwrap())
        .args(["--log", "error", "import", "police-extract"])
        .arg(path)
        .args(["--programme", programme, "--unit", unit, "--database-url", &world.url()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}
