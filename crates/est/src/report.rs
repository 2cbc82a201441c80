//! The weekly report of a unit: what it has seen, or that it was calm; awaited, reminded, given, amended,
//! withdrawn.

mod reminder;

use crate::cycle;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::{Event as Any, Happened};
use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId, ProblemId, UnitId};
use crate::item::{AREA_UNKNOWN, Ground, Item, PROBLEM_UNKNOWN};
use crate::method::ReminderHour;
use crate::organisation::OrganisationKind;
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
pub use reminder::Remind;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

refusals! {
    UNIT_UNKNOWN = "report.unit-unknown", Conflict,
        "Enheten finns inte eller rapporterar inte den veckan.",
        "There is no such unit, or it does not report that week.";
    ALREADY_GIVEN = "report.already-given", Conflict,
        "Enheten har redan rapporterat veckan. Ändra rapporten i stället.",
        "The unit has reported this week already. Amend the report instead.";
    NOT_GIVEN = "report.not-given", Conflict,
        "Enheten har inte rapporterat veckan.", "The unit has not reported this week.";
    NOTHING_SAID = "report.nothing-said", Conflict,
        "Rapporten säger ingenting. Har det varit lugnt? Skriv calm: true, det är lika viktigt.",
        "The report says nothing. Was it calm? Say calm: true, it is just as important.";
    CALM_EXCLUDES = "report.calm-excludes", Conflict,
        "Lugnt går inte ihop med problem i samma enhet och område.",
        "Calm and problems exclude each other for the same unit and area.";
    REMINDED_ALREADY = "report.reminded-already", Conflict,
        "Enheten är redan påmind vid det tillfället.", "The unit has been reminded at that moment already.";
    NOT_A_REMINDER = "report.not-a-reminder", Conflict,
        "Ange en av metodversionens påminnelsetimmar, eller 0.",
        "State one of the method version's reminder hours, or 0.";
}

/// A unit's week: what makes a report unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub week: Week,
    pub unit: UnitId,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.week, self.unit)
    }
}

impl Key {
    /// Reads the key of a report's stream.
    pub fn read(text: &str) -> Option<Self> {
        let (week, unit) = text.split_once('/')?;
        Some(Self { week: week.parse().ok()?, unit: unit.parse().ok()? })
    }
}

/// What a unit says of its week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Statement {
    /// It was calm in all that the unit sees (R53).
    Calm,
    /// Something was seen; other areas may have been calm.
    Seen { items: Vec<Item<TextRef>>, calm_areas: Vec<AreaId>, still_there: Vec<ProblemId> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The unit was reminded that its report is awaited.
    Reminded { organisation: OrganisationId, hour: ReminderHour },
    /// The unit reported that it was calm.
    CalmReported { organisation: OrganisationId, late: bool, fill_seconds: Option<u32> },
    /// The unit reported what it had seen.
    Submitted {
        organisation: OrganisationId,
        late: bool,
        fill_seconds: Option<u32>,
        items: Vec<Item<TextRef>>,
        calm_areas: Vec<AreaId>,
        still_there: Vec<ProblemId>,
    },
    /// The unit amended its report; `dropped` are the problems it spoke of before and speaks of no more.
    Amended { reason: TextRef, statement: Statement, dropped: Vec<ProblemId> },
    /// The unit withdrew its report, and what it said of problems; it is awaited again.
    Withdrawn { reason: TextRef, dropped: Vec<ProblemId> },
}

impl Statement {
    /// The known problems that are spoken of, as seen again or as still there.
    pub fn problems(&self) -> BTreeSet<ProblemId> {
        match self {
            Self::Calm => BTreeSet::new(),
            Self::Seen { items, still_there, .. } => {
                items.iter().filter_map(|item| item.problem).chain(still_there.iter().copied()).collect()
            }
        }
    }

    /// Whether nothing was seen and nothing is still there: calm in all that the unit sees, or in areas that it names.
    pub fn is_calm(&self) -> bool {
        match self {
            Self::Calm => true,
            Self::Seen { items, still_there, .. } => items.is_empty() && still_there.is_empty(),
        }
    }

