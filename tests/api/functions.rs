//! Rights follow the function that is held, for as long as it is held (R2, R116).

use crate::bodies;
use est::permission::{FUNCTION_KINDS, may};
use serde_json::{Value, json};
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Ask, Caller};
use tests::lived::{self, item};
use tests::paths::{Filling, operations};
use tests::permissions::PERMISSIONS;
use tests::quartered;
use tests::world::World;

/// A week that is open, in which nobody has reported.
fn opened() -> (World, Cast) {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    lived::begin(&world, &cast, &mut |_, ask| coordinator.send(&ask).ok());
    (world, cast)
}

fn report(cast: &Cast, slug: &str) -> Ask {
    let its = cast.organisation(slug);
    Ask::post(cast.week("reports"), &json!({ "unit": its.unit, "items": [item(&its.area)] }))
}

fn tried(cast: &Cast, slug: &str) -> Ask {
    let ask = report(cast, slug);
    Ask { path: format!("{}?dryRun=true", ask.path), ..ask }
}

fn appoint(coordinator: &Caller, cast: &Cast, place: (&'static str, &'static str), holder: &Value) {
    let path = cast.at(&format!("functions/{}/holders", cast.functions[&place]));
    coordinator.post(path, holder).ok();
}

/// R2 R116: appointed, one may; ended, one may no more, and the programme is not there.
#[test]
fn a_holder_may_from_appointment_to_end() {
    let (world, cast) = opened();
    let (coordinator, newcomer) = (world.caller(COORDINATORS[0]), world.caller("newcomer"));
    let place = ("informant", "owners");
    newcomer.send(&tried(&cast, "owners")).refused(404, "programme.unknown");
    appoint(&coordinator, &cast, place, &json!({ "subject": "newcomer", "kind": "system" }));
    newcomer.send(&tried(&cast, "owners")).ok();
    newcomer.get(cast.week("reporting")).ok();
    let ends = cast.at(&format!("functions/{}/holder-endings", cast.functions[&place]));
    coordinator.post(&ends, &json!({ "subject": "newcomer" })).ok();
    newcomer.send(&tried(&cast, "owners")).refused(404, "programme.unknown");
    newcomer.get(cast.week("reporting")).refused(404, "programme.unknown");
    coordinator.post(&ends, &json!({ "subject": "newcomer" })).refused(409, "function.holds-not");
}

/// R2: of two functions one is ended; what the other gives remains, and nothing more.
#[test]
fn whoever_holds_another_function_keeps_what_that_one_gives() {
    let (world, cast) = opened();
    let coordinator = world.caller(COORDINATORS[0]);
    let analyst = world.caller("analyst");
    appoint(&coordinator, &cast, ("informant", "owners"), &json!({ "subject": "analyst", "kind": "person" }));
    analyst.send(&tried(&cast, "owners")).ok();
    let ends = cast.at(&format!("functions/{}/holder-endings", cast.functions[&("informant", "owners")]));
    coordinator.post(ends, &json!({ "subject": "analyst" })).ok();
    analyst.send(&tried(&cast, "owners")).refused(403, "function.missing");
    analyst.get(cast.week("overview")).ok();
}

/// R116: a substitute holds the function from its day until its day, by the clock.
#[test]
fn a_holder_may_within_the_time_of_the_appointment_alone() {
    let (world, cast) = opened();
    let (coordinator, substitute) = (world.caller(COORDINATORS[0]), world.caller("substitute"));
    let held = json!({
        "subject": "substitute", "kind": "person",
        "from": "2026-11-17T00:00:00Z", "until": "2026-11-18T00:00:00Z",
    });
    appoint(&coordinator, &cast, ("informant", "owners"), &held);
    for (now, may) in [
        ("2026-11-16T23:59:59Z", false),
        ("2026-11-17T00:00:00Z", true),
        ("2026-11-17T23:59:59Z", true),
        ("2026-11-18T00:00:00Z", false),
    ] {
        world.clock.set(now);
        let answer = substitute.send(&tried(&cast, "owners"));
        if may {
            answer.ok()
        } else {
            answer.refused(404, "programme.unknown")
        };
    }
}

/// R51 R114: a unit's reporter reports for that unit: neither for another organisation nor for the unit next door.
#[test]
fn a_function_of_one_unit_does_not_report_for_another() {
    let (world, cast) = opened();
    world.caller(&informant("police")).send(&report(&cast, "schools")).refused(403, "function.missing");
    let police = cast.organisation("police");
    let adds = json!({ "name": "Ingripandeenheten", "areas": [police.area], "from": "2026-W40" });
    let units = cast.at(&format!("organisations/{}/units", police.id));
    let next_door = world.caller("administrator-police").post(units, &adds).ok().id();
    let report = json!({ "unit": next_door, "calm": true });
    world.caller(&informant("police")).post(cast.week("reports"), &report).refused(403, "function.missing");
    let nowhere = json!({ "unit": "01930000-0000-7000-8000-00000000000f", "calm": true });
    world.caller(&informant("police")).post(cast.week("reports"), &nowhere).refused(403, "function.missing");
}

