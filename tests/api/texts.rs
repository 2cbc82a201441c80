//! Texts after they were written: erased so that they are nowhere, struck in, sealed.

use event_log::{Verified, verify};
use serde_json::{Value, json};
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Answer, Ask, Caller};
use tests::disguises::disguises;
use tests::lived::{self, edit, overall};
use tests::logged;
use tests::paths::{Filling, operations};
use tests::world::World;
use views::rebuild;

/// What slipped through: nothing else says it.
pub(crate) const WORDS: &str = "Påhittade Eskil Lövkvist";

pub(crate) fn coordinator(world: &World) -> Caller {
    world.caller(COORDINATORS[0])
}

pub(crate) fn decision() -> Value {
    json!({ "ground": { "kind": "disposal_decision", "reference": "KS 2026/88" } })
}

fn draft() -> Value {
    json!({ "ground": { "kind": "draft" } })
}

fn at(cast: &Cast, text: &str, what: &str) -> String {
    cast.at(&format!("texts/{text}{what}"))
}

pub(crate) fn erase(world: &World, cast: &Cast, text: &str, body: &Value) -> Answer {
    coordinator(world).post(at(cast, text, "/erasure"), body)
}

/// The week has been opened, and the police have reported the words, together with another report of theirs.
pub(crate) fn reported() -> (World, Cast, String) {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    world.clock.set("2026-11-17T09:00:00Z");
    let its = cast.organisation("police");
    let mut seen = lived::item(&its.area);
    seen["description"] = json!(format!("{WORDS} bråkade vid kiosken."));
    let report = json!({ "unit": its.unit, "items": [seen] });
    let batch = json!({ "reports": [{ "week": cast::WEEK, "report": report }] });
    world.caller(&informant("police")).post(cast.at("report-batches"), &batch).ok();
    let report = coordinator(&world).get(report_of(&cast)).ok().body;
    let text = report["items"][0]["description"]["textId"].as_str().unwrap().to_owned();
    (world, cast, text)
}

pub(crate) fn report_of(cast: &Cast) -> String {
    cast.week(&format!("reports/{}", cast.organisation("police").unit))
}

/// In no table, in no line of the log and in nothing that anybody reads over HTTP.
fn gone(world: &World, cast: &Cast) {
    let after = format!("{}\n{}", everything(world), all_that_is_read(world, cast));
    for disguise in disguises(WORDS).into_iter().chain(disguises("Lövkvist")) {
        assert!(!after.contains(&disguise), "{disguise} is still there");
    }
}

/// What the coordinator, the registrar and the informant are answered by everything that can be read.
pub(crate) fn all_that_is_read(world: &World, cast: &Cast) -> String {
    let filling = Filling::of(cast, "police", &cast.programme);
    let reads: Vec<_> = operations().into_iter().filter(|operation| operation.method == "GET").collect();
    let callers = [COORDINATORS[0], "registrar", &informant("police")].map(|subject| world.caller(subject));
    let read = |caller: &Caller| {
        reads.iter().map(|read| caller.get(filling.path(&read.path)).text).collect::<Vec<_>>().join("\n")
    };
    callers.iter().map(read).collect::<Vec<_>>().join("\n")
}

/// Every table, row by row, as text; and what the server has logged.
pub(crate) fn everything(world: &World) -> String {
    let tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
    let rows = |table: &String| world.sql(&format!("SELECT t::text FROM {table} t")).unwrap().join("\n");
    let all: Vec<String> = world.sql(tables).unwrap().iter().map(rows).collect();
    assert!(all.len() > 6, "the tables are looked through");
    format!("{}\n{}", all.join("\n"), logged::all())
}

pub(crate) fn proven(world: &World, cast: &Cast) -> Verified {
    let programme = cast.programme.parse().unwrap();
    let verified = world.run(verify(&world.database, programme)).unwrap();
    assert_eq!(verified.breaches, Vec::<String>::new());
    let rebuilt = world.run(rebuild(&world.database, programme, false, |_| ())).unwrap();
    assert!(rebuilt.iter().all(|view| view.differing.is_empty()), "{rebuilt:?}");
    verified
}

