//! What kinds of thing the guard finds, under the names of the policy.

/// One class of the policy. Its key is what callers, screens and the policy document call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    InvalidCharacters,
    TooLong,
    Personnummer,
    Samordningsnummer,
    Reservnummer,
    Phone,
    Email,
}

impl Class {
    /// Every class, for contracts and screens that must list them.
    pub const ALL: [Self; 7] = [
        Self::InvalidCharacters,
        Self::TooLong,
        Self::Personnummer,
        Self::Samordningsnummer,
        Self::Reservnummer,
        Self::Phone,
        Self::Email,
    ];

    /// The stable name used in the policy, in answers to callers and in counters.
    pub const fn key(self) -> &'static str {
        match self {
            Self::InvalidCharacters => "invalid-characters",
            Self::TooLong => "too-long",
            Self::Personnummer => "personnummer",
            Self::Samordningsnummer => "samordningsnummer",
            Self::Reservnummer => "reservnummer",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }
}
