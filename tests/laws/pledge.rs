//! A citizen pledge: given against what comes back, followed up, ended.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::permission::FUNCTION_MISSING;
use est::pledge::{self, Kept};
use est::{Event, PledgeId, ProblemId};
use serde_json::{Value, json};

pub(crate) const PLEDGE: PledgeId = PledgeId(uuid::Uuid::from_u128(0xB1));

const UNKNOWN: ProblemId = ProblemId(uuid::Uuid::from_u128(0xBF));

pub(crate) fn giving(otherwise: &Value) -> pledge::Give {
    let body = json!({ "title": "En tryggare gångtunnel", "promise": "Tunneln ska vara hel, ren och upplyst.",
        "problems": [GRAFFITI], "organisations": [POLICE, MUNICIPALITY], "review": "2027-05-31" });
    read(with(body, otherwise))
}

pub(crate) fn following_up() -> pledge::FollowUp {
    read(
        json!({ "week": week(), "kept": "partly", "told": "Lampan är lagad, klottret saneras varje vecka." }),
    )
}

pub(crate) fn ending() -> pledge::End {
    read(json!({ "reason": "Tunneln är ombyggd." }))
}

/// R127: police and municipality pledge, against what is known, and say how it is kept until it ends.
#[test]
fn a_pledge_is_given_followed_up_and_ended() {
    let mut programme = Programme::active().given("coordinator", GRAFFITI, crate::problem::opening());
    assert_eq!(programme.when("coordinator", PLEDGE, giving(&json!({}))), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("steering", PLEDGE, ending()), Err(pledge::NOT_GIVEN));
    then!(programme.when("steering", PLEDGE, giving(&json!({}))), Event::Pledge(pledge::Event::Given { .. }));
    assert_eq!(programme.when("steering", PLEDGE, giving(&json!({}))), Err(pledge::ALREADY_GIVEN));
    then!(
        programme.when("coordinator", PLEDGE, following_up()),
        Event::Pledge(pledge::Event::FollowedUp { kept: Kept::Partly, .. })
    );
    let again = programme.when("coordinator", PLEDGE, following_up());
    assert_eq!(again, Err(pledge::ALREADY_FOLLOWED_UP));
    then!(programme.when("steering", PLEDGE, ending()), Event::Pledge(pledge::Event::Ended { .. }));
    assert_eq!(programme.when("coordinator", PLEDGE, following_up()), Err(pledge::ALREADY_ENDED));
}

/// R127
#[test]
fn a_pledge_says_against_what_by_whom_and_when_it_is_looked_at() {
    let mut programme = Programme::active().given("coordinator", GRAFFITI, crate::problem::opening());
    let mut told = |otherwise: Value| programme.when("steering", PLEDGE, giving(&otherwise)).err();
    assert_eq!(told(json!({ "problems": [] })), Some(pledge::PROBLEM_UNKNOWN));
    assert_eq!(told(json!({ "problems": [UNKNOWN] })), Some(pledge::PROBLEM_UNKNOWN));
    assert_eq!(told(json!({ "organisations": [] })), Some(pledge::ORGANISATION_UNKNOWN));
    assert_eq!(told(json!({ "organisations": [NOBODY] })), Some(pledge::ORGANISATION_UNKNOWN));
    assert_eq!(told(json!({ "review": "2026-11-15" })), Some(pledge::REVIEW_PASSED));
}
