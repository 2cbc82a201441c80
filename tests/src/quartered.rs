//! A quarter as the method means it: areas prioritised, one of them analysed, an intervention planned there.

#![expect(clippy::indexing_slicing, reason = "the cast is of a known size, or the test ends")]

use crate::cast::{COORDINATORS, Cast, WEEK};
use crate::client::Answer;
use crate::lived;
use crate::world::World;
use serde_json::{Value, json};

/// The first week of the quarter.
pub const QUARTER: &str = "2026-W40";

/// A world where the week has been lived and the quarter's areas are decided.
pub fn prioritised() -> (World, Cast, String) {
    let (world, cast, problem) = lived::distributed();
    let proposals = cast.at(&format!("priorities/{QUARTER}/proposals"));
    world.caller(COORDINATORS[0]).post(proposals, &proposal(&cast)).ok();
    let decision = cast.at(&format!("priorities/{QUARTER}/decision"));
    world.caller("steering").post(decision, &json!({ "reason": "Enligt förslaget." })).ok();
    (world, cast, problem)
}

/// As `prioritised`, with the problem's area analysed.
pub fn analysed() -> (World, Cast, String) {
    let (world, cast, problem) = prioritised();
    let analysis = cast.at(&format!("analyses/week/{WEEK}/{}", cast.areas[0]));
    world.caller("analyst").put(analysis, 0, &statement(&problem)).ok();
    (world, cast, problem)
}

/// The first three areas, and the fourth as the nearest not chosen.
pub fn proposal(cast: &Cast) -> Value {
    let reason = "Flest rapporter av alla.";
    let weighed = |area: &String| json!({ "area": area, "need": 4, "influenceability": 3, "reason": reason });
    let chosen: Vec<Value> = cast.areas[..3].iter().map(weighed).collect();
    json!({ "lastWeek": "2026-W53", "chosen": chosen, "next": [weighed(&cast.areas[3])] })
}

/// An analysis of the problem's area.
pub fn statement(problem: &str) -> Value {
    json!({
        "context": "Klottret kommer på nätterna, alltid vid samma vägg.", "unease": "Det är mörkt där.",
        "conditions": "Lampan är sönder.", "causes": ["poor_lighting", "absent_guardian"], "need": 4,
        "influenceability": 5, "bestEffect": "Lampan först.", "forecast": "Mer folk i rörelse efter löning.",
        "problems": [problem],
    })
}

/// Guards against the problem.
pub fn plan(cast: &Cast, problem: &str) -> Value {
    let area = &cast.areas[0];
    json!({
        "title": "Vakter vid torget", "area": area, "kind": "security_guards", "problems": [problem],
        "analysis": { "occasion": { "week": WEEK }, "area": area }, "causes": ["absent_guardian"],
        "mechanism": "Någon ser, och då klottrar man inte där.",
        "horizon": { "short": { "until": "2026-W50" } },
    })
}

/// What is decided of them, not yet anchored.
pub fn terms(cast: &Cast, embargo: bool) -> Value {
    json!({
        "expectations": [{ "indicator": "vandalism", "direction": "fewer", "percent": 40, "windowWeeks": 2 }],
        "responsible": cast.functions[&("informant", "guards")], "method": "Två vakter, torsdag till lördag.",
        "reportBack": "2026-12-03", "anchoring": "pending", "legalBasis": "Förordnande 2026-09-01",
        "embargo": embargo,
    })
}

/// An intervention against the problem, decided; its path.
pub fn decided(world: &World, cast: &Cast, problem: &str, embargo: bool) -> String {
    let id = world.caller(COORDINATORS[0]).post(cast.at("interventions"), &plan(cast, problem)).ok().id();
    let path = cast.at(&format!("interventions/{id}"));
    world.caller("steering").post(format!("{path}/decision"), &terms(cast, embargo)).ok();
    path
}

/// Anchors and begins what is decided.
pub fn begin(world: &World, path: &str) -> Answer {
    let coordinator = world.caller(COORDINATORS[0]);
    coordinator.post(format!("{path}/anchoring"), &json!({ "approved": true, "note": "Ja." })).ok();
    coordinator.post(format!("{path}/start"), &Value::Null).ok()
}
