//! The weeks in the summary: what became of them, why some were left, and what can be done about it.

use super::desk::{Done, Left, Outcome};
use est::organisation::Unit;

/// How many weeks stand on a line.
const WEEKS_A_LINE: usize = 8;

pub(super) fn lines(unit: &Unit, done: &[Done]) -> Vec<String> {
    let with =
        |outcome: &Outcome| -> Vec<&Done> { done.iter().filter(|done| done.outcome == *outcome).collect() };
    let new = with(&Outcome::Submitted);
    let mut lines = vec![format!(
        "  {} nya rapporter, varav {} i veckor som importen öppnat; {} kompletterade, {} redan införda",
        new.len(),
        new.iter().filter(|done| done.opened).count(),
        with(&Outcome::Amended).len(),
        with(&Outcome::Unchanged).len(),
    )];
    for (left, why) in reasons(unit, done) {
        lines.extend(left_alone(&with(&Outcome::Left(left)), &why));
    }
    let failed = done.iter().filter_map(|done| match &done.outcome {
        Outcome::Failed(reason) => {
            Some(format!("  MISSLYCKADES {} ({}): {reason}", done.week, rows_of(done.rows)))
        }
        Outcome::Submitted | Outcome::Amended | Outcome::Unchanged | Outcome::Left(_) => None,
    });
    lines.extend(failed);
    lines
}

/// A unit's first week cannot be moved, so history needs a unit that begins early enough.
fn reasons(unit: &Unit, done: &[Done]) -> [(Left, String); 4] {
    let Unit { name, from, closed_from, .. } = unit;
    let until = closed_from.map(|week| format!(" och är stängd från {week}")).unwrap_or_default();
    let not_reporting = done.iter().filter(|done| done.outcome == Outcome::Left(Left::NotReporting));
    let advice = not_reporting.map(|done| done.week).min().filter(|first| first < from).map(|first| {
        format!("; för historien, lägg till en enhet hos polisen med from {first} och kör igen med --unit")
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

/// Weeks that were left alone, with their rows.
fn left_alone(left: &[&Done], why: &str) -> Vec<String> {
    if left.is_empty() {
        return Vec::new();
    }
    let rows = left.iter().map(|done| done.rows).sum();
    let mut lines = vec![format!("  {} lämnade ({}): {why}", weeks_of(left.len()), rows_of(rows))];
    lines.extend(left.chunks(WEEKS_A_LINE).map(|weeks| {
        let weeks: Vec<_> = weeks.iter().map(|done| format!("{}: {}", done.week, done.rows)).collect();
        format!("    {}", weeks.join("  "))
    }));
    lines
}

pub(super) fn weeks_of(count: usize) -> String {
    if count == 1 { "1 vecka".to_owned() } else { format!("{count} veckor") }
}

pub(super) fn rows_of(count: usize) -> String {
    if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::import::desk::{Done, Left, Outcome};
    use crate::import::drill::{NORTH, facts};
    use est::Week;

    #[test]
    fn weeks_that_are_left_are_listed_with_their_rows() {
        let done = |number, left| {
            let outcome = Outcome::Left(left);
            let week = Week::new(2025, number).unwrap();
            let (moved, changed) = (Vec::new(), Vec::new());
            Done { week, rows: 3, outcome, imported: Vec::new(), moved, changed, opened: false }
        };
        let done: Vec<Done> =
            (1..=9).map(|number| done(number, Left::NotReporting)).chain([done(52, Left::Skipped)]).collect();
        let lines = lines(facts().unit(NORTH).unwrap(), &done);
        assert!(
            lines[1].starts_with("  9 veckor lämnade (27 rader): Områdespoliserna norr rapporterar från")
        );
        assert!(lines[1].ends_with("med from 2025-W01 och kör igen med --unit"));
        assert_eq!(lines[3], "    2025-W09: 3");
        assert_eq!(lines[4..], ["  1 vecka lämnade (3 rader): veckan är överhoppad", "    2025-W52: 3"]);
    }
}
