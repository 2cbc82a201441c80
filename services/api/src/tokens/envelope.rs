//! The outside of a token: three parts and a header that says which key and algorithm to try. Nothing in it
//! is believed before the signature has been verified.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::fault::TokenFault;

/// Of the encoded header: room for type, algorithm, key id and a thumbprint, not for a certificate chain.
const HEADER_BYTES_MAX: usize = 1024;

/// The fixed list. `none` and the symmetric algorithms are refused by not standing here.
fn accepted(name: &str) -> Option<Algorithm> {
    match name {
        "ES256" => Some(Algorithm::ES256),
        "RS256" => Some(Algorithm::RS256),
        "PS256" => Some(Algorithm::PS256),
        "EdDSA" => Some(Algorithm::EdDSA),
        _ => None,
    }
}

/// Only these members are read: `jwk`, `jku`, `x5u` and `x5c` would let a token name its own judge. serde
/// refuses a member given twice.
#[derive(Deserialize)]
struct Header {
    typ: Option<String>,
    alg: Option<String>,
    kid: Option<String>,
    crit: Option<IgnoredAny>,
}

/// A token taken apart.
pub(super) struct Envelope<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: String,
    /// What the signature covers: header and payload as they were sent.
    pub(super) signed: &'a str,
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
}

impl<'a> Envelope<'a> {
    pub(super) fn open(token: &'a str) -> Result<Self, TokenFault> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenFault::Malformed)?;
        // Five parts would be an encrypted token.
        if payload.contains('.') {
            return Err(TokenFault::Malformed);
        }
        if header.len() > HEADER_BYTES_MAX {
            return Err(TokenFault::TooLarge);
        }
        let header: Header = read(header)?;
        let typ = header.typ.ok_or(TokenFault::WrongType)?;
        if !["at+jwt", "application/at+jwt"].iter().any(|accepted| typ.eq_ignore_ascii_case(accepted)) {
            return Err(TokenFault::WrongType);
        }
        let algorithm = header.alg.as_deref().and_then(accepted).ok_or(TokenFault::WrongAlgorithm)?;
        // An extension marked critical must be understood, and none is (RFC 7515 section 4.1.11).
        if header.crit.is_some() {
            return Err(TokenFault::Malformed);
        }
        let key_id = header.kid.ok_or(TokenFault::UnknownKey)?;
        Ok(Self { algorithm, key_id, signed, payload, signature })
    }
}

/// One JSON part of a token.
pub(super) fn read<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, TokenFault> {
    let bytes = URL_SAFE_NO_PAD.decode(part).or(Err(TokenFault::Malformed))?;
    serde_json::from_slice(&bytes).or(Err(TokenFault::Malformed))
}
