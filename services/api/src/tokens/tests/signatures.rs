//! Keys and algorithms: what RFC 8725 warns of.

use serde_json::{Value, json};

use super::super::{KeyFault, KeySource, TokenFault, Tokens};
use super::issuing::{Pair, encoded, signed_with_secret};
use super::{World, anna, claims, header, noon, settings, trusting, with, without};

#[tokio::test]
async fn a_token_of_each_accepted_algorithm_is_admitted() {
    for (pair, algorithms) in
        [(Pair::ec(), vec!["ES256"]), (Pair::ed(), vec!["EdDSA"]), (Pair::rsa(), vec!["RS256", "PS256"])]
    {
        let tokens = trusting(vec![pair.jwk("k1")]).await;
        for algorithm in algorithms {
            let token = pair.token(&header(algorithm), &claims());
            assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()), "{algorithm}");
        }
    }
}

#[tokio::test]
async fn algorithm_none_is_refused() {
    let world = World::new().await;
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let unsigned = format!("{}.{}.", encoded(&header(none)), encoded(&claims()));
        assert_eq!(world.tokens.verify(&unsigned, noon()).await, Err(TokenFault::WrongAlgorithm), "{none}");
    }
    let unnamed = without(header(""), "alg");
    assert_eq!(world.is_headed(&unnamed).await, Err(TokenFault::WrongAlgorithm));
    let unsigned = format!("{}.{}.", encoded(&header("ES256")), encoded(&claims()));
    assert_eq!(world.tokens.verify(&unsigned, noon()).await, Err(TokenFault::NotTrusted));
}

#[tokio::test]
async fn a_token_signed_with_the_public_key_as_a_secret_is_refused() {
    let pair = Pair::rsa();
    let public = pair.jwk("k1");
    let secrets = [public.to_string(), public["n"].as_str().unwrap().to_owned()];
    let shared = json!({ "kty": "oct", "kid": "k2", "k": "c2VjcmV0" });
    let tokens = trusting(vec![public, shared]).await;
    for secret in &secrets {
        for algorithm in ["HS256", "RS256"] {
            let token = signed_with_secret(&header(algorithm), &claims(), secret.as_bytes());
            assert!(tokens.verify(&token, noon()).await.is_err(), "{algorithm}");
        }
    }
    let shared = signed_with_secret(&with(header("HS256"), "kid", json!("k2")), &claims(), b"secret");
    assert_eq!(tokens.verify(&shared, noon()).await, Err(TokenFault::WrongAlgorithm));
}

#[tokio::test]
async fn an_altered_token_is_refused() {
    let world = World::new().await;
    let token = world.pair.token(&header("ES256"), &claims());
    assert_eq!(world.tokens.verify(&token, noon()).await, Ok(anna()));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let altered = if signature.starts_with('A') { "B" } else { "A" };
    let forged = format!("{signed}.{altered}{}", &signature[1..]);
    assert_eq!(world.tokens.verify(&forged, noon()).await, Err(TokenFault::NotTrusted));
    let promoted = encoded(&with(claims(), "sub", json!("hv|chief")));
    let forged = format!("{}.{promoted}.{signature}", encoded(&header("ES256")));
    assert_eq!(world.tokens.verify(&forged, noon()).await, Err(TokenFault::NotTrusted));
}

#[tokio::test]
async fn a_token_does_not_name_its_own_key() {
    let world = World::new().await;
    let mallory = Pair::ec();
    for (member, value) in [
        ("jwk", mallory.jwk("k1")),
        ("jku", json!("https://mallory.example/keys")),
        ("x5u", json!("https://mallory.example/chain")),
        ("x5c", json!(["MIIB"])),
    ] {
        let token = mallory.token(&with(header("ES256"), member, value), &claims());
        assert_eq!(world.tokens.verify(&token, noon()).await, Err(TokenFault::NotTrusted), "{member}");
    }
}

#[tokio::test]
async fn a_key_that_is_not_in_the_set_is_refused() {
    let world = World::new().await;
    for header in [with(header("ES256"), "kid", json!("k9")), without(header("ES256"), "kid")] {
        assert_eq!(world.is_headed(&header).await, Err(TokenFault::UnknownKey));
    }
}

#[tokio::test]
async fn a_key_verifies_its_own_algorithm_alone() {
    let (ec, rsa) = (Pair::ec(), Pair::rsa());
    let tokens = trusting(vec![rsa.jwk("k1")]).await;
    for token in [ec.token(&header("ES256"), &claims()), rsa.token(&header("ES256"), &claims())] {
        assert_eq!(tokens.verify(&token, noon()).await, Err(TokenFault::WrongAlgorithm));
    }
    let tokens = trusting(vec![with(rsa.jwk("k1"), "alg", json!("RS256"))]).await;
    let token = rsa.token(&header("PS256"), &claims());
    assert_eq!(tokens.verify(&token, noon()).await, Err(TokenFault::WrongAlgorithm));
    let token = rsa.token(&header("RS256"), &claims());
    assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()));
}

#[tokio::test]
async fn keys_of_different_kinds_may_share_a_name() {
    let (ec, rsa) = (Pair::ec(), Pair::rsa());
    let tokens = trusting(vec![ec.jwk("k1"), rsa.jwk("k1")]).await;
    for (pair, algorithm) in [(&ec, "ES256"), (&rsa, "RS256")] {
        let token = pair.token(&header(algorithm), &claims());
        assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()), "{algorithm}");
    }
    let crossed = ec.token(&header("RS256"), &claims());
    assert_eq!(tokens.verify(&crossed, noon()).await, Err(TokenFault::NotTrusted));
}

#[tokio::test]
async fn keys_that_cannot_be_told_apart_are_not_believed() {
    let (one, other, third) = (Pair::ec(), Pair::ec(), Pair::ed());
    let tokens = trusting(vec![one.jwk("k1"), other.jwk("k1"), third.jwk("k3")]).await;
    for pair in [&one, &other] {
        let token = pair.token(&header("ES256"), &claims());
        assert_eq!(tokens.verify(&token, noon()).await, Err(TokenFault::UnknownKey));
    }
}

#[tokio::test]
async fn a_set_without_a_usable_key_does_not_open() {
    let jwk = Pair::ec().jwk("k1");
    let unusable: Vec<Value> = vec![
        with(jwk.clone(), "use", json!("enc")),
        with(jwk.clone(), "key_ops", json!(["sign"])),
        with(jwk.clone(), "alg", json!("ES384")),
        with(jwk.clone(), "alg", json!("HS256")),
        with(jwk.clone(), "alg", json!("invented")),
        with(jwk.clone(), "crv", json!("P-384")),
        with(jwk.clone(), "crv", json!("Ed25519")),
        with(jwk.clone(), "x", json!("!")),
        with(jwk.clone(), "x", json!("AA")),
        without(jwk, "kid"),
        json!({ "kty": "oct", "kid": "k1", "k": "c2VjcmV0" }),
    ];
    for key in unusable {
        let set = serde_json::from_value(json!({ "keys": [key] })).unwrap();
        let opened = Tokens::open(settings(KeySource::Set(set))).await;
        assert!(matches!(opened, Err(KeyFault::NoUsableKey)), "{key}");
    }
}
