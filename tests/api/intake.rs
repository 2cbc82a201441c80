//! What comes in over HTTP: once, whole or not at all, tried without trace, and never with personal data.

use serde_json::{Value, json};
use std::fmt::Write;
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Answer, Ask, Caller};
use tests::lived::{self, item};
use tests::logged;
use tests::world::{BODY_BYTES_MAX, OPERATOR, World};

/// A week that is open, in which nobody has reported.
fn opened() -> (World, Cast, Caller) {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    lived::begin(&world, &cast, &mut |_, ask| coordinator.send(&ask).ok());
    let police = world.caller(&informant("police"));
    (world, cast, police)
}

/// The week of the police, with these items.
fn report(cast: &Cast, items: &Value) -> Ask {
    Ask::post(cast.week("reports"), &json!({ "unit": cast.organisation("police").unit, "items": items }))
}

fn plain(cast: &Cast) -> Ask {
    report(cast, &json!([item(&cast.organisation("police").area)]))
}

fn tables(world: &World) -> Vec<String> {
    let named = "SELECT table_name FROM information_schema.tables \
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1";
    world.sql(named).unwrap()
}

/// How many rows every table has.
fn rows(world: &World) -> Vec<(String, String)> {
    let count = |table: String| {
        let counted = world.sql(&format!("SELECT count(*) FROM \"{table}\"")).unwrap().concat();
        (table, counted)
    };
    tables(world).into_iter().map(count).collect()
}

/// The tables in which a text stands, in any column, as it is or as bytes.
fn where_it_stands(world: &World, text: &str) -> Vec<String> {
    let hexadecimal = text.bytes().fold(String::new(), |mut all, byte| {
        write!(all, "{byte:02x}").unwrap();
        all
    });
    let stands = |table: &String| {
        let asks = format!(
            "SELECT count(*) FROM \"{table}\" AS its \
             WHERE its::text ILIKE '%{text}%' OR its::text LIKE '%{hexadecimal}%'"
        );
        world.sql(&asks).unwrap().concat() != "0"
    };
    tables(world).into_iter().filter(stands).collect()
}

/// Where any of the texts stands: in the log or a table. The log first, since the search itself is logged.
fn where_any_stands(world: &World, texts: [&str; 3]) -> Vec<String> {
    let log = logged::all();
    let told = texts.iter().filter(|text| log.contains(**text)).map(|_| "the log".to_owned());
    told.chain(texts.iter().flat_map(|text| where_it_stands(world, text))).collect()
}

fn without_replayed(answer: &Answer) -> Value {
    let mut body = answer.body.clone();
    body.as_object_mut().unwrap().remove("replayed");
    body
}

/// The same key and body are answered the same again, and recorded once.
#[test]
fn a_retry_with_the_same_key_is_told_the_same_and_recorded_once() {
    let (world, cast, police) = opened();
    let ask = plain(&cast);
    let first = police.send(&ask).ok();
    let standing = rows(&world);
    let again = police.send(&ask).ok();
    assert_eq!((first.status, first.header("idempotent-replayed")), (201, ""));
    assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"));
    assert_eq!(without_replayed(&first), without_replayed(&again));
    assert_eq!((first.id(), first.version()), (again.id(), again.version()));
    assert_eq!(rows(&world), standing);
}

/// A key stands for one request of one caller.
#[test]
fn a_key_does_not_serve_another_request_and_is_nobody_elses() {
    let (world, cast, police) = opened();
    let ask = plain(&cast);
    police.send(&ask).ok();
    let fire = json!([{ "indicator": "fire", "area": cast.areas[1], "date": "2026-11-14" }]);
    let key = ask.headers.iter().find(|(name, _)| *name == "Idempotency-Key").unwrap().1.clone();
    police.send(&report(&cast, &fire).with("Idempotency-Key", &key)).refused(422, "key.reused");
    let elsewhere = Ask { path: cast.at("weeks/2026-W46/reports"), ..ask.clone() };
    police.send(&elsewhere).refused(422, "key.reused");
    let schools = json!({ "unit": cast.organisation("schools").unit, "calm": true });
    let own = Ask::post(cast.week("reports"), &schools).with("Idempotency-Key", &key);
    world.caller(&informant("schools")).send(&own).ok();
}

