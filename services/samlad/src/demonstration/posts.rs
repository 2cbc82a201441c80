//! The functions of the demonstration and who holds them; the units' informants and the organisations'
//! administrators are added where the town is founded.

use super::organisations::{HOUSING, POLICE, SAFETY};
use est::permission::FunctionKind;

pub(super) struct PostSketch {
    pub(super) kind: FunctionKind,
    pub(super) organisation: &'static str,
    pub(super) title: &'static str,
    pub(super) holders: &'static [&'static str],
}

/// Who opens the programme, prepares it, and coordinates it when it is active.
pub(super) const FOUNDER: &str = "demo-coordinator-1";
pub(super) const OPERATOR: &str = "demo-operator";
/// Who shares the coordination at first and then leaves.
pub(super) const LEAVING: &str = "demo-coordinator-3";

const fn post(
    kind: FunctionKind,
    organisation: &'static str,
    title: &'static str,
    holders: &'static [&'static str],
) -> PostSketch {
    PostSketch { kind, organisation, title, holders }
}

use FunctionKind as F;

// The analyst stands alone on purpose: the warning of a function that hangs on one person must show.
pub(super) static POSTS: [PostSketch; 19] = [
    post(F::Coordinator, SAFETY, "Samordnare EST", &[FOUNDER, "demo-coordinator-2", LEAVING]),
    post(
        F::HubCoordinator,
        SAFETY,
        "Sammanställare, trygghetsenheten",
        &["demo-safety-coordinator-1", "demo-safety-coordinator-2"],
    ),
    post(
        F::HubCoordinator,
        POLICE,
        "Kommunpolis",
        &["demo-police-coordinator-1", "demo-police-coordinator-2"],
    ),
    post(
        F::HubCoordinator,
        HOUSING,
        "Trygghetssamordnare, Lysvingehem",
        &["demo-housing-coordinator-1", "demo-housing-coordinator-2"],
    ),
    post(
        F::SteeringMember,
        SAFETY,
        "Styrgruppen, kommunen",
        &["demo-steering-safety-1", "demo-steering-safety-2"],
    ),
    post(
        F::SteeringMember,
        POLICE,
        "Styrgruppen, polisen",
        &["demo-steering-police-1", "demo-steering-police-2"],
    ),
    post(
        F::SteeringMember,
        HOUSING,
        "Styrgruppen, bostadsbolaget",
        &["demo-steering-housing-1", "demo-steering-housing-2"],
    ),
    post(
        F::SteeringMember,
        "falt",
        "Styrgruppen, socialtjänsten",
        &["demo-steering-social-1", "demo-steering-social-2"],
    ),
    post(F::Analyst, SAFETY, "Trygghetsanalytiker", &["demo-analyst-1"]),
    post(F::Registrar, SAFETY, "Registrator, kommunen", &["demo-registrar-1", "demo-registrar-2"]),
    post(
        F::Registrar,
        POLICE,
        "Registrator, polisen",
        &["demo-registrar-police-1", "demo-registrar-police-2"],
    ),
    post(
        F::Registrar,
        HOUSING,
        "Registrator, bostadsbolaget",
        &["demo-registrar-housing-1", "demo-registrar-housing-2"],
    ),
    post(F::LeadershipReader, SAFETY, "Kommunledningen", &["demo-leadership-1", "demo-leadership-2"]),
    post(
        F::LeadershipReader,
        POLICE,
        "Ledningen för lokalpolisområdet",
        &["demo-leadership-police-1", "demo-leadership-police-2"],
    ),
    post(
        F::LeadershipReader,
        HOUSING,
        "Bostadsbolagets ledning",
        &["demo-leadership-housing-1", "demo-leadership-housing-2"],
    ),
    post(
        F::LeadershipReader,
        "skola",
        "Skolledningen",
        &["demo-leadership-school-1", "demo-leadership-school-2"],
    ),
    post(
        F::LeadershipReader,
        "raddning",
        "Räddningstjänstens ledning",
        &["demo-leadership-rescue-1", "demo-leadership-rescue-2"],
    ),
    post(
        F::PoliticianReader,
        SAFETY,
        "Kommunstyrelsens ledamöter",
        &["demo-politician-1", "demo-politician-2"],
    ),
    post(F::Auditor, SAFETY, "Kommunrevisionen", &["demo-auditor-1", "demo-auditor-2"]),
];
