//! Half a year in a programme, over HTTP only, from the activation on: played from a seed by those whose functions may,
//! and read beside what was sent.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]
#![expect(clippy::indexing_slicing, reason = "what is absent from an answer fails the test")]

mod almanac;
#[path = "../../services/samlad/src/demonstration/chance.rs"]
mod chance;
mod courses;
mod intervening;
mod interventions;
mod lines;
mod look_back;
mod persisting;
mod pictures;
mod picturing;
mod play;
mod priorities;
mod prioritising;
mod problems;
mod quarterly;
mod reporting;
mod reports;
mod sent;
mod trespasses;
mod weekly;
mod weeks;

use crate::almanac::WEEKS;
use crate::play::Play;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use tests::cast::COORDINATORS;

const SEED: u64 = 2026;
const ANOTHER: u64 = 1018;

/// The half-year that is looked at, each week and each month.
static LIVED: LazyLock<Play> = LazyLock::new(|| weeks::live(SEED, true));

/// R3 R17 R27 R32 R51-R53 R58 R72 R75 R77 R78 R95 R100 R102-R104 R109 R119 R122 R132: looked at while it is lived.
#[test]
fn each_week_and_month_reads_as_it_was_lived() {
    let play = &*LIVED;
    assert_eq!(play.number, WEEKS - 1);
    assert_eq!(play.sent.reports.keys().map(|(number, _)| number).collect::<BTreeSet<_>>().len(), 25);
    assert_eq!(play.sent.pictures.len(), 25, "one week was skipped");
}

/// The second time nobody looks: reading leaves no trace either.
#[test]
fn the_same_seed_gives_the_same_log() {
    let (lived, again) = (lines::of(&LIVED), lines::of(&weeks::live(SEED, false)));
    let differing = lived.iter().zip(&again).find(|(one, other)| one != other);
    assert_eq!(differing, None);
    assert_eq!(lived.len(), again.len());
}

/// Another life by the same rules: all that is looked at holds in it too.
#[test]
fn another_seed_gives_another_log_in_which_the_rules_hold() {
    let other = weeks::live(ANOTHER, true);
    assert_has_it_all(&other);
    let (lived, other) = (lines::of(&LIVED), lines::of(&other));
    let alike = lived.iter().filter(|line| other.contains(line)).count();
    assert!(alike * 2 < lived.len(), "{alike} of {} lines are alike", lived.len());
}

/// R24 R108: what should befall a programme in half a year has befallen it.
#[test]
fn the_half_year_has_all_that_befalls_a_programme() {
    assert_has_it_all(&LIVED);
}

fn assert_has_it_all(play: &Play) {
    let sent = &play.sent;
    assert_eq!(sent.interventions.len(), 15);
    let lived = |what: &str| {
        sent.interventions.iter().filter(|its| its.life.iter().any(|event| event.2 == what)).count()
    };
    assert_eq!((lived("proposed"), lived("declined")), (15, 2));
    let disposed = |disposition: &str| {
        let acts = sent.interventions.iter().flat_map(|its| its.dispositions.iter());
        acts.filter(|its| its.as_str() == Some(disposition) || its.get(disposition).is_some()).count()
    };
    for disposition in ["continue", "expand", "replace", "end"] {
        assert!(disposed(disposition) > 0, "{disposition}");
    }
    assert!(sent.interventions.iter().any(|its| its.anchoring == "refused"));
    assert!(sent.interventions.iter().any(|its| its.course.embargo && its.started.is_some()));
    let alerts = ["milestone_passed", "no_change", "not_followed_up", "past_its_horizon", "problem_gone"];
    let all = alerts.iter().chain(&["report_back_overdue", "without_disposition"]);
    assert_eq!(sent.alerted, all.map(|alert| (*alert).to_owned()).collect());
    assert!(sent.periods[0].change.unwrap().until.is_some(), "restored");
    assert!(sent.reports.values().any(|told| told.late && told.said.is_some()));
    assert!(sent.reports.values().any(|told| told.said.is_none() && told.reminders.len() == 3));
    assert!(sent.corrected_calm > 0 && sent.withdrawn > 0 && sent.reopened > 0);
    assert!(sent.pictures.values().any(|picture| picture.editions.len() > 1), "corrected");
    assert!((0..WEEKS).any(|number| sent.contradictions(number) > 0));
    assert!(sent.problems.iter().any(|problem| !problem.gathered.is_empty()));
    assert!(sent.races >= 20, "{}", sent.races);
    assert!(sent.refusals.len() >= 40, "{:?}", sent.refusals);
}

/// R99 R136: each warning of a picture was answered for before it was adopted.
#[test]
fn no_warning_of_the_half_year_is_left_unanswered() {
    let told =
        LIVED.world.caller(COORDINATORS[0]).get(LIVED.cast.at("warnings")).ok().body["items"][0].clone();
    assert_eq!(told["outstanding"], 0, "{told}");
    assert_eq!(told["shown"], LIVED.sent.warned, "{told}");
}

/// R25 R79: what goes on out of habit is seen, with how long it has.
#[test]
fn what_nobody_minds_asks_for_attention_to_the_end() {
    let its = &LIVED.sent.interventions[persisting::ABANDONED];
    let read = LIVED.world.caller(COORDINATORS[0]).get(LIVED.cast.at(&format!("interventions/{}", its.id)));
    let alerts = read.ok().body["alerts"].clone();
    let told: Vec<&Value> = alerts.as_array().unwrap().iter().map(|alert| &alert["alert"]).collect();
    let asks = ["without_disposition", "problem_gone", "not_followed_up", "past_its_horizon"].into_iter();
    assert_eq!(told, asks.chain(["report_back_overdue"]).collect::<Vec<_>>());
    assert_eq!(alerts[0]["cycles"], WEEKS - 1 - its.started.unwrap());
}

/// What is compared says when, by which function and in which words; nothing of it is left out.
#[test]
fn a_line_of_the_log_tells_who_said_what() {
    let lived = lines::of(&LIVED);
    assert_eq!(lived.len(), usize::try_from(LIVED.position - LIVED.activated).unwrap());
    let texts = lived.iter().filter(|line| line.contains("\"said\":\""));
    assert!(texts.count() > 100, "texts are compared by what they say");
    let empty = lived.iter().filter(|line| line.contains("\"said\":null"));
    assert_eq!(empty.count(), 0);
    for part in ["by steering_member municipality", "by analyst municipality", "by informant walkers"] {
        assert!(lived.iter().any(|line| line.contains(part)), "{part}");
    }
}
