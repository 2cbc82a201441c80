//! A problem that falls silent is closed by rule; where nobody reports, nothing is known and it stays open.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use crate::problem::{opening, reopening};
use est::problem::{CloseSilent, weeks_of_silence};
use est::{Event, Week, cycle, problem, programme, report};
use serde_json::{Value, json};

/// A problem of W45, two silent weeks being enough, and W47 to W49 opened.
fn asked() -> Programme {
    let handbook = serde_json::to_value(est::method::Method::default()).unwrap_or_default();
    let method = read::<programme::AdoptMethod>(with(
        handbook,
        &json!({ "version": "Exempelstad 2", "silentWeeks": 2 }),
    ));
    let programme = Programme::active().given("coordinator", programme::Itself, method).given(
        "coordinator",
        GRAFFITI,
        opening(),
    );
    (0..3).fold(programme, |programme, later| {
        programme.given("coordinator", week().plus(later), cycle::Open {})
    })
}

fn says(programme: Programme, week: Week, said: &Value) -> Programme {
    let said = with(json!({ "unit": EAST }), said);
    programme.given("caretaker", report::Key { week, unit: EAST }, read::<report::Submit>(said))
}

fn calm(programme: Programme, week: Week) -> Programme {
    says(programme, week, &json!({ "calm": true }))
}

/// Two weeks in which its area was reported on, and nobody spoke of it.
pub(crate) fn silent() -> Programme {
    calm(calm(asked(), week()), week().plus(1))
}

fn closing(programme: &Programme, until: Week) -> CloseSilent {
    CloseSilent { weeks: weeks_of_silence(programme.facts(), until).unwrap_or_default() }
}

/// R52: closed when its area was reported on for so many weeks and nobody spoke of it; it may come back.
#[test]
fn a_problem_that_nobody_speaks_of_is_closed_by_rule_and_may_be_reopened() {
    let next = week().plus(1);
    let mut programme = silent();
    let rule = closing(&programme, next);
    then!(
        programme.when("duty", GRAFFITI, rule.clone()),
        Event::Problem(problem::Event::FellSilent { until, weeks: 2, reports: 2 }) if *until == next
    );
    assert_eq!(programme.when("duty", GRAFFITI, rule.clone()), Err(problem::ALREADY_CLOSED));
    let mut programme = programme.given("coordinator", GRAFFITI, reopening());
    let again = programme.when("duty", GRAFFITI, rule.clone());
    assert_eq!(again, Err(problem::NOT_SILENT), "who reopened it spoke of it");
    assert_eq!(Programme::active().when("duty", GRAFFITI, rule), Err(problem::NOT_OPENED));
}

/// R52, R53: a week without reports is no silence of the problem's.
#[test]
fn where_nobody_reports_a_problem_stays_open() {
    let next = week().plus(1);
    let mut programme = calm(asked(), week());
    let rule = closing(&programme, next);
    assert_eq!(programme.when("duty", GRAFFITI, rule), Err(problem::NOT_SILENT));
}

/// R52: it was spoken of, or something of its kind was seen there.
#[test]
fn a_problem_that_somebody_speaks_of_stays_open() {
    let next = week().plus(1);
    let seen = |problem: Value| {
        let item = json!({ "indicator": "vandalism", "area": CENTRUM, "date": "2026-11-24", "timeBand": "evening",
            "problem": problem });
        json!({ "items": [item] })
    };
    for said in [json!({ "stillThere": [GRAFFITI] }), seen(json!(GRAFFITI)), seen(Value::Null)] {
        let mut programme = says(calm(asked(), week()), next, &said);
        let rule = closing(&programme, next);
        assert_eq!(programme.when("duty", GRAFFITI, rule), Err(problem::NOT_SILENT), "{said}");
    }
}

/// The rule looks at the weeks that the method says, and at no others.
#[test]
fn other_weeks_than_the_methods_close_nothing() {
    let mut programme = silent();
    for weeks in [vec![], vec![week()], vec![week(), week().plus(1)]] {
        assert_eq!(programme.when("duty", GRAFFITI, CloseSilent { weeks }), Err(problem::NOT_SILENT));
    }
    assert_eq!(weeks_of_silence(programme.facts(), week()), None, "one opened week is not two");
}
