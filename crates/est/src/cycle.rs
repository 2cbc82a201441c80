//! The weekly cycle: opened every week all year round, led through its five phases; a skipped week stays
//! visible (R3, R8).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::permission::Permission;
use crate::programme::NOT_ACTIVE;
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, Name, TextRef};
use crate::week::Week;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_OPENED = "cycle.already-opened", Conflict,
        "Veckan är redan öppnad eller överhoppad.", "The week has been opened or skipped already.";
    NOT_OPENED = "cycle.not-opened", Conflict,
        "Veckan är inte öppnad.", "The week has not been opened.";
    SKIPPED = "cycle.skipped", Conflict,
        "Veckan är överhoppad.", "The week was skipped.";
    CLOSED = "cycle.closed", Conflict,
        "Veckan är avslutad.", "The week's cycle is closed.";
    PHASE_OUT_OF_ORDER = "cycle.phase-out-of-order", Conflict,
        "Faserna tas i ordning, en i taget: insamling, analys, insatser, uppföljning, återkoppling.",
        "The phases come in order, one at a time: collection, analysis, interventions, follow-up, feedback.";
    OFF_CADENCE = "cycle.off-cadence", Conflict,
        "Veckan ligger utanför programmets takt, räknad från den första veckan.",
        "The week is off the programme's cadence, counted from its first week.";
}

/// The five phases of a cycle (R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Informationsinsamling.
    Collection,
    /// Analys.
    Analysis,
    /// Insatser.
    Interventions,
    /// Uppföljning.
    FollowUp,
    /// Återkoppling.
    Feedback,
    /// All five are done.
    Closed,
}

impl Phase {
    fn next(self) -> Option<Self> {
        match self {
            Self::Collection => Some(Self::Analysis),
            Self::Analysis => Some(Self::Interventions),
            Self::Interventions => Some(Self::FollowUp),
            Self::FollowUp => Some(Self::Feedback),
            Self::Feedback => Some(Self::Closed),
            Self::Closed => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The week's cycle was opened, under the method version then in force.
    Opened { method: Name, deadline: Timestamp, review: Timestamp },
    /// The week was skipped.
    Skipped { reason: TextRef },
    /// The cycle went on to its next phase.
    PhaseBegun { phase: Phase },
}

/// How far a week's cycle has come.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Unopened,
    /// With the reason.
    Skipped(TextRef),
    Running(Running),
}

/// A cycle that was opened.
#[derive(Clone, Debug)]
pub struct Running {
    pub phase: Phase,
    /// The method version that it was opened under: the week keeps it.
    pub method: Name,
    /// When reports are due.
    pub deadline: Timestamp,
}

impl State {
    /// The cycle, if it runs or has run.
    pub fn opened(&self) -> Result<&Running, Refusal> {
        match self {
            Self::Unopened => Err(NOT_OPENED),
            Self::Skipped(_) => Err(SKIPPED),
            Self::Running(running) => Ok(running),
        }
    }
}

/// The opened cycle of a week, or why there is none.
pub fn opened(facts: &crate::Facts, week: Week) -> Result<&Running, Refusal> {
    facts.cycles.get(&week).map_or(Err(NOT_OPENED), State::opened)
}

impl Aggregate for State {
    const KIND: &'static str = "cycle";
    type Key = Week;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Cycle(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Opened { method, deadline, .. }) => Self::Running(Running {
                phase: Phase::Collection,
                method: method.clone(),
                deadline: *deadline,
            }),
            (_, Event::Skipped { reason }) => Self::Skipped(reason.clone()),
            (Self::Running(running), Event::PhaseBegun { phase }) => {
                Self::Running(Running { phase: *phase, ..running })
            }
            (state, Event::PhaseBegun { .. }) => state,
        }
    }
}

/// Open a week's cycle.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OpenCycle)]
pub struct Open {}

impl Command for Open {
    type State = State;
    const PERMISSION: Permission = Permission::RunCycle;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Running(_) | State::Skipped(_) => return Err(ALREADY_OPENED),
            State::Unopened if !situation.facts.programme.active() => return Err(NOT_ACTIVE),
            State::Unopened if off_cadence(*situation.key, situation.facts) => return Err(OFF_CADENCE),
            State::Unopened => {}
        }
        let (week, method) = (*situation.key, situation.facts.method());
        let zone = method.zone();
        let moment = |at: crate::method::WeekTime| week.moment(at.weekday, at.time, &zone);
        Ok(vec![Event::Opened {
            method: method.version.clone(),
            deadline: moment(method.reporting_deadline),
            review: moment(method.weekly_review),
        }])
    }
}

/// Weeks before the first are history, and history keeps the pace it had.
fn off_cadence(week: Week, facts: &crate::Facts) -> bool {
    let history = facts.first_week.is_some_and(|first| week < first);
    !history && !facts.on_cadence(week)
}

/// Skip a week, with a reason that stays visible.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SkipCycle)]
pub struct Skip {
    pub reason: FreeText,
}

impl Command for Skip {
    type State = State;
    const PERMISSION: Permission = Permission::RunCycle;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Running(_) | State::Skipped(_) => Err(ALREADY_OPENED),
            State::Unopened if !situation.facts.programme.active() => Err(NOT_ACTIVE),
            State::Unopened => Ok(vec![Event::Skipped { reason: self.reason.reference() }]),
        }
    }
}

/// Begin the next phase of the cycle.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BeginPhase {
    pub phase: Phase,
}

impl Command for BeginPhase {
    type State = State;
    const PERMISSION: Permission = Permission::RunCycle;

    fn decide(&self, state: State, _: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let running = state.opened()?;
        match running.phase.next() {
            None => Err(CLOSED),
            Some(next) if next == self.phase => Ok(vec![Event::PhaseBegun { phase: next }]),
            Some(_) => Err(PHASE_OUT_OF_ORDER),
        }
    }
}
