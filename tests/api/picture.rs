//! The weekly picture over HTTP: written by two at once, adopted, distributed, acknowledged, corrected.

use serde_json::{Value, json};
use std::sync::Barrier;
use std::thread;
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Answer, Ask, Caller};
use tests::lived::{self, edit, overall};
use tests::world::World;

/// The week up to its draft, in which nothing has been written.
fn drafted() -> (World, Cast) {
    let (world, cast) = cast::activated();
    let mut perform = |may: &[String], ask: Ask| world.caller(&may[0]).send(&ask).ok();
    let problem = lived::begin(&world, &cast, &mut perform);
    lived::report(&world, &cast, &problem, &mut perform);
    lived::draft(&world, &cast, &mut perform);
    (world, cast)
}

fn coordinator(world: &World) -> Caller {
    world.caller(COORDINATORS[0])
}

/// The two coordinators send at the same moment.
fn at_once(world: &World, asks: [Ask; 2]) -> [Answer; 2] {
    let (barrier, callers) = (Barrier::new(2), COORDINATORS.map(|subject| world.caller(subject)));
    let sends = |(caller, ask): (Caller, Ask)| {
        let barrier = &barrier;
        move || {
            barrier.wait();
            caller.send(&ask)
        }
    };
    thread::scope(|scope| {
        let [first, second] = callers;
        let [one, other] = asks;
        let others = scope.spawn(sends((second, other)));
        let own = sends((first, one))();
        [own, others.join().unwrap()]
    })
}

fn said(picture: &Value, section: &str) -> Value {
    picture["draft"]["sections"][section].clone()
}

fn adopt(world: &World, cast: &Cast) -> Answer {
    let version = coordinator(world).get(cast.week("picture")).ok().version();
    coordinator(world).put(cast.week("picture/adoption"), version, &json!({ "attended": [] }))
}

/// R85 R94 R95: two write at once, each in a section, and both are heard.
#[test]
fn two_coordinators_edit_different_sections_at_once_and_both_succeed() {
    let (world, cast) = drafted();
    let situation = json!({ "kind": "priority", "situation": "Oroligt på kvällarna.", "interventions": [] });
    let asks = [
        edit(&cast, "overall-situation", 0, &overall("Lugnare än veckan före.")),
        edit(&cast, "priority-1", 0, &situation),
    ];
    for answer in at_once(&world, asks) {
        answer.ok();
    }
    let picture = coordinator(&world).get(cast.week("picture")).ok().body;
    assert_eq!(said(&picture, "overall-situation")["content"]["text"]["body"], "Lugnare än veckan före.");
    assert_eq!(said(&picture, "priority-1")["content"]["situation"]["body"], "Oroligt på kvällarna.");
}

/// R85 R94: of two who write in the same section the second is told so, with the number to write on, and loses nothing.
#[test]
fn of_two_who_edit_the_same_section_the_second_is_told_and_neither_loses_a_word() {
    let (world, cast) = drafted();
    let texts = ["Det första ordet.", "Det andra ordet."];
    let answers = at_once(&world, texts.map(|text| edit(&cast, "overall-situation", 0, &overall(text))));
    let (won, lost) = if answers[0].status == 200 { (0, 1) } else { (1, 0) };
    assert_eq!(answers[won].status, 200, "{:?}", answers[won]);
    let refused = answers[lost].clone().refused(412, "picture.section-stale");
    assert_eq!((&refused.body["currentVersion"], refused.version()), (&json!(1), 1));
    let standing = said(&coordinator(&world).get(cast.week("picture")).ok().body, "overall-situation");
    assert_eq!((&standing["edits"], &standing["content"]["text"]["body"]), (&json!(1), &json!(texts[won])));

    let both = texts.join(" ");
    world.caller(COORDINATORS[lost]).send(&edit(&cast, "overall-situation", 1, &overall(&both))).ok();
    let standing = said(&coordinator(&world).get(cast.week("picture")).ok().body, "overall-situation");
    assert_eq!((&standing["edits"], &standing["content"]["text"]["body"]), (&json!(2), &json!(both)));
}

