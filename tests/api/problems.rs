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
