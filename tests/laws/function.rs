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

/// R2: nobody gives themselves a right that reaches beyond their own organisation.
#[test]
fn an_administrator_appoints_informants_hubs_and_leaders_alone() {
    let mut programme = Programme::active()
        .given("coordinator", NO_FUNCTION, establishing("organisation_administrator", MUNICIPALITY, None))
        .given("coordinator", NO_FUNCTION, appointing("clerk"));
    assert!(programme.when("clerk", HUB, appointing("second-hub")).is_ok());
    assert!(programme.when("administrator", LEADERSHIP, appointing("second-leader")).is_ok());
    assert_eq!(programme.when("clerk", COORDINATION, appointing("clerk")), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("clerk", COORDINATION, ending("coordinator")), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("clerk", NO_FUNCTION, appointing("second-clerk")), Err(FUNCTION_MISSING));
}

/// R2, R116: without a coordinator nobody could appoint one.
#[test]
fn the_last_coordinator_stays() {
    let mut programme = Programme::active();
    let end = || ending("coordinator");
    assert_eq!(programme.when("coordinator", COORDINATION, end()), Err(function::LAST_COORDINATOR));
    let told = programme.when("coordinator", COORDINATION, function::Discontinue {});
    assert_eq!(told, Err(function::LAST_COORDINATOR));
    let january = appointing_for("successor", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    let mut awaited = programme.given("coordinator", COORDINATION, january);
    let told = awaited.when("coordinator", COORDINATION, end());
    assert_eq!(told, Err(function::LAST_COORDINATOR), "the successor has not begun");
    let mut begun = awaited.at("2027-01-01T00:00:00Z");
    assert!(begun.when("coordinator", COORDINATION, end()).is_ok());
    let appoints = || appointing("third");
    let told = begun.when("founder", COORDINATION, appoints());
    assert_eq!(told, Err(NO_SUCH_PROGRAMME), "the successor coordinates");
    let mut over = begun.at("2028-01-01T00:00:00Z");
    assert!(over.when("founder", COORDINATION, appoints()).is_ok(), "nobody else could");
    assert!(over.when("founder", COORDINATION, appointing("fourth")).is_err());
}

/// R2
#[test]
fn one_coordinator_function_is_discontinued_while_another_is_held() {
    let mut programme = Programme::active()
        .given("coordinator", NO_FUNCTION, establishing("coordinator", MUNICIPALITY, None))
        .given("coordinator", NO_FUNCTION, appointing("second"));
    assert!(programme.when("second", COORDINATION, function::Discontinue {}).is_ok());
    let told = programme.when("second", NO_FUNCTION, function::Discontinue {});
    assert_eq!(told, Err(function::LAST_COORDINATOR));
}