/// R2 R114: an organisation's administrator appoints in that organisation alone.
#[test]
fn an_administrator_appoints_within_the_own_organisation_alone() {
    let (world, cast) = opened();
    let administrator = world.caller("administrator-police");
    appoint(
        &administrator,
        &cast,
        ("informant", "police"),
        &json!({ "subject": "second", "kind": "person" }),
    );
    let others = cast.at(&format!("functions/{}/holders", cast.functions[&("informant", "schools")]));
    let holder = json!({ "subject": "second", "kind": "person" });
    administrator.post(others, &holder).refused(403, "function.missing");
    // Nor whoever reaches further than the organisation: rights are not made by those who lack them.
    let coordination = cast.functions[&("coordinator", "municipality")].clone();
    let holders = cast.at(&format!("functions/{coordination}/holders"));
    world.caller("administrator").post(holders, &holder).refused(403, "function.missing");
}

/// R2 R116: the last coordinator does not leave a programme that nobody can run.
#[test]
fn the_last_coordinator_stays_until_there_is_another() {
    let (world, cast) = opened();
    let ends =
        cast.at(&format!("functions/{}/holder-endings", cast.functions[&("coordinator", "municipality")]));
    let coordinator = world.caller(COORDINATORS[0]);
    coordinator.post(&ends, &json!({ "subject": COORDINATORS[1] })).ok();
    let refused = coordinator.post(&ends, &json!({ "subject": COORDINATORS[0] }));
    assert_eq!(refused.problem().status, 409);
    coordinator.get(cast.week("reporting")).ok();
}

/// R2: a function that is discontinued gives nobody anything.
#[test]
fn nobody_holds_a_function_that_is_discontinued() {
    let (world, cast) = opened();
    let coordinator = world.caller(COORDINATORS[0]);
    world.caller("analyst").get(cast.week("overview")).ok();
    let function = &cast.functions[&("analyst", "municipality")];
    coordinator.post(cast.at(&format!("functions/{function}/discontinuation")), &json!({})).ok();
    world.caller("analyst").get(cast.week("overview")).refused(404, "programme.unknown");
    coordinator.get(cast.at(&format!("functions/{function}"))).refused(404, "resource.unknown");
}

fn understaffed(caller: &Caller, cast: &Cast) -> Vec<String> {
    let listed = caller.get(cast.at("functions?understaffed=true&limit=200")).ok().body;
    let ids = listed["items"].as_array().unwrap().iter().map(|its| its["id"].as_str().unwrap().to_owned());
    ids.collect()
}

/// R2 R116: what rests on fewer than two is listed, as the clock has it.
#[test]
fn a_function_with_fewer_than_two_holders_is_listed_as_understaffed() {
    let (world, cast) = opened();
    let coordinator = world.caller(COORDINATORS[0]);
    let (shared, single) = (("coordinator", "municipality"), ("informant", "owners"));
    let listed = understaffed(&coordinator, &cast);
    assert_eq!(listed.len(), cast.functions.len() - 1);
    assert!(!listed.contains(&cast.functions[&shared]) && listed.contains(&cast.functions[&single]));
    let second = json!({ "subject": "second", "kind": "person", "until": "2026-12-01T00:00:00Z" });
    appoint(&coordinator, &cast, single, &second);
    assert!(!understaffed(&coordinator, &cast).contains(&cast.functions[&single]));
    world.clock.set("2026-12-01T00:00:00Z");
    assert!(understaffed(&coordinator, &cast).contains(&cast.functions[&single]), "the second has left");
    let ends = cast.at(&format!("functions/{}/holder-endings", cast.functions[&shared]));
    coordinator.post(ends, &json!({ "subject": COORDINATORS[1] })).ok();
    assert!(understaffed(&coordinator, &cast).contains(&cast.functions[&shared]));
}

/// R2 R9: every operation is open to the kinds of function that the matrix says, and closed to the others.
#[test]
fn every_operation_is_open_to_the_functions_of_the_matrix_and_no_others() {
    let (world, cast, problem) = quartered::analysed();
    let coordinator = world.caller(COORDINATORS[0]);
    // What a function may do for its own organisation is shown on what the organisation answers for.
    let intervention =
        coordinator.post(cast.at("interventions"), &quartered::plan(&cast, &problem)).ok().id();
    let mut terms = quartered::terms(&cast, false);
    terms["responsible"] = json!(cast.functions[&("coordinator", "municipality")]);
    coordinator.post(cast.at(&format!("interventions/{intervention}/decision")), &terms).ok();
    let filling = Filling::of(&cast, "municipality", &problem).with("intervention", &intervention);
    for operation in operations().iter().filter(|operation| operation.path.contains("{programme}")) {
        let named = operation.permission.as_deref().unwrap();
        let permission = PERMISSIONS.iter().find(|permission| json!(permission) == named).unwrap();
        for kind in FUNCTION_KINDS {
            let ask = bodies::ask(operation, &filling, (&cast, "municipality"), 0);
            let ask = Ask { path: format!("{}?dryRun=true", ask.path), ..ask };
            let answer = world.caller(&cast.holder(*kind)).send(&ask);
            if may(*kind, *permission).is_some() {
                assert_ne!(answer.status, 403, "{kind:?} may: {operation:?} {}", answer.text);
            } else {
                answer.refused(403, "function.missing");
            }
        }
    }
}
