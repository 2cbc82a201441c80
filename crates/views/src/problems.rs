//! The problems that persist: how many weeks on end they have been spoken of, and when they fell silent (R52).

use crate::follow::View;
use crate::reading::Reader;
use est::event::Happened;
use est::indicator::Indicator;
use est::problem::{Event, Observed};
use est::report::{self, Key};
use est::{AreaId, Event as Any, Grant, Name, ProblemId, TextRef, UnitId, Week};
use event_log::Fault;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a problem is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemStatus {
    #[default]
    Open,
    Closed,
}

/// What is kept of a problem.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    about: Option<About>,
    status: ProblemStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<TextRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    silent: Option<Silence>,
    /// What others reported of the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gathered: Vec<Observed>,
    /// The units that spoke of it, by week.
    spoken_of: BTreeMap<Week, BTreeSet<UnitId>>,
    version: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    title: Name,
    indicator: Indicator,
    area: AreaId,
    first_week: Week,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<TextRef>,
}

/// Weeks in which its area was reported on and nobody spoke of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemSilence)]
pub struct Silence {
    /// The last of the weeks.
    pub until: Week,
    pub weeks: u8,
    /// Reports of its area that came in those weeks.
    pub reports: u32,
}

/// The view's table.
pub(crate) struct Problems;

impl View for Problems {
    const KIND: &'static str = "problem";
    const TABLE: &'static str = "problem_view";
    type Row = Row;

    fn keys(happened: &Happened) -> Vec<String> {
        if let Any::Report(event) = &happened.event {
            return spoken(event).keys().map(ToString::to_string).collect();
        }
        let own = (happened.event.kind() == Self::KIND).then(|| happened.key().to_owned());
        own.into_iter().collect()
    }

    fn apply(row: &mut Row, key: &str, happened: &Happened) {
        if let Any::Problem(event) = &happened.event {
            follow_problem(row, event, happened.version);
        }
        if let (Any::Report(event), Some(report)) = (&happened.event, Key::read(happened.key())) {
            follow_report(row, key, event, report);
        }
    }
}

fn follow_report(row: &mut Row, key: &str, event: &report::Event, report: Key) {
    let named = spoken(event).into_iter().find(|(problem, _)| problem.to_string() == key);
    let units = row.spoken_of.entry(report.week).or_default();
    match named {
        Some((_, true)) => units.insert(report.unit),
        Some((_, false)) | None => units.remove(&report.unit),
    };
    row.spoken_of.retain(|_, units| !units.is_empty());
}

fn follow_problem(row: &mut Row, event: &Event, version: i32) {
    row.version = version;
    match event {
        Event::Opened { title, indicator, area, first_week, description } => {
            row.about = Some(About {
                title: title.clone(),
                indicator: *indicator,
                area: *area,
                first_week: *first_week,
                description: description.clone(),
            });
        }
        Event::Corroborated { observations } => {
            for Observed { observation, .. } in observations {
                row.spoken_of.entry(observation.week).or_default().insert(observation.unit);
            }
            row.gathered.extend(observations);
        }
        Event::Closed { reason } => {
            row.status = ProblemStatus::Closed;
            row.closed = Some(reason.clone());
        }
        Event::FellSilent { until, weeks, reports } => {
            row.status = ProblemStatus::Closed;
            row.silent = Some(Silence { until: *until, weeks: *weeks, reports: *reports });
        }
        Event::Reopened { .. } => {
            row.status = ProblemStatus::Open;
            (row.closed, row.silent) = (None, None);
        }
    }
}

/// The problems that a report's event speaks of, or speaks of no more.
fn spoken(event: &report::Event) -> BTreeMap<ProblemId, bool> {
    let statement = match event {
        report::Event::Reminded { .. } | report::Event::CalmReported { .. } => return BTreeMap::new(),
        report::Event::Submitted { items, still_there, .. } => {
            let seen = items.iter().filter_map(|item| item.problem);
            return seen.chain(still_there.iter().copied()).map(|problem| (problem, true)).collect();
        }
        report::Event::Withdrawn { dropped, .. } => {
            return dropped.iter().map(|problem| (*problem, false)).collect();
        }
        report::Event::Amended { statement, .. } => statement,
    };
    let report::Event::Amended { dropped, .. } = event else { return BTreeMap::new() };
    let named = statement.problems().into_iter().map(|problem| (problem, true));
    named.chain(dropped.iter().map(|problem| (*problem, false))).collect()
}

