//! The programme itself: how it is set up, and what remains before it can start.

use est::checklist::{Check, checklist};
use est::guard::{OwnNumber, OwnPlace};
use est::method::Method;
use est::programme::{Itself, Meetings, Scope, State};
use est::{Facts, FunctionId, Grant, Name, ProgrammeId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// A programme as it is set up.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Programme {
    pub id: ProgrammeId,
    pub name: Name,
    pub scope: Scope,
    /// By what right the organisations work together (R12).
    pub legal_basis: Name,
    pub active: bool,
    pub method: Method,
    pub meetings: Meetings,
    /// The function that the weekly form is entrusted to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FunctionId>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// What must be in place before the programme is activated.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Activation {
    pub active: bool,
    pub checklist: Vec<Check>,
    /// Grows with everything that is settled: the entity tag.
    pub version: i32,
}

/// What the programme adds to the personal-data guard.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnLists {
    /// Telephone numbers that pass in every text.
    #[schema(max_items = 100)]
    pub numbers: BTreeSet<OwnNumber>,
    /// Places and firms named after persons. The names of areas and organisations count without being listed.
    #[schema(max_items = 2000)]
    pub places: BTreeSet<OwnPlace>,
    /// The programme's version: the entity tag.
    pub version: i32,
}

pub fn programme(grant: &Grant, facts: &Facts) -> Option<Programme> {
    let preparation = facts.programme.preparation()?;
    Some(Programme {
        id: grant.programme,
        name: preparation.name.clone(),
        scope: preparation.scope,
        legal_basis: preparation.legal_basis.clone(),
        active: facts.programme.active(),
        method: preparation.method.clone(),
        meetings: preparation.meetings.clone(),
        form: preparation.form,
        version: facts.version::<State>(&Itself),
    })
}

pub fn own_lists(_: &Grant, facts: &Facts) -> Option<OwnLists> {
    let lists = facts.programme.preparation()?.guard_lists.clone();
    Some(OwnLists { numbers: lists.numbers, places: lists.places, version: facts.version::<State>(&Itself) })
}

pub fn activation(_: &Grant, facts: &Facts, now: Timestamp) -> Activation {
    Activation {
        active: facts.programme.active(),
        checklist: checklist(facts, now),
        version: facts.revision(),
    }
}
