//! A problem that persists: opened from what was reported, kept alive by "still there", closed when it is
//! gone (R52).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::identity::{AreaId, ProblemId};
use crate::indicator::Indicator;
use crate::item::AREA_UNKNOWN;
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, Name, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_OPENED = "problem.already-opened", Conflict,
        "Problemet är redan öppnat.", "The problem has been opened already.";
    NOT_OPENED = "problem.not-opened", Unknown,
        "Problemet finns inte.", "There is no such problem.";
    ALREADY_CLOSED = "problem.already-closed", Conflict,
        "Problemet är redan avslutat.", "The problem is closed already.";
    NOT_CLOSED = "problem.not-closed", Conflict,
        "Problemet är inte avslutat.", "The problem is not closed.";
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
    /// The problem was closed.
    Closed { reason: TextRef },
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
            }),
            (Self::Open(opened), Event::Closed { .. }) => Self::Closed(opened),
            (Self::Closed(opened), Event::Reopened { .. }) => Self::Open(opened),
            (state, Event::Closed { .. } | Event::Reopened { .. }) => state,
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
