//! Who and what: typed identities, so that an area is never passed where a unit is meant.

use crate::designation;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identities {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

identities! {
    /// A programme: the municipality, district or area that works by the method; the tenant.
    ProgrammeId,
    /// A geographic area of the programme.
    AreaId,
    /// An organisation taking part.
    OrganisationId,
    /// A reporting unit of an organisation, such as a caretaker office.
    UnitId,
    /// A function: a responsibility that is held by somebody for a time.
    FunctionId,
    /// A problem that persists over weeks.
    ProblemId,
    /// An intervention.
    InterventionId,
    /// A citizen pledge.
    PledgeId,
    /// An entry of the distribution list.
    EntryId,
}

/// Who holds a function, as the identity provider names them: a pseudonym for a person, or a system's client
/// name. Never a personal identity number; 1-128 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9._:@|-]+$",
    format = "designation")]
#[serde(transparent)]
pub struct Subject(String);

impl Subject {
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:@|-".contains(&byte);
        (!text.is_empty() && text.len() <= 128 && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let subject = Self::new(&text).filter(|_| designation::passes(&text));
        subject.ok_or_else(|| serde::de::Error::custom("not a subject"))
    }
}