/// A problem, with its streak.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    pub id: ProblemId,
    pub title: Name,
    pub indicator: Indicator,
    pub area: AreaId,
    pub status: ProblemStatus,
    pub first_week: Week,
    /// The last week that somebody spoke of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_spoken_of: Option<Week>,
    /// Weeks on end, back from the last, that somebody spoke of it.
    pub streak_weeks: u32,
    /// Different units that have ever spoken of it.
    pub units: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<TextRef>,
    /// Observations that were seen to be this problem.
    #[schema(max_items = 10_000)]
    pub gathered: Vec<Observed>,
    /// Why somebody closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<TextRef>,
    /// By what silence the rule closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent: Option<Silence>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

fn problem(key: &str, row: Row) -> Option<Problem> {
    let about = row.about?;
    let last = row.spoken_of.keys().next_back().copied();
    let on_end =
        |week: Week| (0..i32::MAX).take_while(|back| row.spoken_of.contains_key(&week.plus(-back))).count();
    let units: BTreeSet<_> = row.spoken_of.values().flatten().collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Problem {
        id: key.parse().ok()?,
        title: about.title,
        indicator: about.indicator,
        area: about.area,
        status: row.status,
        first_week: about.first_week,
        last_spoken_of: last,
        streak_weeks: count(last.map_or(0, on_end)),
        units: count(units.len()),
        description: about.description,
        gathered: row.gathered,
        closed: row.closed,
        silent: row.silent,
        version: row.version,
    })
}

impl Reader {
    pub async fn problem(&self, grant: &Grant, id: ProblemId) -> Result<Option<Problem>, Fault> {
        let key = id.to_string();
        Ok(self.one::<Problems>(grant, &key).await?.and_then(|row| problem(&key, row)))
    }

    /// The problems that a unit has spoken of, with the weeks in which it did, and how many other units have.
    pub(crate) async fn problems_of(
        &self,
        grant: &Grant,
        unit: UnitId,
    ) -> Result<Vec<(Problem, Vec<Week>, u32)>, Fault> {
        let rows = self.many::<Problems>(grant, "".."~").await?;
        let spoken = rows.into_iter().filter_map(|(key, row)| {
            let weeks =
                row.spoken_of.iter().filter(|(_, units)| units.contains(&unit)).map(|(week, _)| *week);
            let weeks: Vec<Week> = weeks.collect();
            let problem = problem(&key, row).filter(|_| !weeks.is_empty())?;
            let others = problem.units.saturating_sub(1);
            Some((problem, weeks, others))
        });
        Ok(spoken.collect())
    }

    /// The problems, with in how many weeks from one on somebody spoke of them.
    pub(crate) async fn problems_since(
        &self,
        grant: &Grant,
        since: Week,
    ) -> Result<Vec<(Problem, u32)>, Fault> {
        let rows = self.many::<Problems>(grant, "".."~").await?;
        let spoken = rows.into_iter().filter_map(|(key, row)| {
            let weeks = u32::try_from(row.spoken_of.range(since..).count()).unwrap_or(u32::MAX);
            Some((problem(&key, row)?, weeks))
        });
        Ok(spoken.collect())
    }

    /// All problems, the open ones first, the longest streak first.
    pub async fn problems(&self, grant: &Grant) -> Result<Vec<Problem>, Fault> {
        let rows = self.many::<Problems>(grant, "".."~").await?;
        let mut problems: Vec<Problem> =
            rows.into_iter().filter_map(|(key, row)| problem(&key, row)).collect();
        problems.sort_by_key(|problem| {
            (
                problem.status != ProblemStatus::Open,
                std::cmp::Reverse(problem.streak_weeks),
                problem.first_week,
                problem.id,
            )
        });
        Ok(problems)
    }
}
