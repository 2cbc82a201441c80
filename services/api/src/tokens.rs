//! Who calls: an access token (RFC 9068) becomes a bearer, checked as RFC 8725 asks. The service only
//! receives tokens; the issuer's public keys come from the place the operator named, never from a token.

mod claims;
mod envelope;
mod fault;
mod keyring;
mod keys;
mod source;
mod verified;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use est::Subject;
use jiff::{SignedDuration, Timestamp};

use claims::Expectation;
use envelope::Envelope;
pub(crate) use fault::TokenFault;
use keyring::Keyring;
use keys::Trust;
use source::KeyFault;
pub use source::KeySource;
use verified::Fingerprint;

/// A token of the agreed form is well under a kilobyte; this leaves room without feeding the parsers at will.
const TOKEN_BYTES_MAX: usize = 4096;

/// Who calls: on whose behalf, and through which registered client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub subject: Subject,
    pub client: String,
}

/// What the operator decides about tokens.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    pub issuer: String,
    pub audience: String,
    pub keys: KeySource,
    /// How far the issuer's clock and ours may differ.
    pub leeway_seconds: u64,
}

impl TokenSettings {
    pub const LEEWAY_SECONDS: u64 = 30;
}

/// The check of access tokens, shared by every request.
pub struct Tokens {
    expectation: Expectation,
    keyring: Arc<Keyring>,
}

impl Tokens {
    /// Reads the issuer's keys once, so that a service which cannot verify anybody does not start.
    pub async fn open(settings: TokenSettings) -> Result<Arc<Self>, KeyFault> {
        let TokenSettings { issuer, audience, keys, leeway_seconds } = settings;
        if issuer.is_empty() || audience.is_empty() {
            return Err(KeyFault::Unnamed);
        }
        let leeway = i64::try_from(leeway_seconds).map_or(SignedDuration::MAX, SignedDuration::from_secs);
        let keyring = Arc::new(Keyring::open(keys).await?);
        Ok(Arc::new(Self { expectation: Expectation { issuer, audience, leeway }, keyring }))
    }

    /// The token in an `Authorization` header (RFC 6750 section 2.1); no other place is looked in.
    pub fn presented(authorization: Option<&str>) -> Result<&str, TokenFault> {
        let (scheme, token) =
            authorization.and_then(|header| header.split_once(' ')).ok_or(TokenFault::Missing)?;
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return Err(TokenFault::Missing);
        }
        let token = token.trim_matches(' ');
        if token.is_empty() { Err(TokenFault::Missing) } else { Ok(token) }
    }

    /// Who carries this token at `now`.
    pub async fn verify(&self, token: &str, now: Timestamp) -> Result<Bearer, TokenFault> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(TokenFault::TooLarge);
        }
        self.keyring.renew_when_old(now);
        let trust = self.keyring.trust();
        let fingerprint = Fingerprint::of(token);
        if let Some(known) = trust.verified.at(&fingerprint, now) {
            return known;
        }
        let envelope = Envelope::open(token)?;
        let trust = if trust.knows(&envelope.key_id) {
            trust
        } else {
            self.keyring.renewed(&envelope.key_id, now).await
        };
        self.verify_first(&envelope, fingerprint, &trust, now)
    }

    /// The full check; what passes is remembered beside the very keys it was checked with.
    fn verify_first(
        &self,
        envelope: &Envelope<'_>,
        fingerprint: Fingerprint,
        trust: &Trust,
        now: Timestamp,
    ) -> Result<Bearer, TokenFault> {
        trust.key(&envelope.key_id, envelope.algorithm)?.verify(envelope)?;
        let admission = claims::admit(envelope.payload, &self.expectation)?;
        let bearer = admission.at(now)?;
        trust.verified.keep(fingerprint, admission, now);
        Ok(bearer)
    }
}
