//! A week as the method means it, from the first report to the last receipt; each step by somebody who may do it.

#![expect(clippy::indexing_slicing, reason = "the cast is of a known size, or the test ends")]

use crate::cast::{self, COORDINATORS, Cast, informant};
use crate::client::{Answer, Ask};
use crate::world::World;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// How a step is taken: with those who may take it, the first of whom does.
pub type Perform<'a> = dyn FnMut(&[String], Ask) -> Answer + 'a;

struct Prepared {
    name: String,
    cast: Cast,
    problem: String,
}

static PREPARED: LazyLock<Prepared> = LazyLock::new(|| {
    let (world, cast) = cast::activated();
    let problem = live(&world, &cast);
    Prepared { name: world.template(), cast, problem }
});

/// A world where the week has been lived, and the problem that was opened in it.
pub fn distributed() -> (World, Cast, String) {
    let world = World::copied(&PREPARED.name);
    world.clock.set("2026-11-19T14:00:00Z");
    (world, PREPARED.cast.clone(), PREPARED.problem.clone())
}

/// Lives the week; returns the problem that was opened in it.
fn live(world: &World, cast: &Cast) -> String {
    let mut perform = |who: &[String], ask: Ask| {
        let first = who.first().unwrap_or_else(|| unreachable!("somebody takes the step"));
        world.caller(first).send(&ask).ok()
    };
    let problem = begin(world, cast, &mut perform);
    report(world, cast, &problem, &mut perform);
    compile(world, cast, &mut perform);
    draft(world, cast, &mut perform);
    write(cast, &mut perform);
    adopt(world, cast, &mut perform);
    problem
}

/// The coordinators, who run the week.
pub fn coordinators() -> Vec<String> {
    COORDINATORS.map(str::to_owned).to_vec()
}

/// The week is opened, and a problem that has been seen before.
pub fn begin(world: &World, cast: &Cast, perform: &mut Perform<'_>) -> String {
    world.clock.set("2026-11-16T07:30:00Z");
    perform(&coordinators(), Ask::post(cast.week("cycle"), &json!({})));
    let opens = json!({
        "title": "Klottret vid torget", "indicator": "vandalism", "area": cast.areas[0],
        "firstWeek": "2026-W46", "description": "Samma vägg klottras varje helg.",
    });
    perform(&coordinators(), Ask::post(cast.at("problems"), &opens)).id()
}

/// Eleven of twelve units report: the schools were calm, the guards come after the deadline, the housing company
/// amends. The twelfth, the night walkers, is silent and reminded.
pub fn report(world: &World, cast: &Cast, problem: &str, perform: &mut Perform<'_>) {
    world.clock.set("2026-11-17T09:00:00Z");
    let on_time =
        ["municipality", "police", "housing", "rescue", "transport", "youth", "homecare", "field", "owners"];
    for slug in on_time {
        let its = cast.organisation(slug);
        let mut items = vec![item(&its.area)];
        if slug == "municipality" {
            items = vec![graffiti(&its.area, None), graffiti(&its.area, Some(problem)), concert(&its.area)];
        }
        let report = json!({ "unit": its.unit, "items": items });
        perform(&[informant(slug)], Ask::post(cast.week("reports"), &report));
    }
    let calm = json!({ "unit": cast.organisation("schools").unit, "calm": true });
    perform(&[informant("schools")], Ask::post(cast.week("reports"), &calm));
    let housing = cast.organisation("housing");
    let amended = json!({
        "reason": "Det var två bränder, inte en iakttagelse.",
        "report": { "unit": housing.unit, "items": [fire(&housing.area)] },
    });
    let path = cast.week(&format!("reports/{}", housing.unit));
    perform(&[informant("housing")], Ask::put(path, 1, &amended));
    world.clock.set("2026-11-19T07:30:00Z");
    let guards = cast.organisation("guards");
    let late = json!({ "unit": guards.unit, "items": [item(&guards.area)] });
    perform(&[informant("guards")], Ask::post(cast.week("reports"), &late));
    let silent = &cast.organisation("walkers").unit;
    perform(&coordinators(), Ask::post(cast.week(&format!("reports/{silent}/reminders")), &json!({})));
}

