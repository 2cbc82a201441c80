//! What the guard warns of, over HTTP: answered before adoption, counted by class, and found anew by a new policy.

use serde_json::{Value, json};
use std::process::Command;
use tests::cast::{self, COORDINATORS, Cast};
use tests::client::{Answer, Ask, Caller};
use tests::lived::{self, edit, overall};
use tests::served;
use tests::world::World;

/// A wrong check digit: the guard warns and does not refuse.
const WARNED: &str = "Lapp med 080820-2393 på dörren.";

/// All is written that must be, and the situation with a warning.
pub(crate) fn warned() -> (World, Cast, Caller) {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let mut perform = |_: &[String], ask: Ask| coordinator.send(&ask).ok();
    lived::begin(&world, &cast, &mut perform);
    lived::draft(&world, &cast, &mut perform);
    lived::write(&cast, &mut perform);
    coordinator.send(&edit(&cast, "overall-situation", 1, &overall(WARNED))).ok();
    (world, cast, coordinator)
}

pub(crate) fn adopt(cast: &Cast, coordinator: &Caller) -> Answer {
    let tag = coordinator.get(cast.week("picture")).ok().header("etag").to_owned();
    let adopts = Ask::put(cast.week("picture/adoption"), 0, &json!({ "attended": [] }));
    coordinator.send(&adopts.without("If-Match").with("If-Match", tag))
}

pub(crate) fn acknowledge(cast: &Cast, coordinator: &Caller, finding: &Value) -> Answer {
    let body = json!({ "text": finding["text"], "start": finding["start"], "end": finding["end"],
        "class": finding["class"], "reason": "not_a_person" });
    coordinator.post(cast.week("picture/warnings/acknowledgements"), &body)
}

pub(crate) fn tally(cast: &Cast, coordinator: &Caller) -> [Value; 5] {
    let told = coordinator.get(cast.at("warnings")).ok().body["items"][0].clone();
    ["shown", "acknowledged", "rewritten", "outstanding", "shareAcknowledged"].map(|name| told[name].clone())
}

/// R131: refused with the place of each, acknowledged, kept by an edit elsewhere, lost with the words, adopted.
#[test]
fn a_warned_picture_is_adopted_when_each_warning_has_been_answered() {
    let (_world, cast, coordinator) = warned();
    let refused = adopt(&cast, &coordinator).refused(409, "picture.warnings-unacknowledged");
    let finding = refused.body["findings"][0].clone();
    assert_eq!(finding["pointer"], "/draft/sections/overall-situation/content/text");
    assert_eq!(
        (&finding["start"], &finding["end"], &finding["class"]),
        (&json!(9), &json!(20), &json!("personnummer"))
    );
    assert!(!refused.text.contains("080820"), "{}", refused.text);
    let picture = coordinator.get(cast.week("picture")).ok().body;
    let text = picture.pointer(finding["pointer"].as_str().unwrap()).unwrap();
    assert_eq!((&text["textId"], &text["body"]), (&finding["text"], &json!(WARNED)));
    assert_eq!(tally(&cast, &coordinator), [json!(1), json!(0), json!(0), json!(1), Value::Null]);

    acknowledge(&cast, &coordinator, &finding).ok();
    let moved = format!("I går: {WARNED}");
    coordinator.send(&edit(&cast, "overall-situation", 2, &overall(&moved))).ok();
    let picture = coordinator.get(cast.week("picture")).ok().body;
    assert_eq!(picture["warnings"][0]["acknowledged"], "not_a_person");
    assert_eq!(tally(&cast, &coordinator), [json!(1), json!(1), json!(0), json!(0), json!(1.0)]);
    acknowledge(&cast, &coordinator, &finding).refused(409, "picture.warning-unknown");

    let other = "Lapp med 080820-2395 på dörren.";
    coordinator.send(&edit(&cast, "overall-situation", 3, &overall(other))).ok();
    let refused = adopt(&cast, &coordinator).refused(409, "picture.warnings-unacknowledged");
    acknowledge(&cast, &coordinator, &refused.body["findings"][0]).ok();
    assert_eq!(tally(&cast, &coordinator), [json!(2), json!(1), json!(1), json!(0), json!(0.5)]);
    adopt(&cast, &coordinator).ok();
}

pub(crate) fn rescreen(world: &World) -> String {
    let output = Command::new(served::binary().unwrap())
        .args(["--log", "error", "rescreen", "--database-url", &world.url()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// R131 R89: what today's policy finds in old texts is queued for those who may see them, and no text is touched.
#[test]
fn a_second_rescreening_changes_nothing_and_none_deletes_a_text() {
    let (world, cast, _) = lived::distributed();
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    world.caller("hub-police").put(path, 0, &json!({ "text": "Inriktning." })).ok();
    assert!(rescreen(&world).contains(" 0 queued"));
    // As if they had been let in by a policy that knew no telephone numbers.
    let older =
        "UPDATE text SET body = 'Ring 070-174 06 05.' WHERE body LIKE 'Bråk%' OR body = 'Inriktning.'";
    world.sql(older).unwrap();
    let texts =
        || world.sql("SELECT count(*), md5(string_agg(body, ',' ORDER BY text_id)) FROM text").unwrap();
    let (before, said) = (texts(), rescreen(&world));
    assert!(!said.contains(" 0 queued") && said.contains("texts/s"), "{said}");
    let events = world.events();
    assert!(rescreen(&world).contains(" 0 queued"));
    assert_eq!((world.events(), texts()), (events, before));

    let coordinator = world.caller(COORDINATORS[0]);
    let queue = |caller: &Caller| caller.get(cast.at("rescreening")).ok().body;
    let queued = queue(&coordinator);
    let first = queued["items"][0].clone();
    assert!(first["standsIn"].as_str().unwrap().starts_with("report/2026-W47/"), "{first}");
    assert_eq!(
        (&first["body"], &first["findings"][0]["class"]),
        (&json!("Ring 070-174 06 05."), &json!("phone"))
    );
    assert!(!queued.to_string().contains("addendum/"), "an addendum is its owner's alone");
    let own = queue(&world.caller("hub-police"));
    assert_eq!(own["_meta"]["totalRecords"], 1);
    let handling =
        |item: &Value| cast.at(&format!("rescreening/{}/handling", item["textId"].as_str().unwrap()));
    let stands = json!({ "outcome": "justified" });
    coordinator.post(handling(&own["items"][0]), &stands).refused(404, "resource.unknown");
    world.caller("hub-police").post(handling(&own["items"][0]), &stands).ok();
    coordinator.post(handling(&first), &stands).ok();
    coordinator.post(handling(&first), &stands).refused(409, "rescreening.nothing-queued");
    let left = queue(&coordinator)["_meta"]["totalRecords"].as_u64().unwrap();
    assert_eq!(left + 1, queued["_meta"]["totalRecords"].as_u64().unwrap());
    assert!(rescreen(&world).contains(" 0 queued"), "what was handled is not queued again");
}
