//! The functions, who holds them, and which have fewer holders than they should (R2, R116).

use est::function::{Established, Holder, State};
use est::permission::FunctionKind;
use est::{Facts, FunctionId, Grant, Name, OrganisationId, UnitId};
use jiff::Timestamp;
use serde::Serialize;

/// A function in force.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Function {
    pub id: FunctionId,
    pub kind: FunctionKind,
    pub title: Name,
    pub organisation: OrganisationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    pub holders: Vec<Holder>,
    /// How many hold it now.
    pub held_by: u32,
    /// Fewer than the method version asks for: it rests on too few.
    pub understaffed: bool,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// The functions, by title; with `understaffed` only those that rest on too few.
pub fn functions(_: &Grant, facts: &Facts, understaffed: bool, now: Timestamp) -> Vec<Function> {
    let established = facts.functions.iter().filter_map(|(id, state)| Some((*id, state.established()?)));
    let all = established.map(|(id, established)| function(id, established, facts, now));
    let mut all: Vec<Function> = all.filter(|function| function.understaffed || !understaffed).collect();
    all.sort_by(|one, other| (&one.title, one.id).cmp(&(&other.title, other.id)));
    all
}

/// One function, while it is in force.
pub fn one(_: &Grant, facts: &Facts, id: FunctionId, now: Timestamp) -> Option<Function> {
    facts.functions.get(&id).and_then(|state| state.established()).map(|its| function(id, its, facts, now))
}

fn function(id: FunctionId, established: &Established, facts: &Facts, now: Timestamp) -> Function {
    let held_by = established.holders.iter().filter(|holder| holder.holds_at(now)).count();
    let held_by = u32::try_from(held_by).unwrap_or(u32::MAX);
    Function {
        id,
        kind: established.kind,
        title: established.title.clone(),
        organisation: established.organisation,
        unit: established.unit,
        holders: established.holders.clone(),
        held_by,
        understaffed: held_by < u32::from(facts.method().holders_per_function),
        version: facts.version::<State>(&id),
    }
}