/// R94 R95: what must be said is said before the picture is adopted; and it is adopted once.
#[test]
fn a_picture_is_adopted_when_its_situation_is_written_and_never_twice() {
    let (world, cast) = drafted();
    coordinator(&world)
        .post(cast.week("picture"), &json!({ "priorities": &cast.areas[..3] }))
        .refused(409, "picture.already-drafted");
    adopt(&world, &cast).refused(409, "picture.situation-missing");
    coordinator(&world).send(&edit(&cast, "overall-situation", 0, &overall("Lugnt."))).ok();
    adopt(&world, &cast).refused(409, "picture.situation-missing");
    coordinator(&world)
        .post(cast.week("picture/distributions"), &json!({}))
        .refused(409, "picture.not-adopted");
    for slot in 1..=3 {
        let says = json!({ "kind": "priority", "situation": "Som förut.", "interventions": [] });
        coordinator(&world).send(&edit(&cast, &format!("priority-{slot}"), 0, &says)).ok();
    }
    let adopt_as_of =
        |version| coordinator(&world).put(cast.week("picture/adoption"), version, &json!({ "attended": [] }));
    let current = adopt_as_of(1).refused(412, "version.stale").body["currentVersion"].clone();
    let version = adopt(&world, &cast).ok().version();
    assert_eq!(current, version - 1);
    adopt(&world, &cast).refused(409, "picture.already-adopted");
    adopt_as_of(version - 1).refused(409, "picture.already-adopted");
    let late = coordinator(&world).send(&edit(&cast, "overall-situation", 1, &overall("Efteråt.")));
    late.refused(409, "picture.already-adopted");
}

/// R85 R86: whoever receives the picture sees what was adopted and sent to them, never the draft.
#[test]
fn recipients_see_the_adopted_picture_once_it_is_sent_and_never_the_draft() {
    let (world, cast) = drafted();
    let readers = ["informant-police", "leader", "hub", "analyst", "steering", "auditor"];
    let read = |subject: &str| world.caller(subject).get(cast.week("picture"));
    assert!(read(COORDINATORS[1]).ok().body["draft"].is_object());
    for subject in readers {
        read(subject).refused(404, "resource.unknown");
        let listed = world.caller(subject).get(cast.at("pictures?year=2026")).ok().body;
        assert_eq!(listed["_meta"]["totalRecords"], 0, "{subject} counts a draft");
    }
    let mut perform = |may: &[String], ask: Ask| world.caller(&may[0]).send(&ask).ok();
    lived::write(&cast, &mut perform);
    adopt(&world, &cast).ok();
    for subject in ["informant-police", "leader", "hub"] {
        read(subject).refused(404, "resource.unknown");
    }
    coordinator(&world).post(cast.week("picture/distributions"), &json!({})).ok();
    coordinator(&world)
        .post(cast.week("picture/distributions"), &json!({}))
        .refused(409, "picture.already-distributed");
    for subject in readers {
        let picture = read(subject).ok().body;
        assert!(picture.get("draft").is_none() && picture["editions"].as_array().unwrap().len() == 1);
    }
    // The night walkers are not on the list, and politicians read aggregates.
    read(&informant("walkers")).refused(404, "resource.unknown");
    read("politician").refused(403, "function.missing");
}

/// R86 R87 R128: everyone on the list gets a copy with why and how it may be used, and answers for their own.
#[test]
fn a_copy_says_why_and_how_it_may_be_used_and_its_receiver_acknowledges_it() {
    let (world, cast, _) = lived::distributed();
    let all = coordinator(&world).get(cast.week("picture")).ok().body["editions"][0]["receipts"].clone();
    assert_eq!(all.as_array().unwrap().len(), 11);
    for receipt in all.as_array().unwrap() {
        assert!(receipt["delivery"]["useNotice"]["body"].as_str().unwrap().starts_with("Får användas"));
        assert!(receipt["delivery"]["purpose"]["body"].as_str().unwrap().starts_with("Den som rapporterar"));
        let acknowledged = receipt["delivery"]["entry"] == json!(cast.entries["police"]);
        assert_eq!(receipt.get("acknowledgedAt").is_some(), acknowledged, "{receipt}");
    }
    let own = |subject: &str| {
        let picture = world.caller(subject).get(cast.week("picture")).ok().body;
        picture["editions"][0]["receipts"].as_array().unwrap().clone()
    };
    let receipts = own("informant-field");
    assert_eq!(receipts.len(), 1, "an organisation sees its own receipt alone");
    assert_eq!(receipts[0]["delivery"]["entry"], json!(cast.entries["field"]));
    world.clock.set("2026-11-20T07:00:00Z");
    let again = world.caller("informant-field").send(&lived::acknowledge(&cast, "field")).ok();
    let events = world.events();
    let once_more = world.caller("informant-field").send(&lived::acknowledge(&cast, "field")).ok();
    assert_eq!((once_more.body["events"].as_i64(), world.events()), (Some(0), events));
    assert_eq!(again.version(), once_more.version());
    assert_eq!(own("informant-field")[0]["acknowledgedAt"], "2026-11-20T07:00:00Z");
}

