//! Texts that were struck in or erased, and the guard: warnings and their counts, and the queue of what it finds anew.

use crate::texts::{coordinator, decision, erase};
use crate::warnings::{acknowledge, adopt, rescreen, tally, warned};
use serde_json::{Value, json};
use tests::cast::Cast;
use tests::client::{Answer, Caller};
use tests::lived::{self, edit, overall};
use tests::world::World;
use views::rebuild;

/// Two wrong check digits, each warned of.
const TWO: &str = "Lapp med 080820-2393 och 080820-2395.";

fn strikes(start: u32, end: u32, class: &str) -> Value {
    json!({ "ground": decision()["ground"], "spans": [{ "start": start, "end": end, "class": class }] })
}

/// The views are what the log makes them.
fn rebuilt(world: &World, cast: &Cast) {
    let rebuilt =
        world.run(rebuild(&world.database, cast.programme.parse().unwrap(), false, |_| ())).unwrap();
    assert!(rebuilt.iter().all(|view| view.differing.is_empty()), "{rebuilt:?}");
}

/// R131: adoption waits for what is left, where it stands now; what was acknowledged stays so when it is moved by the
/// striking and by an edit after it; the counts tell what stands.
#[test]
fn a_struck_warning_is_in_nobodys_way_and_is_not_counted() {
    let (world, cast, coordinator) = warned();
    coordinator.send(&edit(&cast, "overall-situation", 2, &overall(TWO))).ok();
    let before = tally(&cast, &coordinator);
    let refused = adopt(&cast, &coordinator).refused(409, "picture.warnings-unacknowledged");
    let findings = refused.body["findings"].as_array().unwrap();
    assert_eq!((findings.len(), &findings[1]["start"]), (2, &json!(25)), "{findings:?}");
    let text = findings[0]["text"].as_str().unwrap();
    let draft = json!({ "kind": "draft" });
    let span = |start, end| {
        json!({ "ground": draft, "spans": [
        { "start": start, "end": end, "class": "personnummer" }] })
    };
    acknowledge(&cast, &coordinator, &findings[1]).ok();
    erase(&world, &cast, text, &span(9, 20)).ok();
    let standing = |place: u32| {
        let told = coordinator.get(cast.week("picture")).ok().body["warnings"].clone();
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!((&told[0]["start"], &told[0]["acknowledged"]), (&json!(place), &json!("not_a_person")));
        assert_eq!(tally(&cast, &coordinator)[..4], [json!(1), json!(1), json!(0), json!(0)], "{before:?}");
        told[0].clone()
    };
    assert_eq!(standing(37)["text"], text, "it is known by its own id");
    rebuilt(&world, &cast);
    let moved = "I går: lapp med [struket: personnummer] och 080820-2395.";
    coordinator.send(&edit(&cast, "overall-situation", 3, &overall(moved))).ok();
    standing(44);
    rebuilt(&world, &cast);
    adopt(&cast, &coordinator).ok();
}

/// R131: a warning of what is left is answered where it stands in it.
#[test]
fn what_is_left_unanswered_stands_in_the_way_until_it_is_struck_or_answered() {
    let (world, cast, coordinator) = warned();
    coordinator.send(&edit(&cast, "overall-situation", 2, &overall(TWO))).ok();
    let refused = adopt(&cast, &coordinator).refused(409, "picture.warnings-unacknowledged");
    let first = refused.body["findings"][0].clone();
    let text = first["text"].as_str().unwrap();
    acknowledge(&cast, &coordinator, &first).ok();
    erase(&world, &cast, text, &strikes(9, 20, "personnummer")).ok();
    let refused = adopt(&cast, &coordinator).refused(409, "picture.warnings-unacknowledged");
    acknowledge(&cast, &coordinator, &first).refused(409, "picture.warning-unknown");
    acknowledge(&cast, &coordinator, &refused.body["findings"][0]).ok();
    assert_eq!(tally(&cast, &coordinator)[..4], [json!(1), json!(1), json!(0), json!(0)]);
    rebuilt(&world, &cast);
    adopt(&cast, &coordinator).ok();
    erase(&world, &cast, text, &decision()).ok();
    assert_eq!(coordinator.get(cast.at("warnings")).ok().body["items"], json!([]));
    rebuilt(&world, &cast);
}

fn queue(cast: &Cast, caller: &Caller) -> Value {
    caller.get(cast.at("rescreening")).ok().body
}

