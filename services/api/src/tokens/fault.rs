//! Why a token is not accepted, in words a partner's developer can act on; the token is never repeated.

use std::fmt;

/// What is wrong with a token. Every one of them is answered 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenFault {
    Missing,
    TooLarge,
    Malformed,
    WrongType,
    WrongAlgorithm,
    UnknownKey,
    NotTrusted,
    ClaimMissing,
    WrongIssuer,
    WrongAudience,
    UnusableSubject,
    NotYetValid,
    Expired,
}

impl TokenFault {
    /// For `error_description` in `WWW-Authenticate`: the characters RFC 6750 allows there, so no quotes.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Missing => "a bearer token is needed in the Authorization header",
            Self::TooLarge => "the token or its header is too large",
            Self::Malformed => "the token is not a well-formed signed JWT",
            Self::WrongType => "the token's typ is not at+jwt",
            Self::WrongAlgorithm => "the token's algorithm is not accepted for its key",
            Self::UnknownKey => "the token's kid is not among the issuer's keys",
            Self::NotTrusted => "the token's signature does not verify",
            Self::ClaimMissing => "one of iss, exp, aud, sub, client_id, iat and jti is missing",
            Self::WrongIssuer => "the token comes from another issuer",
            Self::WrongAudience => "the token is meant for another audience",
            Self::UnusableSubject => "the token's sub is not a usable subject",
            Self::NotYetValid => "the token is not valid yet",
            Self::Expired => "the token has expired",
        }
    }

    /// RFC 6750 section 3.1: a caller who showed no token is told that one is needed, and no error code.
    pub fn error_code(self) -> Option<&'static str> {
        (self != Self::Missing).then_some("invalid_token")
    }
}

impl fmt::Display for TokenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())
    }
}

impl std::error::Error for TokenFault {}
