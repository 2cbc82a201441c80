//! A problem that persists: opened from what was reported, corroborated by what others reported of the same, kept
//! alive by "still there", closed when it is gone, by somebody or by rule (R32, R52).

mod silence;

pub use silence::{CloseSilent, weeks_of_silence};

use crate::decision::{self, Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::identity::{AreaId, ProblemId, UnitId};
use crate::indicator::Indicator;
use crate::item::AREA_UNKNOWN;
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::report::{self, Statement};
use crate::text::{FreeText, Name, TextRef};
use crate::week::Week;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

refusals! {
    ALREADY_OPENED = "problem.already-opened", Conflict,
        "Problemet är redan öppnat.", "The problem has been opened already.";
    NOT_OPENED = "problem.not-opened", Unknown,
        "Problemet finns inte.", "There is no such problem.";
    ALREADY_CLOSED = "problem.already-closed", Conflict,
        "Problemet är redan avslutat.", "The problem is closed already.";
    OBSERVATION_UNKNOWN = "problem.observation-unknown", Conflict,
        "En iakttagelse finns inte, eller gäller ett annat område eller ett annat problem.",
        "An observation does not exist, or is of another area or another problem.";
    OBSERVATION_GATHERED = "problem.observation-gathered", Conflict,
        "En iakttagelse hör redan till ett problem.", "An observation belongs to a problem already.";
    NOT_CLOSED = "problem.not-closed", Conflict,
        "Problemet är inte avslutat.", "The problem is not closed.";
    NOT_SILENT = "problem.not-silent", Conflict,
        "Problemet har inte tystnat: någon har talat om det, eller ingen har rapporterat om området.",
        "The problem has not fallen silent: somebody spoke of it, or nobody reported on its area.";
}

/// An observation of a report, by its number there, from 0.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observation {
    pub week: Week,
    pub unit: UnitId,
    #[schema(maximum = 1000)]
    pub item: u16,
}

/// An observation with what it was of: should its report be amended, the number alone would not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ObservedProblem)]
pub struct Observed {
    #[serde(flatten)]
    pub observation: Observation,
    pub indicator: Indicator,
    #[schema(value_type = String, format = Date)]
    pub date: Date,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The problem was opened.
    Opened {
        title: Name,
        indicator: Indicator,
        area: AreaId,
        /// The week it was first reported.
        first_week: Week,
        description: Option<TextRef>,
    },
    /// What units had reported was seen to be this problem. Nothing of it is taken away.
    Corroborated { observations: Vec<Observed> },
    /// The problem was closed.
    Closed { reason: TextRef },
    /// In so many weeks on end its area was reported on, up to a week, and nobody spoke of it: it is closed by rule.
    FellSilent { until: Week, weeks: u8, reports: u32 },
    /// The problem came back.
    Reopened { reason: TextRef },
}

/// The life of a problem.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Unopened,
    Open(Opened),
    Closed(Opened),
}

/// What a problem is about.
#[derive(Clone, Debug)]
pub struct Opened {
    pub title: Name,
    pub indicator: Indicator,
    pub area: AreaId,
    pub first_week: Week,
    /// What others reported of the same.
    pub gathered: Vec<Observed>,
}

impl State {
    /// What the problem is about, be it open or closed.
    pub fn about(&self) -> Option<&Opened> {
        match self {
            Self::Unopened => None,
            Self::Open(opened) | Self::Closed(opened) => Some(opened),
        }
    }

    pub fn open(&self) -> Option<&Opened> {
        if let Self::Open(opened) = self { Some(opened) } else { None }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "problem";
    type Key = ProblemId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Problem(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Opened { title, indicator, area, first_week, .. }) => Self::Open(Opened {
                title: title.clone(),
                indicator: *indicator,
                area: *area,
                first_week: *first_week,
                gathered: Vec::new(),
            }),
            (Self::Open(mut opened), Event::Corroborated { observations }) => {
                opened.gathered.extend(observations);
                Self::Open(opened)
            }
            (Self::Open(opened), Event::Closed { .. } | Event::FellSilent { .. }) => Self::Closed(opened),
            (Self::Closed(opened), Event::Reopened { .. }) => Self::Open(opened),
            (
                state,
                Event::Corroborated { .. }
                | Event::Closed { .. }
                | Event::FellSilent { .. }
                | Event::Reopened { .. },
            ) => state,
        }
    }
}

