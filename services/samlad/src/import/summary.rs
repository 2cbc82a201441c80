//! What the operator is told when the import is over: figures that add up, and what is left to see to.

use super::desk::{Done, Imported};
use super::extract::Extract;
use super::items::Words;
use super::ledger::Ledger;
use super::places::Places;
use super::sorting::{Counts, Sorted};
use super::weeks::{self, rows_of};
use est::item::ExternalId;
use est::organisation::Unit;
use personal_data::Class;

/// All that is summed up.
pub(super) struct Told<'a> {
    pub(super) unit: &'a Unit,
    pub(super) extract: &'a Extract,
    pub(super) sorted: &'a Sorted,
    pub(super) done: &'a [Done],
    pub(super) places: &'a Places,
    pub(super) rehearsal: bool,
}

impl Told<'_> {
    /// The summary, line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("Polisutdrag till {}", self.unit.name)];
        if self.rehearsal {
            lines.push(
                "Provkörning: ingenting har sparats; ”införda” är vad som skulle ha införts.".to_owned(),
            );
        }
        let ledger = Ledger::of(self.extract, self.sorted, self.done);
        lines.extend(rows(&ledger));
        let imported = || self.done.iter().flat_map(|done| &done.imported);
        let indicators = imported().map(|row| row.indicator.swedish().to_owned());
        lines.extend(listed("Införda efter indikator", &counts(indicators), ""));
        let area =
            |row: &Imported| row.area.map_or("(utan område)", |area| self.places.name(area)).to_owned();
        lines.extend(listed("Införda efter område", &counts(imported().map(area)), ""));
        lines.extend(wordless(imported()));
        let advice = "Ge namnen ett område med --areas FIL (kolumnerna place,area) \
            eller i områdets alsoCalled; redan införda rader ändras inte.";
        lines.extend(self.not_as_they_were());
        let unplaced = "Ortsnamn som inte är något område, bland alla rader inom metoden";
        lines.extend(listed(unplaced, &self.sorted.unplaced, advice));
        lines.extend(listed("Utanför metoden", &self.sorted.outside, ""));
        let advice = "Ge typerna en rad i tabellen med --types FIL, och kör importen igen.";
        lines.extend(listed("Okända typer", &self.sorted.unmapped, advice));
        lines.extend(self.unread());
        lines.extend(headed("Veckor", weeks::lines(self.unit, self.done)));
        lines
    }

    /// Rows that an earlier extract brought in and that this one has otherwise: what was recorded is not changed by it.
    fn not_as_they_were(&self) -> Vec<String> {
        let of = |ids: fn(&Done) -> &[ExternalId]| -> Vec<String> {
            let each = self.done.iter().flat_map(|done| ids(done).iter().map(|id| (done.week, &id.0)));
            each.map(|(week, id)| format!("  {id} ({week} i filen)")).collect()
        };
        let mut changed = of(|done| &done.changed);
        let mut moved = of(|done| &done.moved);
        if !changed.is_empty() {
            changed.push(
                "Rapporten står som den var; är filen den rätta, ändra rapporten för veckan.".to_owned(),
            );
        }
        if !moved.is_empty() {
            moved.push(
                "Raden räknas där den står; är filen den rätta, ändra rapporten för den veckan.".to_owned(),
            );
        }
        let mut lines = headed("Ändrade i filen sedan de infördes (utom texten, som inte jämförs)", changed);
        lines.extend(headed("Finns redan i en annan vecka", moved));
        lines
    }

    fn unread(&self) -> Vec<String> {
        let unread =
            self.extract.unread.iter().map(|unread| format!("  rad {}: {}", unread.line, unread.reason));
        headed("Rader som inte gick att läsa", unread.collect())
    }
}

fn rows(ledger: &Ledger) -> Vec<String> {
    let mut lines = vec![String::new(), format!("{:>7}  rader i filen", ledger.rows)];
    let parts = ledger.parts.iter().filter(|(_, count)| *count > 0);
    lines.extend(parts.map(|(name, count)| format!("{count:>7}  {name}")));
    let verdict = if ledger.adds_up() { "det stämmer" } else { "DET STÄMMER INTE" };
    lines.push(format!("Delarna blir {}: {verdict}.", ledger.sum()));
    lines
}

