//! The weekly cycle: opened, led through its phases; a skipped week stays visible.

use crate::cast::*;
use crate::given::{Programme, moment, read, then, with};
use est::cycle::{self, Phase};
use est::permission::FUNCTION_MISSING;
use est::{Event, programme};
use serde_json::json;

fn skipping() -> cycle::Skip {
    read(json!({ "reason": "Samtliga funktioner är i lokaler utan ström." }))
}

fn begin(phase: Phase) -> cycle::BeginPhase {
    cycle::BeginPhase { phase }
}

/// R3: the deadline is a local time, also when the clocks change.
#[test]
fn a_week_is_opened_with_its_deadline_in_local_time() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", week(), cycle::Open {});
    let winter = moment("2026-11-19T07:00:00Z");
    then!(told, Event::Cycle(cycle::Event::Opened { deadline, .. }) if *deadline == winter);
    let told = programme.when("coordinator", read("2026-W43".into()), cycle::Open {});
    let summer = moment("2026-10-22T06:00:00Z");
    then!(told, Event::Cycle(cycle::Event::Opened { deadline, .. }) if *deadline == summer);
}

/// R3: all year round, also in the last week of a long year.
#[test]
fn the_fifty_third_week_is_a_week() {
    let told = Programme::active().when("duty", read("2026-W53".into()), cycle::Open {});
    let deadline_day = moment("2026-12-31T07:00:00Z");
    then!(told, Event::Cycle(cycle::Event::Opened { deadline, .. }) if *deadline == deadline_day);
}

/// R3: a deadline that the clocks skip comes an hour later, not an hour too early.
#[test]
fn a_deadline_that_daylight_saving_skips_is_moved_forward() {
    let handbook = serde_json::to_value(est::method::Method::default()).unwrap_or_default();
    let night =
        json!({ "version": "Exempelstad", "reportingDeadline": { "weekday": 7, "time": "02:30:00" } });
    let method = read::<programme::AdoptMethod>(with(handbook, &night));
    let mut programme = Programme::active().given("coordinator", programme::Itself, method);
    let told = programme.when("duty", read("2027-W12".into()), cycle::Open {});
    let half_past_three = moment("2027-03-28T01:30:00Z");
    then!(told, Event::Cycle(cycle::Event::Opened { deadline, .. }) if *deadline == half_past_three);
}

/// R5: every second week, counted from the first; what lies before it is history, entered as it was.
#[test]
fn a_week_off_the_cadence_is_not_opened() {
    let handbook = serde_json::to_value(est::method::Method::default()).unwrap_or_default();
    let fortnightly = with(handbook, &json!({ "version": "Varannan vecka", "cadenceWeeks": 2 }));
    let method = read::<programme::AdoptMethod>(fortnightly);
    let mut programme = Programme::in_week().given("coordinator", programme::Itself, method);
    let mut open = |weeks| programme.when("coordinator", week().plus(weeks), cycle::Open {});
    assert_eq!(open(1), Err(cycle::OFF_CADENCE));
    assert!(open(-3).is_ok());
    assert_eq!(open(1), Err(cycle::OFF_CADENCE), "history does not move the beat");
    assert!(open(2).is_ok());
}

/// R120
#[test]
fn no_week_is_opened_or_skipped_before_the_programme_is_active() {
    let mut programme = Programme::prepared();
    assert_eq!(programme.when("coordinator", week(), cycle::Open {}), Err(programme::NOT_ACTIVE));
    assert_eq!(programme.when("coordinator", week(), skipping()), Err(programme::NOT_ACTIVE));
}

/// R3
#[test]
fn a_week_is_opened_once() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("coordinator", week(), cycle::Open {}), Err(cycle::ALREADY_OPENED));
    assert_eq!(programme.when("coordinator", week(), skipping()), Err(cycle::ALREADY_OPENED));
}

/// R3
#[test]
fn a_skipped_week_says_why_and_stays_skipped() {
    let mut programme = Programme::active();
    then!(programme.when("coordinator", week(), skipping()), Event::Cycle(cycle::Event::Skipped { .. }));
    assert_eq!(programme.when("coordinator", week(), cycle::Open {}), Err(cycle::ALREADY_OPENED));
    assert_eq!(programme.when("coordinator", week(), begin(Phase::Analysis)), Err(cycle::SKIPPED));
}

/// R8
#[test]
fn the_five_phases_come_in_order_and_then_the_week_is_closed() {
    let mut programme = Programme::in_week();
    let all = [Phase::Analysis, Phase::Interventions, Phase::FollowUp, Phase::Feedback, Phase::Closed];
    for phase in all {
        let told = programme.when("coordinator", week(), begin(phase));
        then!(told, Event::Cycle(cycle::Event::PhaseBegun { phase: begun }) if *begun == phase);
    }
    assert_eq!(programme.when("coordinator", week(), begin(Phase::Analysis)), Err(cycle::CLOSED));
}

/// R8
#[test]
fn no_phase_is_passed_over_or_taken_twice() {
    let mut programme = Programme::in_week();
    for phase in [Phase::Collection, Phase::Interventions, Phase::Closed] {
        assert_eq!(programme.when("coordinator", week(), begin(phase)), Err(cycle::PHASE_OUT_OF_ORDER));
    }
}

/// R8
#[test]
fn a_week_that_is_not_opened_has_no_phases() {
    let told = Programme::active().when("coordinator", week(), begin(Phase::Analysis));
    assert_eq!(told, Err(cycle::NOT_OPENED));
}

/// R2
#[test]
fn a_hub_does_not_run_the_cycle() {
    assert_eq!(Programme::active().when("hub", week(), cycle::Open {}), Err(FUNCTION_MISSING));
}
