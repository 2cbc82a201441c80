//! The outcome timeline of an intervention, made from the reports when it is asked for.

use crate::interventions::{Intervention, LifeEvent, What};
use crate::reading::Reader;
use crate::weeks::{AreaWeek, by_area};
use est::event::Happened;
use est::indicator::Indicator;
use est::intervention::{Disposition, EvidenceLevel};
use est::timeline::{Counts, Mark, Milestone, Role, Series, Timeline, TimelineWeek, beside, weeks};
use est::{AreaId, Facts, Grant, Week};
use event_log::Fault;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl Reader {
    /// The timeline of an intervention, with so many weeks before and after; `until` looks back at what had happened.
    pub async fn timeline<Until: Fn(&Happened) -> bool>(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        (intervention, around): (&Intervention, (u8, u8)),
        until: Option<Until>,
    ) -> Result<Timeline, Fault> {
        let (weeks, indicators) = (span(intervention, facts, today, around), indicators(intervention, facts));
        let range = weeks.first().zip(weeks.last()).map(|(first, last)| first.week..last.week.plus(1));
        let reported = match (range, until) {
            (None, _) => BTreeMap::new(),
            (Some(range), None) => self.contributions(grant, range).await?,
            (Some(range), Some(until)) => self.contributions_until(grant, range, until).await?,
        };
        let areas = reported.iter().map(|(week, row)| {
            by_area(facts, *week, row).into_iter().filter_map(|its| Some((its.area?, its))).collect()
        });
        let areas: Vec<BTreeMap<AreaId, AreaWeek>> = areas.collect();
        let own = intervention.plan.area;
        let mut roles = vec![(own, Role::Own)];
        roles.extend(beside(facts, own, &weeks, &indicators));
        let series = roles.into_iter().filter_map(|(area, role)| {
            let counts = areas.iter().map(|week| counted(week.get(&area), &indicators)).collect();
            Some(Series { area, name: facts.areas.get(&area)?.drawn()?.name.clone(), role, counts })
        });
        let mut series: Vec<Series> = series.collect();
        series.sort_by(|one, other| (one.role, &one.name).cmp(&(other.role, &other.name)));
        let mark = |event: &LifeEvent| Mark { week: week_of(event, facts), what: mark(&event.what) };
        Ok(Timeline {
            intervention: intervention.id,
            title: intervention.plan.title.clone(),
            series,
            marks: intervention.life.iter().map(mark).collect(),
            indicators,
            weeks,
            evidence_level: EvidenceLevel::Description,
        })
    }
}

fn week_of(event: &LifeEvent, facts: &Facts) -> Week {
    Week::of(event.at.to_zoned(facts.method().zone()).date())
}

/// The weeks of the timeline, by when the intervention began and ended.
fn span(intervention: &Intervention, facts: &Facts, today: Date, around: (u8, u8)) -> Vec<TimelineWeek> {
    let at = |wanted: fn(&What) -> bool| {
        let event = intervention.life.iter().find(|event| wanted(&event.what));
        event.map(|event| week_of(event, facts))
    };
    let began = at(|what| matches!(what, What::Started { .. }));
    let ended = at(|what| {
        let What::DispositionDecided { disposition, .. } = what else { return false };
        matches!(disposition, Disposition::End | Disposition::Replace(_))
    });
    weeks(began, ended, Week::of(today), around)
}

fn indicators(intervention: &Intervention, facts: &Facts) -> Vec<Indicator> {
    let expected = intervention.terms.iter().flat_map(|terms| &terms.expectations).map(|its| its.indicator);
    let problems =
        intervention.plan.problems.iter().filter_map(|problem| facts.problems.get(problem)?.about());
    let expected: BTreeSet<Indicator> = expected.collect();
    let of_problems = || problems.map(|problem| problem.indicator).collect::<BTreeSet<_>>();
    let all = if expected.is_empty() { of_problems() } else { expected };
    all.into_iter().collect()
}

fn counted(week: Option<&AreaWeek>, indicators: &[Indicator]) -> Counts {
    let Some(week) = week else { return Counts::default() };
    let totals = indicators.iter().filter_map(|indicator| week.by_indicator.get(indicator));
    let (new, known) = totals.fold((0, 0), |(new, known), totals| (new + totals.new, known + totals.known));
    Counts { new, known, expected: week.expected, reported: week.reported }
}

fn mark(what: &What) -> Milestone {
    match what {
        What::Proposed => Milestone::Proposed,
        What::Decided => Milestone::Decided,
        What::Declined { .. } => Milestone::Declined,
        What::AnchoringSettled { .. } => Milestone::AnchoringSettled,
        What::Started { .. } => Milestone::Started,
        What::ReportedBack { .. } => Milestone::ReportedBack,
        What::FollowedUp { .. } => Milestone::FollowedUp,
        What::DispositionDecided { disposition, .. } => match disposition {
            Disposition::Continue => Milestone::Continued,
            Disposition::Expand => Milestone::Expanded,
            Disposition::Replace(_) => Milestone::Replaced,
            Disposition::End => Milestone::Ended,
        },
    }
}
