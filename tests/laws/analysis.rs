//! The analysis of a prioritised area, each week and each period.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::analysis::{self, Key, Occasion};
use est::permission::FUNCTION_MISSING;
use est::{AreaId, Event, cycle, item};
use serde_json::{Value, json};

pub(crate) fn weekly(area: AreaId) -> Key {
    Key { occasion: Occasion::Week(week()), area }
}

fn statement(otherwise: &Value) -> Value {
    let body = json!({
        "context": "Klottret kommer på nätterna mot lördag, alltid i tunnelns södra ände.",
        "unease": "Det är mörkt och ingen ser in.", "conditions": "Lampan är sönder och häcken skymmer.",
        "causes": ["poor_lighting", "absent_guardian"], "need": 4, "influenceability": 5,
        "bestEffect": "Lampan och häcken först.", "forecast": "Mer folk i rörelse efter löning.",
        "inform": [POLICE], "involve": [HOUSING], "problems": [GRAFFITI],
    });
    with(body, otherwise)
}

pub(crate) fn recording(otherwise: &Value) -> analysis::Record {
    read(statement(otherwise))
}

pub(crate) fn amending() -> analysis::Amend {
    let statement = statement(&json!({ "causes": ["poor_lighting"] }));
    read(json!({ "statement": statement, "reason": "Väktarna går där igen." }))
}

impl Programme {
    /// With an open problem in a prioritised area that is analysed.
    pub(crate) fn analysed() -> Self {
        Self::prioritised().given("coordinator", GRAFFITI, crate::problem::opening()).given(
            "coordinator",
            weekly(CENTRUM),
            recording(&json!({})),
        )
    }
}

/// R55, R57, R71
#[test]
fn a_prioritised_area_is_analysed_once_an_occasion_and_amended() {
    let mut programme = Programme::prioritised().given("coordinator", GRAFFITI, crate::problem::opening());
    assert_eq!(programme.when("coordinator", weekly(CENTRUM), amending()), Err(analysis::NOT_RECORDED));
    then!(
        programme.when("coordinator", weekly(CENTRUM), recording(&json!({}))),
        Event::Analysis(analysis::Event::Recorded { .. })
    );
    let again = programme.when("coordinator", weekly(CENTRUM), recording(&json!({})));
    assert_eq!(again, Err(analysis::ALREADY_RECORDED));
    then!(
        programme.when("coordinator", weekly(CENTRUM), amending()),
        Event::Analysis(analysis::Event::Amended { .. })
    );
    let quarterly = Key { occasion: Occasion::Period(quarter()), area: CENTRUM };
    then!(
        programme.when("coordinator", quarterly, recording(&json!({}))),
        Event::Analysis(analysis::Event::Recorded { .. })
    );
}

/// R71: only the three areas, unless a reason is given.
#[test]
fn an_area_that_is_not_prioritised_is_analysed_with_a_reason() {
    let mut programme = Programme::analysed();
    let without = json!({ "problems": [] });
    let told = programme.when("coordinator", weekly(VASTER), recording(&without));
    assert_eq!(told, Err(analysis::AREA_NOT_PRIORITISED));
    let reasoned = json!({ "problems": [], "outsideReason": "Tre bränder på en vecka." });
    assert!(programme.when("coordinator", weekly(VASTER), recording(&reasoned)).is_ok());
}

/// R55, R57
#[test]
fn an_analysis_names_causes_and_what_is_known_in_the_programme() {
    let mut programme = Programme::prioritised().given("coordinator", GRAFFITI, crate::problem::opening());
    let mut told =
        |area, otherwise: Value| programme.when("coordinator", weekly(area), recording(&otherwise)).err();
    assert_eq!(told(CENTRUM, json!({ "causes": [] })), Some(analysis::CAUSES_MISSING));
    let twice = json!({ "causes": ["traffic", "traffic"] });
    assert_eq!(told(CENTRUM, twice), Some(analysis::CAUSES_MISSING));
    assert_eq!(told(NORR, json!({})), Some(analysis::PROBLEM_UNKNOWN));
    assert_eq!(told(CENTRUM, json!({ "involve": [NOBODY] })), Some(analysis::ORGANISATION_UNKNOWN));
    assert_eq!(told(ELSEWHERE, json!({})), Some(item::AREA_UNKNOWN));
    let unopened = Key { occasion: Occasion::Week(week().plus(1)), area: CENTRUM };
    assert_eq!(programme.when("coordinator", unopened, recording(&json!({}))), Err(cycle::NOT_OPENED));
    assert_eq!(programme.when("caretaker", weekly(CENTRUM), recording(&json!({}))), Err(FUNCTION_MISSING));
}

#[test]
fn the_key_of_an_analysis_reads_back() {
    for key in [weekly(CENTRUM), Key { occasion: Occasion::Period(quarter()), area: NORR }] {
        assert_eq!(key.to_string().parse::<Key>().ok(), Some(key));
    }
    assert!("month/2026-W47/x".parse::<Key>().is_err());
}
