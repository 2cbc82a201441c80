//! An issuer that signs whatever it is told to, so that every mistake can be made.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(super) enum Pair {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

pub(super) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn encoded(part: &Value) -> String {
    base64url(part.to_string().as_bytes())
}

pub(super) fn signed_with_secret(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
    format!("{message}.{}", base64url(tag.as_ref()))
}

impl Pair {
    pub(super) fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    pub(super) fn ed() -> Self {
        Self::Ed(Ed25519KeyPair::generate().unwrap())
    }

    pub(super) fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    /// The public half, with no word on what it is for.
    pub(super) fn jwk(&self, key_id: &str) -> Value {
        match self {
            Self::Ec(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (base64url(&point[1..33]), base64url(&point[33..]));
                json!({ "kty": "EC", "crv": "P-256", "kid": key_id, "x": x, "y": y })
            }
            Self::Ed(pair) => {
                let x = base64url(pair.public_key().as_ref());
                json!({ "kty": "OKP", "crv": "Ed25519", "kid": key_id, "x": x })
            }
            Self::Rsa(pair) => {
                let n = base64url(pair.public_key().modulus().big_endian_without_leading_zero());
                let e = base64url(pair.public_key().exponent().big_endian_without_leading_zero());
                json!({ "kty": "RSA", "kid": key_id, "n": n, "e": e })
            }
        }
    }

    /// Signed by this pair in the way of its kind, whatever the header says; an RSA pair looks there for PSS.
    pub(super) fn token(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encoded(header), encoded(claims));
        let signature = self.sign(message.as_bytes(), header["alg"] == "PS256");
        format!("{message}.{}", base64url(&signature))
    }

    /// Over parts that are already encoded, and need not be JSON objects a value could hold.
    pub(super) fn signed(&self, header: &str, payload: &str) -> String {
        let message = format!("{header}.{payload}");
        format!("{message}.{}", base64url(&self.sign(message.as_bytes(), false)))
    }

    fn sign(&self, message: &[u8], by_pss: bool) -> Vec<u8> {
        match self {
            Self::Ec(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Self::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rsa(pair) => {
                let way = if by_pss { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(way, &SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }
        }
    }
}
