//! A problem: opened from what was reported, closed when it is gone, reopened when it comes back.

use crate::cast::*;
use crate::given::{Programme, read, then};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, UnitId, item, problem, report};
use serde_json::json;

fn opening_in(area: AreaId) -> problem::Open {
    read(json!({ "title": "Klotter i gångtunneln", "indicator": "vandalism", "area": area,
        "firstWeek": "2026-W45", "description": "Återkommer efter varje sanering." }))
}

pub(crate) fn opening() -> problem::Open {
    opening_in(CENTRUM)
}

pub(crate) fn closing() -> problem::Close {
    read(json!({ "reason": "Belysningen är lagad och ingen har klottrat på fem veckor." }))
}

pub(crate) fn reopening() -> problem::Reopen {
    read(json!({ "reason": "Klottret är tillbaka." }))
}

/// R52
#[test]
fn a_problem_is_opened_once_in_an_area_of_the_programme() {
    let mut programme = Programme::active();
    then!(
        programme.when("coordinator", GRAFFITI, opening()),
        Event::Problem(problem::Event::Opened { area: CENTRUM, .. })
    );
    assert_eq!(programme.when("coordinator", GRAFFITI, opening()), Err(problem::ALREADY_OPENED));
    let told = Programme::active().when("coordinator", GRAFFITI, opening_in(ELSEWHERE));
    assert_eq!(told, Err(item::AREA_UNKNOWN));
}

/// R25: that a problem is gone is said, with a reason.
#[test]
fn a_problem_is_closed_once() {
    let mut programme = Programme::active().given("coordinator", GRAFFITI, opening());
    then!(programme.when("coordinator", GRAFFITI, closing()), Event::Problem(problem::Event::Closed { .. }));
    assert_eq!(programme.when("coordinator", GRAFFITI, closing()), Err(problem::ALREADY_CLOSED));
    assert_eq!(programme.when("coordinator", GRAFFITI, opening()), Err(problem::ALREADY_OPENED));
}

/// R27: a problem that comes back is the same problem.
#[test]
fn a_closed_problem_is_reopened() {
    let mut programme = Programme::active().given("coordinator", GRAFFITI, opening());
    assert_eq!(programme.when("coordinator", GRAFFITI, reopening()), Err(problem::NOT_CLOSED));
    let mut programme = programme.given("coordinator", GRAFFITI, closing());
    then!(
        programme.when("coordinator", GRAFFITI, reopening()),
        Event::Problem(problem::Event::Reopened { .. })
    );
    let since = programme.facts().problems.get(&GRAFFITI).and_then(problem::State::open);
    assert_eq!(since.map(|opened| opened.first_week), Some(read("2026-W45".into())));
}

/// R52
#[test]
fn a_problem_that_was_never_opened_is_neither_closed_nor_reopened() {
    let mut programme = Programme::active();
    assert_eq!(programme.when("coordinator", GRAFFITI, closing()), Err(problem::NOT_OPENED));
    assert_eq!(programme.when("coordinator", GRAFFITI, reopening()), Err(problem::NOT_OPENED));
}

/// R2
#[test]
fn an_informant_does_not_open_problems() {
    assert_eq!(Programme::active().when("caretaker", GRAFFITI, opening()), Err(FUNCTION_MISSING));
}

fn observing(unit: UnitId, item: u16) -> problem::Corroborate {
    problem::Corroborate { observations: vec![problem::Observation { week: week(), unit, item }] }
}

fn reporting(area: AreaId, problem: Option<est::ProblemId>) -> report::Submit {
    let item = json!({ "indicator": "vandalism", "area": area, "date": "2026-11-16", "timeBand": "evening",
        "problem": problem });
    read(json!({ "unit": EAST, "items": [item] }))
}

/// R32: what several report of the same is one problem, and nothing of it is deleted.
#[test]
fn observations_of_others_corroborate_a_problem() {
    let mut programme = Programme::in_week().given("coordinator", GRAFFITI, opening()).given(
        "caretaker",
        of(EAST),
        reporting(CENTRUM, None),
    );
    then!(
        programme.when("coordinator", GRAFFITI, observing(EAST, 0)),
        Event::Problem(problem::Event::Corroborated { .. })
    );
    let again = programme.when("coordinator", GRAFFITI, observing(EAST, 0));
    assert_eq!(again, Err(problem::OBSERVATION_GATHERED));
    let unknown = programme.when("coordinator", GRAFFITI, observing(EAST, 1));
    assert_eq!(unknown, Err(problem::OBSERVATION_UNKNOWN));
    let report::State::Given(report::Statement::Seen { items, .. }) = programme.state(&of(EAST)) else {
        panic!("the report is gone")
    };
    let observation = problem::Observation { week: week(), unit: EAST, item: 0 };
    assert!(programme.facts().is_known(observation, &items[0]), "the problem was known a week before");
}

/// R32
#[test]
fn an_observation_of_another_area_is_not_of_the_problem() {
    let mut programme = Programme::in_week().given("coordinator", GRAFFITI, opening()).given(
        "caretaker",
        of(EAST),
        reporting(NORR, None),
    );
    let told = programme.when("coordinator", GRAFFITI, observing(EAST, 0));
    assert_eq!(told, Err(problem::OBSERVATION_UNKNOWN));
    let mut closed = programme.given("coordinator", GRAFFITI, closing());
    assert_eq!(closed.when("coordinator", GRAFFITI, observing(EAST, 0)), Err(problem::ALREADY_CLOSED));
}
