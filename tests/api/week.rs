//! A whole week over HTTP: each step by the function that may take it, and by nobody else; and what is known of who
//! has reported.

use serde_json::{Value, json};
use tests::cast::{self, COORDINATORS, Cast, STRANGER, informant};
use tests::client::{Answer, Ask};
use tests::lived;
use tests::world::World;

/// Everybody else is refused, and leaves no trace: then the step is taken.
fn by_nobody_else(world: &World, cast: &Cast, may: &[String], ask: &Ask) -> Answer {
    let before = world.events();
    for (subject, ..) in cast.everyone().iter().filter(|(subject, ..)| !may.contains(subject)) {
        world.caller(subject).send(ask).refused(403, "function.missing");
    }
    world.caller(STRANGER).send(ask).refused(404, "programme.unknown");
    world.nobody().send(ask).refused(401, "caller.unauthenticated");
    assert_eq!(world.events(), before, "a refusal leaves a trace: {ask:?}");
    let taken = world.caller(&may[0]).send(ask).ok();
    assert!(world.events() > before, "{ask:?}");
    taken
}

/// Of twelve units: how many have told of problems, how many of calm, how many are silent, how many were late.
fn turnout(told: &Value) -> [i64; 5] {
    ["expected", "problems", "calm", "missing", "late"].map(|figure| told[figure].as_i64().unwrap())
}

fn unit<'a>(reporting: &'a Value, id: &str) -> &'a Value {
    let organisations = reporting["organisations"].as_array().unwrap();
    let mut units = organisations.iter().flat_map(|organisation| organisation["units"].as_array().unwrap());
    units.find(|unit| unit["unit"] == id).unwrap()
}

fn area<'a>(areas: &'a Value, id: &str) -> &'a Value {
    areas.as_array().unwrap().iter().find(|area| area["area"] == id).unwrap()
}

/// R3 R8 R9 R36 R51 R52 R85 R89 R128: the week is lived by those who may, and by nobody else.
#[test]
fn each_step_of_a_week_is_taken_by_the_function_that_may_and_refused_to_every_other() {
    let (world, cast) = cast::activated();
    let mut perform = |may: &[String], ask: Ask| by_nobody_else(&world, &cast, may, &ask);
    let problem = lived::begin(&world, &cast, &mut perform);
    lived::report(&world, &cast, &problem, &mut perform);
    lived::compile(&world, &cast, &mut perform);
    lived::draft(&world, &cast, &mut perform);
    lived::write(&cast, &mut perform);
    lived::adopt(&world, &cast, &mut perform);
    let coordinators = lived::coordinators();
    for (path, body) in [
        (cast.week("picture/corrections"), json!({ "reason": "Fel område angavs." })),
        (cast.at(&format!("problems/{problem}/closure")), json!({ "reason": "Väggen är sanerad." })),
        (cast.at(&format!("problems/{problem}/reopening")), json!({ "reason": "Det klottras igen." })),
        (cast.week("phases"), json!({ "phase": "interventions" })),
        (cast.week("phases"), json!({ "phase": "follow_up" })),
        (cast.week("phases"), json!({ "phase": "feedback" })),
        (cast.week("phases"), json!({ "phase": "closed" })),
        (cast.at("weeks/2026-W52/skip"), json!({ "reason": "Julveckan." })),
    ] {
        perform(&coordinators, Ask::post(path, &body));
    }
    let withdrawal = cast.week(&format!("reports/{}/withdrawal", cast.organisation("field").unit));
    let reason = json!({ "reason": "Rapporten gällde veckan före." });
    perform(&[informant("field")], Ask::post(withdrawal, &reason));
    let addendum = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    perform(&["hub-police".to_owned()], Ask::put(addendum, 0, &json!({ "text": "Inriktning för helgen." })));
}

/// R27 R51 R53: silence is silence, until somebody says that it was calm.
#[test]
fn before_anybody_has_reported_all_are_missing_and_none_is_calm() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    lived::begin(&world, &cast, &mut |_, ask| coordinator.send(&ask).ok());
    let reporting = coordinator.get(cast.week("reporting")).ok().body;
    assert_eq!(turnout(&reporting["summary"]), [12, 0, 0, 12, 0]);
    let overview = coordinator.get(cast.week("overview")).ok().body;
    assert_eq!(turnout(&overview["reporting"]), [12, 0, 0, 12, 0]);
    for area in overview["byArea"].as_array().unwrap() {
        assert_eq!((&area["calm"], &area["reported"]), (&json!(0), &json!(0)), "{area}");
    }
    assert_eq!(overview["totals"], json!({ "new": 0, "known": 0, "positive": 0 }));
}

