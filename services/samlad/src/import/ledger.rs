//! The ledger of an import: where each row of the file went, so that nothing is dropped in silence.

use super::desk::{Done, Imported, Left, Outcome};
use super::extract::Extract;
use super::sorting::Sorted;

/// Where a row can go, with how many that did.
pub(super) struct Ledger {
    pub(super) rows: usize,
    pub(super) parts: [(&'static str, usize); 11],
}

impl Ledger {
    pub(super) fn of(extract: &Extract, sorted: &Sorted, done: &[Done]) -> Self {
        let by = |wanted: fn(&Outcome) -> bool| -> usize {
            done.iter().filter(|done| wanted(&done.outcome)).map(|done| done.rows).sum()
        };
        let imported = done.iter().map(|done| done.imported.len()).sum();
        let there = done.iter().map(there).sum();
        let left = |left: fn(Left) -> bool| -> usize {
            let its = |done: &&Done| matches!(done.outcome, Outcome::Left(why) if left(why));
            done.iter().filter(its).map(|done| done.rows).sum()
        };
        let parts = [
            ("införda", imported),
            ("fanns redan", there),
            ("utanför metoden", sorted.outside.values().sum()),
            ("okänd typ", sorted.unmapped.values().sum()),
            ("gick inte att läsa", extract.unread.len()),
            ("vecka då enheten inte rapporterade", left(|why| why == Left::NotReporting)),
            ("överhoppad vecka", left(|why| why == Left::Skipped)),
            ("vecka utanför programmets takt", left(|why| why == Left::OffBeat)),
            ("vecka som rapporterats på annat sätt", left(|why| why == Left::ReportedOtherwise)),
            ("vecka som misslyckades", by(|outcome| matches!(outcome, Outcome::Failed(_)))),
            ("vecka som avbröts", extract.rows.len().saturating_sub(sorted.rows_within(done))),
        ];
        Self { rows: extract.lines, parts }
    }

    pub(super) fn sum(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }

    pub(super) fn adds_up(&self) -> bool {
        self.sum() == self.rows
    }
}

/// Rows that an earlier run had brought in.
fn there(done: &Done) -> usize {
    match done.outcome {
        Outcome::Submitted | Outcome::Amended | Outcome::Unchanged => done.rows - done.imported.len(),
        Outcome::Left(_) | Outcome::Failed(_) => 0,
    }
}