/// The words are nowhere any more, nor a digest that they could be guessed from, and log and views hold.
#[test]
fn an_erased_text_is_nowhere_and_the_log_still_holds() {
    let (world, cast, text) = reported();
    let before = everything(&world);
    assert!(before.contains(WORDS), "what is looked for can be found");
    assert!(all_that_is_read(&world, &cast).contains(WORDS), "also in what is read");
    let answered = "SELECT count(*) FROM idempotency WHERE caller = 'informant-police'";
    assert_eq!(world.sql(answered).unwrap(), ["1"]);
    let texts = proven(&world, &cast).texts;
    let tag = coordinator(&world).get(report_of(&cast)).ok().header("etag").to_owned();

    erase(&world, &cast, &text, &draft()).refused(409, "text.not-a-draft");
    let told = erase(&world, &cast, &text, &decision()).ok();
    assert_eq!(told.body["erasedAt"], "2026-11-17T09:00:00Z");
    assert_eq!((&told.body["backupDays"], &told.body["events"]), (&json!(30), &json!(1)));
    assert_eq!(told.body["backupsGoneBy"], "2026-12-17T09:00:00Z");

    gone(&world, &cast);
    assert_eq!(world.sql(answered).unwrap(), ["0"], "the digest of the request covers the text");
    assert_eq!(proven(&world, &cast).texts, texts - 1);
    let read = coordinator(&world).send(&Ask::get(report_of(&cast)).with("If-None-Match", tag)).ok();
    let description = &read.body["items"][0]["description"];
    assert_eq!(description["body"], Value::Null);
    assert_eq!(description["erased"]["ground"], decision()["ground"]);
    assert_eq!(description["erased"]["whole"], true);
}

/// The second time is answered as the first: with the same key, and with another.
#[test]
fn erasing_twice_answers_as_the_first_time() {
    let (world, cast, text) = reported();
    let ask = Ask::post(at(&cast, &text, "/erasure"), &decision());
    let first = coordinator(&world).send(&ask).ok();
    world.clock.set("2026-11-18T09:00:00Z");
    let events = world.events();
    let again = coordinator(&world).send(&ask).ok();
    assert_eq!(again.header("idempotent-replayed"), "true");
    let anew = erase(&world, &cast, &text, &decision()).ok();
    assert_eq!(anew.body["events"], 0);
    for told in [again, anew] {
        for member in ["erasedAt", "backupsGoneBy", "position", "version", "location"] {
            assert_eq!(told.body[member], first.body[member], "{member}");
        }
    }
    assert_eq!(world.events(), events);
}

/// A text that an older version of the service stored is found in the log.
#[test]
fn a_text_whose_place_was_not_noted_is_found_and_erased() {
    let (world, cast, text) = reported();
    world.sql("UPDATE text SET position = NULL").unwrap();
    erase(&world, &cast, &text, &decision()).ok();
    assert!(!everything(&world).contains(WORDS));
    let answered = "SELECT count(*) FROM idempotency WHERE caller = 'informant-police'";
    assert_eq!(world.sql(answered).unwrap(), ["0"]);
    let unknown = "01930000-0000-7000-8000-00000000abcd";
    erase(&world, &cast, unknown, &decision()).refused(404, "text.unknown");
}

/// The migration finds for each text the event that brought it, as the writer notes it.
#[test]
fn the_migration_finds_where_the_texts_stand() {
    let (world, _, _) = lived::distributed();
    let places = || world.sql("SELECT text_id || ' ' || position FROM text ORDER BY text_id").unwrap();
    let noted = places();
    let migration = include_str!("../../migrations/V4__texts_can_be_erased.sql");
    let fills = &migration[migration.find("UPDATE text").unwrap()..];
    world.sql(&format!("UPDATE text SET position = NULL; {fills}")).unwrap();
    assert_eq!(places(), noted);
    assert!(noted.len() > 40, "{}", noted.len());
}

/// What stands elsewhere in the same words is told, tried first without anything happening; each is erased by itself.
#[test]
fn the_same_words_elsewhere_are_told_before_and_when_they_are_erased() {
    let (world, cast, text) = reported();
    let drafts = json!({ "priorities": &cast.areas[..3] });
    coordinator(&world).post(cast.week("picture"), &drafts).ok();
    for edits in 0..2 {
        let says = overall(&format!("{WORDS} sågs igen, {edits}."));
        coordinator(&world).send(&edit(&cast, "overall-situation", edits, &says)).ok();
    }
    let strikes = json!({
        "ground": decision()["ground"], "spans": [{ "start": 0, "end": 24, "class": "person-name" }],
    });
    let before = world.events();
    let path = format!("{}?dryRun=true", at(&cast, &text, "/erasure"));
    let tried = coordinator(&world).post(path, &strikes).ok();
    assert_eq!((world.events(), tried.body.get("erasedAt")), (before, None));
    let told = erase(&world, &cast, &text, &strikes).ok();
    assert_eq!(told.body["alsoIn"], tried.body["alsoIn"]);
    let others = told.body["alsoIn"].as_array().unwrap();
    assert_eq!(others.len(), 2, "also what was written over");
    for other in others {
        erase(&world, &cast, other.as_str().unwrap(), &draft()).ok();
    }
    gone(&world, &cast);
    proven(&world, &cast);
}

