//! What holds in every life of a programme, whatever is tried in it.

use crate::given::Programme;
use crate::lives::{Tried, life};
use est::decision::Decide;
use est::event::{Happened, name};
use est::report::{self, Statement};
use est::{Aggregate, AreaId, Event, Facts, picture};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::{BTreeMap, BTreeSet};

/// Said anew on purpose, each time with words of its own: they leave the state as it was.
const RESTATEMENTS: [&str; 6] = [
    "report.amend",
    "compilation.revise",
    "addendum.write",
    "prioritisation.propose",
    "analysis.amend",
    "intervention.report-back",
];

fn lives() -> ProptestConfig {
    ProptestConfig::with_cases(96)
}

/// Each event with the facts as they were before it.
fn with_facts(programme: &Programme) -> impl Iterator<Item = (Facts, &Happened)> {
    let mut facts = Facts::default();
    programme.log().iter().map(move |happened| {
        let before = facts.clone();
        facts.follow(happened);
        (before, happened)
    })
}

/// The reports that were given or amended, with the facts of the moment.
fn statements(programme: &Programme) -> impl Iterator<Item = (Facts, Statement)> {
    with_facts(programme).filter_map(|(facts, happened)| {
        let Event::Report(reported) = &happened.event else { return None };
        match report::State::default().evolve(reported) {
            report::State::Given(statement) => Some((facts, statement)),
            report::State::Awaited { .. } => None,
        }
    })
}

/// The areas that a report names, of whatever was said there.
fn named(report: &report::State) -> BTreeSet<AreaId> {
    match report {
        report::State::Given(Statement::Seen { items, calm_areas, .. }) => {
            items.iter().filter_map(|item| item.area).chain(calm_areas.iter().copied()).collect()
        }
        report::State::Given(Statement::Calm) | report::State::Awaited { .. } => BTreeSet::new(),
    }
}

/// How that stands which a restatement speaks of; a compilation or an addendum is there, and no more.
fn standing(programme: &Programme, order: &dyn Decide) -> String {
    let stream = order.stream();
    let key = stream.strip_prefix("report/").and_then(report::Key::read);
    format!("{:?} {:?}", programme.facts().programme, key.map(|key| programme.state::<report::State>(&key)))
}

