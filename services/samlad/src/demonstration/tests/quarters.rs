//! The quarters are lived by the method too.

use super::{LOG, Log, recorded, story, week};
use crate::demonstration::WEEKS;
use est::Week;
use est::event::Event;
use est::{intervention, picture, prioritisation};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Stories that end in weeks from a quarter's first to its last.
static ENDINGS: LazyLock<Vec<(Week, Log)>> = LazyLock::new(|| {
    let weeks = (0..13).step_by(3).map(|weeks| week("2026-W08").plus(weeks));
    weeks.map(|last| (last, recorded(1, &last.to_string()))).collect()
});

fn quarter(week: Week) -> (i16, i8) {
    let thursday = week.day(4);
    (thursday.year(), (thursday.month() - 1) / 3)
}

fn weeks(last: Week) -> impl Iterator<Item = Week> {
    (1 - WEEKS..=0).map(move |number| last.plus(number))
}

/// What happened to an intervention, and in which week.
type Life<'a> = Vec<(Week, &'a intervention::Event)>;

fn lives(log: &Log) -> BTreeMap<&str, Life<'_>> {
    let mut lives: BTreeMap<&str, Life<'_>> = BTreeMap::new();
    for happened in &log.events {
        if let Event::Intervention(event) = &happened.event {
            let zone = log.facts.method().zone();
            let week = Week::of(happened.recorded_at.to_zoned(zone).date());
            lives.entry(&happened.stream).or_default().push((week, event));
        }
    }
    lives
}

/// R22, R95, R102-R104: every week has decided areas, the pictures have them as blocks, and one change was restored.
#[test]
fn every_week_has_decided_priorities_and_its_picture_follows_them() {
    let log = &*LOG;
    for lived in weeks(week("2026-W08")) {
        let decided = prioritisation::prioritised(&log.facts, lived).unwrap_or_default();
        assert_eq!(decided.len(), 3, "{lived}");
        for event in log.in_stream(&format!("picture/{lived}")) {
            if let Event::Picture(picture::Event::Drafted { priorities, .. }) = event {
                assert_eq!(*priorities, decided, "{lived}");
            }
        }
    }
    let changes = log.facts.prioritisations.values().filter_map(|state| state.decided());
    let changes: Vec<_> = changes.flat_map(|(_, changes)| changes).collect();
    assert!(changes.len() == 1 && changes.iter().all(|change| change.until.is_some()), "{changes:?}");
}

/// R24, R58, R72: whatever week the story ends in, every whole quarter begins an intervention in a prioritised area.
#[test]
fn every_quarter_takes_something_up_whatever_week_the_story_ends_in() {
    let mut without = Vec::new();
    let shown = story(1, "2026-W08").shown.unwrap();
    for (last, log) in &*ENDINGS {
        assert_eq!(log.refused, Vec::<String>::new(), "{last}");
        let lives = lives(log);
        let events = || lives.values().flatten();
        for first in weeks(*last).filter(|its| quarter(*its) != quarter(its.plus(-1))) {
            let whole = weeks(*last).any(|its| its == first.plus(12));
            let proposed = events().filter(|(its, event)| {
                let from_analysis =
                    matches!(event, intervention::Event::Proposed { plan } if plan.analysis.is_some());
                from_analysis && quarter(*its) == quarter(first)
            });
            if whole && proposed.count() == 0 {
                without.push(format!("{first} in the story until {last}"));
            }
        }
        let ended = log.facts.interventions.get(&shown);
        assert!(matches!(ended, Some(intervention::State::Ended(_))), "{last}");
    }
    assert_eq!(without, Vec::<String>::new());
}

/// R25, R79, R132: what asks for attention is there to be seen, whatever week the story ends in.
#[test]
fn something_is_neglected_something_outlives_its_problem_and_something_is_under_embargo() {
    for (last, log) in &*ENDINGS {
        let lives = lives(log);
        let is_active = |life: &[(Week, &intervention::Event)]| {
            let began = life.iter().any(|(_, event)| matches!(event, intervention::Event::Started { .. }));
            let over = intervention::Disposition::End;
            began
                && !life.iter().any(|(_, event)| {
                    matches!(event, intervention::Event::DispositionDecided { disposition, .. } if *disposition == over)
                })
        };
        let disposed = |(_, event): &(Week, &intervention::Event)| {
            matches!(event, intervention::Event::DispositionDecided { .. })
        };
        let active = || lives.values().filter(|life| is_active(life));
        assert!(active().any(|life| !life.iter().any(disposed)), "{last}");
        let gone = |(_, event): &(Week, &intervention::Event)| {
            let intervention::Event::Proposed { plan } = event else { return false };
            plan.problems.iter().all(|problem| log.facts.problems[problem].open().is_none())
        };
        assert!(active().any(|life| life.iter().any(gone)), "{last}");
        let hidden = lives.values().filter(|life| !is_active(life)).any(|life| {
            life.iter()
                .any(|(_, event)| matches!(event, intervention::Event::Decided { terms } if terms.embargo))
        });
        assert!(hidden, "{last}");
    }
}