/// The rest of the text is read where it stood, with a mark; the whole can still be erased later.
#[test]
fn spans_are_struck_and_the_rest_stays() {
    let (world, cast, text) = reported();
    let span = |start, end| json!({ "start": start, "end": end, "class": "person-name" });
    let strikes = |span| json!({ "ground": decision()["ground"], "spans": [span] });
    erase(&world, &cast, &text, &strikes(span(0, 4_000))).refused(409, "text.spans-misplaced");
    let first = Ask::post(at(&cast, &text, "/erasure"), &strikes(span(0, 24)));
    coordinator(&world).send(&first).ok();
    assert!(!everything(&world).contains("Lövkvist"));
    let described = || coordinator(&world).get(report_of(&cast)).ok().body["items"][0]["description"].clone();
    let description = described();
    assert_eq!(description["textId"], json!(text), "it is known by its own id");
    assert_eq!(description["body"], "[struket: namn] bråkade vid kiosken.");
    assert_eq!(description["erased"]["whole"], false);
    let again = coordinator(&world).send(&first).ok();
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(erase(&world, &cast, &text, &strikes(span(0, 24))).ok().body["events"], 0);
    proven(&world, &cast);

    erase(&world, &cast, &text, &strikes(span(16, 23))).ok();
    assert_eq!(described()["body"], "[struket: namn] [struket: namn] vid kiosken.");
    erase(&world, &cast, &text, &decision()).ok();
    assert_eq!(described()["body"], Value::Null);
    let left = "SELECT count(*) FROM text WHERE body LIKE '%struket%'";
    assert_eq!(world.sql(left).unwrap(), ["0"], "what was left of it has gone too");
    proven(&world, &cast);
}

/// What is left is read by the guard of the day: what it finds is told where it stands in the text that was read.
#[test]
fn what_is_left_passes_the_guard_or_is_told_what_to_strike_besides() {
    let (world, cast, text) = reported();
    let older =
        format!("UPDATE text SET body = 'Eskil svarar på 070-1740605 om kiosken.' WHERE text_id = '{text}'");
    world.sql(&older).unwrap();
    let name = json!({ "start": 0, "end": 5, "class": "person-name" });
    let phone = json!({ "start": 16, "end": 27, "class": "phone" });
    let strikes = |spans: &[&Value]| json!({ "ground": decision()["ground"], "spans": spans });
    let refused = erase(&world, &cast, &text, &strikes(&[&name])).refused(422, "text.personal-data");
    let finding = &refused.body["findings"][0];
    assert_eq!((&finding["start"], &finding["end"]), (&phone["start"], &phone["end"]), "{refused:?}");
    erase(&world, &cast, &text, &strikes(&[&phone, &name])).ok();
    let read = coordinator(&world).get(report_of(&cast)).ok().body;
    let left = "[struket: namn] svarar på [struket: telefonnummer] om kiosken.";
    assert_eq!(read["items"][0]["description"]["body"], left);
}

/// Spans and the whole, asked for at the same moment: whichever comes first, nothing of it is left.
#[test]
fn what_is_left_goes_when_the_whole_is_erased_at_the_same_moment() {
    let (world, cast, _) = lived::distributed();
    let texts =
        world.sql("SELECT text_id FROM text WHERE body LIKE 'Läget i prioriterat%' OR body LIKE 'Fler%'");
    let texts = texts.unwrap();
    assert!(texts.len() >= 6, "{texts:?}");
    let strikes = json!({
        "ground": decision()["ground"], "spans": [{ "start": 0, "end": 4, "class": "other" }],
    });
    for text in &texts {
        let barrier = std::sync::Barrier::new(2);
        let told = |body: &Value| {
            barrier.wait();
            erase(&world, &cast, text, body).status
        };
        std::thread::scope(|scope| {
            let struck = scope.spawn(|| told(&strikes));
            assert_eq!(told(&decision()), 201);
            assert_eq!(struck.join().unwrap(), 201);
        });
    }
    let standing = format!("SELECT text_id FROM text WHERE text_id IN ('{}')", texts.join("','"));
    assert_eq!(world.sql(&standing).unwrap(), Vec::<String>::new());
    assert_eq!(
        world.sql("SELECT text_id FROM text WHERE body LIKE '%struket%'").unwrap(),
        Vec::<String>::new()
    );
    proven(&world, &cast);
}

