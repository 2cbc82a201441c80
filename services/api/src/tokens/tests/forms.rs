//! The form of RFC 9068: type, required claims, and sizes.

use serde_json::json;

use super::super::TokenFault;
use super::issuing::{base64url, encoded};
use super::{AUDIENCE, World, anna, claims, header, noon, with, without};

#[tokio::test]
async fn an_id_token_is_not_an_access_token() {
    let world = World::new().await;
    for typ in ["at+jwt", "application/at+jwt", "AT+JWT"] {
        assert_eq!(world.is_headed(&with(header("ES256"), "typ", json!(typ))).await, Ok(anna()), "{typ}");
    }
    for typ in ["JWT", "", "application/jwt", "dpop+jwt", "xat+jwt"] {
        let refused = world.is_headed(&with(header("ES256"), "typ", json!(typ))).await;
        assert_eq!(refused, Err(TokenFault::WrongType), "{typ}");
    }
    assert_eq!(world.is_headed(&without(header("ES256"), "typ")).await, Err(TokenFault::WrongType));
}

#[tokio::test]
async fn a_token_from_elsewhere_or_for_elsewhere_is_refused() {
    let world = World::new().await;
    for issuer in ["https://id.example.se/", "https://id.example.com", ""] {
        let refused = world.says(&with(claims(), "iss", json!(issuer))).await;
        assert_eq!(refused, Err(TokenFault::WrongIssuer), "{issuer}");
    }
    for audience in [json!("https://other.example.se"), json!([]), json!(["a", "b"]), json!("")] {
        let refused = world.says(&with(claims(), "aud", audience.clone())).await;
        assert_eq!(refused, Err(TokenFault::WrongAudience), "{audience}");
    }
    let several = with(claims(), "aud", json!(["https://other.example.se", AUDIENCE]));
    assert_eq!(world.says(&several).await, Ok(anna()));
}

#[tokio::test]
async fn every_required_claim_is_required() {
    let world = World::new().await;
    for claim in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        assert_eq!(world.says(&without(claims(), claim)).await, Err(TokenFault::ClaimMissing), "{claim}");
        let null = with(claims(), claim, json!(null));
        assert_eq!(world.says(&null).await, Err(TokenFault::ClaimMissing), "{claim}");
    }
}

#[tokio::test]
async fn a_claim_of_the_wrong_kind_is_refused() {
    let world = World::new().await;
    for (claim, value) in [
        ("iss", json!(["https://id.example.se"])),
        ("exp", json!("tomorrow")),
        ("exp", json!(1e300)),
        ("iat", json!(-1e300)),
        ("nbf", json!("yesterday")),
        ("aud", json!({})),
        ("client_id", json!("")),
        ("client_id", json!("two\nlines")),
        ("client_id", json!("x".repeat(256))),
        ("jti", json!(7)),
    ] {
        let refused = world.says(&with(claims(), claim, value.clone())).await;
        assert_eq!(refused, Err(TokenFault::Malformed), "{claim} {value}");
    }
    for subject in ["", "Anna Andersson", "å", &"x".repeat(129)] {
        let refused = world.says(&with(claims(), "sub", json!(subject))).await;
        assert_eq!(refused, Err(TokenFault::UnusableSubject), "{subject}");
    }
}

#[tokio::test]
async fn a_claim_or_header_given_twice_is_refused() {
    let world = World::new().await;
    let doubled = |part: &str| base64url(part.replacen('{', r#"{"iss":"x","kid":"x","#, 1).as_bytes());
    let token = world.pair.token(&header("ES256"), &claims());
    let signature = token.rsplit_once('.').unwrap().1;
    let forged = format!("{}.{}.{signature}", doubled(&header("ES256").to_string()), encoded(&claims()));
    assert_eq!(world.tokens.verify(&forged, noon()).await, Err(TokenFault::Malformed));
    let payload = doubled(&claims().to_string());
    let token = world.pair.signed(&encoded(&header("ES256")), &payload);
    assert_eq!(world.tokens.verify(&token, noon()).await, Err(TokenFault::Malformed));
}

#[tokio::test]
async fn a_critical_extension_is_refused() {
    let world = World::new().await;
    let refused = world.is_headed(&with(header("ES256"), "crit", json!(["b64"]))).await;
    assert_eq!(refused, Err(TokenFault::Malformed));
}

#[tokio::test]
async fn an_oversize_token_is_refused_before_it_is_read() {
    let world = World::new().await;
    assert_eq!(world.tokens.verify(&"a".repeat(4097), noon()).await, Err(TokenFault::TooLarge));
    let large = with(claims(), "scope", json!("x".repeat(4096)));
    assert_eq!(world.says(&large).await, Err(TokenFault::TooLarge));
    let large = with(header("ES256"), "x5c", json!(["x".repeat(1024)]));
    assert_eq!(world.is_headed(&large).await, Err(TokenFault::TooLarge));
    let roomy = with(claims(), "scope", json!("x".repeat(1024)));
    assert_eq!(world.says(&roomy).await, Ok(anna()));
}
