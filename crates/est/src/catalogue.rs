//! Kinds of intervention and the techniques of situational prevention: words to choose by, never an order to follow
//! (R106, R108).

use serde::{Deserialize, Serialize};

/// What is done. The handbook prescribes none of them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = InterventionKind)]
pub enum Kind {
    Lighting,
    Clearing,
    Repair,
    Cleaning,
    Redesign,
    AccessControl,
    CameraSurveillance,
    /// Ordningsvakter for a limited time.
    SecurityGuards,
    FieldGroup,
    NightWalkers,
    PolicePresence,
    PoliceOperation,
    /// Tillsyn of premises and trade.
    Inspection,
    YouthActivity,
    SocialOutreach,
    ResidentDialogue,
    TrafficMeasure,
    Information,
    Other,
}

impl Kind {
    /// Whether law wants a decision or a permit behind it: cameras (kamerabevakningslagen, 2018:1200), guards
    /// (lagen om ordningsvakter, 2023:421), inspections, and what the police do with force.
    pub fn needs_legal_basis(self) -> bool {
        match self {
            Self::CameraSurveillance | Self::SecurityGuards | Self::PoliceOperation | Self::Inspection => {
                true
            }
            Self::Lighting
            | Self::Clearing
            | Self::Repair
            | Self::Cleaning
            | Self::Redesign
            | Self::AccessControl
            | Self::FieldGroup
            | Self::NightWalkers
            | Self::PolicePresence
            | Self::YouthActivity
            | Self::SocialOutreach
            | Self::ResidentDialogue
            | Self::TrafficMeasure
            | Self::Information
            | Self::Other => false,
        }
    }
}

/// The 25 techniques of situational crime prevention, in the order of their five groups: effort, risk, reward,
/// provocation, excuse. Source: D. B. Cornish and R. V. Clarke, Opportunities, precipitators and criminal decisions,
/// Crime Prevention Studies 16, 2003.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Technique {
    HardenTargets,
    ControlAccess,
    ScreenExits,
    DeflectOffenders,
    ControlTools,
    ExtendGuardianship,
    AssistNaturalSurveillance,
    ReduceAnonymity,
    UsePlaceManagers,
    StrengthenFormalSurveillance,
    ConcealTargets,
    RemoveTargets,
    IdentifyProperty,
    DisruptMarkets,
    DenyBenefits,
    ReduceFrustrations,
    AvoidDisputes,
    ReduceArousal,
    NeutralisePeerPressure,
    DiscourageImitation,
    SetRules,
    PostInstructions,
    AlertConscience,
    AssistCompliance,
    ControlDrugsAndAlcohol,
}
