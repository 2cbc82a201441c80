//! The prioritised areas of a period: proposed, decided, changed for a time and restored.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, Week, item, prioritisation};
use serde_json::{Value, json};

fn weighed(area: AreaId) -> Value {
    json!({ "area": area, "need": 4, "influenceability": 3, "reason": "Flest rapporter och en tydlig orsak." })
}

pub(crate) fn proposing(chosen: &[AreaId], next: &[AreaId]) -> prioritisation::Propose {
    let weigh = |areas: &[AreaId]| areas.iter().copied().map(weighed).collect::<Vec<_>>();
    read(json!({ "lastWeek": "2026-W53", "chosen": weigh(chosen), "next": weigh(next) }))
}

pub(crate) fn deciding() -> prioritisation::Decide {
    read(json!({ "reason": "Enligt förslaget." }))
}

pub(crate) fn changing(otherwise: &Value) -> prioritisation::ChangeTemporarily {
    let body = json!({ "displaced": SODER, "instead": VASTER, "from": "2026-W45", "review": "2026-11-20",
        "reason": "Upprepade bränder i området." });
    read(with(body, otherwise))
}

pub(crate) fn restoring(displaced: AreaId, from: &str) -> prioritisation::Restore {
    read(json!({ "displaced": displaced, "from": from, "reason": "Bränderna har upphört." }))
}

impl Programme {
    /// With the quarter's three areas decided.
    pub(crate) fn prioritised() -> Self {
        Self::in_week().given("coordinator", quarter(), proposing(&[CENTRUM, NORR, SODER], &[VASTER])).given(
            "steering",
            quarter(),
            deciding(),
        )
    }
}

fn areas_in(programme: &Programme, week: &str) -> Option<Vec<AreaId>> {
    prioritisation::prioritised(programme.facts(), read::<Week>(week.into()))
}

/// R22, R78
#[test]
fn the_steering_group_decides_on_what_was_proposed() {
    let mut programme = Programme::active();
    let proposed = programme.when("coordinator", quarter(), proposing(&[CENTRUM, NORR, SODER], &[VASTER]));
    then!(proposed, Event::Prioritisation(prioritisation::Event::Proposed { .. }));
    assert_eq!(areas_in(&programme, "2026-W41"), None);
    assert_eq!(programme.when("coordinator", quarter(), deciding()), Err(FUNCTION_MISSING));
    then!(
        programme.when("steering", quarter(), deciding()),
        Event::Prioritisation(prioritisation::Event::Decided { .. })
    );
    assert_eq!(areas_in(&programme, "2026-W53"), Some(vec![CENTRUM, NORR, SODER]));
    assert_eq!(areas_in(&programme, "2026-W39"), None);
    assert_eq!(areas_in(&programme, "2027-W01"), None);
    assert_eq!(programme.when("steering", quarter(), deciding()), Err(prioritisation::ALREADY_DECIDED));
    let again = programme.when("coordinator", quarter(), proposing(&[CENTRUM, NORR, VASTER], &[SODER]));
    assert_eq!(again, Err(prioritisation::ALREADY_DECIDED));
}

/// R22: three areas, each once, and the nearest not chosen with them.
#[test]
fn a_proposal_names_as_many_areas_as_the_method_and_the_nearest_not_chosen() {
    let mut programme = Programme::active();
    let mut told = |chosen: &[AreaId], next: &[AreaId]| {
        programme.when("coordinator", quarter(), proposing(chosen, next)).err()
    };
    assert_eq!(told(&[CENTRUM, NORR], &[SODER]), Some(prioritisation::MISCOUNTED));
    assert_eq!(told(&[CENTRUM, NORR, NORR], &[SODER]), Some(prioritisation::MISCOUNTED));
    assert_eq!(told(&[CENTRUM, NORR, SODER], &[SODER]), Some(prioritisation::MISCOUNTED));
    assert_eq!(told(&[CENTRUM, NORR, SODER], &[]), Some(prioritisation::NEXT_MISSING));
    assert_eq!(told(&[CENTRUM, NORR, ELSEWHERE], &[SODER]), Some(item::AREA_UNKNOWN));
    assert_eq!(told(&[CENTRUM, NORR, SODER], &[VASTER]), None);
}

