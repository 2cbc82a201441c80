//! Problems that persist, over HTTP: seen again, still there, closed and come back (R52).

use serde_json::json;
use tests::cast::{COORDINATORS, informant};
use tests::lived;

/// R52: a known problem that is seen again is more of the same, and never counted as new.
#[test]
fn what_is_known_is_not_counted_as_new() {
    let (world, cast, problem) = lived::distributed();
    let read = world.caller(COORDINATORS[0]).get(cast.at(&format!("problems/{problem}"))).ok().body;
    assert_eq!(read["title"], "Klottret vid torget");
    let overview = world.caller(COORDINATORS[0]).get(cast.week("overview")).ok().body;
    assert_eq!(overview["byIndicator"]["vandalism"], json!({ "new": 2, "known": 2, "positive": 0 }));
}

/// R52: of a problem that is closed nothing more is reported, until it is opened again.
#[test]
fn a_closed_problem_is_not_reported_until_it_is_open_again() {
    let (world, cast, problem) = lived::distributed();
    let coordinator = world.caller(COORDINATORS[0]);
    let unit = &cast.organisation("walkers").unit;
    let report = json!({ "unit": unit, "stillThere": [problem] });
    let closes = json!({ "reason": "Väggen är sanerad." });
    coordinator.post(cast.at(&format!("problems/{problem}/closure")), &closes).ok();
    let walkers = world.caller(&informant("walkers"));
    walkers.post(cast.week("reports"), &report).refused(409, "item.problem-unknown");
    coordinator.post(cast.at(&format!("problems/{problem}/reopening")), &closes).ok();
    walkers.post(cast.week("reports"), &report).ok();
}

/// R32: the same told by two units is shown as that, and counted as new once it is said to be the same.
#[test]
fn the_same_told_twice_is_one_problem_and_nothing_is_deleted() {
    let (world, cast, problem) = lived::distributed();
    let coordinator = world.caller(COORDINATORS[0]);
    let municipality = cast.organisation("municipality");
    let told = json!({ "indicator": "vandalism", "subtypes": ["graffiti"], "area": cast.areas[0],
        "date": "2026-11-13", "timeBand": "evening", "count": 2 });
    let report = json!({ "unit": cast.organisation("walkers").unit, "items": [told] });
    world.caller(&informant("walkers")).post(cast.week("reports"), &report).ok();
    let overlaps = coordinator.get(cast.week("overlaps")).ok().body;
    let same =
        overlaps["items"].as_array().unwrap().iter().find(|its| its["indicator"] == "vandalism").unwrap();
    assert_eq!((&same["units"], &same["date"]), (&json!(2), &json!("2026-11-13")));
    let before = coordinator.get(cast.week("overview")).ok().body;
    assert_eq!(before["byIndicator"]["vandalism"], json!({ "new": 4, "known": 2, "positive": 0 }));
    let gathers = json!({ "observations": same["observations"] });
    coordinator.post(cast.at(&format!("problems/{problem}/observations")), &gathers).ok();
    let after = coordinator.get(cast.week("overview")).ok().body;
    assert_eq!(after["byIndicator"]["vandalism"], json!({ "new": 0, "known": 6, "positive": 0 }));
    let read = coordinator.get(cast.at(&format!("problems/{problem}"))).ok().body;
    assert_eq!(read["gathered"].as_array().unwrap().len(), 2);
    assert_eq!(read["units"], 2);
    let reports = coordinator.get(cast.week(&format!("reports/{}", municipality.unit))).ok().body;
    assert_eq!(reports["items"].as_array().unwrap().len(), 3, "nothing is taken from the report");
    assert!(!coordinator.get(cast.week("overlaps")).ok().text.contains("vandalism"));
}