proptest! {
    #![proptest_config(lives())]

    /// R27
    #[test]
    fn a_lived_past_reads_back_unchanged_from_its_bytes(life in life()) {
        let programme = life.lived();
        let mut facts = Facts::default();
        for happened in programme.log() {
            let bytes = happened.event.bytes()?;
            let read = Event::read(happened.event.kind(), &bytes)?;
            prop_assert_eq!(&read, &happened.event);
            prop_assert_eq!(read.bytes()?, bytes);
            facts.follow(&Happened { event: read, ..happened.clone() });
        }
        let same = format!("{facts:?}") == format!("{:?}", programme.facts());
        prop_assert!(same, "the facts are others");
    }

    /// R27
    #[test]
    fn deciding_twice_gives_the_same(life in life()) {
        life.watched(|Tried { order, before, told, .. }| {
            prop_assert_eq!(&before.ask(order), told);
            Ok(())
        })?;
    }

    /// R47
    #[test]
    fn a_repeated_command_adds_nothing_or_is_refused(life in life()) {
        life.watched(|Tried { act, order, told, after, .. }| {
            if told.is_err() {
                return Ok(());
            }
            match after.ask(order) {
                Ok(_) if RESTATEMENTS.contains(&act.name) => {
                    let mut again = after.clone();
                    prop_assert!(again.take(order).is_ok());
                    prop_assert_eq!(standing(&again, order), standing(after, order));
                }
                Ok(second) => prop_assert!(second.is_empty(), "{} again: {:?}", act.name, second),
                Err(_) => {}
            }
            Ok(())
        })?;
    }

    /// R85, R138
    #[test]
    fn no_edition_is_distributed_before_it_is_adopted(life in life()) {
        let mut adopted = BTreeMap::new();
        for happened in life.lived().log() {
            let Event::Picture(event) = &happened.event else { continue };
            match event {
                picture::Event::Adopted { edition, .. } => {
                    adopted.insert(happened.stream.clone(), *edition);
                }
                picture::Event::CorrectionBegun { .. } => {
                    adopted.remove(&happened.stream);
                }
                picture::Event::Distributed { edition, .. } => {
                    prop_assert_eq!(adopted.get(&happened.stream), Some(edition));
                }
                picture::Event::Drafted { .. }
                | picture::Event::Renewed { .. }
                | picture::Event::SectionEdited { .. }
                | picture::Event::WarningAcknowledged(_)
                | picture::Event::Acknowledged { .. } => {}
            }
        }
    }

    /// R102
    #[test]
    fn the_number_of_priorities_is_that_of_the_method(life in life()) {
        let programme = life.lived();
        for (facts, happened) in with_facts(&programme) {
            if let Event::Picture(picture::Event::Drafted { priorities, .. }) = &happened.event {
                let different: BTreeSet<_> = priorities.iter().collect();
                let week = happened.key().parse().map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
                prop_assert_eq!(different.len(), usize::from(facts.method_of(week).priorities));
                prop_assert_eq!(different.len(), priorities.len());
            }
        }
    }

    /// R53
    #[test]
    fn calm_and_observations_exclude_each_other_in_a_report(life in life()) {
        for (facts, statement) in statements(&life.lived()) {
            if let Statement::Seen { items, calm_areas, still_there } = statement {
                prop_assert!(!items.is_empty() || !calm_areas.is_empty() || !still_there.is_empty());
                let known = items.iter().filter_map(|item| item.problem).chain(still_there);
                let theirs = known.filter_map(|problem| Some(facts.problems.get(&problem)?.open()?.area));
                let seen: BTreeSet<_> = items.iter().filter_map(|item| item.area).chain(theirs).collect();
                prop_assert!(!calm_areas.iter().any(|area| seen.contains(area)));
            }
        }
    }

    /// R27
    #[test]
    fn a_retired_area_gets_no_new_observations(life in life()) {
        let programme = life.lived();
        let mut reports: BTreeMap<&str, report::State> = BTreeMap::new();
        for (facts, happened) in with_facts(&programme) {
            let Event::Report(event) = &happened.event else { continue };
            let report = reports.entry(&happened.stream).or_default();
            let before = named(report);
            *report = std::mem::take(report).evolve(event);
            prop_assert!(named(report).difference(&before).all(|area| facts.area(*area).is_some()));
        }
    }

    /// R48: one report of a unit and week stands at a time.
    #[test]
    fn a_unit_has_one_report_of_a_week(life in life()) {
        let mut given = BTreeSet::new();
        for happened in life.lived().log() {
            let Event::Report(event) = &happened.event else { continue };
            let stands = match event {
                report::Event::CalmReported { .. } | report::Event::Submitted { .. } => {
                    given.insert(happened.stream.clone())
                }
                report::Event::Amended { .. } => given.contains(&happened.stream),
                report::Event::Withdrawn { .. } => given.remove(&happened.stream),
                report::Event::Reminded { .. } => !given.contains(&happened.stream),
            };
            prop_assert!(stands, "{:?}", happened);
        }
    }
}

/// Laws about random lives say something only if those lives come to everything.
#[test]
fn random_lives_come_to_every_kind_of_event() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut wanted: BTreeSet<_> = crate::complete::event_names().collect();
    for _ in 0..3_000 {
        let Ok(tree) = life().new_tree(&mut runner) else { continue };
        for happened in tree.current().lived().log() {
            let bytes = happened.event.bytes().unwrap_or_default();
            wanted.remove(&name(happened.event.kind(), &bytes));
        }
        if wanted.is_empty() {
            return;
        }
    }
    assert!(wanted.is_empty(), "never reached: {wanted:?}");
}
