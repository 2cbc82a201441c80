//! The guard as a programme has it: what passes there and nowhere else, and what it says while one writes (R131).

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::cast::{self, COORDINATORS, Cast, STRANGER};
use tests::client::{Answer, Ask, Caller};
use tests::logged;
use tests::world::World;

const SWITCHBOARD: &str = "010-123 45 00";

fn set(coordinator: &Caller, path: &str, lists: &Value) -> Answer {
    let version = coordinator.get(path).ok().version();
    coordinator.put(path, version, lists)
}

fn listing(coordinator: &Caller, cast: &Cast) {
    let lists = json!({ "numbers": ["+46 10 123 45 00"], "places": ["Karl Johans torg"] });
    set(coordinator, &cast.at("guard-lists"), &lists).ok();
}

fn draw(path: &str) -> Ask {
    Ask::post(format!("{path}/areas"), &json!({ "name": format!("Torget, {SWITCHBOARD}") }))
}

/// As a form in a browser asks: without a key.
fn screen(caller: &Caller, path: &str, texts: &Value) -> Answer {
    caller.send(&Ask::post(path, &json!({ "texts": texts })).without("Idempotency-Key"))
}

/// How many rows every table has.
fn rows(world: &World) -> BTreeMap<String, String> {
    let named = "SELECT table_name FROM information_schema.tables \
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";
    let count = |table: String| {
        let counted = world.sql(&format!("SELECT count(*) FROM \"{table}\"")).unwrap().concat();
        (table, counted)
    };
    world.sql(named).unwrap().into_iter().map(count).collect()
}

/// R131: a programme's own switchboard passes in it and is refused in its neighbour's, also for whoever lists it.
#[test]
fn an_own_number_passes_in_one_programme_and_is_refused_in_another() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let here = format!("programmes/{}", cast.programme);
    coordinator.send(&draw(&here)).refused(422, "text.personal-data");
    listing(&coordinator, &cast);
    coordinator.send(&draw(&here)).ok();
    let next = format!("programmes/{}", cast::open(&world, "Grannen", "neighbour"));
    let refused = world.caller("neighbour").send(&draw(&next)).refused(422, "text.personal-data");
    assert_eq!(
        (&refused.body["findings"][0]["class"], &refused.body["policyVersion"]),
        (&json!("phone"), &json!(3))
    );
    set(&coordinator, &cast.at("guard-lists"), &json!({ "numbers": [], "places": [] })).ok();
    let again = Ask::post(format!("{here}/areas"), &json!({ "name": format!("Parken, {SWITCHBOARD}") }));
    coordinator.send(&again).refused(422, "text.personal-data");
}

/// R5, R131: whoever holds no function cannot tell by an own number that there is a programme.
#[test]
fn a_stranger_does_not_learn_of_a_programme_by_its_numbers() {
    let (world, cast) = cast::activated();
    listing(&world.caller(COORDINATORS[0]), &cast);
    let stranger = world.caller(STRANGER);
    let real = stranger.send(&draw(&format!("programmes/{}", cast.programme)));
    let invented = stranger.send(&draw("programmes/01930000-0000-7000-8000-000000000001"));
    assert_eq!((real.status, &real.body["findings"]), (invented.status, &invented.body["findings"]));
    screen(&stranger, &cast.at("screenings"), &json!(["Lugnt."])).refused(404, "programme.unknown");
}

/// R131: a number that may be a person's is told by its place, and the list stands as it was.
#[test]
fn the_lists_are_read_back_and_a_mobile_number_is_refused() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let path = cast.at("guard-lists");
    listing(&coordinator, &cast);
    let read = world.caller("analyst").get(&path).ok();
    assert_eq!(read.body["numbers"], json!(["+46 10 123 45 00"]));
    assert_eq!(read.body["places"], json!(["Karl Johans torg"]));
    let refused =
        set(&coordinator, &path, &json!({ "numbers": [SWITCHBOARD, "070-174 06 05"], "places": [] }));
    let refused = refused.refused(422, "body.invalid");
    assert_eq!(refused.body["errors"][0]["pointer"], "/numbers/1");
    assert!(
        refused.body["errors"][0]["detail"].as_str().unwrap().contains("mobilnummer"),
        "{}",
        refused.text
    );
    assert_eq!(world.caller("analyst").get(&path).ok().body, read.body);
    coordinator.put(&path, 0, &json!({ "numbers": [], "places": [] })).refused(412, "version.stale");
    let analyst = world.caller("analyst");
    set(&analyst, &path, &json!({ "numbers": [], "places": [] })).refused(403, "function.missing");
}

/// R131: whoever pastes too much is told that it is too long, as far as the contract's bounds go, and not that the body
/// is.
#[test]
fn all_that_the_contract_lets_be_screened_is_screened() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let path = cast.at("screenings");
    let screened = screen(&coordinator, &path, &json!(vec!["a".repeat(80_000); 50])).ok();
    assert_eq!(screened.body["findings"].as_array().map(Vec::len), Some(50));
    assert_eq!(screened.body["findings"][49]["class"], "too-long");
    let many = screen(&coordinator, &path, &json!(vec!["a".repeat(80_000); 51]));
    let error = &many.refused(422, "body.invalid").body["errors"][0];
    assert_eq!((&error["pointer"], &error["code"]), (&json!("/texts"), &json!("maxItems")));
}

