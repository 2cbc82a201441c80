//! The analysis of an area, each week and each period: the context, what underlies it, and what follows from that
//! (R55-R57, R71, R77). It is made of the prioritised areas; of others with a reason.

use crate::cycle;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId, ProblemId};
use crate::item::AREA_UNKNOWN;
use crate::permission::Permission;
use crate::prioritisation::{self, Rating};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

refusals! {
    ALREADY_RECORDED = "analysis.already-recorded", Conflict,
        "Området är redan analyserat. Ändra analysen i stället.",
        "The area is analysed already. Amend the analysis instead.";
    NOT_RECORDED = "analysis.not-recorded", Conflict,
        "Området är inte analyserat.", "The area is not analysed.";
    AREA_NOT_PRIORITISED = "analysis.area-not-prioritised", Conflict,
        "Området är inte prioriterat. Ange varför det ändå analyseras.",
        "The area is not prioritised. State why it is analysed all the same.";
    CAUSES_MISSING = "analysis.causes-missing", Conflict,
        "Ange minst en bakomliggande orsak, och varje orsak en gång.",
        "State at least one underlying cause, and each cause once.";
    PROBLEM_UNKNOWN = "analysis.problem-unknown", Conflict,
        "Ett problem finns inte, eller hör till ett annat område.",
        "A problem does not exist, or belongs to another area.";
    ORGANISATION_UNKNOWN = "analysis.organisation-unknown", Conflict,
        "En verksamhet finns inte i programmet.", "An organisation is not one of the programme's.";
}

/// When an area is analysed: at the weekly review, or at the meeting of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Occasion {
    Week(Week),
    /// The first week of the period that the areas are prioritised for.
    Period(Week),
}

impl Occasion {
    /// The week whose prioritised areas are meant.
    pub fn week(self) -> Week {
        match self {
            Self::Week(week) | Self::Period(week) => week,
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week(week) => write!(f, "week/{week}"),
            Self::Period(week) => write!(f, "period/{week}"),
        }
    }
}

/// An area on an occasion: there is one analysis of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AnalysisKey)]
pub struct Key {
    pub occasion: Occasion,
    pub area: AreaId,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.occasion, self.area)
    }
}

/// The text is no key of an analysis.
#[derive(Debug)]
pub struct NotAnAnalysis;

impl FromStr for Key {
    type Err = NotAnAnalysis;

    fn from_str(text: &str) -> Result<Self, NotAnAnalysis> {
        let mut parts = text.split('/');
        let (occasion, week, area) = (parts.next(), parts.next(), parts.next());
        let week = week.and_then(|week| week.parse().ok()).ok_or(NotAnAnalysis)?;
        let occasion = match occasion {
            Some("week") => Occasion::Week(week),
            Some("period") => Occasion::Period(week),
            _ => return Err(NotAnAnalysis),
        };
        let area = area.and_then(|area| area.parse().ok()).ok_or(NotAnAnalysis)?;
        Ok(Self { occasion, area })
    }
}

/// What underlies a problem; the words that an intervention is aimed at (R57).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Nobody is there who would see and act.
    AbsentGuardian,
    /// One does not see what happens, or is not seen.
    PoorSightlines,
    PoorLighting,
    /// Broken, dirty, overgrown.
    NeglectedMaintenance,
    /// Something draws people there.
    Attractor,
    EasyAccess,
    /// Something is easy to take or to break.
    EasyTarget,
    /// Nobody knows whose the place is.
    UnclearOwnership,
    AlcoholOrDrugs,
    Conflict,
    LackOfActivities,
    Traffic,
    Other,
}

