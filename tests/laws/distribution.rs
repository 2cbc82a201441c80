//! The distribution list: who receives the picture, why, and who decided it.

use crate::cast::*;
use crate::given::{Programme, then};
use est::distribution::{self, List};
use est::permission::FUNCTION_MISSING;
use est::{EntryId, Event};
use uuid::Uuid;

const ANOTHER: EntryId = EntryId(Uuid::from_u128(0xE2));

/// R87: every entry has a purpose, a deciding function and a day when it is looked at again.
#[test]
fn a_recipient_is_entered_with_purpose_decider_and_review_day() {
    let told = Programme::active().when("coordinator", List, entering(HOUSING_ENTRY, "Bovärdar", HOUSING));
    then!(told, Event::Distribution(distribution::Event::RecipientEntered { entry: HOUSING_ENTRY, recipient })
        if recipient.decided_by == COORDINATION && recipient.purpose.length > 0);
}

/// R87
#[test]
fn a_recipient_is_entered_once() {
    let mut programme =
        Programme::active().given("coordinator", List, entering(HOUSING_ENTRY, "Bovärdar", HOUSING));
    let told = programme.when("coordinator", List, entering(HOUSING_ENTRY, "Andra bovärdar", HOUSING));
    assert_eq!(told, Err(distribution::ENTRY_EXISTS));
    let told = programme.when("coordinator", List, entering(ANOTHER, "Bovärdar", HOUSING));
    assert_eq!(told, Err(distribution::ENTRY_EXISTS), "its name is that of another");
}

/// R87
#[test]
fn a_recipient_belongs_to_the_programme_and_a_function_has_decided() {
    let told = Programme::active().when("coordinator", List, entering(HOUSING_ENTRY, "Okända", NOBODY));
    assert_eq!(told, Err(distribution::ORGANISATION_UNKNOWN));
    let entered = entering(HOUSING_ENTRY, "Bovärdar", HOUSING);
    let recipient = distribution::Recipient { decided_by: NO_FUNCTION, ..entered.recipient };
    let undecided = distribution::EnterRecipient { entry: entered.entry, recipient };
    assert_eq!(Programme::active().when("coordinator", List, undecided), Err(distribution::FUNCTION_UNKNOWN));
}

/// R87
#[test]
fn a_recipient_is_struck_off_once() {
    let strike = || distribution::StrikeRecipient { entry: HOUSING_ENTRY };
    let mut programme = Programme::active();
    assert_eq!(programme.when("coordinator", List, strike()), Err(distribution::ENTRY_UNKNOWN));
    let mut programme = programme.given("coordinator", List, entering(HOUSING_ENTRY, "Bovärdar", HOUSING));
    let told = programme.when("coordinator", List, strike());
    then!(told, Event::Distribution(distribution::Event::RecipientStruck { entry: HOUSING_ENTRY }));
    assert_eq!(programme.when("coordinator", List, strike()), Err(distribution::ENTRY_UNKNOWN));
}

/// R87
#[test]
fn a_leader_does_not_enter_themselves() {
    let told = Programme::active().when("leader", List, entering(HOUSING_ENTRY, "Ledningen", HOUSING));
    assert_eq!(told, Err(FUNCTION_MISSING));
}
