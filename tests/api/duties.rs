//! What the service does by itself: opens weeks, reminds, closes what has fallen silent. Doing it twice does nothing.

use serde_json::{Value, json};
use tests::cast::{COORDINATORS, Cast, activated, informant};
use tests::lived;
use tests::world::World;

fn reminders(world: &World, cast: &Cast, week: &str) -> Vec<u64> {
    let reporting = world.caller(COORDINATORS[0]).get(cast.at(&format!("weeks/{week}/reporting"))).ok().body;
    let units = reporting["organisations"].as_array().unwrap().iter().map(|its| &its["units"][0]);
    units.map(|unit| unit["reminders"].as_u64().unwrap()).collect()
}

/// R3, R51: the week is opened, and who has not reported is reminded at the method's hours, once at each.
#[test]
fn who_is_missing_is_reminded_once_at_each_hour() {
    let (world, cast) = activated();
    world.clock.set("2026-11-16T06:00:00Z");
    world.round_of_duties();
    let unit = &cast.organisation("schools").unit;
    let calm = json!({ "unit": unit, "calm": true });
    world.caller(&informant("schools")).post(cast.week("reports"), &calm).ok();
    assert!(reminders(&world, &cast, "2026-W47").iter().all(|count| *count == 0));
    for time in ["2026-11-18T07:00:30Z", "2026-11-18T07:01:30Z"] {
        world.clock.set(time);
        world.round_of_duties();
        let told = reminders(&world, &cast, "2026-W47");
        assert_eq!((told.iter().sum::<u64>(), told.len()), (11, 12), "eleven of twelve are missing");
    }
}

/// R52: a problem that nobody speaks of, though its area is reported on, is closed by rule; where nobody reports it
/// stays open.
#[test]
fn a_problem_that_fell_silent_is_closed_and_says_why() {
    let (world, cast, problem) = lived::distributed();
    let coordinator = world.caller(COORDINATORS[0]);
    let mut method = coordinator.get(format!("programmes/{}", cast.programme)).ok().body["method"].clone();
    (method["version"], method["silentWeeks"]) = (json!("Exempelstad 2"), json!(2));
    coordinator.post(cast.at("method-versions"), &method).ok();
    let other = json!({ "title": "Klotter i ett tyst område", "indicator": "vandalism", "area": cast.areas[4],
        "firstWeek": "2026-W46" });
    let unknown = coordinator.post(cast.at("problems"), &other).ok().id();
    for (day, week) in [("2026-11-26", "2026-W48"), ("2026-12-03", "2026-W49"), ("2026-12-07", "2026-W50")] {
        world.clock.set(&format!("{day}T06:00:00Z"));
        world.round_of_duties();
        let calm = json!({ "unit": cast.organisation("municipality").unit, "calm": true });
        let path = cast.at(&format!("weeks/{week}/reports"));
        world.caller(&informant("municipality")).post(path, &calm).ok();
    }
    let events = world.events();
    world.round_of_duties();
    assert_eq!(world.events(), events, "twice does nothing");
    let read = |problem: &str| coordinator.get(cast.at(&format!("problems/{problem}"))).ok().body;
    let closed = read(&problem);
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["silent"], json!({ "until": "2026-W49", "weeks": 2, "reports": 2 }));
    assert_eq!((&read(&unknown)["status"], &read(&unknown)["silent"]), (&json!("open"), &Value::Null));
    let reopens = json!({ "reason": "Klottret är tillbaka." });
    coordinator.post(cast.at(&format!("problems/{problem}/reopening")), &reopens).ok();
    assert_eq!(read(&problem)["silent"], Value::Null);
}

/// R51: a coordinator who reminds early does not silence the method's own hours.
#[test]
fn an_early_reminder_by_hand_stands_beside_those_of_the_method() {
    let (world, cast) = activated();
    world.clock.set("2026-11-16T06:00:00Z");
    world.round_of_duties();
    let unit = &cast.organisation("schools").unit;
    let by_hand = cast.week(&format!("reports/{unit}/reminders"));
    world.caller(COORDINATORS[0]).post(by_hand, &json!({})).ok();
    let most = |time: &str| {
        world.clock.set(time);
        world.round_of_duties();
        reminders(&world, &cast, "2026-W47").into_iter().max()
    };
    assert_eq!(most("2026-11-18T07:00:30Z"), Some(2), "a day before the deadline");
    assert_eq!(most("2026-11-20T07:00:30Z"), Some(3), "a day after it");
}
