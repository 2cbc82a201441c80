//! What about an intervention asks for somebody's attention, so that nothing goes on out of habit (R25, R79).

use crate::interventions::{InterventionStatus, Row, What};
use est::intervention::{Afterwards, Horizon, LongTerm, ShortTerm};
use est::{Facts, Week};
use jiff::civil::Date;
use serde::Serialize;

/// Cycles that an intervention may go on without anybody deciding what becomes of it.
const CYCLES_WITHOUT_DISPOSITION_MAX: i32 = 1;

/// What asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "alert", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[schema(as = InterventionAlert)]
pub enum Alert {
    /// It is active, and for so many cycles nobody has decided what becomes of it.
    WithoutDisposition { cycles: u32 },
    /// It is active, and all its problems are closed.
    ProblemGone,
    /// The time in which a change was expected has passed, and the last follow-up saw none for the better.
    NoChange { weeks: u32 },
    /// The time in which a change was expected has passed, and nobody has followed it up.
    NotFollowedUp { weeks: u32 },
    /// What was done should have been reported back by now.
    ReportBackOverdue { days: u32 },
    /// It was to be over, and is active still.
    PastItsHorizon { weeks: u32 },
    /// A milestone's day has passed.
    MilestonePassed { milestone: u32 },
}

pub(crate) fn alerts(row: &Row, facts: &Facts, today: Date) -> Vec<Alert> {
    let active = row.status == InterventionStatus::Active;
    let week = Week::of(today);
    let mut alerts = Vec::new();
    if active {
        alerts.extend(without_disposition(row, facts, week));
        let gone = |problem| facts.problems.get(problem).is_none_or(|state| state.open().is_none());
        if row.plan.problems.iter().all(gone) {
            alerts.push(Alert::ProblemGone);
        }
        alerts.extend(outcome(row, week));
        alerts.extend(past(row, week, today));
    }
    if active || row.status == InterventionStatus::Decided {
        alerts.extend(overdue(row, today));
    }
    alerts
}

fn without_disposition(row: &Row, facts: &Facts, week: Week) -> Option<Alert> {
    let disposed = row.life.iter().rev().find_map(|event| match event.what {
        What::DispositionDecided { week, .. } | What::Started { week } => Some(week),
        What::Proposed
        | What::Decided
        | What::Declined { .. }
        | What::AnchoringSettled { .. }
        | What::ReportedBack { .. }
        | What::FollowedUp { .. } => None,
    })?;
    let cadence = i32::from(facts.method().cadence_weeks).max(1);
    let cycles = week.since(disposed) / cadence;
    (cycles > CYCLES_WITHOUT_DISPOSITION_MAX).then(|| Alert::WithoutDisposition { cycles: count(cycles) })
}

fn outcome(row: &Row, week: Week) -> Option<Alert> {
    let window = row.terms.as_ref()?.expectations.iter().map(|its| i32::from(its.window_weeks)).max()?;
    let weeks = week.since(row.started()?);
    if weeks < window {
        return None;
    }
    let last = row.life.iter().rev().find_map(|event| {
        if let What::FollowedUp { answers, .. } = &event.what { Some(answers.afterwards) } else { None }
    });
    match last {
        None => Some(Alert::NotFollowedUp { weeks: count(weeks) }),
        Some(Afterwards::Unchanged | Afterwards::More) => Some(Alert::NoChange { weeks: count(weeks) }),
        Some(Afterwards::Gone | Afterwards::Less | Afterwards::Moved | Afterwards::Unknown) => None,
    }
}

fn past(row: &Row, week: Week, today: Date) -> Vec<Alert> {
    match &row.plan.horizon {
        Horizon::Short(ShortTerm { until }) if *until < week => {
            vec![Alert::PastItsHorizon { weeks: count(week.since(*until)) }]
        }
        Horizon::Short { .. } => Vec::new(),
        Horizon::Long(LongTerm { milestones }) => {
            let passed = (1..).zip(milestones).filter(|(_, milestone)| milestone.due < today);
            passed.map(|(milestone, _)| Alert::MilestonePassed { milestone }).collect()
        }
    }
}

fn overdue(row: &Row, today: Date) -> Option<Alert> {
    let due = row.terms.as_ref()?.report_back;
    let reported = row.life.iter().any(|event| matches!(event.what, What::ReportedBack { .. }));
    let days = today.since(due).map_or(0, |span| span.get_days());
    (!reported && days > 0).then(|| Alert::ReportBackOverdue { days: count(days) })
}

fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
