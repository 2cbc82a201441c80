//! A hub's compilation of its week, before the joint picture.

use crate::cast::*;
use crate::given::{Programme, read, then};
use est::compilation::{self, Key};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, OrganisationId, cycle};
use serde_json::{Value, json};

fn of_hub(organisation: OrganisationId) -> Key {
    Key { week: week(), organisation }
}

fn statement(area: AreaId) -> Value {
    json!({ "situation": "Förskolorna har haft en lugn vecka.",
        "areas": [{ "area": area, "situation": "Glas på gården vid två tillfällen." }] })
}

fn compiling(area: AreaId) -> compilation::Compile {
    read(statement(area))
}

fn revising(area: AreaId) -> compilation::Revise {
    read(statement(area))
}

/// R36, R113
#[test]
fn a_hub_compiles_its_week_once_and_then_revises() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("hub", of_hub(MUNICIPALITY), revising(NORR)), Err(compilation::NOT_COMPILED));
    let told = programme.when("hub", of_hub(MUNICIPALITY), compiling(NORR));
    then!(told, Event::Compilation(compilation::Event::Compiled { .. }));
    assert_eq!(
        programme.when("hub", of_hub(MUNICIPALITY), compiling(NORR)),
        Err(compilation::ALREADY_COMPILED)
    );
    let told = programme.when("hub", of_hub(MUNICIPALITY), revising(CENTRUM));
    then!(told, Event::Compilation(compilation::Event::Revised { .. }));
}

/// R36
#[test]
fn an_organisation_that_is_no_hub_does_not_compile() {
    let mut programme = Programme::in_week()
        .given("coordinator", NO_FUNCTION, establishing("hub_coordinator", HOUSING, None))
        .given("coordinator", NO_FUNCTION, appointing("compiler"));
    assert_eq!(programme.when("compiler", of_hub(HOUSING), compiling(NORR)), Err(compilation::NOT_A_HUB));
}

/// R36
#[test]
fn a_compilation_speaks_of_an_opened_week_and_drawn_areas() {
    let told = Programme::active().when("hub", of_hub(MUNICIPALITY), compiling(NORR));
    assert_eq!(told, Err(cycle::NOT_OPENED));
    let mut programme = Programme::in_week();
    let told = programme.when("hub", of_hub(MUNICIPALITY), compiling(ELSEWHERE));
    assert_eq!(told, Err(compilation::AREA_UNKNOWN));
    let mut programme = programme.given("hub", of_hub(MUNICIPALITY), compiling(NORR));
    let told = programme.when("hub", of_hub(MUNICIPALITY), revising(ELSEWHERE));
    assert_eq!(told, Err(compilation::AREA_UNKNOWN));
}

/// R2
#[test]
fn a_hub_compiles_for_its_own_organisation_alone() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("hub", of_hub(POLICE), compiling(NORR)), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("coordinator", of_hub(MUNICIPALITY), compiling(NORR)), Err(FUNCTION_MISSING));
}