/// A programme that is opened with one key is one programme, however often it is asked for.
#[test]
fn a_programme_is_opened_once_with_one_key() {
    let world = World::empty();
    let basis = "Överenskommelsen";
    let opens =
        |name: &str| json!({ "name": name, "scope": "area", "legalBasis": basis, "founder": "founder" });
    let ask = Ask::post("programmes", &opens("Ett"));
    let operator = world.caller(OPERATOR);
    let (first, again) = (operator.send(&ask).ok(), operator.send(&ask).ok());
    assert_eq!((first.id(), again.header("idempotent-replayed")), (again.id(), "true"));
    assert_eq!(world.sql("SELECT count(*) FROM head").unwrap(), ["1"]);
    operator.send(&ask.json(&opens("Två"))).refused(422, "key.reused");
    let other = operator.send(&Ask::post("programmes", &opens("Ett"))).ok();
    assert_ne!(first.id(), other.id());
    world.caller("founder").post("programmes", &opens("Tre")).refused(403, "function.missing");
}

/// What a write must say of itself is asked for by name.
#[test]
fn a_write_without_its_key_or_version_is_refused() {
    let (_world, cast, police) = opened();
    police.send(&plain(&cast).without("Idempotency-Key")).refused(400, "header.missing");
    for key in ["short", "with space in it", &"k".repeat(65), "åäöåäöåäö"] {
        let answer = police.send(&plain(&cast).with("Idempotency-Key", key));
        assert!(
            answer.refused(400, "header.broken").body["detail"].as_str().unwrap().contains("Idempotency-Key")
        );
    }
    let unit = &cast.organisation("police").unit;
    let amends = json!({ "reason": "Fel.", "report": { "unit": unit, "calm": true } });
    let amend = Ask::put(cast.week(&format!("reports/{unit}")), 0, &amends);
    police.send(&amend.clone().without("If-Match")).refused(400, "version.missing");
    police.send(&amend.clone().with("If-Match", "*")).refused(428, "version.any");
    police.send(&amend.with("If-Match", "1")).refused(400, "header.broken");
}

/// R51: a unit's week is one report, whatever key it comes with.
#[test]
fn a_second_report_of_the_same_unit_and_week_is_refused() {
    let (world, cast, police) = opened();
    police.send(&plain(&cast)).ok();
    let before = rows(&world);
    let refused = police.send(&plain(&cast)).refused(409, "report.already-given");
    assert!(refused.body["detail"].as_str().unwrap().contains("Ändra rapporten"));
    assert_eq!(rows(&world), before);
}

/// A rehearsal says what would be said, and stores nothing; then the same request with the same key is real.
#[test]
fn a_dry_run_stores_nothing() {
    let (world, cast, police) = opened();
    let before = rows(&world);
    let real = plain(&cast);
    let tried = Ask { path: format!("{}?dryRun=true", real.path), ..real.clone() };
    let answer = police.send(&tried).ok();
    assert_eq!(
        (answer.status, &answer.body["rehearsal"], &answer.body["events"]),
        (200, &json!(true), &json!(0))
    );
    let silent = report(&cast, &json!([]));
    police.send(&Ask { path: tried.path.clone(), ..silent }).refused(409, "report.nothing-said");
    assert_eq!(rows(&world), before);
    let made = police.send(&real).ok();
    assert_eq!((made.status, made.header("idempotent-replayed")), (201, ""));
}

/// All that breaks the contract is told at once, each with its place.
#[test]
fn every_broken_rule_is_told_at_once_with_its_place() {
    let (world, cast, police) = opened();
    let before = rows(&world);
    let items = json!([
        { "indicator": "noise", "area": cast.areas[0], "date": "2026-11-14" },
        { "indicator": "fire", "area": cast.areas[0], "date": "fredags", "count": 0, "signalStrength": 6 },
    ]);
    let refused = police.send(&report(&cast, &items)).refused(422, "body.invalid");
    let told = refused.body["errors"].as_array().unwrap();
    let pointers: Vec<_> = told.iter().map(|rule| rule["pointer"].as_str().unwrap()).collect();
    for pointer in ["/items/0/indicator", "/items/1/date", "/items/1/count", "/items/1/signalStrength"] {
        assert!(pointers.contains(&pointer), "{pointer} is not told: {}", refused.text);
    }
    let nothing =
        json!([{ "indicator": "fire", "area": cast.areas[0], "date": "2026-11-14", "description": null }]);
    let refused = police.send(&report(&cast, &nothing)).refused(422, "body.invalid");
    assert_eq!(refused.body["errors"][0]["detail"], "Fel typ: string väntas.");
    assert_eq!(rows(&world), before);
}

