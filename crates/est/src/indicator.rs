//! The eight indicators of what the public notices, and what is said of each observation (R37-R45).

use serde::{Deserialize, Serialize};

/// The handbook's eight indicators.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Skadegörelse (R37).
    Vandalism,
    /// Brand (R38).
    Fire,
    /// Incident mot anställd (R39).
    IncidentAgainstStaff,
    /// Arrangemang (R40).
    PublicEvent,
    /// Samlingsplats för ungdomar (R41).
    YouthGatheringPlace,
    /// Annat otrygghetsskapande eller ordningsstörande (R42).
    OtherDisorder,
    /// Otrygg plats (R43).
    UnsafePlace,
    /// Övrigt (R44).
    Other,
}

/// All indicators in the form's order.
pub const INDICATORS: [Indicator; 8] = [
    Indicator::Vandalism,
    Indicator::Fire,
    Indicator::IncidentAgainstStaff,
    Indicator::PublicEvent,
    Indicator::YouthGatheringPlace,
    Indicator::OtherDisorder,
    Indicator::UnsafePlace,
    Indicator::Other,
];

/// Whether the disorder is of the surroundings or of behaviour (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    Physical,
    Social,
}

/// Signs of unease, or of safety (R15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    #[default]
    Negative,
    Positive,
}

/// Something seen, or something about to happen (R7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occurrence {
    #[default]
    Observed,
    Expected,
}

/// Where in the life of the public it is (R10). A private home is outside the method and refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    #[default]
    PublicSpace,
    SemiPublic,
    PrivateHome,
}

/// What a statement rests on (R137).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    #[default]
    Observed,
    Reported,
    Statistics,
    Rumour,
}

/// The way an observation came (R36, R46, R124).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Checklist,
    GuardReport,
    PoliceExtract,
    HeardFromResidents,
}

/// When in the day.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TimeBand {
    /// 00-06.
    Night,
    /// 06-12.
    Morning,
    /// 12-18.
    Afternoon,
    /// 18-24.
    Evening,
    /// Not known.
    Unknown,
}

/// All time bands in the day's order.
pub const TIME_BANDS: [TimeBand; 5] =
    [TimeBand::Night, TimeBand::Morning, TimeBand::Afternoon, TimeBand::Evening, TimeBand::Unknown];

/// Whether the police have been told (R135). Never a case number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoliceReport {
    Yes,
    No,
    #[default]
    Unknown,
}

impl Indicator {
    /// The facet of the indicator (R13); the theory reads a sign both ways only for events and the rest.
    pub fn facet(self) -> Facet {
        match self {
            Self::Vandalism | Self::Fire | Self::UnsafePlace => Facet::Physical,
            Self::IncidentAgainstStaff
            | Self::PublicEvent
            | Self::YouthGatheringPlace
            | Self::OtherDisorder
            | Self::Other => Facet::Social,
        }
    }

    /// The name as it stands in keys and counts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Vandalism => "vandalism",
            Self::Fire => "fire",
            Self::IncidentAgainstStaff => "incident_against_staff",
            Self::PublicEvent => "public_event",
            Self::YouthGatheringPlace => "youth_gathering_place",
            Self::OtherDisorder => "other_disorder",
            Self::UnsafePlace => "unsafe_place",
            Self::Other => "other",
        }
    }

    /// What the form calls it.
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Vandalism => "Skadegörelse",
            Self::Fire => "Brand",
            Self::IncidentAgainstStaff => "Incident mot anställd",
            Self::PublicEvent => "Arrangemang",
            Self::YouthGatheringPlace => "Samlingsplats för ungdomar",
            Self::OtherDisorder => "Annat otrygghetsskapande eller ordningsstörande",
            Self::UnsafePlace => "Otrygg plats",
            Self::Other => "Övrigt",
        }
    }
}

impl TimeBand {
    /// The band of an hour of the day, 0-23.
    pub fn of(hour: i8) -> Self {
        match hour {
            0..6 => Self::Night,
            6..12 => Self::Morning,
            12..18 => Self::Afternoon,
            18..24 => Self::Evening,
            _ => Self::Unknown,
        }
    }
}
