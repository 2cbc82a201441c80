//! The cast: a small municipality with four areas, its police and a housing company, and who holds what.

use crate::given::{Programme, read};
use est::programme::Itself;
use est::{
    AreaId, EntryId, FunctionId, InterventionId, OrganisationId, ProblemId, UnitId, Week, area, cycle,
    distribution, function, organisation, picture, programme, report,
};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const CENTRUM: AreaId = AreaId(Uuid::from_u128(0xA1));
pub(crate) const NORR: AreaId = AreaId(Uuid::from_u128(0xA2));
pub(crate) const SODER: AreaId = AreaId(Uuid::from_u128(0xA3));
pub(crate) const VASTER: AreaId = AreaId(Uuid::from_u128(0xA4));
/// Never drawn.
pub(crate) const ELSEWHERE: AreaId = AreaId(Uuid::from_u128(0xAF));

pub(crate) const MUNICIPALITY: OrganisationId = OrganisationId(Uuid::from_u128(0xC1));
pub(crate) const POLICE: OrganisationId = OrganisationId(Uuid::from_u128(0xC2));
pub(crate) const HOUSING: OrganisationId = OrganisationId(Uuid::from_u128(0xC3));
/// Takes no part.
pub(crate) const NOBODY: OrganisationId = OrganisationId(Uuid::from_u128(0xCF));

pub(crate) const EAST: UnitId = UnitId(Uuid::from_u128(0xD1));
pub(crate) const WEST: UnitId = UnitId(Uuid::from_u128(0xD2));
pub(crate) const PATROL: UnitId = UnitId(Uuid::from_u128(0xD3));
/// Never added.
pub(crate) const NO_UNIT: UnitId = UnitId(Uuid::from_u128(0xDF));

pub(crate) const COORDINATION: FunctionId = FunctionId(Uuid::from_u128(0xF1));
pub(crate) const CARETAKING: FunctionId = FunctionId(Uuid::from_u128(0xF2));
pub(crate) const ADMINISTRATION: FunctionId = FunctionId(Uuid::from_u128(0xF3));
pub(crate) const HUB: FunctionId = FunctionId(Uuid::from_u128(0xF4));
pub(crate) const PATROLLING: FunctionId = FunctionId(Uuid::from_u128(0xF5));
pub(crate) const LEADERSHIP: FunctionId = FunctionId(Uuid::from_u128(0xF6));
pub(crate) const STEERING: FunctionId = FunctionId(Uuid::from_u128(0xF8));
/// Never established.
pub(crate) const NO_FUNCTION: FunctionId = FunctionId(Uuid::from_u128(0xFF));

pub(crate) const GRAFFITI: ProblemId = ProblemId(Uuid::from_u128(0xB1));
pub(crate) const GUARDS: InterventionId = InterventionId(Uuid::from_u128(0x91));
/// Never proposed.
pub(crate) const NO_INTERVENTION: InterventionId = InterventionId(Uuid::from_u128(0x9F));
pub(crate) const HOUSING_ENTRY: EntryId = EntryId(Uuid::from_u128(0xE1));

/// 16-22 November 2026; reports are due on Thursday at eight, seven o'clock UTC.
pub(crate) fn week() -> Week {
    read("2026-W47".into())
}

/// The first week of the fourth quarter, whose areas are prioritised together.
pub(crate) fn quarter() -> Week {
    read("2026-W40".into())
}

/// The reports of the week's units.
pub(crate) fn of(unit: UnitId) -> report::Key {
    report::Key { week: week(), unit }
}

/// A function as the cast has it: which, of what kind, where, for which unit, and who holds it.
type Post = (FunctionId, &'static str, OrganisationId, Option<UnitId>, &'static str);

const POSTS: [Post; 7] = [
    (COORDINATION, "coordinator", MUNICIPALITY, None, "coordinator"),
    (HUB, "hub_coordinator", MUNICIPALITY, None, "hub"),
    (CARETAKING, "informant", HOUSING, Some(EAST), "caretaker"),
    (ADMINISTRATION, "organisation_administrator", HOUSING, None, "administrator"),
    (LEADERSHIP, "leadership_reader", HOUSING, None, "leader"),
    (STEERING, "steering_member", MUNICIPALITY, None, "steering"),
    (PATROLLING, "informant", POLICE, None, "patrol"),
];

impl Programme {
    /// Opened by the operator; the founder may prepare it.
    pub(crate) fn opened() -> Self {
        Self::unopened().given("operator", Itself, opening())
    }

    /// With areas, organisations, units and functions, but nothing decided of meetings, form and law.
    pub(crate) fn settled() -> Self {
        let areas = [(CENTRUM, "Centrum"), (NORR, "Norr"), (SODER, "Söder"), (VASTER, "Väster")];
        let drawn = areas.into_iter().fold(Self::opened(), |programme, (id, name)| {
            programme.given("founder", id, read::<area::Draw>(json!({ "name": name })))
        });
        let joined = drawn
            .given("founder", MUNICIPALITY, joining("Exempelstads kommun", "municipality", true))
            .given("founder", POLICE, joining("Polisen i Exempelstad", "police", false))
            .given("founder", HOUSING, joining("Exempelbostäder", "housing_company", false))
            .given("founder", HOUSING, unit(EAST, "Bovärdar öst", &[CENTRUM, NORR]))
            .given("founder", HOUSING, unit(WEST, "Bovärdar väst", &[VASTER]))
            .given("founder", POLICE, unit(PATROL, "Områdespolisen", &[]));
        POSTS.into_iter().fold(joined, |programme, (id, kind, organisation, unit, holder)| {
            programme.given("founder", id, establishing(kind, organisation, unit)).given(
                "founder",
                id,
                appointing(holder),
            )
        })
    }

