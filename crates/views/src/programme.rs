//! The programme itself: how it is set up, and what remains before it can start.

use est::method::Method;
use est::programme::{Check, Meetings, Scope, checklist};
use est::{Facts, FunctionId, Grant, Name, ProgrammeId};
use serde::Serialize;

/// A programme as it is set up.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Programme {
    pub id: ProgrammeId,
    pub name: Name,
    pub scope: Scope,
    pub active: bool,
    pub method: Method,
    pub meetings: Meetings,
    /// The function that the weekly form is entrusted to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FunctionId>,
}

/// What must be in place before the programme is activated.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Activation {
    pub active: bool,
    pub checklist: Vec<Check>,
}

pub fn programme(grant: &Grant, facts: &Facts) -> Option<Programme> {
    let preparation = facts.programme.preparation()?;
    Some(Programme {
        id: grant.programme,
        name: preparation.name.clone(),
        scope: preparation.scope,
        active: facts.programme.active(),
        method: preparation.method.clone(),
        meetings: preparation.meetings.clone(),
        form: preparation.form,
    })
}

pub fn activation(_: &Grant, facts: &Facts) -> Activation {
    Activation { active: facts.programme.active(), checklist: checklist(facts) }
}
