//! A token's time, at the first use and at later ones, and the memory of verified tokens.

use serde_json::json;

use super::super::verified::{Fingerprint, Verified};
use super::super::{TokenFault, claims};
use super::issuing::encoded;
use super::{World, after_noon, anna, claims, header, noon, with};

#[tokio::test]
async fn a_token_expires_thirty_seconds_late_at_most() {
    for (seconds, expected) in
        [(329, Ok(anna())), (330, Err(TokenFault::Expired)), (86_400, Err(TokenFault::Expired))]
    {
        let world = World::new().await;
        assert_eq!(
            world.verify(&header("ES256"), &claims(), after_noon(seconds)).await,
            expected,
            "{seconds}"
        );
    }
}

#[tokio::test]
async fn a_token_is_not_used_before_its_time() {
    let later = with(claims(), "nbf", json!(noon().as_second() + 60));
    for (seconds, expected) in [(29, Err(TokenFault::NotYetValid)), (30, Ok(anna())), (60, Ok(anna()))] {
        let world = World::new().await;
        assert_eq!(world.verify(&header("ES256"), &later, after_noon(seconds)).await, expected, "{seconds}");
    }
}

#[tokio::test]
async fn a_token_seen_before_still_expires() {
    let world = World::new().await;
    let token = world.pair.token(&header("ES256"), &with(claims(), "nbf", json!(noon().as_second())));
    for (seconds, expected) in [
        (0, Ok(anna())),
        (1, Ok(anna())),
        (330, Err(TokenFault::Expired)),
        (-31, Err(TokenFault::NotYetValid)),
        (329, Ok(anna())),
    ] {
        assert_eq!(world.tokens.verify(&token, after_noon(seconds)).await, expected, "{seconds}");
        assert_eq!(world.tokens.keyring.trust().verified.count(), 1);
    }
}

#[tokio::test]
async fn a_fraction_of_a_second_counts() {
    let world = World::new().await;
    let exact = with(claims(), "exp", json!(1_795_435_200.5));
    let end: jiff::Timestamp = "2026-11-23T12:00:30.5Z".parse().unwrap();
    let just_before: jiff::Timestamp = "2026-11-23T12:00:30.4Z".parse().unwrap();
    assert_eq!(world.verify(&header("ES256"), &exact, just_before).await, Ok(anna()));
    assert_eq!(world.verify(&header("ES256"), &exact, end).await, Err(TokenFault::Expired));
}

#[tokio::test]
async fn a_refused_token_is_not_remembered() {
    let world = World::new().await;
    world.says(&with(claims(), "iss", json!("x"))).await.unwrap_err();
    world.verify(&header("ES256"), &claims(), after_noon(900)).await.unwrap_err();
    assert_eq!(world.tokens.keyring.trust().verified.count(), 0);
}

#[tokio::test]
async fn the_memory_of_tokens_is_bounded_and_prefers_the_living() {
    let world = World::new().await;
    let until = |seconds: i64| {
        let claims = with(claims(), "exp", json!(noon().as_second() + seconds));
        claims::admit(&encoded(&claims), &world.tokens.expectation).unwrap()
    };
    let (memory, short, long) = (Verified::default(), until(300), until(3_600));
    for number in 0..12_000 {
        memory.keep(Fingerprint::of(&number.to_string()), short.clone(), noon());
    }
    assert_eq!(memory.count(), 10_000);
    let lasting = Fingerprint::of("lasting");
    memory.keep(lasting, long, noon());
    for number in 0..12_000 {
        memory.keep(Fingerprint::of(&format!("more {number}")), short.clone(), noon());
    }
    assert_eq!(memory.count(), 10_000);
    assert_eq!(memory.at(&lasting, noon()), Some(Ok(anna())));
    for number in 0..500 {
        memory.keep(Fingerprint::of(&format!("late {number}")), until(3_600), after_noon(1_000));
    }
    assert!(memory.count() <= 501, "the expired have made room");
}