/// Rows without their text, and why.
fn wordless<'a>(imported: impl Iterator<Item = &'a Imported>) -> Vec<String> {
    let words: Vec<Words> = imported.map(|row| row.words).collect();
    let of = |wanted: fn(&Words) -> bool| words.iter().filter(|words| wanted(words)).count();
    let mut lines = Vec::new();
    let stopped = of(|words| matches!(words, Words::Stopped(class) if *class != Class::TooLong));
    if stopped > 0 {
        lines.push(format!("  {} utan sin text: stoppade av personuppgiftsskyddet", rows_of(stopped)));
        let classes = words.iter().filter_map(|words| match words {
            Words::Stopped(Class::TooLong) | Words::Kept | Words::None => None,
            Words::Stopped(class) => Some(personal_data::noun(*class).to_owned()),
        });
        lines.extend(by_count(&counts(classes)).into_iter().map(|line| format!("  {line}")));
    }
    let long = of(|words| *words == Words::Stopped(Class::TooLong));
    lines.extend((long > 0).then(|| format!("  {} utan sin text: längre än 4 000 tecken", rows_of(long))));
    let none = of(|words| *words == Words::None);
    lines.extend((none > 0).then(|| format!("  {} utan text i filen", rows_of(none))));
    headed("Införda utan beskrivning", lines)
}

fn counts(names: impl Iterator<Item = String>) -> Counts {
    names.fold(Counts::new(), |mut counts, name| {
        *counts.entry(name).or_default() += 1;
        counts
    })
}

/// The most first, and then in the order of the names.
fn by_count(counts: &Counts) -> Vec<String> {
    let mut counted: Vec<_> = counts.iter().collect();
    counted.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    counted.into_iter().map(|(name, count)| format!("{count:>7}  {name}")).collect()
}

fn listed(heading: &str, counts: &Counts, advice: &str) -> Vec<String> {
    let sum: usize = counts.values().sum();
    let mut lines = by_count(counts);
    if !counts.is_empty() && !advice.is_empty() {
        lines.push(advice.to_owned());
    }
    headed(&format!("{heading}: {sum}"), lines)
}

/// A heading stands only over something.
fn headed(heading: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    [String::new(), heading.to_owned()].into_iter().chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::import::desk::{Done, Imported, Left, Outcome};
    use crate::import::drill::{HILL, NORTH, facts};
    use crate::import::extract::{Extract, Unread};
    use crate::import::items::Words;
    use crate::import::places::Places;
    use crate::import::sorting::Sorted;
    use est::Week;
    use est::indicator::Indicator;
    use personal_data::Class;

    fn done(number: i8, rows: usize, outcome: Outcome, imported: Vec<Imported>) -> Done {
        let (moved, changed) = (Vec::new(), Vec::new());
        Done { week: Week::new(2026, number).unwrap(), rows, outcome, imported, moved, changed, opened: true }
    }

    #[test]
    fn the_summary_tells_where_every_row_went() {
        let facts = facts();
        let unread = vec![Unread { line: 7, reason: "typ saknas".to_owned() }];
        let extract = Extract { lines: 13, rows: Vec::new(), unread };
        let mut sorted = Sorted::default();
        sorted.outside.insert("Trafik".to_owned(), 4);
        sorted.unplaced.insert("Månen".to_owned(), 1);
        let imported = |area, words| Imported { indicator: Indicator::Fire, area, words };
        let stopped = Words::Stopped(Class::Phone);
        let done = [
            done(2, 2, Outcome::Submitted, vec![imported(Some(HILL), Words::Kept), imported(None, stopped)]),
            done(1, 5, Outcome::Left(Left::NotReporting), Vec::new()),
            done(3, 1, Outcome::Failed("veckan är stängd".to_owned()), Vec::new()),
        ];
        let unit = facts.unit(NORTH).unwrap();
        let told = Told {
            unit,
            extract: &extract,
            sorted: &sorted,
            done: &done,
            places: &Places::of(&facts),
            rehearsal: true,
        };
        let text = told.lines().join("\n");
        for line in [
            "Provkörning: ingenting har sparats",
            "     13  rader i filen",
            "Delarna blir 13: det stämmer.",
            "Införda efter indikator: 2\n      2  Brand",
            "      1  (utan område)\n      1  Solhöjden",
            "  1 rad utan sin text: stoppade av personuppgiftsskyddet\n        1  telefonnummer",
            "      1  Månen",
            "  rad 7: typ saknas",
            "  1 nya rapporter, varav 1 i veckor som importen öppnat; 0 kompletterade, 0 redan införda",
            "  1 vecka lämnade (5 rader): Områdespoliserna norr rapporterar från 2026-W01\n    2026-W01: 5",
            "  MISSLYCKADES 2026-W03 (1 rad): veckan är stängd",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("Okända typer"));
    }
}
