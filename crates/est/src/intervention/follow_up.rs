//! What came of an intervention: reported back, followed up with three questions, and disposed of every cycle.

use super::{
    ALREADY_DISPOSED, ALREADY_FOLLOWED_UP, DEVIATION_MISSING, ENDED, Event, NOT_STARTED, REPLACEMENT_BROKEN,
    State, Undertaking, carried_out_by,
};
use crate::analysis::Occasion;
use crate::cycle;
use crate::decision::{Command, Situation};
use crate::facts::Facts;
use crate::identity::InterventionId;
use crate::permission::{Permission, Reach};
use crate::prioritisation;
use crate::refusal::Refusal;
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};

/// Whether it was done as decided (R60).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fidelity {
    AsDecided,
    Modified,
    NotDone,
}

/// What has become of the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    Gone,
    Less,
    Unchanged,
    More,
    /// Seen elsewhere instead.
    Moved,
    Unknown,
}

/// How strong a ground a follow-up stands on (R59). None of them says what caused what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceLevel {
    Description,
    Association,
    ControlledComparison,
}

/// The three questions, each mandatory (R60).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FollowUpAnswers)]
pub struct Answers<T> {
    /// Why it was made, and against which problem.
    pub why: T,
    /// How it worked.
    pub how: T,
    pub fidelity: Fidelity,
    /// What was done otherwise; mandatory unless it was done as decided.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub deviation: Option<T>,
    pub afterwards: Afterwards,
    /// What the problem looks like afterwards.
    pub problem_afterwards: T,
    pub evidence_level: EvidenceLevel,
}

/// What becomes of it (R24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Continue,
    Expand,
    Replace(Replacement),
    End,
}

/// Another takes its place, and it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Replacement {
    pub by: InterventionId,
}

/// Report back what was done.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReportBack)]
pub struct ReportBack {
    pub fidelity: Fidelity,
    pub done: FreeText,
    /// What was done otherwise; mandatory unless it was done as decided.
    #[serde(default)]
    pub deviation: Option<FreeText>,
}

impl Command for ReportBack {
    type State = State;
    const PERMISSION: Permission = Permission::CarryOutInterventions;

    fn reach(&self, key: &InterventionId, facts: &Facts) -> Reach {
        carried_out_by(*key, facts)
    }

    fn decide(&self, state: State, _: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        // Also what was never begun is reported back: as not done.
        let begun = match state {
            State::Unproposed | State::Proposed(_) | State::Declined(_) => return Err(super::NOT_DECIDED),
            State::Decided(_) => false,
            State::Active(_) | State::Ended(_) => true,
        };
        if !begun && self.fidelity != Fidelity::NotDone {
            return Err(NOT_STARTED);
        }
        deviation(self.fidelity, self.deviation.as_ref())?;
        Ok(vec![Event::ReportedBack {
            fidelity: self.fidelity,
            done: self.done.reference(),
            deviation: self.deviation.as_ref().map(FreeText::reference),
        }])
    }
}

/// Follow an intervention up on an occasion; once for each.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FollowUpIntervention)]
pub struct FollowUp {
    pub occasion: Occasion,
    pub answers: Answers<FreeText>,
}

impl Command for FollowUp {
    type State = State;
    const PERMISSION: Permission = Permission::FollowUpInterventions;

    fn reach(&self, key: &InterventionId, facts: &Facts) -> Reach {
        carried_out_by(*key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        let undertaking = match &state {
            State::Active(undertaking) | State::Ended(undertaking) => undertaking,
            State::Unproposed | State::Proposed(_) | State::Declined(_) | State::Decided(_) => {
                return Err(NOT_STARTED);
            }
        };
        if undertaking.followed_up.contains(&self.occasion) {
            return Err(ALREADY_FOLLOWED_UP);
        }
        match self.occasion {
            Occasion::Week(week) => drop(cycle::opened(situation.facts, week)?),
            Occasion::Period(first) => {
                let period = situation.facts.prioritisations.get(&first).and_then(|state| state.decided());
                period.ok_or(prioritisation::NOT_DECIDED)?;
            }
        }
        let answers = &self.answers;
        deviation(answers.fidelity, answers.deviation.as_ref())?;
        Ok(vec![Event::FollowedUp { occasion: self.occasion, answers: Box::new(answers.recorded()) }])
    }
}

/// Decide what becomes of an intervention; once every cycle (R24). One that has not begun can only be given up.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DisposeOfIntervention)]
pub struct Dispose {
    /// The cycle that it is decided in.
    pub week: Week,
    pub disposition: Disposition,
    pub reason: FreeText,
}

impl Command for Dispose {
    type State = State;
    const PERMISSION: Permission = Permission::DecideInterventions;

    fn decide(&self, state: State, situation: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        let Undertaking { disposed, .. } = match &state {
            State::Active(undertaking) => undertaking,
            State::Ended(_) => return Err(ENDED),
            State::Decided(undertaking) => match self.disposition {
                Disposition::Replace(_) | Disposition::End => undertaking,
                Disposition::Continue | Disposition::Expand => return Err(NOT_STARTED),
            },
            State::Unproposed | State::Proposed(_) | State::Declined(_) => return Err(super::NOT_DECIDED),
        };
        cycle::opened(situation.facts, self.week)?;
        if disposed.is_some_and(|last| self.week <= last) {
            return Err(ALREADY_DISPOSED);
        }
        if let Disposition::Replace(Replacement { by }) = self.disposition {
            let other = situation.facts.interventions.get(&by).filter(|_| by != *situation.key);
            let stands = matches!(other, Some(State::Proposed(_) | State::Decided(_) | State::Active(_)));
            stands.then_some(()).ok_or(REPLACEMENT_BROKEN)?;
        }
        let (week, disposition, reason) = (self.week, self.disposition, self.reason.reference());
        Ok(vec![Event::DispositionDecided { week, disposition, reason }])
    }
}

impl Answers<FreeText> {
    fn recorded(&self) -> Answers<TextRef> {
        Answers {
            why: self.why.reference(),
            how: self.how.reference(),
            fidelity: self.fidelity,
            deviation: self.deviation.as_ref().map(FreeText::reference),
            afterwards: self.afterwards,
            problem_afterwards: self.problem_afterwards.reference(),
            evidence_level: self.evidence_level,
        }
    }
}

fn deviation(fidelity: Fidelity, told: Option<&FreeText>) -> Result<(), Refusal> {
    (fidelity == Fidelity::AsDecided || told.is_some()).then_some(()).ok_or(DEVIATION_MISSING)
}
