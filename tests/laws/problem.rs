//! A problem: opened from what was reported, closed when it is gone, reopened when it comes back.

use crate::cast::*;
use crate::given::{Programme, read, then};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, item, problem};
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

fn reopening() -> problem::Reopen {
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
