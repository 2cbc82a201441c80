//! The calendar of cycles: every week since the first, with its phase, or that it was skipped, or never opened (R3).

use est::cycle::{Phase, State};
use est::{Facts, Grant, Name, TextRef, Week};
use jiff::Timestamp;
use serde::Serialize;

/// How a week stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CycleStatus {
    Running,
    Closed,
    Skipped,
    /// Neither opened nor skipped: a hole.
    NotOpened,
}

/// A week of the calendar.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cycle {
    pub week: Week,
    pub status: CycleStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// When reports are due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub deadline_at: Option<Timestamp>,
    /// The method version that it was opened under, and by which its reports are measured (R4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Name>,
    /// Why it was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextRef>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// The weeks from the first cycle to the last, latest first; weeks off the programme's cadence are left out.
pub fn calendar(_: &Grant, facts: &Facts) -> Vec<Cycle> {
    let (Some(first), Some(last)) = (facts.cycles.keys().next(), facts.cycles.keys().next_back()) else {
        return Vec::new();
    };
    let weeks = first.until(last.plus(1)).rev();
    let due = |week: &Week| facts.on_cadence(*week) || facts.cycles.contains_key(week);
    weeks.filter(due).map(|week| cycle(facts, week)).collect()
}

/// One week of the calendar.
pub fn cycle(facts: &Facts, week: Week) -> Cycle {
    let state = facts.cycles.get(&week);
    let reason = if let Some(State::Skipped(reason)) = state { Some(reason.clone()) } else { None };
    let (status, running) = match state {
        None | Some(State::Unopened) => (CycleStatus::NotOpened, None),
        Some(State::Skipped(_)) => (CycleStatus::Skipped, None),
        Some(State::Running(running)) if running.phase == Phase::Closed => {
            (CycleStatus::Closed, Some(running))
        }
        Some(State::Running(running)) => (CycleStatus::Running, Some(running)),
    };
    Cycle {
        week,
        status,
        phase: running.map(|running| running.phase),
        deadline_at: running.map(|running| running.deadline),
        method: running.map(|running| running.method.clone()),
        reason,
        version: facts.version::<State>(&week),
    }
}
