//! An organisation: it joins; its reporting units are added, changed, closed.

use crate::cast::*;
use crate::given::{Programme, read, then, then_nothing};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, UnitId, Week, area, organisation};
use serde_json::json;

fn changing(unit: UnitId, name: &str, areas: &[AreaId]) -> organisation::ChangeUnit {
    organisation::ChangeUnit { unit: Some(unit), ..read(json!({ "name": name, "areas": areas })) }
}

fn closing(unit: UnitId, from: &str) -> organisation::CloseUnit {
    organisation::CloseUnit { unit: Some(unit), from: read(from.into()) }
}

fn expected(programme: &Programme, week: Week) -> Vec<UnitId> {
    programme.facts().expected(week).map(|(_, unit, _)| unit).collect()
}

/// R29, R31: the list of kinds is open.
#[test]
fn an_organisation_of_any_kind_joins() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", NOBODY, joining("Nattvandrarna", "night_walkers", false));
    then!(told, Event::Organisation(organisation::Event::Joined { hub: false, .. }));
    let again = programme.when("coordinator", NOBODY, joining("Nattvandrarna", "other", false));
    assert_eq!(again, Err(organisation::ALREADY_JOINED));
}

/// R29
#[test]
fn two_organisations_never_share_a_name() {
    let told = Programme::active().when("coordinator", NOBODY, joining("Exempelbostäder", "other", false));
    assert_eq!(told, Err(organisation::NAME_TAKEN));
}

/// R28, R114: such as seven caretaker offices.
#[test]
fn a_unit_is_added_and_awaited_from_its_first_week() {
    let mut programme = Programme::active();
    let told = programme.when("administrator", HOUSING, unit(NO_UNIT, "Bovärdar norr", &[NORR]));
    then!(told, Event::Organisation(organisation::Event::UnitAdded { unit: NO_UNIT, .. }));
    assert!(expected(&programme, read("2026-W40".into())).contains(&NO_UNIT));
    assert!(!expected(&programme, read("2026-W39".into())).contains(&NO_UNIT));
}

/// R114
#[test]
fn a_unit_is_added_once_to_an_organisation_that_takes_part() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", HOUSING, unit(EAST, "Bovärdar nya", &[]));
    assert_eq!(told, Err(organisation::UNIT_EXISTS));
    let told = programme.when("coordinator", HOUSING, unit(NO_UNIT, "Bovärdar öst", &[]));
    assert_eq!(told, Err(organisation::UNIT_EXISTS), "its name is that of another");
    let told = programme.when("coordinator", HOUSING, unit(PATROL, "Bovärdar norr", &[]));
    assert_eq!(told, Err(organisation::UNIT_EXISTS), "it is another organisation's");
    let told = programme.when("coordinator", NOBODY, unit(NO_UNIT, "Bovärdar norr", &[]));
    assert_eq!(told, Err(organisation::NOT_JOINED));
    let told = programme.when("coordinator", NOBODY, closing(NO_UNIT, "2026-W48"));
    assert_eq!(told, Err(organisation::NOT_JOINED));
}

/// R18
#[test]
fn a_unit_answers_for_areas_that_are_drawn() {
    let mut programme = Programme::active().given("coordinator", SODER, area::Retire {});
    let told = programme.when("coordinator", HOUSING, unit(NO_UNIT, "Bovärdar norr", &[ELSEWHERE]));
    assert_eq!(told, Err(organisation::AREA_UNKNOWN));
    let told = programme.when("coordinator", HOUSING, changing(EAST, "Bovärdar öst", &[CENTRUM, SODER]));
    assert_eq!(told, Err(organisation::AREA_UNKNOWN), "one of them is retired");
}

/// R114
#[test]
fn a_unit_is_changed() {
    let mut programme = Programme::active();
    let told = programme.when("administrator", HOUSING, changing(EAST, "Bovärdar centrum", &[CENTRUM]));
    then!(told, Event::Organisation(organisation::Event::UnitChanged { unit: EAST, .. }));
    then_nothing(&programme.when("administrator", HOUSING, changing(EAST, "Bovärdar centrum", &[CENTRUM])));
    let told = programme.when("administrator", HOUSING, changing(EAST, "Bovärdar väst", &[CENTRUM]));
    assert_eq!(told, Err(organisation::UNIT_EXISTS), "its name would be that of another");
    let told = programme.when("administrator", HOUSING, changing(PATROL, "Bovärdar syd", &[]));
    assert_eq!(told, Err(organisation::UNIT_UNKNOWN), "it is another organisation's");
}