/// The week goes on to its analysis, and the hubs compile what is theirs.
pub fn compile(world: &World, cast: &Cast, perform: &mut Perform<'_>) {
    world.clock.set("2026-11-19T08:00:00Z");
    perform(&coordinators(), Ask::post(cast.week("phases"), &json!({ "phase": "analysis" })));
    for (slug, hub) in [("municipality", "hub"), ("police", "hub-police")] {
        let path = cast.week(&format!("compilations/{}", cast.organisation(slug).id));
        let says = json!({
            "situation": format!("Veckan sedd från {slug}."),
            "areas": [{ "area": cast.areas[0], "situation": "Mer klotter än vanligt." }],
        });
        perform(&[hub.to_owned()], Ask::put(path, 0, &says));
    }
}

/// The joint picture is drafted from the reports.
pub fn draft(world: &World, cast: &Cast, perform: &mut Perform<'_>) {
    world.clock.set("2026-11-19T09:00:00Z");
    let drafts = json!({ "priorities": &cast.areas[..3] });
    perform(&coordinators(), Ask::post(cast.week("picture"), &drafts));
}

/// What must be said is written.
pub fn write(cast: &Cast, perform: &mut Perform<'_>) {
    perform(&coordinators(), edit(cast, "overall-situation", 0, &overall("Läget är i stort sett lugnt.")));
    for slot in 1..=3 {
        let says = json!({
            "kind": "priority", "situation": format!("Läget i prioriterat område {slot}."),
            "interventions": ["Fler vuxna på stan."],
        });
        perform(&coordinators(), edit(cast, &format!("priority-{slot}"), 0, &says));
    }
}

/// The picture is adopted, and goes to those on the list; the police have received it.
pub fn adopt(world: &World, cast: &Cast, perform: &mut Perform<'_>) {
    world.clock.set("2026-11-19T11:00:00Z");
    let version = world.caller(COORDINATORS[0]).get(cast.week("picture")).ok().version();
    let adopts =
        json!({ "attended": [cast.organisation("municipality").id, cast.organisation("police").id] });
    perform(&coordinators(), Ask::put(cast.week("picture/adoption"), version, &adopts));
    world.clock.set("2026-11-19T12:00:00Z");
    perform(&coordinators(), Ask::post(cast.week("picture/distributions"), &json!({})));
    world.clock.set("2026-11-19T13:00:00Z");
    let police =
        ["leader-police", "informant-police", "hub-police", "administrator-police"].map(str::to_owned);
    perform(&police, acknowledge(cast, "police"));
}

/// The receipt of an organisation's copy.
pub fn acknowledge(cast: &Cast, slug: &str) -> Ask {
    let path = cast.week(&format!("picture/receipts/{}/acknowledgement", cast.entries[slug]));
    let ask = Ask::post(path, &Value::Null);
    Ask { body: None, ..ask.without("Content-Type") }
}

/// An edit of a section of the draft, made on so many edits of it.
pub fn edit(cast: &Cast, section: &str, edits: i64, says: &Value) -> Ask {
    Ask::put(cast.week(&format!("picture/sections/{section}")), edits, says)
}

pub fn overall(text: &str) -> Value {
    json!({ "kind": "overall_situation", "text": text })
}

/// Something seen, of the plainest kind.
pub fn item(area: &str) -> Value {
    json!({
        "indicator": "other_disorder", "area": area, "date": "2026-11-14", "timeBand": "evening",
        "description": "Bråk vid kiosken.",
    })
}

fn graffiti(area: &str, problem: Option<&str>) -> Value {
    json!({
        "indicator": "vandalism", "subtypes": ["graffiti"], "area": area, "date": "2026-11-13",
        "time": "21:30:00", "count": 2, "problem": problem,
    })
}

fn fire(area: &str) -> Value {
    json!({
        "indicator": "fire", "area": area, "date": "2026-11-15", "timeBand": "night", "count": 2,
        "fire": { "size": "minor", "suspectedArson": true, "object": "Papperskorgar" },
    })
}

fn concert(area: &str) -> Value {
    json!({
        "indicator": "public_event", "area": area, "date": "2026-11-20", "timeBand": "evening",
        "occurrence": "expected",
        "publicEvent": { "name": "Höstkonserten", "firstDay": "2026-11-20", "lastDay": "2026-11-21" },
        "description": "Många unga väntas.",
    })
}