/// R27 R85: a correction is a new edition; the old one stays as it was, also in what is read as of then.
#[test]
fn a_correction_is_a_new_edition_and_the_old_one_stays_readable() {
    let (world, cast, _) = lived::distributed();
    let read = |subject: &str, query: &str| world.caller(subject).get(cast.week(&format!("picture{query}")));
    let before = read("leader-police", "").ok().body;
    let position = world.sql("SELECT max(position) FROM event").unwrap().concat();
    world.clock.set("2026-11-20T08:00:00Z");
    let reason = json!({ "reason": "Fel gata nämndes." });
    coordinator(&world).post(cast.week("picture/corrections"), &reason).ok();
    coordinator(&world).send(&edit(&cast, "overall-situation", 1, &overall("Rättat läge."))).ok();
    assert_eq!(
        read("leader-police", "").ok().body["editions"],
        before["editions"],
        "the correction is a draft"
    );
    assert_eq!(read(COORDINATORS[0], "").ok().body["draft"]["correction"]["body"], "Fel gata nämndes.");
    adopt(&world, &cast).ok();
    coordinator(&world).post(cast.week("picture/distributions"), &json!({})).ok();

    let after = read("leader-police", "").ok().body;
    let numbers = after["editions"].as_array().unwrap().iter().map(|its| its["content"]["edition"].clone());
    assert_eq!(numbers.collect::<Value>(), json!([2, 1]));
    assert_eq!(after["editions"][1], before["editions"][0], "the first edition says what it said");
    let text = "/editions/0/content/sections/overall-situation/content/text/body";
    assert_eq!(after.pointer(text).unwrap(), "Rättat läge.");
    assert_eq!(before.pointer(text).unwrap(), "Läget är i stort sett lugnt.");
    for query in [format!("?asOfPosition={position}"), "?asOfTime=2026-11-19T23:00:00Z".to_owned()] {
        assert_eq!(read("leader-police", &query).ok().body, before, "{query}");
    }
    read("leader-police", "?asOfTime=2026-11-19T11:30:00Z").refused(404, "resource.unknown");
    read("leader-police", "?asOfPosition=1").refused(404, "resource.unknown");
}

/// R100: who reported after the draft was begun is in the picture that is adopted, and what was written stays.
#[test]
fn a_draft_is_gathered_anew() {
    let (world, cast) = drafted();
    let edited = coordinator(&world).send(&edit(&cast, "overall-situation", 0, &overall("Lugnt."))).ok();
    assert_eq!(
        (edited.version(), &edited.body["version"]),
        (1, &json!(1)),
        "the section's number, to write on"
    );
    let read = || coordinator(&world).get(cast.week("picture")).ok().body["draft"].clone();
    let before = read();
    let reporting = coordinator(&world).get(cast.week("reporting")).ok().body;
    let units = reporting["organisations"].as_array().unwrap().iter().map(|its| &its["units"][0]);
    let missing = units.filter(|unit| unit["status"] == "missing").map(|unit| unit["unit"].as_str().unwrap());
    let unit = missing.collect::<Vec<_>>()[0];
    let slug = cast.organisations.iter().find(|its| its.unit == unit).map(|its| its.slug).unwrap();
    let calm = json!({ "unit": unit, "calm": true });
    world.caller(&informant(slug)).post(cast.week("reports"), &calm).ok();
    assert_eq!(read(), before);
    let renewed = coordinator(&world).post(cast.week("picture/renewals"), &json!({})).ok();
    assert_eq!(renewed.body["events"], 1);
    let after = read();
    let count = |draft: &Value, what: &str| draft["basis"][what].as_i64().unwrap();
    assert_eq!(count(&after, "missing"), count(&before, "missing") - 1);
    assert_eq!(count(&after, "calm"), count(&before, "calm") + 1);
    assert_eq!(after["sections"], before["sections"]);
    let again = coordinator(&world).post(cast.week("picture/renewals"), &json!({})).ok();
    assert_eq!(again.body["events"], 0);
    crate::texts::proven(&world, &cast);
}
