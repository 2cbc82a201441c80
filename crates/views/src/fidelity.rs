//! Whether the method was followed (R26): which of its steps were taken, week by week and period by period. Who does
//! not follow it cannot expect what it gives.

use crate::digests::Asking;
use crate::interventions::{Intervention, Wanted};
use crate::reading::Reader;
use crate::weeks::{Turnout, turnout};
use est::analysis::{Key, Occasion, State};
use est::cycle::Phase;
use est::{AreaId, Facts, Week, cycle, prioritisation};
use event_log::Fault;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// The steps of some weeks, and of the periods that they lie in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MethodFidelity)]
pub struct Fidelity {
    /// The weeks of the programme's cadence.
    #[schema(max_items = 520)]
    pub weeks: Vec<WeekSteps>,
    #[schema(max_items = 60)]
    pub periods: Vec<PeriodSteps>,
}

/// The steps of a week.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeekSteps {
    pub week: Week,
    /// How far the cycle came; absent where it was skipped or never opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    pub reporting: Turnout,
    /// The prioritised areas, and those of them that were analysed.
    pub analysed: Taken,
    /// Whether a picture was adopted.
    pub pictured: bool,
}

/// The steps of a period.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodSteps {
    pub first_week: Week,
    pub last_week: Week,
    /// Whether the steering group had decided before the period began.
    pub decided_beforehand: bool,
    /// The chosen areas, and those of them that were analysed for the period.
    pub analysed: Taken,
    /// Interventions that lived in the period, and those of them in its chosen areas (R62).
    pub in_prioritised: Taken,
    /// Interventions that were under way in it, and those of them whose disposition was decided in it (R24).
    pub disposed: Taken,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StepsTaken)]
pub struct Taken {
    pub taken: u32,
    pub of: u32,
}

impl Taken {
    fn count<T>(all: impl IntoIterator<Item = T>, taken: impl Fn(&T) -> bool) -> Self {
        all.into_iter().fold(Self::default(), |sum, its| Self {
            taken: sum.taken + u32::from(taken(&its)),
            of: sum.of + 1,
        })
    }
}

impl Reader {
    /// Which steps were taken in some weeks.
    pub async fn fidelity(&self, asking: Asking<'_>, weeks: Range<Week>) -> Result<Fidelity, Fault> {
        let Asking { grant, facts, today, embargoed } = asking;
        let span = (weeks.start, weeks.end.plus(-1));
        let adopted: BTreeSet<Week> =
            self.adopted_between(grant, span).await?.into_iter().map(|(week, _)| week).collect();
        let reported = self.contributions(grant, weeks).await?;
        let due =
            reported.iter().filter(|(week, _)| facts.on_cadence(**week) || facts.cycles.contains_key(week));
        let weeks = due.map(|(week, row)| WeekSteps {
            week: *week,
            phase: cycle::opened(facts, *week).ok().map(|running| running.phase),
            reporting: turnout(facts, *week, row),
            analysed: Taken::count(prioritisation::prioritised(facts, *week).unwrap_or_default(), |area| {
                analysed(facts, Occasion::Week(*week), *area)
            }),
            pictured: adopted.contains(week),
        });
        let weeks = weeks.collect();
        let wanted = Wanted { embargoed, ..Wanted::default() };
        let interventions = self.interventions(grant, (facts, today), wanted).await?;
        let mut prioritisations = self.prioritisations(grant).await?;
        prioritisations.retain(|its| its.first_week <= span.1 && its.last_week >= span.0);
        let period = |its: crate::priorities::Prioritisation| {
            let begins = its.first_week.moment(1, jiff::civil::Time::midnight(), &facts.method().zone());
            let chosen: BTreeSet<AreaId> = its.chosen.iter().map(|weighed| weighed.area).collect();
            let period = (its.first_week, its.last_week);
            let lived = || interventions.iter().filter(|its| its.lived_in(facts, period));
            PeriodSteps {
                first_week: its.first_week,
                last_week: its.last_week,
                decided_beforehand: its.decision.is_some_and(|decision| decision.decided_at <= begins),
                analysed: Taken::count(&chosen, |area| analysed(facts, Occasion::Period(period.0), **area)),
                in_prioritised: Taken::count(lived(), |its| chosen.contains(&its.plan.area)),
                disposed: Taken::count(lived().filter(|its| under_way(facts, its, period)), |its| {
                    its.disposed_in(period)
                }),
            }
        };
        Ok(Fidelity { weeks, periods: prioritisations.into_iter().map(period).collect() })
    }
}

fn analysed(facts: &Facts, occasion: Occasion, area: AreaId) -> bool {
    facts.analyses.get(&Key { occasion, area }).is_some_and(|state| matches!(state, State::Recorded(_)))
}

fn under_way(facts: &Facts, its: &Intervention, (first, last): (Week, Week)) -> bool {
    facts.interventions.get(&its.id).is_some_and(|state| state.at_work(first, last))
}
