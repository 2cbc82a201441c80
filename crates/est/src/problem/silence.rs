//! When a problem has fallen silent: its area is reported on, week after week, and nobody speaks of it. Without reports
//! nothing is known, and it stays open.

use super::{ALREADY_CLOSED, Event, NOT_OPENED, NOT_SILENT, Opened, State};
use crate::cycle;
use crate::decision::{Command, Decided, Situation};
use crate::event::{Event as Any, Happened};
use crate::facts::Facts;
use crate::identity::{ProblemId, UnitId};
use crate::permission::Permission;
use crate::report::{self, Statement};
use crate::week::Week;
use std::collections::BTreeMap;

/// The opened weeks up to one that a problem must have been silent in, latest first; none while there are too few.
pub fn weeks_of_silence(facts: &Facts, until: Week) -> Option<Vec<Week>> {
    let wanted = usize::from(facts.method().silent_weeks);
    let opened = facts.cycles.range(..=until).rev().filter(|(week, _)| cycle::opened(facts, **week).is_ok());
    let weeks: Vec<Week> = opened.map(|(week, _)| *week).take(wanted).collect();
    (weeks.len() == wanted).then_some(weeks)
}

/// Close a problem that has fallen silent in some weeks: in each of them units that answer for its area reported, and
/// nobody spoke of it or saw anything of its kind there.
#[derive(Clone, Debug)]
pub struct CloseSilent {
    /// Those of `weeks_of_silence`.
    pub weeks: Vec<Week>,
}

impl Command for CloseSilent {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProblems;

    fn reads(&self, _: &ProblemId) -> Vec<String> {
        self.weeks.iter().map(|week| format!("report/{week}/")).collect()
    }

    fn decide(&self, state: State, situation: &Situation<'_, ProblemId>) -> Decided<State> {
        let opened = match &state {
            State::Unopened => return Err(NOT_OPENED),
            State::Closed(_) => return Err(ALREADY_CLOSED),
            State::Open(opened) => opened,
        };
        let facts = situation.facts;
        let until =
            self.weeks.first().copied().filter(|until| opened.first_week <= *until).ok_or(NOT_SILENT)?;
        let weeks = weeks_of_silence(facts, until).filter(|weeks| *weeks == self.weeks).ok_or(NOT_SILENT)?;
        let known = opened.gathered.iter().map(|its| its.observation.week).chain(reopened(situation)).max();
        // Who opened or reopened it spoke of it too: its silence begins afterwards.
        if known.max(Some(opened.first_week)) >= weeks.last().copied() {
            return Err(NOT_SILENT);
        }
        let statements = report::statements(situation.past);
        let mut reports = 0;
        for week in &weeks {
            let given = given(*week, &statements);
            if given.values().any(|said| speaks(said, *situation.key, opened)) {
                return Err(NOT_SILENT);
            }
            let answering = facts
                .expected(*week)
                .filter(|(_, unit, its)| its.areas.contains(&opened.area) && given.contains_key(unit));
            let answered = u32::try_from(answering.count()).unwrap_or(u32::MAX);
            if answered == 0 {
                return Err(NOT_SILENT);
            }
            reports += answered;
        }
        Ok(vec![Event::FellSilent { until, weeks: facts.method().silent_weeks, reports }])
    }
}

/// The weeks that it was reopened in.
fn reopened(situation: &Situation<'_, ProblemId>) -> impl Iterator<Item = Week> {
    let zone = situation.facts.method().zone();
    let reopened = |happened: &&Happened| matches!(&happened.event, Any::Problem(Event::Reopened { .. }));
    let events = situation.past.iter().filter(reopened);
    events.map(move |happened| Week::of(happened.recorded_at.to_zoned(zone.clone()).date()))
}

fn given(week: Week, statements: &BTreeMap<report::Key, Statement>) -> BTreeMap<UnitId, &Statement> {
    let of_week = statements.iter().filter(|(key, _)| key.week == week);
    of_week.map(|(key, statement)| (key.unit, statement)).collect()
}

/// Whether it is of the problem, or of the same kind in the same area: that may be it.
fn speaks(said: &Statement, problem: ProblemId, opened: &Opened) -> bool {
    let alike = match said {
        Statement::Calm => false,
        Statement::Seen { items, .. } => {
            items.iter().any(|item| item.area == Some(opened.area) && item.indicator == opened.indicator)
        }
    };
    alike || said.problems().contains(&problem)
}