    /// The areas that are named, of whatever was said there.
    fn areas(&self) -> BTreeSet<AreaId> {
        match self {
            Self::Calm => BTreeSet::new(),
            Self::Seen { items, calm_areas, .. } => {
                items.iter().filter_map(|item| item.area).chain(calm_areas.iter().copied()).collect()
            }
        }
    }
}

/// What each report among some events says now.
pub fn statements(past: &[Happened]) -> BTreeMap<Key, Statement> {
    let mut states: BTreeMap<Key, State> = BTreeMap::new();
    for happened in past {
        if let (Any::Report(event), Some(key)) = (&happened.event, Key::read(happened.key())) {
            let state = states.entry(key).or_default();
            *state = std::mem::take(state).evolve(event);
        }
    }
    let given =
        |(key, state)| if let State::Given(statement) = state { Some((key, statement)) } else { None };
    states.into_iter().filter_map(given).collect()
}

/// A report awaited, or given.
#[derive(Clone, Debug)]
pub enum State {
    Awaited { reminders: Vec<ReminderHour> },
    Given(Statement),
}

impl Default for State {
    fn default() -> Self {
        Self::Awaited { reminders: Vec::new() }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "report";
    type Key = Key;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Report(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (Self::Awaited { mut reminders }, Event::Reminded { hour, .. }) => {
                reminders.push(*hour);
                Self::Awaited { reminders }
            }
            (given @ Self::Given(_), Event::Reminded { .. }) => given,
            (_, Event::CalmReported { .. }) => Self::Given(Statement::Calm),
            (_, Event::Submitted { items, calm_areas, still_there, .. }) => Self::Given(Statement::Seen {
                items: items.clone(),
                calm_areas: calm_areas.clone(),
                still_there: still_there.clone(),
            }),
            (_, Event::Amended { statement, .. }) => Self::Given(statement.clone()),
            (_, Event::Withdrawn { .. }) => Self::default(),
        }
    }
}

/// A unit's whole week in one request: its items, or that it was calm. It may come late, also when the week's
/// cycle is closed: late is better than never, and the report is marked so.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WeeklyReport)]
pub struct Submit {
    pub unit: UnitId,
    /// It was calm in all that the unit sees. Excludes everything else.
    #[serde(default)]
    pub calm: bool,
    #[serde(default)]
    #[schema(max_items = 200)]
    pub items: Vec<Item<FreeText>>,
    /// Areas where it was calm while something was seen elsewhere.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub calm_areas: Vec<AreaId>,
    /// Known problems that are still there, without anything new to say of them (R52).
    #[serde(default)]
    #[schema(max_items = 100)]
    pub still_there: Vec<ProblemId>,
    /// How long the form took to fill in.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 86_400)]
    pub fill_seconds: Option<u32>,
}

impl Submit {
    /// The texts that stand in the report.
    pub fn texts(&self) -> impl Iterator<Item = &FreeText> {
        self.items.iter().filter_map(|item| item.description.as_ref())
    }

    fn statement(&self, ground: &Ground<'_>) -> Result<Statement, Refusal> {
        let silent = self.items.is_empty() && self.calm_areas.is_empty() && self.still_there.is_empty();
        match (self.calm, silent) {
            (true, true) => return Ok(Statement::Calm),
            (true, false) => return Err(CALM_EXCLUDES),
            (false, true) => return Err(NOTHING_SAID),
            (false, false) => {}
        }
        self.items.iter().try_for_each(|item| item.check(ground))?;
        if !self.still_there.iter().all(|problem| ground.knows_problem(*problem)) {
            return Err(PROBLEM_UNKNOWN);
        }
        let spoken_of = self.spoken_of(ground.facts);
        if self.calm_areas.iter().any(|area| spoken_of.contains(area)) {
            return Err(CALM_EXCLUDES);
        }
        if !self.calm_areas.iter().all(|area| ground.knows(*area)) {
            return Err(AREA_UNKNOWN);
        }
        Ok(Statement::Seen {
            items: self.items.iter().map(Item::recorded).collect(),
            calm_areas: once(&self.calm_areas),
            still_there: once(&self.still_there),
        })
    }

    /// Where something was seen or is still there: it was not calm in those areas.
    fn spoken_of(&self, facts: &Facts) -> BTreeSet<AreaId> {
        let known = self.items.iter().filter_map(|item| item.problem).chain(self.still_there.iter().copied());
        let theirs = known.filter_map(|problem| area_of(problem, facts));
        self.items.iter().filter_map(|item| item.area).chain(theirs).collect()
    }
}

