//! An organisation's addendum over HTTP: for its owner, and for nobody else as if it were not there (R89).

use serde_json::json;
use tests::cast::Cast;
use tests::lived;
use tests::paths::{Filling, operations};
use tests::world::World;

/// All that somebody can read of the programme and of the police in it.
fn all_that_is_read(world: &World, cast: &Cast, problem: &str, subject: &str) -> Vec<(String, u16, String)> {
    let filling = Filling::of(cast, "police", problem);
    let reads = operations().into_iter().filter(|operation| operation.method == "GET");
    let read = |path: String| {
        let answer = world.caller(subject).get(path.clone());
        let trace = answer.body["traceId"].as_str().unwrap_or("-").to_owned();
        (path, answer.status, answer.text.replace(&trace, "-"))
    };
    reads.map(|operation| read(filling.path(&operation.path))).collect()
}

/// R89: written, rewritten, and nobody else's world is changed by a byte: no answer, no list, no count.
#[test]
fn the_addendum_of_the_police_is_invisible_to_all_others_also_in_lists_and_counts() {
    let (world, cast, problem) = lived::distributed();
    let everyone = cast.everyone().into_iter();
    let others: Vec<_> = everyone.filter(|(.., organisation)| *organisation != "police").collect();
    // One of each kind, and one of another organisation.
    let others =
        others.iter().filter(|(_, kind, its)| *kind != "informant" || ["field", "walkers"].contains(its));
    let others: Vec<_> = others.map(|(subject, ..)| subject.as_str()).chain(["stranger"]).collect();
    let read = |subject: &&str| all_that_is_read(&world, &cast, &problem, subject);
    let before: Vec<_> = others.iter().map(read).collect();
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    let police = world.caller("hub-police");
    police.put(&path, 0, &json!({ "text": "Inriktning: synlighet vid resecentrum." })).ok();
    police.put(&path, 1, &json!({ "text": "Inriktning: synlighet vid torget." })).ok();
    for (subject, before) in others.iter().zip(before) {
        let after = read(subject);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after, "{subject} notices the addendum");
        }
    }
    for subject in ["hub-police", "leader-police", "informant-police"] {
        let read = world.caller(subject).get(&path).ok();
        assert_eq!(read.body["text"]["body"], "Inriktning: synlighet vid torget.");
    }
    world.caller("coordinator-1").get(&path).refused(404, "resource.unknown");
}

/// R89: it never becomes a part of the common picture.
#[test]
fn an_addendum_stands_in_no_picture() {
    let (world, cast, _) = lived::distributed();
    let path = cast.week(&format!("addenda/{}", cast.organisation("police").id));
    world.caller("hub-police").put(path, 0, &json!({ "text": "Spaning vid torget." })).ok();
    for subject in ["coordinator-1", "hub-police", "leader-police", "auditor"] {
        let picture = world.caller(subject).get(cast.week("picture")).ok();
        assert!(!picture.text.contains("Spaning"), "{subject}: {}", picture.text);
    }
}
