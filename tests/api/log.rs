//! The log after a lived week: it cannot be changed, a change would be found, and the views are what it says.

use est::decision::Order;
use est::permission::Actor;
use est::rescreening::{Action, Finding, Queue};
use event_log::{Expected, Followers, Rim, Submission, Verified, Writer, verify};
use std::collections::BTreeMap;
use std::sync::Arc;
use tests::cast::{COORDINATORS, Cast};
use tests::lived;
use tests::quartered;
use tests::world::{Clock, World};
use tokio_postgres::error::SqlState;
use uuid::Uuid;
use views::{Rebuilt, Views, rebuild};

fn refused(world: &World, statements: &str) -> SqlState {
    let refused = world.sql(statements).unwrap_err();
    refused.code().unwrap().clone()
}

fn programme(cast: &Cast) -> Uuid {
    cast.programme.parse().unwrap()
}

fn verified(world: &World, cast: &Cast) -> Verified {
    world.run(verify(&world.database, programme(cast))).unwrap()
}

fn rebuilt(world: &World, cast: &Cast, replace: bool) -> Vec<Rebuilt> {
    world.run(rebuild(&world.database, programme(cast), replace, |_| ())).unwrap()
}

/// What differs, by view.
fn differing(rebuilt: &[Rebuilt]) -> BTreeMap<&str, &[String]> {
    let amiss = rebuilt.iter().filter(|view| !view.differing.is_empty());
    amiss.map(|view| (view.table, view.differing.as_slice())).collect()
}

/// As the owner may with the trigger off: what nobody may do in earnest.
fn plant(world: &World, statements: &str) {
    let planted = format!(
        "BEGIN; ALTER TABLE event DISABLE TRIGGER ALL; {statements}; ALTER TABLE event ENABLE TRIGGER ALL; COMMIT"
    );
    world.sql(&planted).unwrap();
}

const CHANGES: [&str; 4] = [
    "UPDATE event SET recorded_at = now()",
    "UPDATE event SET data = data WHERE position = 1",
    "DELETE FROM event WHERE position = 7",
    "TRUNCATE event",
];

/// The service's role has no right to change what is recorded.
#[test]
fn the_service_may_not_change_the_log() {
    let (world, _, _) = lived::distributed();
    let before = world.events();
    for change in CHANGES {
        let refused = refused(&world, &format!("SET ROLE samlad_service; {change}"));
        assert_eq!(refused, SqlState::INSUFFICIENT_PRIVILEGE, "{change}");
    }
    for change in ["DELETE FROM head", "TRUNCATE head", "UPDATE text SET body = 'annat'", "DROP TABLE event"]
    {
        let refused = refused(&world, &format!("SET ROLE samlad_service; {change}"));
        assert_eq!(refused, SqlState::INSUFFICIENT_PRIVILEGE, "{change}");
    }
    assert_eq!(world.events(), before);
}

/// The trigger says no to everybody else, the owner included.
#[test]
fn the_trigger_refuses_a_change_of_the_log_to_its_owner() {
    let (world, _, _) = lived::distributed();
    let before = world.events();
    for change in CHANGES.into_iter().chain(["DELETE FROM head"]) {
        assert_eq!(refused(&world, change), SqlState::RESTRICT_VIOLATION, "{change}");
    }
    assert_eq!(world.events(), before);
}

/// After a week the log holds, with every event and text in it.
#[test]
fn a_lived_week_verifies_without_a_breach() {
    let (world, cast, _) = lived::distributed();
    let found = verified(&world, &cast);
    assert_eq!(found.breaches, Vec::<String>::new());
    assert_eq!(usize::try_from(found.events).unwrap(), world.events());
    assert_eq!(found.texts.to_string(), world.sql("SELECT count(*) FROM text").unwrap().concat());
    let gaps = "SELECT count(*) FROM (SELECT position - row_number() OVER (ORDER BY position) AS gap FROM event) \
        AS positions WHERE gap <> 0";
    assert_eq!(world.sql(gaps).unwrap(), ["0"]);
}