/// Open a problem.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OpenProblem)]
pub struct Open {
    pub title: Name,
    pub indicator: Indicator,
    pub area: AreaId,
    /// The week it was first reported.
    pub first_week: Week,
    #[serde(default)]
    pub description: Option<FreeText>,
}

impl Command for Open {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProblems;

    fn decide(&self, state: State, situation: &Situation<'_, ProblemId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Open(_) | State::Closed(_) => return Err(ALREADY_OPENED),
            State::Unopened => {}
        }
        situation.facts.area(self.area).ok_or(AREA_UNKNOWN)?;
        Ok(vec![Event::Opened {
            title: self.title.clone(),
            indicator: self.indicator,
            area: self.area,
            first_week: self.first_week,
            description: self.description.as_ref().map(FreeText::reference),
        }])
    }
}

/// Say of observations that they are this problem: the same was reported by several, and is counted as new once.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CorroborateProblem)]
pub struct Corroborate {
    #[schema(min_items = 1, max_items = 100)]
    pub observations: Vec<Observation>,
}

impl Command for Corroborate {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProblems;

    fn reads(&self, _: &ProblemId) -> Vec<String> {
        let reports: BTreeSet<_> = self.observations.iter().map(|its| (its.week, its.unit)).collect();
        let stream = |(week, unit)| decision::stream::<report::State>(&report::Key { week, unit });
        reports.into_iter().map(stream).collect()
    }

    fn decide(&self, state: State, situation: &Situation<'_, ProblemId>) -> Result<Vec<Event>, Refusal> {
        let opened = match &state {
            State::Unopened => return Err(NOT_OPENED),
            State::Closed(_) => return Err(ALREADY_CLOSED),
            State::Open(opened) => opened,
        };
        let different: BTreeSet<_> = self.observations.iter().collect();
        let taken = |its: &Observation| situation.facts.gathered.contains_key(its);
        if different.len() != self.observations.len() || self.observations.iter().any(taken) {
            return Err(OBSERVATION_GATHERED);
        }
        let observed = self.observations.iter().map(|its| observed(*its, opened, situation));
        let observations = observed.collect::<Option<Vec<_>>>().ok_or(OBSERVATION_UNKNOWN)?;
        Ok(vec![Event::Corroborated { observations }])
    }
}

/// The observation as its report has it now, where it is of the problem's area and of no other problem.
fn observed(
    observation: Observation,
    opened: &Opened,
    situation: &Situation<'_, ProblemId>,
) -> Option<Observed> {
    let key = report::Key { week: observation.week, unit: observation.unit };
    let stream = decision::stream::<report::State>(&key);
    let own = situation.past.iter().filter(|happened| happened.stream == stream);
    let events = own.filter_map(|happened| report::State::own(&happened.event));
    let report::State::Given(Statement::Seen { items, .. }) =
        events.fold(report::State::default(), report::State::evolve)
    else {
        return None;
    };
    let item = items.get(usize::from(observation.item))?;
    let of_this =
        item.area == Some(opened.area) && item.problem.is_none_or(|problem| problem == *situation.key);
    of_this.then_some(Observed { observation, indicator: item.indicator, date: item.date })
}

/// Close a problem that is gone, with a reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CloseProblem)]
pub struct Close {
    pub reason: FreeText,
}

impl Command for Close {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProblems;

    fn decide(&self, state: State, _: &Situation<'_, ProblemId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Unopened => Err(NOT_OPENED),
            State::Closed(_) => Err(ALREADY_CLOSED),
            State::Open(_) => Ok(vec![Event::Closed { reason: self.reason.reference() }]),
        }
    }
}

/// Reopen a problem that has come back, with a reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReopenProblem)]
pub struct Reopen {
    pub reason: FreeText,
}

impl Command for Reopen {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProblems;

    fn decide(&self, state: State, _: &Situation<'_, ProblemId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Unopened => Err(NOT_OPENED),
            State::Open(_) => Err(NOT_CLOSED),
            State::Closed(_) => Ok(vec![Event::Reopened { reason: self.reason.reference() }]),
        }
    }
}