/// R131: a refusal tells all findings of all texts, those that only warn too; a warning alone refuses nothing.
#[test]
fn a_refusal_tells_what_is_only_warned_of_and_a_warning_alone_refuses_nothing() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let warned = "Hundgården 900101-2384";
    let areas = |also: &[&str]| Ask::post(cast.at("areas"), &json!({ "name": warned, "alsoCalled": also }));
    let refused = coordinator.send(&areas(&["Ring 070-174 06 05"])).refused(422, "text.personal-data");
    let findings = refused.body["findings"].as_array().unwrap();
    let mut told: Vec<_> =
        findings.iter().map(|its| (its["pointer"].as_str(), its["action"].as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, [(Some("/alsoCalled/0"), Some("refuse")), (Some("/name"), Some("warn"))]);
    coordinator.send(&areas(&[])).ok();
}

/// R131: the screening says what sending in would, with the programme's lists, in the language asked for.
#[test]
fn a_screening_says_what_sending_in_would() {
    let (world, cast) = cast::activated();
    listing(&world.caller(COORDINATORS[0]), &cast);
    let path = cast.at("screenings");
    let caller = world.caller("analyst");
    let said = "😀 Ring 070-174 06 05.";
    let texts = json!(["Lugnt.", format!("Växeln: {SWITCHBOARD}"), said, "å".repeat(4_001)]);
    let answer = screen(&caller, &path, &texts).ok();
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    assert_eq!((&answer.body["policyVersion"], answer.header("content-language")), (&json!(3), "sv"));
    let findings = answer.body["findings"].as_array().unwrap();
    let told: Vec<_> = findings.iter().map(|its| (its["pointer"].as_str(), its["class"].as_str())).collect();
    assert_eq!(told, [(Some("/texts/2"), Some("phone")), (Some("/texts/3"), Some("too-long"))]);
    assert_eq!((&findings[0]["start"], &findings[0]["end"]), (&json!(7), &json!(20)));
    let browser = screen(&caller, &format!("{path}?offsets=utf16"), &json!([said])).ok();
    let found = &browser.body["findings"][0];
    assert_eq!((&found["start"], &found["end"], &found["action"]), (&json!(8), &json!(21), &json!("refuse")));
    screen(&caller, &format!("{path}?offsets=bytes"), &texts).refused(400, "parameter.broken");
    let english = Ask::post(&path, &json!({ "texts": [said] })).with("Accept-Language", "en");
    let english = caller.send(&english).ok();
    assert!(english.body["findings"][0]["message"].as_str().unwrap().contains("phone number"));
    screen(&caller, &path, &json!([])).refused(422, "body.invalid");
    screen(&caller, &path, &json!(vec!["Lugnt."; 51])).refused(422, "body.invalid");
}

/// R131: what was screened stands in no table, no log and no answer.
#[test]
fn a_screening_leaves_no_trace() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let path = cast.at("screenings");
    let secret = "kvinnan.granskad@example.se";
    let before = rows(&world);
    let answer = screen(&coordinator, &path, &json!([format!("Skriv till {secret}")])).ok();
    assert_eq!(answer.body["findings"][0]["class"], "email");
    assert!(!answer.text.contains("granskad"), "{}", answer.text);
    let broken = json!({ "texts": [format!("Skriv till {secret}"), 7] });
    coordinator.send(&Ask::post(&path, &broken)).refused(422, "body.invalid");
    assert_eq!(rows(&world), before);
    let log = logged::all();
    assert!(
        log.contains("/screenings") && !log.contains("granskad"),
        "the log is being kept, without the text"
    );
    for table in before.keys() {
        let asks = format!("SELECT count(*) FROM \"{table}\" AS its WHERE its::text ILIKE '%granskad%'");
        assert_eq!(world.sql(&asks).unwrap(), ["0"], "{table}");
    }
}

/// R131: a list does not blind the guard to a person: a first name alone is no place.
#[test]
fn a_first_name_alone_is_no_place_of_a_programmes_own() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let path = cast.at("guard-lists");
    let lists =
        json!({ "numbers": [], "places": ["Stortorget", "Anna", "ESKIL ", "Annas livs", "Karl Johan"] });
    let refused = set(&coordinator, &path, &lists).refused(422, "body.invalid");
    let errors = refused.body["errors"].as_array().unwrap();
    let pointers: Vec<_> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/places/1", "/places/2"], "{}", refused.text);
    assert!(errors[0]["detail"].as_str().unwrap().contains("förnamn"), "{}", refused.text);
    let whole = json!({ "numbers": [], "places": ["Stortorget", "Annas livs", "Karl Johan", "Annagården"] });
    set(&coordinator, &path, &whole).ok();
    let numbers = json!({ "numbers": [], "places": ["Ring 070-174 06 05"] });
    set(&coordinator, &path, &numbers).refused(422, "text.personal-data");
}