/// Whatever is changed behind the log's back is found, and where.
#[test]
fn a_planted_breach_is_found_with_its_place() {
    for (planted, breach) in [
        (
            "UPDATE event SET recorded_at = recorded_at + interval '1 second' WHERE position = 9",
            "position 9: the leaf",
        ),
        (
            "UPDATE event SET data = replace(data::text, '\"late\":true', '\"late\":false')::json",
            "the leaf is not",
        ),
        ("UPDATE event SET type = 'report.withdrawn' WHERE position = 20", "position 20: the leaf"),
        ("DELETE FROM event WHERE position = 30", "position 31: expected 30"),
        ("UPDATE text SET body = body || '.' WHERE body LIKE 'Bråk%'", "does not match its commitment"),
        (
            "INSERT INTO text SELECT programme, gen_random_uuid(), '', 'x' FROM text LIMIT 1",
            "no event refers to it",
        ),
    ] {
        let (world, cast, _) = lived::distributed();
        plant(&world, planted);
        let breaches = verified(&world, &cast).breaches;
        assert!(breaches.iter().any(|told| told.contains(breach)), "{planted}: {breaches:?}");
    }
}

/// A week has nothing that a new policy finds: something is queued by the writer.
fn queue(world: &World, cast: &Cast) {
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let rim: Arc<dyn Rim> = Arc::<Clock>::clone(&world.clock);
    let finding = Finding { start: 0, end: 4, class: "phone".to_owned(), action: Action::Refuse };
    let (read, stands_in) = (Uuid::from_u128(7), "report/x".to_owned());
    let command = Queue { read, stands_in, policy: 2, findings: vec![finding] };
    let submission = Submission {
        programme: programme(cast),
        opens: false,
        decision: Box::new(Order { actor: Actor::Duty("rescreen"), key: read, command }),
        texts: Vec::new(),
        trace: None,
        expected: Expected::Any,
        key: None,
        location: String::new(),
        rehearsal: false,
    };
    let recorded = world.run(async {
        let (writer, _lanes) = Writer::start(&world.database, &followers, &rim, 1);
        writer.submit(submission).await.is_ok()
    });
    assert!(recorded);
}

/// After a week every view is, to the byte, what the log makes of it.
#[test]
fn every_view_equals_its_rebuild_after_a_week() {
    let (world, cast, problem) = quartered::analysed();
    world.caller(COORDINATORS[0]).post(cast.at("interventions"), &quartered::plan(&cast, &problem)).ok();
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    world.caller("hub-police").put(path, 0, &serde_json::json!({ "text": "Inriktning." })).ok();
    queue(&world, &cast);
    let rebuilt = rebuilt(&world, &cast, false);
    assert_eq!(differing(&rebuilt), BTreeMap::new());
    for view in &rebuilt {
        assert!(view.rows > 0, "the week leaves nothing in {}", view.table);
    }
    let tables = "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE '%\\_view'";
    assert_eq!(world.sql(tables).unwrap(), [rebuilt.len().to_string()], "a view is not rebuilt");
}

/// A row that was changed, lost or made up is found, and put right without another being touched.
#[test]
fn a_planted_difference_is_found_and_put_right() {
    let (world, cast, problem) = lived::distributed();
    let coordinator = world.caller(COORDINATORS[0]);
    let paths = ["reports", "overview", "reporting", "picture"].map(|path| cast.week(path));
    let read = || paths.each_ref().map(|path| coordinator.get(path).text);
    let before = read();
    let compiled = world.sql("SELECT key FROM compilation_view ORDER BY key").unwrap();
    assert!(!compiled.is_empty());
    let plants = "DELETE FROM compilation_view; \
        INSERT INTO problem_view SELECT programme, 'nobody', body FROM problem_view; \
        UPDATE picture_view SET body = (body::text || ' ')::json";
    world.sql(plants).unwrap();
    let picture = ["2026-W47".to_owned()];
    let found = rebuilt(&world, &cast, false);
    let expected: BTreeMap<&str, Vec<String>> = BTreeMap::from([
        ("compilation_view", compiled),
        ("problem_view", vec!["nobody".to_owned()]),
        ("picture_view", picture.to_vec()),
    ]);
    let found: BTreeMap<_, _> =
        differing(&found).into_iter().map(|(table, keys)| (table, keys.to_vec())).collect();
    assert_eq!(found, expected, "{problem}");
    assert_eq!(differing(&rebuilt(&world, &cast, true)).len(), 3);
    assert_eq!(differing(&rebuilt(&world, &cast, false)), BTreeMap::new());
    assert_eq!(read(), before);
}