/// R51 R53: eleven of twelve report; the twelfth is missing and reminded, and not taken for calm.
#[test]
fn missing_and_calm_are_not_mixed_up_in_the_reporting() {
    let (world, cast, _) = lived::distributed();
    let coordinator = world.caller(COORDINATORS[0]);
    let of = |slug: &str| cast.organisation(slug).unit.clone();
    let reporting = coordinator.get(cast.week("reporting")).ok().body;
    assert_eq!(turnout(&reporting["summary"]), [12, 10, 1, 1, 1]);
    let silent = unit(&reporting, &of("walkers"));
    assert_eq!((&silent["status"], &silent["reminders"]), (&json!("missing"), &json!(1)));
    assert!(silent.get("receivedAt").is_none(), "{silent}");
    let calm = unit(&reporting, &of("schools"));
    assert_eq!((&calm["status"], &calm["reminders"]), (&json!("calm"), &json!(0)));
    let late = unit(&reporting, &of("guards"));
    assert_eq!((&late["status"], &late["late"]), (&json!("problems"), &json!(true)));
    let amended = unit(&reporting, &of("housing"));
    assert_eq!((&amended["amendments"], &amended["late"]), (&json!(1), &json!(false)));
}

/// R27 R53: nor in the overview, as a whole, by area, and of the weeks before.
#[test]
fn missing_and_calm_are_not_mixed_up_in_the_overview() {
    let (world, cast, _) = lived::distributed();
    let overview = world.caller(COORDINATORS[0]).get(cast.week("overview")).ok().body;
    assert_eq!(turnout(&overview["reporting"]), [12, 10, 1, 1, 1]);
    // Police, schools and night walkers answer for the same area: one saw something, one was calm, one is silent.
    let shared = area(&overview["byArea"], &cast.areas[1]);
    let figures = ["expected", "reported", "calm"].map(|figure| shared[figure].as_i64().unwrap());
    assert_eq!(figures, [3, 2, 1], "{shared}");
    assert_eq!(overview["totals"], json!({ "new": 13, "known": 2, "positive": 0 }));
    let before = &overview["previous"][0];
    assert_eq!(
        turnout(&before["reporting"]),
        [12, 0, 0, 12, 0],
        "the week before nobody said anything: {before}"
    );
}

/// R53 R100: nor in what the picture rests on.
#[test]
fn missing_and_calm_are_not_mixed_up_in_the_basis_of_the_picture() {
    let (world, cast, _) = lived::distributed();
    let picture = world.caller(COORDINATORS[0]).get(cast.week("picture")).ok().body;
    let basis = &picture["editions"][0]["content"]["basis"];
    let figures = ["expected", "reported", "calm", "missing"].map(|figure| basis[figure].as_i64().unwrap());
    assert_eq!(figures, [12, 10, 1, 1]);
    assert_eq!(area(&basis["areas"], &cast.areas[1])["calm"], 1);
    let sources = basis["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 11);
    assert!(!sources.contains(&json!(cast.organisation("walkers").id)), "who is silent is no source");
}

/// R51: a reporter sees the standing of its own unit and no other.
#[test]
fn a_unit_sees_its_own_reporting_alone() {
    let (world, cast, _) = lived::distributed();
    let seen = world.caller(&informant("walkers")).get(cast.week("reporting")).ok().body;
    assert_eq!(turnout(&seen["summary"]), [1, 0, 0, 1, 0]);
    let seen = world.caller(&informant("schools")).get(cast.week("reporting")).ok().body;
    assert_eq!(turnout(&seen["summary"]), [1, 0, 1, 0, 0]);
    let reports = world.caller(&informant("schools")).get(cast.week("reports")).ok().body;
    assert_eq!(reports["_meta"]["totalRecords"], 1);
    let others = cast.week(&format!("reports/{}", cast.organisation("police").unit));
    world.caller(&informant("schools")).get(others).refused(404, "resource.unknown");
}

/// R51 R53: what is withdrawn is awaited again, and is neither calm nor a problem.
#[test]
fn a_report_that_is_withdrawn_is_missing_again() {
    let (world, cast, _) = lived::distributed();
    let unit = &cast.organisation("schools").unit;
    let reason = json!({ "reason": "Skolan hade missförstått frågan." });
    world.caller(&informant("schools")).post(cast.week(&format!("reports/{unit}/withdrawal")), &reason).ok();
    let coordinator = world.caller(COORDINATORS[0]);
    let reporting = coordinator.get(cast.week("reporting")).ok().body;
    assert_eq!(turnout(&reporting["summary"]), [12, 10, 0, 2, 1]);
    let overview = coordinator.get(cast.week("overview")).ok().body;
    assert_eq!(turnout(&overview["reporting"]), [12, 10, 0, 2, 1]);
    assert_eq!(area(&overview["byArea"], &cast.areas[1])["calm"], 0);
}
