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
    PaymentCard,
    BankAccount,
    IpAddress,
    VehiclePlate,
    SocialHandle,
    Dwelling,
    Birthdate,
    IdDocument,
    PersonName,
    GroupAttribute,
    Accusation,
    PoliceOperation,
    CaseNumber,
    Health,
    Secrecy,
    Coordinates,
}

impl Class {
    /// Every class, for contracts and screens that must list them.
    pub const ALL: [Self; 23] = [
        Self::InvalidCharacters,
        Self::TooLong,
        Self::Personnummer,
        Self::Samordningsnummer,
        Self::Reservnummer,
        Self::Phone,
        Self::Email,
        Self::PaymentCard,
        Self::BankAccount,
        Self::IpAddress,
        Self::VehiclePlate,
        Self::SocialHandle,
        Self::Dwelling,
        Self::Birthdate,
        Self::IdDocument,
        Self::PersonName,
        Self::GroupAttribute,
        Self::Accusation,
        Self::PoliceOperation,
        Self::CaseNumber,
        Self::Health,
        Self::Secrecy,
        Self::Coordinates,
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
            Self::PaymentCard => "payment-card",
            Self::BankAccount => "bank-account",
            Self::IpAddress => "ip-address",
            Self::VehiclePlate => "vehicle-plate",
            Self::SocialHandle => "social-handle",
            Self::Dwelling => "dwelling",
            Self::Birthdate => "birthdate",
            Self::IdDocument => "id-document",
            Self::PersonName => "person-name",
            Self::GroupAttribute => "group-attribute",
            Self::Accusation => "accusation",
            Self::PoliceOperation => "police-operation",
            Self::CaseNumber => "case-number",
            Self::Health => "health",
            Self::Secrecy => "secrecy",
            Self::Coordinates => "coordinates",
        }
    }
}
