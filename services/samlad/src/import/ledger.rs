//! The ledger of an import: where each row of the file went, so that nothing is dropped in silence.

use super::desk::{Done, Left, Outcome};
use super::extract::Extract;
use super::sorting::Sorted;

/// Where a row can go, with how many that did.
pub(super) struct Ledger {
    pub(super) rows: usize,
    pub(super) parts: [(&'static str, usize); 12],
}

impl Ledger {
    pub(super) fn of(extract: &Extract, sorted: &Sorted, done: &[Done]) -> Self {
        let by = |wanted: fn(&Outcome) -> bool| -> usize {
            done.iter().filter(|done| wanted(&done.outcome)).map(|done| done.rows).sum()
        };
        let imported = done.iter().map(|done| done.imported.len()).sum();
        let told = |count: fn(&Done) -> usize| done.iter().map(count).sum();
        let there = told(there);
        let left = |left: fn(Left) -> bool| -> usize {
            let its = |done: &&Done| matches!(done.outcome, Outcome::Left(why) if left(why));
            done.iter().filter(its).map(|done| done.rows).sum()
        };
        let parts = [
            ("införda", imported),
            ("fanns redan", there),
            ("fanns redan, men är ändrade i filen", told(|done| done.changed.len())),
            ("finns redan i en annan vecka", told(|done| done.moved.len())),
            ("utanför metoden", sorted.outside.values().sum()),
            ("okänd typ", sorted.unmapped.values().sum()),
            ("gick inte att läsa", extract.unread.len()),
            ("vecka då enheten inte rapporterade", left(|why| why == Left::NotReporting)),
            ("överhoppad vecka", left(|why| why == Left::Skipped)),
            ("vecka utanför programmets takt", left(|why| why == Left::OffBeat)),
            ("vecka som rapporterats på annat sätt", left(|why| why == Left::ReportedOtherwise)),
            ("vecka som misslyckades", by(|outcome| matches!(outcome, Outcome::Failed(_)))),
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
        Outcome::Submitted | Outcome::Amended | Outcome::Unchanged => {
            done.rows.saturating_sub(done.imported.len() + done.changed.len() + done.moved.len())
        }
        Outcome::Left(_) | Outcome::Failed(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Ledger;
    use crate::import::desk::{Done, Imported, Left, Outcome};
    use crate::import::extract::{Extract, Unread};
    use crate::import::items::Words;
    use crate::import::sorting::Sorted;
    use est::Week;
    use est::indicator::Indicator;

    fn done(rows: usize, new: usize, outcome: Outcome) -> Done {
        let imported = || Imported { indicator: Indicator::Fire, area: None, words: Words::Kept };
        let imported = std::iter::repeat_with(imported).take(new).collect();
        let (moved, changed) = (Vec::new(), Vec::new());
        Done { week: Week::new(2026, 2).unwrap(), rows, outcome, imported, moved, changed, opened: false }
    }

    #[test]
    fn every_row_is_somewhere_and_a_lost_one_shows() {
        let unread = vec![Unread { line: 3, reason: String::new() }];
        let mut extract = Extract { lines: 22, rows: Vec::new(), unread };
        let mut sorted = Sorted::default();
        sorted.outside.insert("Trafik".to_owned(), 4);
        sorted.unmapped.insert("Snöbollskrig".to_owned(), 2);
        let done = [
            done(3, 3, Outcome::Submitted),
            done(5, 1, Outcome::Amended),
            done(2, 0, Outcome::Unchanged),
            done(4, 0, Outcome::Left(Left::Skipped)),
            done(1, 0, Outcome::Failed(String::new())),
        ];
        let ledger = Ledger::of(&extract, &sorted, &done);
        assert_eq!(ledger.parts.map(|(_, count)| count), [4, 6, 0, 0, 4, 2, 1, 0, 4, 0, 0, 1]);
        assert!(ledger.adds_up());
        extract.lines += 1;
        assert!(!Ledger::of(&extract, &sorted, &done).adds_up());
    }
}