/// R28: from its last week on a unit is not silent, it is gone.
#[test]
fn a_closed_unit_is_no_longer_awaited() {
    let mut programme = Programme::active();
    let told = programme.when("administrator", HOUSING, closing(WEST, "2026-W48"));
    then!(told, Event::Organisation(organisation::Event::UnitClosed { unit: WEST, .. }));
    assert_eq!(expected(&programme, week()), [PATROL, EAST, WEST]);
    assert_eq!(expected(&programme, week().plus(1)), [PATROL, EAST]);
    then_nothing(&programme.when("administrator", HOUSING, closing(WEST, "2026-W48")));
    assert!(programme.when("administrator", HOUSING, closing(WEST, "2026-W49")).is_ok(), "it has not begun");
    let mut closed = programme.at("2026-12-01T08:00:00Z");
    let told = closed.when("administrator", HOUSING, closing(WEST, "2026-W52"));
    assert_eq!(told, Err(organisation::UNIT_CLOSED));
    let told = closed.when("administrator", HOUSING, changing(WEST, "Bovärdar väst", &[]));
    assert_eq!(told, Err(organisation::UNIT_CLOSED));
    assert!(closed.when("administrator", HOUSING, unit(NO_UNIT, "Bovärdar väst", &[VASTER])).is_ok());
}

/// R27: nobody's silence, and nobody's report, is taken out of the weeks that have been.
#[test]
fn a_unit_does_not_close_backwards() {
    for from in ["2026-W47", "2026-W20", "2016-W47"] {
        let told = Programme::active().when("administrator", HOUSING, closing(WEST, from));
        assert_eq!(told, Err(organisation::UNIT_CLOSES_BACKWARDS), "{from}");
    }
}

/// R27: what was silence in one area is not made silence in another.
#[test]
fn the_areas_that_a_unit_answered_for_stand() {
    let mut programme = Programme::active();
    let areas = |programme: &Programme, week| {
        programme.facts().unit(EAST).map(|unit| unit.areas_in(week).to_vec()).unwrap_or_default()
    };
    assert_eq!(areas(&programme, week()), [CENTRUM, NORR]);
    for now in [[SODER], [VASTER]] {
        assert!(programme.when("administrator", HOUSING, changing(EAST, "Bovärdar öst", &now)).is_ok());
        assert_eq!(areas(&programme, week().plus(-1)), [CENTRUM, NORR]);
        assert_eq!(areas(&programme, week()), now);
    }
    programme = programme.at("2026-12-01T08:00:00Z");
    assert!(programme.when("administrator", HOUSING, changing(EAST, "Bovärdar öst", &[])).is_ok());
    assert_eq!(areas(&programme, week().plus(1)), [VASTER]);
    assert_eq!(areas(&programme, week().plus(2)), []);
}

/// R2, R114: who administers one unit does not reach the next, nor the organisation as a whole.
#[test]
fn an_administrator_of_one_unit_keeps_that_unit_alone() {
    let establish = establishing("organisation_administrator", HOUSING, Some(EAST));
    let mut programme = Programme::active().given("coordinator", NO_FUNCTION, establish).given(
        "coordinator",
        NO_FUNCTION,
        appointing("clerk"),
    );
    assert!(programme.when("clerk", HOUSING, changing(EAST, "Bovärdar centrum", &[CENTRUM])).is_ok());
    assert_eq!(programme.when("clerk", HOUSING, closing(WEST, "2026-W48")), Err(FUNCTION_MISSING));
    let told = programme.when("clerk", HOUSING, unit(NO_UNIT, "Bovärdar norr", &[]));
    assert_eq!(told, Err(FUNCTION_MISSING));
    assert!(programme.when("clerk", CARETAKING, appointing("second")).is_ok());
    assert_eq!(programme.when("clerk", LEADERSHIP, appointing("second")), Err(FUNCTION_MISSING));
}

/// R2: an administrator keeps the units of their own organisation.
#[test]
fn an_administrator_does_not_reach_another_organisation() {
    let told = Programme::active().when("administrator", POLICE, unit(NO_UNIT, "Yttre befäl", &[]));
    assert_eq!(told, Err(FUNCTION_MISSING));
}
