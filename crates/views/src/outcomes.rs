//! What a unit's reports led to: its problems, what was done about them, and how it went (R119, R122).

use crate::interventions::{Intervention, InterventionStatus, Wanted, What};
use crate::problems::{Problem, ProblemStatus};
use crate::reading::Reader;
use est::indicator::Indicator;
use est::intervention::Afterwards;
use est::{AreaId, Facts, Grant, InterventionId, Name, ProblemId, UnitId, Week};
use event_log::Fault;
use jiff::civil::Date;
use serde::Serialize;

/// A problem that a unit has reported, and what came of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportOutcome)]
pub struct Outcome {
    pub problem: ProblemId,
    pub title: Name,
    pub indicator: Indicator,
    pub area: AreaId,
    pub status: ProblemStatus,
    /// The weeks in which the unit spoke of it.
    #[schema(max_items = 1000)]
    pub reported_in: Vec<Week>,
    /// Other units that spoke of it too.
    pub others: u32,
    /// Whether its area is prioritised this week.
    pub prioritised: bool,
    /// Analyses that looked at it.
    #[schema(max_items = 1000)]
    pub analysed_in: Vec<Week>,
    #[schema(max_items = 1000)]
    pub interventions: Vec<OutcomeIntervention>,
}

/// What was done about a problem.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeIntervention {
    pub id: InterventionId,
    pub title: Name,
    pub status: InterventionStatus,
    /// What the problem looked like at the last follow-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afterwards: Option<Afterwards>,
}

impl Reader {
    /// What a unit's reports led to, the latest spoken of first; nothing of units that are not the grant's.
    pub async fn outcomes(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        unit: UnitId,
        embargoed: Option<&Grant>,
    ) -> Result<Option<Vec<Outcome>>, Fault> {
        let own = facts.organisation_of(unit).filter(|organisation| grant.covers_unit(*organisation, unit));
        if own.is_none() {
            return Ok(None);
        }
        let wanted = Wanted { embargoed, ..Wanted::default() };
        let interventions = self.interventions(grant, (facts, today), wanted).await?;
        let prioritised = est::prioritisation::prioritised(facts, Week::of(today)).unwrap_or_default();
        let analyses = self.all_analyses(grant).await?;
        let spoken = self.problems_of(grant, unit).await?;
        let outcome = |(problem, reported_in, others): (Problem, Vec<Week>, u32)| Outcome {
            analysed_in: analyses
                .iter()
                .filter(|analysis| analysis.statement.problems.contains(&problem.id))
                .map(|analysis| analysis.key.occasion.week())
                .collect(),
            interventions: interventions
                .iter()
                .filter(|its| its.plan.problems.contains(&problem.id))
                .map(done)
                .collect(),
            prioritised: prioritised.contains(&problem.area),
            problem: problem.id,
            title: problem.title,
            indicator: problem.indicator,
            area: problem.area,
            status: problem.status,
            reported_in,
            others,
        };
        let mut outcomes: Vec<Outcome> = spoken.into_iter().map(outcome).collect();
        outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.reported_in.last().copied()));
        Ok(Some(outcomes))
    }
}

fn done(its: &Intervention) -> OutcomeIntervention {
    let afterwards = its.life.iter().rev().find_map(|event| {
        if let What::FollowedUp { answers, .. } = &event.what { Some(answers.afterwards) } else { None }
    });
    OutcomeIntervention { id: its.id, title: its.plan.title.clone(), status: its.status, afterwards }
}
