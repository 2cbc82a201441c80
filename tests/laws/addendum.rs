//! An organisation's own addendum to a week's picture.

use crate::cast::*;
use crate::given::{Programme, read, then};
use est::addendum::{self, Key};
use est::permission::FUNCTION_MISSING;
use est::{Event, OrganisationId, cycle};
use serde_json::json;

fn of_organisation(organisation: OrganisationId) -> Key {
    Key { week: week(), organisation }
}

fn writing(text: &str) -> addendum::Write {
    read(json!({ "text": text }))
}

/// R89
#[test]
fn an_organisation_writes_its_own_addendum_and_writes_it_anew() {
    let mut programme = Programme::in_week();
    let told = programme.when("hub", of_organisation(MUNICIPALITY), writing("Fältgruppen prioriterar Norr."));
    then!(told, Event::Addendum(addendum::Event::Written { .. }));
    let told =
        programme.when("hub", of_organisation(MUNICIPALITY), writing("Fältgruppen prioriterar Söder."));
    then!(told, Event::Addendum(addendum::Event::Written { .. }));
}

/// R89, R132: the coordinator of the joint picture writes nobody else's addendum.
#[test]
fn nobody_writes_another_organisations_addendum() {
    let mut programme = Programme::in_week();
    let told = programme.when("coordinator", of_organisation(POLICE), writing("Inriktningsbeslut."));
    assert_eq!(told, Err(FUNCTION_MISSING));
    let told = programme.when("hub", of_organisation(POLICE), writing("Inriktningsbeslut."));
    assert_eq!(told, Err(FUNCTION_MISSING));
}

/// R89
#[test]
fn an_addendum_belongs_to_an_opened_week_of_an_organisation_that_takes_part() {
    let told = Programme::active().when("hub", of_organisation(MUNICIPALITY), writing("Fältgruppen."));
    assert_eq!(told, Err(cycle::NOT_OPENED));
    let told = Programme::in_week().when("duty", of_organisation(NOBODY), writing("Ingen."));
    assert_eq!(told, Err(addendum::NOT_JOINED));
}
