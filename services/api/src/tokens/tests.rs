//! Tokens as partners, mistakes and attackers would send them.

mod forms;
mod issuing;
mod rotation;
mod signatures;
mod time;

use std::sync::Arc;

use est::Subject;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Bearer, KeySource, TokenFault, TokenSettings, Tokens};
use issuing::{Pair, encoded};

const ISSUER: &str = "https://id.example.se";
const AUDIENCE: &str = "https://samlad.example.se";

fn noon() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn after_noon(seconds: i64) -> Timestamp {
    Timestamp::from_second(noon().as_second() + seconds).unwrap()
}

/// A header and claims that nothing is wrong with, for five minutes from noon.
fn header(algorithm: &str) -> Value {
    json!({ "typ": "at+jwt", "alg": algorithm, "kid": "k1" })
}

fn claims() -> Value {
    let noon = noon().as_second();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "hv|anna", "client_id": "hv-reports",
        "iat": noon, "exp": noon + 300, "jti": "01JD",
    })
}

fn with(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().unwrap().remove(member);
    object
}

fn settings(keys: KeySource) -> TokenSettings {
    TokenSettings { issuer: ISSUER.into(), audience: AUDIENCE.into(), keys, leeway_seconds: 30 }
}

async fn trusting(keys: Vec<Value>) -> Arc<Tokens> {
    let set = serde_json::from_value(json!({ "keys": keys })).unwrap();
    Tokens::open(settings(KeySource::Set(set))).await.unwrap()
}

/// One ES256 key named `k1`, and the tokens it makes.
struct World {
    pair: Pair,
    tokens: Arc<Tokens>,
}

impl World {
    async fn new() -> Self {
        let pair = Pair::ec();
        let tokens = trusting(vec![pair.jwk("k1")]).await;
        Self { pair, tokens }
    }

    async fn verify(&self, header: &Value, claims: &Value, now: Timestamp) -> Result<Bearer, TokenFault> {
        self.tokens.verify(&self.pair.token(header, claims), now).await
    }

    async fn says(&self, claims: &Value) -> Result<Bearer, TokenFault> {
        self.verify(&header("ES256"), claims, noon()).await
    }

    async fn is_headed(&self, header: &Value) -> Result<Bearer, TokenFault> {
        self.verify(header, &claims(), noon()).await
    }
}

fn anna() -> Bearer {
    Bearer { subject: Subject::new("hv|anna").unwrap(), client: "hv-reports".into() }
}

#[test]
fn a_token_is_looked_for_in_the_header_alone() {
    assert_eq!(Tokens::presented(Some("Bearer a.b.c")), Ok("a.b.c"));
    assert_eq!(Tokens::presented(Some("bearer  a.b.c ")), Ok("a.b.c"));
    for none in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Basic YTpi"), Some("a.b.c")] {
        assert_eq!(Tokens::presented(none), Err(TokenFault::Missing), "{none:?}");
    }
}

#[tokio::test]
async fn a_token_is_not_repeated_in_its_refusal() {
    let world = World::new().await;
    let fault = world.says(&with(claims(), "iss", json!("mallory"))).await.unwrap_err();
    assert!(!fault.to_string().contains("mallory"));
    assert!(!fault.reason().contains(['"', '\\']) && fault.reason().is_ascii());
    assert_eq!(fault.error_code(), Some("invalid_token"));
    assert_eq!(TokenFault::Missing.error_code(), None);
}

#[tokio::test]
async fn what_is_not_a_token_is_refused() {
    let world = World::new().await;
    let good = world.pair.token(&header("ES256"), &claims());
    let twice = format!("{good}.{}", encoded(&json!({})));
    for bad in ["", ".", "..", "...", "a.b.c", "åäö.åäö.åäö", twice.as_str(), &good.replace('.', "")]
    {
        assert_eq!(world.tokens.verify(bad, noon()).await, Err(TokenFault::Malformed), "{bad}");
    }
}