/// R131: what the guard stops is told with its places, and stands nowhere: in no table and in no log.
#[test]
fn personal_data_is_refused_and_stands_nowhere() {
    let (world, cast, police) = opened();
    let secrets = ["900101-2385", "070-174 06 05", "kvinnan.exempel@example.se"];
    let area = &cast.organisation("police").area;
    let items = json!([
        { "indicator": "other_disorder", "area": area, "date": "2026-11-14",
          "description": format!("Kvinnan ({}) hotades, ring {}", secrets[0], secrets[1]) },
        { "indicator": "unsafe_place", "area": area, "date": "2026-11-14", "signalStrength": 9,
          "place": { "name": format!("Hemma hos {}", secrets[2]) } },
    ]);
    let before = rows(&world);
    for path in ["", "?dryRun=true"] {
        let ask = report(&cast, &items);
        let refused = police.send(&Ask { path: format!("{}{path}", ask.path), ..ask });
        let refused = refused.refused(422, "text.personal-data");
        let findings = refused.body["findings"].as_array().unwrap();
        let pointers: Vec<_> = findings.iter().map(|found| found["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/items/0/description", "/items/0/description", "/items/1/place/name"]);
        assert_eq!((&findings[0]["start"], &findings[0]["end"]), (&json!(9), &json!(20)), "{findings:?}");
        assert_eq!(
            refused.body["errors"][0]["pointer"], "/items/1/signalStrength",
            "told at once: {}",
            refused.text
        );
        for secret in secrets {
            assert!(!refused.text.contains(secret), "{}", refused.text);
        }
    }
    assert_eq!(rows(&world), before);
    assert_eq!(where_any_stands(&world, secrets), Vec::<String>::new());
    police.send(&report(&cast, &json!([item(area)]))).ok();
    assert_eq!(where_it_stands(&world, "Bråk vid kiosken"), ["text"], "the search finds what is stored");
    assert!(logged::all().contains("status=422"), "the log is being kept");
}

/// R131: the guard reads every text wherever it stands, and says where that is.
#[test]
fn the_guard_tells_the_place_of_a_text_in_every_kind_of_body() {
    let (world, cast, _) = opened();
    let said = "Ring 070-174 06 05.";
    let (area, organisation) = (&cast.areas[0], &cast.organisation("police").id);
    let section = |name: &str| cast.week(&format!("picture/sections/{name}"));
    let deployment = json!({
        "organisation": organisation, "area": area, "worksAgainst": said,
        "from": "2026-11-20T18:00:00Z", "until": "2026-11-21T02:00:00Z",
    });
    let compilation = json!({ "situation": "Lugnt.", "areas": [{ "area": area, "situation": said }] });
    let deployments = json!({ "kind": "field_deployments", "deployments": [deployment] });
    let mut recipient = cast::recipient(cast.organisation("walkers"), organisation);
    recipient["useNotice"] = json!(said);
    for (subject, ask, pointer) in [
        (COORDINATORS[0], lived::edit(&cast, "overall-situation", 0, &lived::overall(said)), "/text"),
        (
            COORDINATORS[0],
            Ask::put(section("field-deployments"), 0, &deployments),
            "/deployments/0/worksAgainst",
        ),
        (
            "hub",
            Ask::put(cast.week(&format!("compilations/{organisation}")), 0, &compilation),
            "/areas/0/situation",
        ),
        (
            "hub-police",
            Ask::put(cast.week(&format!("addenda/{organisation}")), 0, &json!({ "text": said })),
            "/text",
        ),
        (COORDINATORS[0], Ask::post(cast.at("recipients"), &recipient), "/useNotice"),
        (COORDINATORS[0], Ask::post(cast.at("areas"), &json!({ "name": said })), "/name"),
        (COORDINATORS[0], Ask::post(cast.at("weeks/2026-W48/skip"), &json!({ "reason": said })), "/reason"),
    ] {
        let refused = world.caller(subject).send(&ask).refused(422, "text.personal-data");
        assert_eq!(refused.body["findings"][0]["pointer"], pointer, "{}", refused.text);
    }
    assert_eq!(where_it_stands(&world, "070-174"), Vec::<String>::new());
}