/// What is named twice is said once: people repeat it on every row of a sheet.
fn once<T: Ord + Copy>(named: &[T]) -> Vec<T> {
    let mut said = BTreeSet::new();
    named.iter().copied().filter(|one| said.insert(*one)).collect()
}

fn area_of(problem: ProblemId, facts: &Facts) -> Option<AreaId> {
    Some(facts.problems.get(&problem)?.about()?.area)
}

/// What a report is measured against, with what it said before.
fn ground<'a>(facts: &'a Facts, key: &Key, before: Option<&Statement>) -> Ground<'a> {
    let organisation = facts.organisation_of(key.unit).and_then(|id| facts.organisations.get(&id)?.joined());
    let police = organisation.is_some_and(|joined| joined.kind == OrganisationKind::Police);
    Ground {
        named: before.map(Statement::areas).unwrap_or_default(),
        spoken_of: before.map(Statement::problems).unwrap_or_default(),
        ..Ground::of(facts, facts.method_of(key.week), police)
    }
}

impl Command for Submit {
    type State = State;
    const PERMISSION: Permission = Permission::SubmitReport;

    fn reach(&self, key: &Key, facts: &Facts) -> Reach {
        reach(key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        let Key { week, unit } = *situation.key;
        let facts = situation.facts;
        if self.unit != unit {
            return Err(UNIT_UNKNOWN);
        }
        let organisation = reporting(facts, week, unit)?;
        let deadline = cycle::opened(facts, week)?.deadline;
        match state {
            State::Given(_) => return Err(ALREADY_GIVEN),
            State::Awaited { .. } => {}
        }
        let (late, fill_seconds) = (situation.now > deadline, self.fill_seconds);
        Ok(vec![match self.statement(&ground(facts, situation.key, None))? {
            Statement::Calm => Event::CalmReported { organisation, late, fill_seconds },
            Statement::Seen { items, calm_areas, still_there } => {
                Event::Submitted { organisation, late, fill_seconds, items, calm_areas, still_there }
            }
        }])
    }
}

/// Amend a report: the whole week anew, with a reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AmendReport)]
pub struct Amend {
    pub reason: FreeText,
    pub report: Submit,
}

impl Command for Amend {
    type State = State;
    const PERMISSION: Permission = Permission::SubmitReport;

    fn reach(&self, key: &Key, facts: &Facts) -> Reach {
        reach(key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Awaited { .. } => Err(NOT_GIVEN),
            State::Given(_) if self.report.unit != situation.key.unit => Err(UNIT_UNKNOWN),
            State::Given(before) => {
                let ground = ground(situation.facts, situation.key, Some(&before));
                let statement = self.report.statement(&ground)?;
                let dropped = before.problems().difference(&statement.problems()).copied().collect();
                Ok(vec![Event::Amended { reason: self.reason.reference(), statement, dropped }])
            }
        }
    }
}

/// Withdraw a report, with a reason; it is awaited again.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WithdrawReport)]
pub struct Withdraw {
    pub reason: FreeText,
}

impl Command for Withdraw {
    type State = State;
    const PERMISSION: Permission = Permission::SubmitReport;

    fn reach(&self, key: &Key, facts: &Facts) -> Reach {
        reach(key, facts)
    }

    fn decide(&self, state: State, _: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Awaited { .. } => Err(NOT_GIVEN),
            State::Given(before) => {
                let dropped = before.problems().into_iter().collect();
                Ok(vec![Event::Withdrawn { reason: self.reason.reference(), dropped }])
            }
        }
    }
}

/// The organisation of a unit that reports in a week.
fn reporting(facts: &Facts, week: Week, unit: UnitId) -> Result<OrganisationId, Refusal> {
    facts.unit(unit).filter(|unit| unit.reports_in(week)).ok_or(UNIT_UNKNOWN)?;
    facts.organisation_of(unit).ok_or(UNIT_UNKNOWN)
}

/// A unit that is not there is nobody's matter but the programme's.
fn reach(key: &Key, facts: &Facts) -> Reach {
    facts
        .organisation_of(key.unit)
        .map_or(Reach::Programme, |organisation| Reach::Unit(organisation, key.unit))
}
