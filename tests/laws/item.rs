//! One observation of a report: what fits the method, and where.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::programme::{AdoptMethod, Itself};
use est::{Event, Refusal, area, item, report};
use serde_json::{Value, json};

fn reported(programme: &mut Programme, observation: &Value) -> Result<Vec<Event>, Refusal> {
    let item = with(
        json!({ "indicator": "vandalism", "area": CENTRUM, "date": "2026-11-16", "timeBand": "unknown" }),
        observation,
    );
    programme.when("caretaker", of(EAST), read::<report::Submit>(json!({ "unit": EAST, "items": [item] })))
}

fn refused(observation: &Value) -> Option<Refusal> {
    reported(&mut Programme::in_week(), observation).err()
}

/// R37-R45
#[test]
fn each_indicator_is_reported_with_its_sub_types_and_facts() {
    let all = [
        json!({ "indicator": "vandalism", "subtypes": ["broken_glass_vehicle", "littering"] }),
        json!({ "indicator": "fire", "subtypes": ["bin"],
            "fire": { "size": "minor", "suspectedArson": true } }),
        json!({ "indicator": "incident_against_staff", "subtypes": ["threatened"] }),
        json!({ "indicator": "public_event", "publicEvent": { "name": "Höstmarknad",
            "firstDay": "2026-11-21", "lastDay": "2026-11-22", "expectedCrowd": 900 } }),
        json!({ "indicator": "youth_gathering_place", "polarity": "positive",
            "subtypes": ["safe_gathering"] }),
        json!({ "indicator": "other_disorder", "subtypes": ["open_drug_dealing"],
            "policeReportMade": "yes" }),
        json!({ "indicator": "unsafe_place", "place": { "name": "Gångtunneln", "lighting": "poor",
            "point": { "longitude": 17.14174, "latitude": 60.67488 } } }),
        json!({ "indicator": "other", "subtypes": ["rumour"], "basis": "rumour", "occurrence": "expected" }),
    ];
    for observation in all {
        let told = reported(&mut Programme::in_week(), &observation);
        then!(told, Event::Report(report::Event::Submitted { items, .. }) if items.len() == 1);
    }
}

/// R10
#[test]
fn a_private_home_is_outside_the_method() {
    assert_eq!(refused(&json!({ "setting": "private_home" })), Some(item::PRIVATE_HOME));
}

/// R10
#[test]
fn a_semi_public_place_is_reported_where_the_programme_has_it() {
    assert_eq!(refused(&json!({ "setting": "semi_public" })), None);
    let handbook = serde_json::to_value(est::method::Method::default()).unwrap_or_default();
    let method = with(handbook, &json!({ "version": "Exempelstad", "semiPublicPlaces": false }));
    let mut without = Programme::active().given("coordinator", Itself, read::<AdoptMethod>(method)).given(
        "coordinator",
        week(),
        est::cycle::Open {},
    );
    let told = reported(&mut without, &json!({ "setting": "semi_public" }));
    assert_eq!(told, Err(item::SEMI_PUBLIC_EXCLUDED));
}

/// R18, R35
#[test]
fn an_observation_has_an_area_of_the_programme() {
    assert_eq!(refused(&json!({ "area": ELSEWHERE })), Some(item::AREA_UNKNOWN));
    assert_eq!(refused(&json!({ "area": null })), Some(item::AREA_MISSING));
    let mut retired = Programme::in_week().given("coordinator", CENTRUM, area::Retire {});
    assert_eq!(reported(&mut retired, &json!({})), Err(item::AREA_UNKNOWN));
}

/// R46
#[test]
fn a_police_extract_counts_also_what_has_no_area() {
    let extract = json!({ "unit": PATROL, "items": [{ "indicator": "other_disorder",
        "channel": "police_extract", "date": "2026-11-16", "time": "21:30:00", "count": 14 } ] });
    let told = Programme::in_week().when("patrol", of(PATROL), read::<report::Submit>(extract));
    then!(told, Event::Report(report::Event::Submitted { .. }));
}

/// R46: only the police hand in what the police have registered.
#[test]
fn an_extract_of_the_police_comes_from_the_police() {
    assert_eq!(refused(&json!({ "channel": "police_extract" })), Some(item::CHANNEL_OF_THE_POLICE));
    assert_eq!(refused(&json!({ "channel": "guard_report" })), None);
}

/// R18: that the time is not known is said, not left out.
#[test]
fn an_observation_has_a_time() {
    assert_eq!(refused(&json!({ "timeBand": null })), Some(item::TIME_MISSING));
    assert_eq!(refused(&json!({ "timeBand": null, "time": "21:30:00" })), None);
    assert_eq!(refused(&json!({ "timeBand": "unknown" })), None);
}

/// R18
#[test]
fn counts_and_strengths_have_their_bounds() {
    for within in [json!({ "count": 1, "signalStrength": 5 }), json!({ "count": 1000, "signalStrength": 1 })]
    {
        assert_eq!(refused(&within), None, "{within}");
    }
    let beyond = [
        json!({ "count": 0 }),
        json!({ "count": 1001 }),
        json!({ "signalStrength": 0 }),
        json!({ "signalStrength": 6 }),
    ];
    for beyond in beyond {
        assert_eq!(refused(&beyond), Some(item::OUT_OF_BOUNDS), "{beyond}");
    }
}

/// R4: a week is reported by the version that it was opened under.
#[test]
fn an_open_week_keeps_its_rules() {
    let handbook = serde_json::to_value(est::method::Method::default()).unwrap_or_default();
    let without =
        json!({ "version": "Exempelstad", "semiPublicPlaces": false, "subtypes": { "fire": ["bin"] } });
    let mut programme =
        Programme::in_week().given("coordinator", Itself, read::<AdoptMethod>(with(handbook, &without)));
    let stairwell = json!({ "setting": "semi_public", "subtypes": ["graffiti"] });
    assert!(reported(&mut programme, &stairwell).is_ok());
}

/// R34
#[test]
fn a_sub_type_belongs_to_its_indicator() {
    assert_eq!(refused(&json!({ "subtypes": ["graffiti", "shooting"] })), Some(item::SUBTYPE_UNKNOWN));
}

/// R38, R40
#[test]
fn facts_of_a_fire_or_an_event_belong_to_that_indicator() {
    let fire = json!({ "fire": { "size": "major", "suspectedArson": false } });
    assert_eq!(refused(&fire), Some(item::FACTS_OF_ANOTHER_INDICATOR));
    let market = json!({ "name": "Marknad", "firstDay": "2026-11-21", "lastDay": "2026-11-22" });
    assert_eq!(refused(&json!({ "publicEvent": market })), Some(item::FACTS_OF_ANOTHER_INDICATOR));
}

/// R40
#[test]
fn an_event_ends_on_or_after_its_first_day() {
    let market = |last| json!({ "name": "Marknad", "firstDay": "2026-11-21", "lastDay": last });
    let event = |last| json!({ "indicator": "public_event", "publicEvent": market(last) });
    assert_eq!(refused(&event("2026-11-21")), None);
    assert_eq!(refused(&event("2026-11-20")), Some(item::ENDS_BEFORE_START));
}

/// R52
#[test]
fn an_observation_is_more_of_an_open_problem() {
    let more = json!({ "problem": GRAFFITI });
    assert_eq!(refused(&more), Some(item::PROBLEM_UNKNOWN));
    let mut known = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening());
    assert!(reported(&mut known, &more).is_ok());
}
