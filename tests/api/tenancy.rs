//! Another programme is not there: what is real in it is answered exactly as what nobody has ever made.

use crate::bodies;
use serde_json::Value;
use tests::cast::{self, Cast};
use tests::client::{Answer, Ask};
use tests::lived;
use tests::paths::{Filling, Operation, operations};
use tests::world::World;

/// Prepares and coordinates the other programme.
const NEIGHBOUR: &str = "neighbour";

/// Status, body, headers.
type Told = (u16, Value, Vec<(String, String)>);

/// What was answered, but for what is of the request alone.
fn told(answer: &Answer) -> Told {
    let mut body = answer.body.clone();
    if let Some(members) = body.as_object_mut() {
        members.retain(|member, _| !["instance", "traceId"].contains(&member.as_str()));
    }
    let its_own = ["date", "traceparent", "ratelimit", "content-length"];
    let headers = answer.headers.iter().filter(|(name, _)| !its_own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, body, headers.collect())
}

fn within_a_programme() -> Vec<Operation> {
    operations().into_iter().filter(|operation| operation.path.contains("{programme}")).collect()
}

/// The lived week, a neighbour programme beside it, and what is real and invented of the first.
fn two_programmes() -> (World, Cast, String, [Filling; 2]) {
    let (world, cast, problem) = lived::distributed();
    let neighbour = cast::open(&world, "Grannen", NEIGHBOUR);
    let text = world.sql("SELECT text_id FROM text ORDER BY text_id LIMIT 1").unwrap().concat();
    let real = Filling::of(&cast, "police", &problem).with("text", &text);
    let invented = real.clone().invented();
    (world, cast, neighbour, [real, invented])
}

/// R5: every operation on another programme answers 404, exactly as on one that there never was.
#[test]
fn another_programmes_token_sees_nothing_not_even_that_things_exist() {
    let (world, cast, _, [real, invented]) = two_programmes();
    let before = world.events();
    for subject in [NEIGHBOUR, cast::STRANGER, tests::world::OPERATOR] {
        let caller = world.caller(subject);
        for operation in within_a_programme() {
            for version in [0, 1, 7] {
                let ask = |filling| bodies::ask(&operation, filling, (&cast, "police"), version);
                let answer = caller.send(&ask(&real)).refused(404, "programme.unknown");
                assert_eq!(told(&answer), told(&caller.send(&ask(&invented))), "{subject}: {operation:?}");
                if operation.method == "GET" {
                    break;
                }
            }
        }
    }
    assert_eq!(world.events(), before, "a refusal leaves a trace");
}

/// R5: what is real in one programme is, in another's path, as unknown as what nobody has made.
#[test]
fn anothers_identities_are_unknown_in_ones_own_programme() {
    let (world, cast, neighbour, fillings) = two_programmes();
    let caller = world.caller(NEIGHBOUR);
    let [real, invented] = fillings.map(|filling| filling.with("programme", &neighbour));
    for operation in within_a_programme() {
        let ask = |filling| {
            let ask = bodies::ask(&operation, filling, (&cast, "police"), 0);
            Ask { path: format!("{}?dryRun=true", ask.path), ..ask }
        };
        let (real, invented) = (caller.send(&ask(&real)), caller.send(&ask(&invented)));
        let answers = [real, invented].map(|answer| {
            let (status, body, _) = told(&answer);
            (status, if status < 300 { Value::Null } else { body })
        });
        assert_eq!(answers[0], answers[1], "{operation:?}");
    }
}

/// R5: a caller's own list of programmes names those where a function is held, and counts no other.
#[test]
fn each_lists_its_own_programmes_alone() {
    let (world, cast, neighbour, _) = two_programmes();
    for (subject, own) in
        [(NEIGHBOUR, Some(&neighbour)), ("analyst", Some(&cast.programme)), (cast::STRANGER, None)]
    {
        let listed = world.caller(subject).get("programmes").ok().body;
        let ids: Vec<_> =
            listed["items"].as_array().unwrap().iter().map(|its| its["id"].as_str().unwrap()).collect();
        assert_eq!(ids, own.map(String::as_str).into_iter().collect::<Vec<_>>(), "{subject}");
        assert_eq!(listed["_meta"]["totalRecords"], ids.len());
    }
}

/// Whoever has no token, or one that is not trusted, is told that and nothing else, on every path.
#[test]
fn without_a_token_every_operation_but_the_public_ones_answers_401() {
    let (world, cast, _, [real, _]) = two_programmes();
    let public = ["readApiInfo", "listKnownProblems", "readKnownProblem"];
    for operation in operations() {
        let answer = world.nobody().send(&bodies::ask(&operation, &real, (&cast, "police"), 0));
        if public.contains(&operation.id.as_str()) {
            assert_eq!((answer.status, operation.permission.as_ref()), (200, None), "{operation:?}");
            continue;
        }
        assert!(operation.permission.is_some(), "{operation:?} states no permission");
        let refused = answer.refused(401, "caller.unauthenticated");
        assert!(refused.header("www-authenticate").starts_with("Bearer"), "{operation:?}");
    }
}
