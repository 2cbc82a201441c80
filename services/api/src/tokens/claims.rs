//! What a token says, once its signature is verified: the claims of RFC 9068, held against what we expect.

use est::Subject;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::Bearer;
use super::envelope::read;
use super::fault::TokenFault;

const CLIENT_BYTES_MAX: usize = 255;

/// What every token must agree with.
pub(super) struct Expectation {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) leeway: SignedDuration,
}

/// A verified token: who carries it, and when. The leeway is already in the two ends.
#[derive(Clone)]
pub(super) struct Admission {
    bearer: Bearer,
    from: Timestamp,
    until: Timestamp,
}

impl Admission {
    pub(super) fn at(&self, now: Timestamp) -> Result<Bearer, TokenFault> {
        if now >= self.until {
            return Err(TokenFault::Expired);
        }
        if now < self.from {
            return Err(TokenFault::NotYetValid);
        }
        Ok(self.bearer.clone())
    }

    pub(super) fn until(&self) -> Timestamp {
        self.until
    }
}

/// A `NumericDate` may have a fraction (RFC 7519 section 2), hence the floating point.
#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    exp: Option<f64>,
    aud: Option<Audience>,
    sub: Option<String>,
    client_id: Option<String>,
    iat: Option<f64>,
    jti: Option<String>,
    nbf: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

/// The admission a payload gives; its time is judged by `Admission::at`, now and at every later use.
pub(super) fn admit(payload: &str, expected: &Expectation) -> Result<Admission, TokenFault> {
    let Claims { iss, exp, aud, sub, client_id, iat, jti, nbf } = read(payload)?;
    let (Some(iss), Some(exp), Some(aud), Some(sub)) = (iss, exp, aud, sub) else {
        return Err(TokenFault::ClaimMissing);
    };
    let (Some(client), Some(iat), Some(_jti)) = (client_id, iat, jti) else {
        return Err(TokenFault::ClaimMissing);
    };
    if iss != expected.issuer {
        return Err(TokenFault::WrongIssuer);
    }
    if !aud.names(&expected.audience) {
        return Err(TokenFault::WrongAudience);
    }
    let subject = Subject::new(&sub).ok_or(TokenFault::UnusableSubject)?;
    if !is_client(&client) {
        return Err(TokenFault::Malformed);
    }
    moment(iat)?;
    let expires = moment(exp)?;
    let begins = nbf.map(moment).transpose()?.unwrap_or(Timestamp::MIN);
    Ok(Admission {
        bearer: Bearer { subject, client },
        from: begins.checked_sub(expected.leeway).unwrap_or(Timestamp::MIN),
        until: expires.checked_add(expected.leeway).unwrap_or(Timestamp::MAX),
    })
}

/// The characters of RFC 6749 appendix A.1; the client's name reaches log lines and limits.
fn is_client(text: &str) -> bool {
    !text.is_empty() && text.len() <= CLIENT_BYTES_MAX && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn moment(seconds: f64) -> Result<Timestamp, TokenFault> {
    let since = SignedDuration::try_from_secs_f64(seconds).or(Err(TokenFault::Malformed))?;
    Timestamp::from_duration(since).or(Err(TokenFault::Malformed))
}