/// R86: whoever has been sent the picture sees, when they look again, that a text is gone and why.
#[test]
fn recipients_of_a_picture_that_was_sent_see_that_a_text_was_erased() {
    let (world, cast, _) = lived::distributed();
    let leader = world.caller("leader-police");
    let read = leader.get(cast.week("picture")).ok();
    let text = "/editions/0/content/sections/overall-situation/content/text";
    let id = read.body.pointer(&format!("{text}/textId")).unwrap().as_str().unwrap().to_owned();
    let same = Ask::get(cast.week("picture")).with("If-None-Match", read.header("etag"));
    assert_eq!(leader.send(&same).status, 304);
    erase(&world, &cast, &id, &draft()).refused(409, "text.not-a-draft");
    erase(&world, &cast, &id, &decision()).ok();
    let changed = leader.send(&same);
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), read.header("etag"));
    let told = changed.body.pointer(text).unwrap();
    assert_eq!(
        (&told["body"], &told["erased"]["ground"]["kind"]),
        (&Value::Null, &json!("disposal_decision"))
    );
    let past = leader.get(cast.week("picture?asOfTime=2026-11-19T23:00:00Z")).ok();
    assert_eq!(past.body.pointer(text).unwrap()["body"], Value::Null, "nor as it stood then");
    // The picture is corrected on the version that is read, with what has been erased in its tag.
    let tag = coordinator(&world).get(cast.week("picture")).ok().header("etag").to_owned();
    let corrects = Ask::post(cast.week("picture/corrections"), &json!({ "reason": "En text raderades." }));
    coordinator(&world).send(&corrects.with("If-Match", tag)).ok();
    proven(&world, &cast);
}

/// Where there is no ground to erase, the text is hidden from all but the registrar.
#[test]
fn a_sealed_text_is_the_registrars_alone_to_read() {
    let (world, cast, _) = lived::distributed();
    let registrar = world.caller("registrar");
    let text = "/editions/0/content/sections/overall-situation/content/text";
    let read = |caller: &Caller| {
        caller.get(cast.week("picture")).ok().body.pointer(text).cloned().unwrap_or_default()
    };
    let id = read(&registrar)["textId"].as_str().unwrap().to_owned();
    let path = at(&cast, &id, "/seal");
    let seals = json!({ "reason": "secrecy" });
    coordinator(&world).put(path.clone(), 0, &seals).refused(403, "function.missing");
    registrar.put(path.clone(), 0, &seals).ok();
    for other in [coordinator(&world), world.caller("leader-police"), world.caller("auditor")] {
        let told = read(&other);
        assert_eq!((&told["body"], &told["sealed"]["reason"]), (&Value::Null, &json!("secrecy")));
    }
    assert_eq!(coordinator(&world).get(at(&cast, &id, "")).ok().body["text"]["body"], Value::Null);
    assert_eq!(read(&registrar)["body"], "Läget är i stort sett lugnt.");
    let own = registrar.get(at(&cast, &id, "")).ok().body;
    assert_eq!(own["text"]["body"], "Läget är i stort sett lugnt.");
    assert_eq!((&own["standsIn"], &own["version"]), (&json!("picture/2026-W47"), &json!(1)));
    registrar.send(&Ask::delete(path.clone(), 1)).ok();
    assert_eq!(read(&coordinator(&world))["body"], "Läget är i stort sett lugnt.");
    assert!(read(&coordinator(&world)).get("sealed").is_none());
    proven(&world, &cast);
}

/// R89: also by its id an addendum's text is read by its owner alone.
#[test]
fn an_addendums_text_is_not_read_by_its_id_by_others() {
    let (world, cast, _) = lived::distributed();
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    world.caller("hub-police").put(path.clone(), 0, &json!({ "text": "Egen inriktning." })).ok();
    let id = world.caller("hub-police").get(path).ok().body["text"]["textId"].as_str().unwrap().to_owned();
    for caller in [coordinator(&world), world.caller("registrar")] {
        caller.get(at(&cast, &id, "")).refused(404, "resource.unknown");
    }
}
