//! Why a caller is not known: told as a challenge (RFC 6750) to programs and as a sentence to people.

use crate::language::Language;

/// Why a caller is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// No token came along.
    Missing,
    /// It does not read as a token of the form asked for.
    Malformed,
    Expired,
    /// Signature, key, issuer, audience or algorithm is not trusted; which, an attacker need not know.
    Untrusted,
}

impl Unproven {
    /// The challenge of RFC 6750: without a token there is no error to name.
    pub(super) const fn challenge(self) -> &'static str {
        match self {
            Self::Missing => r#"Bearer realm="samlad""#,
            Self::Malformed => {
                r#"Bearer realm="samlad", error="invalid_token", error_description="The token does not read""#
            }
            Self::Expired => {
                r#"Bearer realm="samlad", error="invalid_token", error_description="The token has expired""#
            }
            Self::Untrusted => {
                r#"Bearer realm="samlad", error="invalid_token", error_description="The token is untrusted""#
            }
        }
    }

    pub(super) const fn sentence(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Missing, Language::Swedish) => "Anropet saknar åtkomstbiljett.",
            (Self::Missing, Language::English) => "The request carries no access token.",
            (Self::Malformed, Language::Swedish) => "Åtkomstbiljetten går inte att läsa.",
            (Self::Malformed, Language::English) => "The access token does not read.",
            (Self::Expired, Language::Swedish) => "Åtkomstbiljetten har gått ut.",
            (Self::Expired, Language::English) => "The access token has expired.",
            (Self::Untrusted, Language::Swedish) => "Åtkomstbiljetten är inte betrodd här.",
            (Self::Untrusted, Language::English) => "The access token is not trusted here.",
        }
    }
}