    /// All that the checklist asks for is in place.
    pub(crate) fn prepared() -> Self {
        let decided =
            Self::settled().given("founder", Itself, meetings()).given("founder", Itself, entrusting());
        [MUNICIPALITY, POLICE, HOUSING].into_iter().fold(decided, |programme, organisation| {
            programme.given("founder", Itself, reviewing(organisation))
        })
    }

    pub(crate) fn active() -> Self {
        Self::prepared().given("founder", Itself, programme::Activate {})
    }

    /// With the week's cycle opened.
    pub(crate) fn in_week() -> Self {
        Self::active().given("coordinator", week(), cycle::Open {})
    }

    /// With the week's picture drafted, nothing yet written.
    pub(crate) fn drafted() -> Self {
        Self::in_week().given("coordinator", week(), drafting(&[CENTRUM, NORR, SODER]))
    }

    /// With all written that must be.
    pub(crate) fn written() -> Self {
        let overall = json!({ "kind": "overall_situation", "text": "Lugnare än förra veckan." });
        let block = json!({ "kind": "priority", "situation": "Klotter vid torget.", "interventions": [] });
        ["priority-1", "priority-2", "priority-3"].into_iter().fold(
            Self::drafted().given("coordinator", week(), edit("overall-situation", 0, &overall)),
            |all, name| all.given("coordinator", week(), edit(name, 0, &block)),
        )
    }

    /// With the picture adopted and one recipient on the list.
    pub(crate) fn adopted() -> Self {
        Self::written()
            .given(
                "coordinator",
                week(),
                read::<picture::Adopt>(json!({ "attended": [MUNICIPALITY, POLICE] })),
            )
            .given(
                "coordinator",
                distribution::List,
                entering(HOUSING_ENTRY, "Exempelbostäder, bovärdar", HOUSING),
            )
    }
}

pub(crate) fn opening() -> programme::Open {
    let (name, scope, founder) = ("Exempelstad", "municipality", "founder");
    read(json!({ "name": name, "scope": scope, "legalBasis": "KS 2026/17", "founder": founder }))
}

pub(crate) fn joining(name: &str, kind: &str, hub: bool) -> organisation::Join {
    read(json!({ "name": name, "kind": kind, "hub": hub }))
}

pub(crate) fn unit(unit: UnitId, name: &str, areas: &[AreaId]) -> organisation::AddUnit {
    let body = json!({ "name": name, "areas": areas, "from": "2026-W40" });
    organisation::AddUnit { unit: Some(unit), ..read(body) }
}

pub(crate) fn establishing(
    kind: &str,
    organisation: OrganisationId,
    unit: Option<UnitId>,
) -> function::Establish {
    let title = format!("Funktion {kind}");
    read(json!({ "kind": kind, "title": title, "organisation": organisation, "unit": unit }))
}

pub(crate) fn appointing(holder: &str) -> function::AppointHolder {
    read(json!({ "subject": holder, "kind": "person" }))
}

pub(crate) fn meetings() -> programme::DecideMeetings {
    let all = [MUNICIPALITY, POLICE, HOUSING];
    read(json!({ "weekly": all, "quarterly": all, "annual": all }))
}

pub(crate) fn entrusting() -> programme::EntrustForm {
    programme::EntrustForm { function: COORDINATION }
}

pub(crate) fn reviewing(organisation: OrganisationId) -> programme::RecordLegalReview {
    read(json!({ "organisation": organisation, "reference": "Dnr 2026-101", "reviewedOn": "2026-09-01" }))
}

pub(crate) fn drafting(priorities: &[AreaId]) -> picture::Draft {
    read(json!({ "priorities": priorities }))
}

pub(crate) fn edit(section: &str, edits: u32, content: &Value) -> picture::EditSection {
    let content = read(content.clone());
    picture::EditSection { section: read(section.into()), edits, content, replaced: Vec::new() }
}

pub(crate) fn entering(
    entry: EntryId,
    name: &str,
    organisation: OrganisationId,
) -> distribution::EnterRecipient {
    let recipient = json!({
        "name": name, "organisation": organisation, "way": "fetched", "purpose": "Rapporterar varje vecka.",
        "useNotice": "Underlag för fältpersonal.", "decidedBy": COORDINATION, "reviewOn": "2027-05-01",
    });
    distribution::EnterRecipient { entry: Some(entry), recipient: read(recipient) }
}

/// What the programme adds to the guard.
pub(crate) fn listing(numbers: &[&str], places: &[&str]) -> programme::SetGuardLists {
    read(json!({ "numbers": numbers, "places": places }))
}
