//! What was erased stays so when a backup is restored: it is gone before the first answer.

use crate::texts::{WORDS, coordinator, decision, erase, everything, proven, report_of, reported};
use event_log::verify;
use serde_json::Value;
use tests::served::Served;
use tests::world::World;

/// The rows of a text and of the answer to the request that brought it, to be put back as a restored backup would.
fn backup(world: &World) {
    world
        .sql("CREATE TABLE text_before AS TABLE text; CREATE TABLE answers_before AS TABLE idempotency")
        .unwrap();
}

fn restore(world: &World) {
    let back = "INSERT INTO text SELECT * FROM text_before ON CONFLICT DO NOTHING; \
        INSERT INTO idempotency SELECT * FROM answers_before ON CONFLICT DO NOTHING; \
        DROP TABLE text_before; DROP TABLE answers_before";
    world.sql(back).unwrap();
}

/// What a backup brings back is gone before the first answer.
#[test]
fn what_was_erased_is_erased_again_before_anything_is_served() {
    let (world, cast, text) = reported();
    backup(&world);
    erase(&world, &cast, &text, &decision()).ok();
    restore(&world);
    assert!(everything(&world).contains(WORDS));
    let breaches = world.run(verify(&world.database, cast.programme.parse().unwrap())).unwrap().breaches;
    assert!(breaches.concat().contains("still there"), "{breaches:?}");
    let served = Served::start(&world.url()).unwrap();
    assert!(!everything(&world).contains(WORDS));
    let answered = "SELECT count(*) FROM idempotency WHERE caller = 'informant-police'";
    assert_eq!(world.sql(answered).unwrap(), ["0"]);
    proven(&world, &cast);
    drop(served);
}

/// A whole backup from before the erasure knows nothing of it; the list beside the database does.
#[test]
fn a_backup_from_before_an_erasure_is_erased_in_by_the_list() {
    let (world, cast, text) = reported();
    let list = std::env::temp_dir().join(format!("samlad-erasures-{}-{text}", std::process::id()));
    let option = ["--erasures", list.to_str().unwrap()];
    let backup = world.template();
    let world = World::copied(&backup);
    world.clock.set("2026-11-17T09:00:00Z");
    erase(&world, &cast, &text, &decision()).ok();
    drop(Served::with(&world.url(), &option).unwrap());
    let listed = std::fs::read_to_string(&list).unwrap();
    assert!(listed.contains(&text) && listed.lines().count() == 1, "{listed}");
    let restored = World::copied(&backup);
    restored.clock.set("2026-11-17T09:00:00Z");
    assert!(everything(&restored).contains(WORDS));
    drop(Served::with(&restored.url(), &option).unwrap());
    assert!(!restored.sql("SELECT body FROM text").unwrap().concat().contains(WORDS));
    let answered = "SELECT count(*) FROM idempotency WHERE caller = 'informant-police'";
    assert_eq!(restored.sql(answered).unwrap(), ["0"]);
    let read = coordinator(&restored).get(report_of(&cast)).ok().body;
    assert_eq!(read["items"][0]["description"]["body"], Value::Null);
    std::fs::remove_file(&list).unwrap();
}