fn handle(cast: &Cast, caller: &Caller, text: &str) -> Answer {
    caller.post(cast.at(&format!("rescreening/{text}/handling")), &json!({ "outcome": "justified" }))
}

/// A week in which the guard's older policies have let telephone numbers in, now queued.
fn queued() -> (World, Cast, Vec<Value>) {
    let (world, cast, _) = lived::distributed();
    let older = "UPDATE text SET body = '070-174 06 05 nu.' WHERE body LIKE 'Bråk%'";
    // Of what nobody refers to, as of what is erased while it is read, nothing can be queued.
    let orphan =
        "INSERT INTO text SELECT programme, gen_random_uuid(), '', 'Ring 070-174 06 05.' FROM text LIMIT 1";
    world.sql(&format!("{older}; {orphan}")).unwrap();
    assert!(!rescreen(&world).contains(" 0 queued"));
    let items = queue(&cast, &coordinator(&world))["items"].as_array().unwrap().clone();
    assert!(items.len() > 3, "{items:?}");
    (world, cast, items)
}

/// R131: what is erased, or struck where the guard found something, has nothing left to handle.
#[test]
fn a_queued_text_that_is_erased_leaves_the_queue() {
    let (world, cast, items) = queued();
    let coordinator = coordinator(&world);
    let ids: Vec<&str> = items.iter().map(|item| item["textId"].as_str().unwrap()).collect();
    erase(&world, &cast, ids[0], &decision()).ok();
    erase(&world, &cast, ids[1], &strikes(0, 13, "phone")).ok();
    handle(&cast, &coordinator, ids[2]).ok();
    erase(&world, &cast, ids[2], &decision()).ok();
    let left = queue(&cast, &coordinator);
    assert_eq!(left["_meta"]["totalRecords"], items.len() - 3);
    for id in &ids[..3] {
        assert!(!left.to_string().contains(id), "{left}");
        let told = handle(&cast, &coordinator, id);
        assert!([404, 409].contains(&told.status), "{}", told.text);
    }
    rebuilt(&world, &cast);
    assert!(rescreen(&world).contains(" 0 queued"));
    rebuilt(&world, &cast);
}

/// An erasure of what was never queued leaves nothing in the view of the queue.
#[test]
fn a_text_that_was_never_queued_has_no_row() {
    let (world, cast, _) = lived::distributed();
    let text = world.sql("SELECT text_id FROM text WHERE body LIKE 'Bråk%' LIMIT 1").unwrap().concat();
    erase(&world, &cast, &text, &decision()).ok();
    assert_eq!(world.sql("SELECT key FROM rescreening_view").unwrap(), Vec::<String>::new());
    rebuilt(&world, &cast);
}

/// R131 R89: what is found in what is left of an addendum is told where it stands there, under the addendum's text.
#[test]
fn a_struck_addendum_is_rescreened_as_it_stands() {
    let (world, cast, _) = lived::distributed();
    let hub = world.caller("hub-police");
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    hub.put(&path, 0, &json!({ "text": "Eskil i kiosken ringer i morgon." })).ok();
    let text = hub.get(&path).ok().body["text"]["textId"].as_str().unwrap().to_owned();
    erase(&world, &cast, &text, &strikes(0, 5, "person-name")).ok();
    let body = "[struket: namn] nås på 070-174 06 05.";
    world.sql(&format!("UPDATE text SET body = '{body}' WHERE body LIKE '[struket%'")).unwrap();
    assert!(rescreen(&world).contains(" 1 queued"));
    let own = queue(&cast, &hub);
    let item = &own["items"][0];
    assert_eq!((&item["textId"], &item["body"]), (&json!(text), &json!(body)), "{own}");
    assert!(item["standsIn"].as_str().unwrap().starts_with("addendum/"), "{item}");
    let finding = &item["findings"][0];
    assert_eq!((&finding["start"], &finding["end"]), (&json!(23), &json!(36)), "{finding}");
    assert!(rescreen(&world).contains(" 0 queued"));
    erase(&world, &cast, &text, &strikes(23, 36, "phone")).ok();
    assert_eq!(queue(&cast, &hub)["_meta"]["totalRecords"], 0, "the place can be struck as it was told");
    assert!(rescreen(&world).contains(" 0 queued"));
    rebuilt(&world, &cast);
}
