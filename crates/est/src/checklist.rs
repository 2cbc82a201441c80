//! The checklist that a programme is activated by: what must be in place before start (R120, R130).

use crate::facts::Facts;
use crate::function::{self, Holder};
use crate::identity::OrganisationId;
use crate::organisation::{self, OrganisationKind};
use crate::permission::FunctionKind;
use crate::programme::Meetings;
use jiff::Timestamp;
use serde::Serialize;

/// One line of the activation checklist (R120, R130).
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    #[schema(max_length = 40)]
    pub item: &'static str,
    #[schema(max_length = 200)]
    pub swedish: &'static str,
    pub met: bool,
}

/// What must be in place before start, and whether it is.
pub fn checklist(facts: &Facts, now: Timestamp) -> Vec<Check> {
    let preparation = facts.programme.preparation();
    let joined = || facts.organisations.values().filter_map(organisation::State::joined);
    let kind = |kind| joined().any(|organisation| organisation.kind == kind);
    let meetings = preparation.map(|preparation| &preparation.meetings);
    let decided =
        |list: fn(&Meetings) -> &Vec<OrganisationId>| meetings.is_some_and(|all| !list(all).is_empty());
    let held = |wanted: FunctionKind| {
        let established = || facts.functions.values().filter_map(function::State::established);
        let held = |holders: &[Holder]| holders.iter().any(|holder| holder.holds_at(now));
        established().any(|function| function.kind == wanted && held(&function.holders))
    };
    // The function may have been discontinued since the form was entrusted to it.
    let form = preparation.and_then(|preparation| facts.functions.get(&preparation.form?)?.established());
    let reviewed = facts
        .organisations
        .iter()
        .filter(|(_, state)| state.joined().is_some())
        .all(|(id, _)| preparation.is_some_and(|preparation| preparation.legal_reviews.contains_key(id)));
    let check = |item, swedish, met| Check { item, swedish, met };
    vec![
        check(
            "municipality",
            "Minst en kommunal verksamhet deltar (R19)",
            kind(OrganisationKind::Municipality),
        ),
        check("police", "Minst en polisiär verksamhet deltar (R19)", kind(OrganisationKind::Police)),
        check("weeklyMeeting", "Verksamheter för veckouppföljningen är bestämda", decided(|all| &all.weekly)),
        check(
            "quarterlyMeeting",
            "Verksamheter för kvartalsuppföljningen är bestämda",
            decided(|all| &all.quarterly),
        ),
        check("annualMeeting", "Verksamheter för årsuppföljningen är bestämda", decided(|all| &all.annual)),
        check(
            "informants",
            "Minst en informant är utsedd och har en enhet",
            held(FunctionKind::Informant) && joined().any(|organisation| !organisation.units.is_empty()),
        ),
        check("coordinator", "Samordningsfunktionen är bemannad", held(FunctionKind::Coordinator)),
        check("form", "Ansvarig funktion för formuläret är utsedd", form.is_some()),
        check(
            "areas",
            "Minst ett område är ritat",
            facts.areas.values().any(|state| state.drawn().is_some()),
        ),
        check(
            "legalReview",
            "Varje verksamhets jurist har granskat (R130)",
            reviewed && joined().next().is_some(),
        ),
    ]
}
