//! A function: established, held for a time by somebody, discontinued; its rights are its own, not theirs.

use crate::cast::*;
use crate::given::{Programme, read, then};
use est::permission::{FUNCTION_MISSING, NO_SUCH_PROGRAMME};
use est::{Event, cycle, function};
use serde_json::json;

fn ending(holder: &str) -> function::EndHolder {
    read(json!({ "subject": holder }))
}

fn appointing_for(holder: &str, from: &str, until: &str) -> function::AppointHolder {
    read(json!({ "subject": holder, "kind": "person", "from": from, "until": until }))
}

/// R118
#[test]
fn a_function_is_established_by_a_decision() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", NO_FUNCTION, establishing("analyst", MUNICIPALITY, None));
    then!(told, Event::Function(function::Event::Established { organisation: MUNICIPALITY, .. }));
    let again = programme.when("coordinator", NO_FUNCTION, establishing("analyst", MUNICIPALITY, None));
    assert_eq!(again, Err(function::ALREADY_ESTABLISHED));
}

/// R2
#[test]
fn a_function_belongs_to_an_organisation_and_its_unit() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", NO_FUNCTION, establishing("informant", NOBODY, None));
    assert_eq!(told, Err(function::ORGANISATION_UNKNOWN));
    let told = programme.when("coordinator", NO_FUNCTION, establishing("informant", HOUSING, Some(PATROL)));
    assert_eq!(told, Err(function::UNIT_UNKNOWN));
}

/// R116: two officials alternate.
#[test]
fn a_function_has_several_holders() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", COORDINATION, appointing("second-coordinator"));
    then!(told, Event::Function(function::Event::HolderAppointed { .. }));
    assert!(programme.when("second-coordinator", week(), cycle::Open {}).is_ok());
}

/// R116
#[test]
fn nobody_holds_a_function_twice_at_a_time() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", COORDINATION, appointing("coordinator"));
    assert_eq!(told, Err(function::ALREADY_HOLDS));
    let january = appointing_for("substitute", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    let february = appointing_for("substitute", "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z");
    let winter = appointing_for("substitute", "2027-01-31T00:00:00Z", "2027-04-01T00:00:00Z");
    let mut programme = programme.given("coordinator", COORDINATION, january);
    assert!(
        programme.when("coordinator", COORDINATION, february).is_ok(),
        "one time begins where the other ends"
    );
    assert_eq!(programme.when("coordinator", COORDINATION, winter), Err(function::ALREADY_HOLDS));
}

/// R2
#[test]
fn a_time_ends_after_it_begins() {
    let backwards = appointing_for("substitute", "2027-02-01T00:00:00Z", "2027-02-01T00:00:00Z");
    let told = Programme::active().when("coordinator", COORDINATION, backwards);
    assert_eq!(told, Err(function::ENDS_BEFORE_START));
}

/// R2: from the start of a time up to, but not at, its end.
#[test]
fn rights_last_as_long_as_the_time() {
    let december = appointing_for("substitute", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z");
    let programme = Programme::active().given("coordinator", COORDINATION, december);
    let at = |time| programme.clone().at(time).when("substitute", week(), cycle::Open {});
    assert_eq!(at("2026-11-30T23:59:59Z"), Err(NO_SUCH_PROGRAMME));
    assert!(at("2026-12-01T00:00:00Z").is_ok());
    assert!(at("2026-12-31T23:59:59Z").is_ok());
    assert_eq!(at("2027-01-01T00:00:00Z"), Err(NO_SUCH_PROGRAMME));
}

/// R2
#[test]
fn a_holder_whose_time_was_ended_may_do_nothing() {
    let mut programme = Programme::active();
    let told = programme.when("administrator", CARETAKING, ending("caretaker"));
    then!(told, Event::Function(function::Event::HolderEnded { .. }));
    let told = programme.when("administrator", CARETAKING, ending("caretaker"));
    assert_eq!(told, Err(function::HOLDS_NOT));
    let told = programme.when("administrator", CARETAKING, ending("somebody-else"));
    assert_eq!(told, Err(function::HOLDS_NOT));
    assert_eq!(programme.when("caretaker", week(), cycle::Open {}), Err(NO_SUCH_PROGRAMME));
}

/// R2: an ended holder may be appointed anew.
#[test]
fn a_holder_comes_back() {
    let mut programme = Programme::active().given("administrator", CARETAKING, ending("caretaker"));
    assert!(programme.when("administrator", CARETAKING, appointing("caretaker")).is_ok());
}

/// R2
#[test]
fn a_discontinued_function_gives_no_rights() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", ADMINISTRATION, function::Discontinue {});
    then!(told, Event::Function(function::Event::Discontinued));
    assert_eq!(programme.when("administrator", CARETAKING, appointing("anyone")), Err(NO_SUCH_PROGRAMME));
    let told = programme.when("coordinator", ADMINISTRATION, function::Discontinue {});
    assert_eq!(told, Err(function::DISCONTINUED));
    let told = programme.when("coordinator", ADMINISTRATION, appointing("administrator"));
    assert_eq!(told, Err(function::DISCONTINUED));
    let told = programme.when("coordinator", ADMINISTRATION, establishing("auditor", HOUSING, None));
    assert_eq!(told, Err(function::ALREADY_ESTABLISHED));
}

/// R2
#[test]
fn a_function_that_is_not_established_has_no_holders() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", NO_FUNCTION, appointing("anyone"));
    assert_eq!(told, Err(function::NOT_ESTABLISHED));
    assert_eq!(programme.when("coordinator", NO_FUNCTION, ending("anyone")), Err(function::NOT_ESTABLISHED));
}

/// R2
#[test]
fn an_administrator_appoints_in_their_own_organisation_alone() {
    let mut programme = Programme::active();
    assert!(programme.when("administrator", CARETAKING, appointing("second-caretaker")).is_ok());
    assert_eq!(
        programme.when("administrator", COORDINATION, appointing("administrator")),
        Err(FUNCTION_MISSING)
    );
    assert_eq!(programme.when("administrator", PATROLLING, ending("patrol")), Err(FUNCTION_MISSING));
}