/// R10: somebody's home is outside the method, and the reporter is told where to turn.
#[test]
fn a_private_home_is_refused_with_guidance() {
    let (world, cast, police) = opened();
    let mut home = item(&cast.areas[1]);
    home["setting"] = json!("private_home");
    let before = rows(&world);
    let ask = report(&cast, &json!([home]));
    let refused = police.send(&ask).refused(409, "item.private-home");
    assert!(refused.body["detail"].as_str().unwrap().contains("ordinarie kanal"));
    assert_eq!(refused.header("content-language"), "sv");
    let english =
        police.send(&ask.with("Accept-Language", "en-GB, sv;q=0.5")).refused(409, "item.private-home");
    assert!(english.body["detail"].as_str().unwrap().contains("ordinary channel"));
    assert_eq!(english.header("content-language"), "en");
    assert_eq!(rows(&world), before);
}

/// What does not read, is of another kind, too large, or meant for nothing here: a problem of the one shape.
#[test]
fn what_cannot_be_taken_is_a_problem_of_the_one_shape() {
    let (_world, cast, police) = opened();
    let bytes = |kind: &str, body: &str| police.send(&plain(&cast).bytes(kind, body));
    let refused = bytes("application/json", "{\n  \"unit\": ,\n}").refused(400, "body.malformed");
    assert!(refused.body["detail"].as_str().unwrap().contains("rad 2"), "{}", refused.text);
    bytes("application/json", "").refused(400, "body.malformed");
    bytes("application/json; charset=utf-8", "[").refused(400, "body.malformed");
    police
        .send(&plain(&cast).bytes("application/json", vec![b'"', 0xff, b'"']))
        .refused(400, "body.malformed");
    bytes("application/xml", "<report/>").refused(415, "body.unsupported");
    police.send(&plain(&cast).without("Content-Type")).refused(415, "body.unsupported");
    let large = format!("\"{}\"", "a".repeat(BODY_BYTES_MAX));
    bytes("application/json", &large).refused(413, "body.too-large");
    police.get("programes").refused(404, "path.unknown");
    police.get("/elsewhere").refused(404, "path.unknown");
    police.get(cast.at("weeks/2026-W54/reporting")).refused(404, "resource.unknown");
    police.get("programmes/not-an-id").refused(404, "resource.unknown");
    police.get(cast.at("areas?limit=0")).refused(400, "page.broken");
    police.get(cast.week("picture?asOfPosition=last")).refused(400, "parameter.broken");
    for (method, path, allowed) in [
        ("PUT", cast.week("reports"), ["GET", "POST"].as_slice()),
        ("PATCH", cast.week(&format!("reports/{}", cast.organisation("police").unit)), &["GET", "PUT"]),
        ("DELETE", cast.week("picture"), &["GET", "POST"]),
        ("POST", "api-info".to_owned(), &["GET"]),
    ] {
        let refused = police.send(&Ask { method, ..Ask::get(path) }).refused(405, "method.not-allowed");
        let told: Vec<_> = refused.header("allow").split(", ").collect();
        assert!(allowed.iter().all(|method| told.contains(method)), "{told:?}");
    }
}

/// R12 R13 R33: who is asked is told why and by what right; each sign is of the place or of the people in it.
#[test]
fn the_form_says_why_and_by_what_right() {
    let (_world, cast, police) = opened();
    let form = police.get(cast.at("form")).ok().body;
    assert!(form["purpose"].as_str().unwrap().contains("lägesbild"), "{}", form["purpose"]);
    assert_eq!(form["legalBasis"], "Samverkansöverenskommelsen");
    let facets = |facet: &str| -> Vec<&str> {
        let its = form["indicators"].as_array().unwrap().iter().filter(|its| its["facet"] == facet);
        its.map(|its| its["indicator"].as_str().unwrap()).collect()
    };
    assert_eq!(facets("physical"), ["vandalism", "fire", "unsafe_place"]);
    assert_eq!(facets("social").len(), 5, "all others are of the people there");
    let programme = police.get(format!("programmes/{}", cast.programme)).ok().body;
    assert_eq!(programme["legalBasis"], form["legalBasis"]);
}
