//! The story is one that the method admits: every act is accepted, whatever the order within its moment.

mod log;
mod quarters;

use super::{Demonstration, WEEKS, programme};
use est::event::Event;
use est::permission::FUNCTION_KINDS;
use est::text::Gate;
use est::{Week, cycle, function, picture, report};
use log::Log;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex};

/// What most of the tests look at.
static LOG: LazyLock<Log> = LazyLock::new(|| recorded(1, "2026-W08"));

fn gate(seed: u64) -> Gate {
    let random = Mutex::new(rand_chacha::ChaCha8Rng::seed_from_u64(seed));
    let draw = move || {
        let mut drawn = [0; 32];
        random.lock().unwrap().fill_bytes(&mut drawn);
        drawn
    };
    let screen = |text: &str| personal_data::screen(text, &personal_data::Context::base());
    Gate { screen: Arc::new(screen), draw: Arc::new(draw) }
}

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

fn story(seed: u64, last: &str) -> Demonstration {
    programme(seed, week(last), &gate(seed)).unwrap()
}

fn recorded(seed: u64, last: &str) -> Log {
    let mut log = Log::default();
    log.record(story(seed, last));
    log
}

#[test]
fn every_act_is_accepted_from_any_seed_and_in_any_week() {
    assert_eq!(LOG.refused, Vec::<String>::new());
    for (seed, last) in [(2, "2027-W01"), (3, "2024-W26"), (4, "2026-W53")] {
        assert_eq!(recorded(seed, last).refused, Vec::<String>::new(), "seed {seed}, {last}");
    }
}

#[test]
fn the_acts_of_a_moment_may_be_recorded_in_any_order() {
    let mut reversed = story(5, "2026-W08");
    reversed.moments.iter_mut().for_each(|moment| moment.acts.reverse());
    let mut log = Log::default();
    log.record(reversed);
    assert_eq!(log.refused, Vec::<String>::new());
}

#[test]
fn the_same_seed_tells_the_same_story() {
    assert_eq!(recorded(1, "2026-W08").bytes(), LOG.bytes());
    assert_ne!(recorded(8, "2026-W08").bytes(), LOG.bytes());
}

#[test]
fn moments_stand_in_the_order_of_time_and_only_the_first_act_opens() {
    let moments = story(1, "2026-W08").moments;
    assert!(moments.windows(2).all(|pair| pair[0].at < pair[1].at));
    let opens: Vec<_> = moments.iter().flat_map(|moment| &moment.acts).map(|act| act.opens).collect();
    assert!(opens[0] && opens.iter().filter(|opens| **opens).count() == 1);
}

#[test]
fn the_guard_finds_nothing_in_what_is_said() {
    let gate = gate(1);
    let found: BTreeSet<_> = story(1, "2026-W08")
        .moments
        .iter()
        .flat_map(|moment| &moment.acts)
        .flat_map(|act| &act.texts)
        .filter(|text| !(gate.screen)(text.body()).is_clean())
        .map(|text| text.body().to_owned())
        .collect();
    assert_eq!(found, BTreeSet::new());
}

#[test]
fn nothing_is_told_of_a_day_that_has_not_come() {
    let log = &*LOG;
    let method = est::method::Method::default();
    for happened in &log.events {
        let Event::Report(report::Event::Submitted { items, .. }) = &happened.event else { continue };
        let today = happened.recorded_at.to_zoned(method.zone()).date();
        let observed = items.iter().filter(|item| item.occurrence == est::indicator::Occurrence::Observed);
        for item in observed {
            assert!(item.date <= today && today.since(item.date).unwrap().get_days() <= 7, "{item:?}");
        }
    }
}

#[test]
fn every_kind_of_function_is_held_and_one_hangs_on_a_single_holder() {
    let log = &*LOG;
    let now = log.events.last().unwrap().recorded_at;
    let established = log.facts.functions.values().filter_map(function::State::established);
    let holders =
        established.map(|its| (its.kind, its.holders.iter().filter(|holder| holder.holds_at(now)).count()));
    let holders: Vec<_> = holders.collect();
    assert!(FUNCTION_KINDS.iter().all(|kind| holders.iter().any(|(its, _)| its == kind)));
    let few = usize::from(log.facts.method().holders_per_function);
    assert_eq!(holders.iter().filter(|(_, count)| *count < few).count(), 1);
    let held =
        |role: &super::Role| log.facts.held_by(&role.subject, now).any(|held| held.kind == role.function);
    assert!(story(1, "2026-W08").cast.iter().all(held));
}

#[test]
fn the_last_week_lives_and_the_one_before_is_sent() {
    let log = &*LOG;
    let last = week("2026-W08");
    let cycle = cycle::opened(&log.facts, last).unwrap();
    assert_eq!(cycle.phase, cycle::Phase::Collection);
    let pictures = log.in_stream(&format!("picture/{last}"));
    assert!(pictures.is_empty());
    let given = log.in_stream(&format!("report/{last}/")).len();
    let expected = log.facts.expected(last).count();
    assert!((expected * 30..=expected * 70).contains(&(given * 100)), "{given} of {expected}");
    let before = log.in_stream(&format!("picture/{}", last.plus(-1)));
    assert!(before.iter().any(|event| matches!(event, Event::Picture(picture::Event::Distributed { .. }))));
}

#[test]
fn the_figures_are_those_of_a_town_that_works_by_the_method() {
    let log = &*LOG;
    let mut counts = BTreeMap::new();
    for happened in &log.events {
        let name = est::event::name(happened.event.kind(), &happened.event.bytes().unwrap());
        *counts.entry(name).or_insert(0_usize) += 1;
    }
    let expected: usize = (0..WEEKS - 1)
        .map(|number| log.facts.expected(week("2026-W08").plus(number + 1 - WEEKS)).count())
        .sum();
    let count = |name: &str| counts.get(name).copied().unwrap_or_default();
    let given = count("report.calm-reported") + count("report.submitted");
    let silent = expected.saturating_sub(given - count("report.withdrawn"));
    let told = format!("{} events, {expected} expected, {silent} silent: {counts:#?}", log.events.len());
    assert!((4..=11).contains(&(silent * 100 / expected)), "{told}");
    assert!((35..=60).contains(&(count("report.calm-reported") * 100 / expected)), "{told}");
    assert!(count("problem.opened") >= 8 && count("problem.closed") >= 5, "{told}");
    assert!(count("report.amended") > 20 && count("report.withdrawn") > 5, "{told}");
    assert_eq!(count("picture.correction-begun"), 1, "{told}");
    assert_eq!(count("cycle.opened"), 104, "{told}");
}