/// R102: periods have an end, and do not overlap.
#[test]
fn a_week_belongs_to_one_decided_period() {
    let mut programme = Programme::active();
    let late: Week = read("2027-W01".into());
    let backwards = programme.when("coordinator", late, proposing(&[CENTRUM, NORR, SODER], &[VASTER]));
    assert_eq!(backwards, Err(prioritisation::PERIOD_BROKEN));
    assert_eq!(programme.when("steering", quarter(), deciding()), Err(prioritisation::NOT_PROPOSED));
    let mut programme = Programme::prioritised().given(
        "coordinator",
        quarter().plus(5),
        proposing(&[CENTRUM, NORR, VASTER], &[SODER]),
    );
    let told = programme.when("steering", quarter().plus(5), deciding());
    assert_eq!(told, Err(prioritisation::PERIOD_TAKEN));
}

/// R104
#[test]
fn priorities_are_changed_for_a_time_and_restored() {
    let mut programme = Programme::prioritised();
    then!(
        programme.when("coordinator", quarter(), changing(&json!({}))),
        Event::Prioritisation(prioritisation::Event::TemporarilyChanged {
            displaced: SODER,
            instead: VASTER,
            ..
        })
    );
    assert_eq!(areas_in(&programme, "2026-W44"), Some(vec![CENTRUM, NORR, SODER]));
    assert_eq!(areas_in(&programme, "2026-W46"), Some(vec![CENTRUM, NORR, VASTER]));
    then!(
        programme.when("steering", quarter(), restoring(SODER, "2026-W48")),
        Event::Prioritisation(prioritisation::Event::Restored { displaced: SODER, .. })
    );
    assert_eq!(areas_in(&programme, "2026-W47"), Some(vec![CENTRUM, NORR, VASTER]));
    assert_eq!(areas_in(&programme, "2026-W48"), Some(vec![CENTRUM, NORR, SODER]));
    let again = programme.when("steering", quarter(), restoring(SODER, "2026-W49"));
    assert_eq!(again, Err(prioritisation::AREA_NOT_DISPLACED));
}

/// R104
#[test]
fn a_change_lies_in_the_period_and_takes_the_place_of_a_prioritised_area() {
    let early = Programme::active().when("steering", quarter(), changing(&json!({})));
    assert_eq!(early, Err(prioritisation::NOT_DECIDED));
    let told = |otherwise: Value| {
        Programme::prioritised().when("coordinator", quarter(), changing(&otherwise)).err()
    };
    assert_eq!(told(json!({ "from": "2027-W02" })), Some(prioritisation::WEEK_OUTSIDE));
    assert_eq!(told(json!({ "review": "2026-10-01" })), Some(prioritisation::WEEK_OUTSIDE));
    assert_eq!(told(json!({ "displaced": VASTER })), Some(prioritisation::AREA_NOT_PRIORITISED));
    assert_eq!(told(json!({ "instead": NORR })), Some(prioritisation::AREA_ALREADY_PRIORITISED));
    assert_eq!(told(json!({ "instead": ELSEWHERE })), Some(item::AREA_UNKNOWN));
    let changed = Programme::prioritised().given("coordinator", quarter(), changing(&json!({})));
    let before = changed.clone().when("steering", quarter(), restoring(SODER, "2026-W44"));
    assert_eq!(before, Err(prioritisation::WEEK_OUTSIDE));
    // Who stands in for another is not displaced in turn, and nobody is displaced twice.
    let next = json!({ "displaced": VASTER, "instead": SODER, "from": "2026-W46" });
    let told = changed.clone().when("coordinator", quarter(), changing(&next));
    assert_eq!(told, Err(prioritisation::AREA_NOT_PRIORITISED));
}