/// What is said of an area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Analysis)]
pub struct Statement<T> {
    /// Where, when and how: patterns, and places that are reported time and again (R56).
    pub context: T,
    /// What makes people uneasy here (R57).
    pub unease: T,
    /// What makes it possible (R57).
    pub conditions: T,
    #[schema(min_items = 1, max_items = 13)]
    pub causes: Vec<Cause>,
    pub need: Rating,
    pub influenceability: Rating,
    /// Where resources would have the best effect (R71).
    pub best_effect: T,
    /// What the next week or period may bring (R71).
    pub forecast: T,
    /// Whom to inform.
    #[serde(default = "Vec::new")]
    #[schema(max_items = 50)]
    pub inform: Vec<OrganisationId>,
    /// Whom to involve.
    #[serde(default = "Vec::new")]
    #[schema(max_items = 50)]
    pub involve: Vec<OrganisationId>,
    /// What needs more coordination; left out where nothing does.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub coordination_need: Option<T>,
    /// The problems that were looked at.
    #[serde(default = "Vec::new")]
    #[schema(max_items = 100)]
    pub problems: Vec<ProblemId>,
    /// Why an area that is not prioritised is analysed.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub outside_reason: Option<T>,
}

impl Statement<FreeText> {
    fn recorded(&self) -> Statement<TextRef> {
        let optional = |text: &Option<FreeText>| text.as_ref().map(FreeText::reference);
        Statement {
            context: self.context.reference(),
            unease: self.unease.reference(),
            conditions: self.conditions.reference(),
            causes: self.causes.clone(),
            need: self.need,
            influenceability: self.influenceability,
            best_effect: self.best_effect.reference(),
            forecast: self.forecast.reference(),
            inform: self.inform.clone(),
            involve: self.involve.clone(),
            coordination_need: optional(&self.coordination_need),
            problems: self.problems.clone(),
            outside_reason: optional(&self.outside_reason),
        }
    }

    fn check(&self, key: &Key, facts: &Facts) -> Result<(), Refusal> {
        facts.area(key.area).ok_or(AREA_UNKNOWN)?;
        let prioritised = prioritisation::prioritised(facts, key.occasion.week()).unwrap_or_default();
        if !prioritised.contains(&key.area) && self.outside_reason.is_none() {
            return Err(AREA_NOT_PRIORITISED);
        }
        let different: BTreeSet<_> = self.causes.iter().collect();
        if self.causes.is_empty() || different.len() != self.causes.len() {
            return Err(CAUSES_MISSING);
        }
        let here = |problem: &ProblemId| {
            facts.problems.get(problem).and_then(|its| its.about()).is_some_and(|its| its.area == key.area)
        };
        if !self.problems.iter().all(here) {
            return Err(PROBLEM_UNKNOWN);
        }
        let known = |organisation| facts.organisations.contains_key(organisation);
        self.inform.iter().chain(&self.involve).all(known).then_some(()).ok_or(ORGANISATION_UNKNOWN)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The area was analysed.
    Recorded { statement: Box<Statement<TextRef>> },
    /// The analysis was amended.
    Amended { statement: Box<Statement<TextRef>>, reason: TextRef },
}

/// What interventions are aimed at, and the picture's block begins with.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Awaited,
    Recorded(Arc<Statement<TextRef>>),
}

impl Aggregate for State {
    const KIND: &'static str = "analysis";
    type Key = Key;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Analysis(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Recorded { statement } | Event::Amended { statement, .. } => {
                Self::Recorded(Arc::new(statement.as_ref().clone()))
            }
        }
    }
}

/// Record the analysis of an area.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = RecordAnalysis)]
pub struct Record(pub Statement<FreeText>);

impl Command for Record {
    type State = State;
    const PERMISSION: Permission = Permission::RecordAnalysis;

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Recorded(_) => return Err(ALREADY_RECORDED),
            State::Awaited => {}
        }
        if let Occasion::Week(week) = situation.key.occasion {
            cycle::opened(situation.facts, week)?;
        }
        self.0.check(situation.key, situation.facts)?;
        Ok(vec![Event::Recorded { statement: Box::new(self.0.recorded()) }])
    }
}

/// Amend an analysis, with a reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AmendAnalysis)]
pub struct Amend {
    pub statement: Statement<FreeText>,
    pub reason: FreeText,
}

impl Command for Amend {
    type State = State;
    const PERMISSION: Permission = Permission::RecordAnalysis;

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Awaited => return Err(NOT_RECORDED),
            State::Recorded(_) => {}
        }
        self.statement.check(situation.key, situation.facts)?;
        let (statement, reason) = (Box::new(self.statement.recorded()), self.reason.reference());
        Ok(vec![Event::Amended { statement, reason }])
    }
}
