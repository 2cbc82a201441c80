//! What the operator is told when the import is over: figures that add up, and what is left to see to.

use super::desk::{Done, Imported, Left, Outcome};
use super::extract::Extract;
use super::items::Words;
use super::ledger::Ledger;
use super::places::Places;
use super::sorting::{Counts, Sorted};
use est::organisation::Unit;
use personal_data::Class;

/// How many weeks stand on a line.
const WEEKS_A_LINE: usize = 8;

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
        let unplaced = "Ortsnamn som inte är något område, bland alla rader inom metoden";
        lines.extend(listed(unplaced, &self.sorted.unplaced, advice));
        lines.extend(listed("Utanför metoden", &self.sorted.outside, ""));
        let advice = "Ge typerna en rad i tabellen med --types FIL, och kör importen igen.";
        lines.extend(listed("Okända typer", &self.sorted.unmapped, advice));
        lines.extend(self.unread());
        lines.extend(self.weeks());
        lines
    }

    fn unread(&self) -> Vec<String> {
        let unread =
            self.extract.unread.iter().map(|unread| format!("  rad {}: {}", unread.line, unread.reason));
        headed("Rader som inte gick att läsa", unread.collect())
    }

    fn weeks(&self) -> Vec<String> {
        let with = |outcome: &Outcome| -> Vec<&Done> {
            self.done.iter().filter(|done| done.outcome == *outcome).collect()
        };
        let mut lines = vec![format!(
            "  {} nya rapporter, {} kompletterade, {} redan införda",
            with(&Outcome::Submitted).len(),
            with(&Outcome::Amended).len(),
            with(&Outcome::Unchanged).len(),
        )];
        for (left, why) in self.reasons() {
            lines.extend(left_alone(&with(&Outcome::Left(left)), &why));
        }
        let failed = self.done.iter().filter_map(|done| match &done.outcome {
            Outcome::Failed(reason) => {
                Some(format!("  MISSLYCKADES {} ({}): {reason}", done.week, rows_of(done.rows)))
            }
            Outcome::Submitted | Outcome::Amended | Outcome::Unchanged | Outcome::Left(_) => None,
        });
        lines.extend(failed);
        headed("Veckor", lines)
    }

    /// Why weeks are left alone, and what can be done about it: a unit's first week cannot be moved, so history needs
    /// a unit that begins early enough.
    fn reasons(&self) -> [(Left, String); 4] {
        let Unit { name, from, closed_from, .. } = self.unit;
        let until = closed_from.map(|week| format!(" och är stängd från {week}")).unwrap_or_default();
        let not_reporting = self.done.iter().filter(|done| done.outcome == Outcome::Left(Left::NotReporting));
        let advice = not_reporting.map(|done| done.week).min().filter(|first| first < from).map(|first| {
            format!(
                "; för historien, lägg till en enhet hos polisen med from {first} och kör igen med --unit"
            )
        });
        let reporting = format!("{name} rapporterar från {from}{until}{}", advice.unwrap_or_default());
        let otherwise = "enheten har redan rapporterat på annat sätt; \
            ge utdraget en egen enhet hos polisen om båda ska med";
        [
            (Left::NotReporting, reporting),
            (Left::Skipped, "veckan är överhoppad".to_owned()),
            (Left::OffBeat, "veckan ligger utanför programmets takt".to_owned()),
            (Left::ReportedOtherwise, otherwise.to_owned()),
        ]
    }
}

/// Weeks that were left alone, with their rows.
fn left_alone(left: &[&Done], why: &str) -> Vec<String> {
    if left.is_empty() {
        return Vec::new();
    }
    let rows = left.iter().map(|done| done.rows).sum();
    let count = if left.len() == 1 { "1 vecka".to_owned() } else { format!("{} veckor", left.len()) };
    let mut lines = vec![format!("  {count} lämnade ({}): {why}", rows_of(rows))];
    lines.extend(left.chunks(WEEKS_A_LINE).map(|weeks| {
        let weeks: Vec<_> = weeks.iter().map(|done| format!("{}: {}", done.week, done.rows)).collect();
        format!("    {}", weeks.join("  "))
    }));
    lines
}

fn rows_of(count: usize) -> String {
    if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") }
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
            Words::Stopped(class) => Some(swedish(*class).to_owned()),
        });
        lines.extend(by_count(&counts(classes)).into_iter().map(|line| format!("  {line}")));
    }
    let long = of(|words| *words == Words::Stopped(Class::TooLong));
    lines.extend((long > 0).then(|| format!("  {} utan sin text: längre än 4 000 tecken", rows_of(long))));
    let none = of(|words| *words == Words::None);
    lines.extend((none > 0).then(|| format!("  {} utan text i filen", rows_of(none))));
    headed("Införda utan beskrivning", lines)
}

fn swedish(class: Class) -> &'static str {
    match class {
        Class::InvalidCharacters => "osynliga styrtecken",
        Class::TooLong => "för lång",
        Class::Personnummer => "personnummer",
        Class::Samordningsnummer => "samordningsnummer",
        Class::Reservnummer => "reservnummer",
        Class::Phone => "telefonnummer",
        Class::Email => "e-postadress",
    }
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
        Done { week: Week::new(2026, number).unwrap(), rows, outcome, imported }
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
            "  1 nya rapporter, 0 kompletterade, 0 redan införda",
            "  1 vecka lämnade (5 rader): Områdespoliserna norr rapporterar från 2026-W01\n    2026-W01: 5",
            "  MISSLYCKADES 2026-W03 (1 rad): veckan är stängd",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("Okända typer"));
    }
}
