//! The outcome timeline of an intervention, made from the reports when it is asked for: one query, however long.

use crate::interventions::{Intervention, Interventions, LifeEvent, What};
use crate::reading::Reader;
use crate::reports::Status;
use crate::weeks::{AreaWeek, Contributions, by_area, contribution};
use est::event::Happened;
use est::indicator::Indicator;
use est::intervention::{Disposition, EvidenceLevel};
use est::timeline::{Counts, Mark, Milestone, Role, Series, Timeline, beside, weeks};
use est::{AreaId, Facts, Grant, Week};
use event_log::Fault;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl Reader {
    /// The timeline of an intervention, with so many weeks before and after, of the reports that had come.
    pub async fn timeline(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        (intervention, around): (&Intervention, (u8, u8)),
        until: impl Fn(&Happened) -> bool,
    ) -> Result<Timeline, Fault> {
        let zone = facts.method().zone();
        let week_of = |event: &LifeEvent| Week::of(event.at.to_zoned(zone.clone()).date());
        let life = &intervention.life;
        let began = life.iter().find(|event| matches!(event.what, What::Started { .. })).map(week_of);
        let over = |event: &&LifeEvent| {
            matches!(
                event.what,
                What::DispositionDecided { disposition: Disposition::End | Disposition::Replace { .. }, .. }
            )
        };
        let weeks = weeks(began, life.iter().find(over).map(week_of), Week::of(today), around);
        let indicators = indicators(intervention, facts);
        let (first, last) = (weeks.first(), weeks.last());
        let range = first.zip(last).map(|(first, last)| first.week..last.week.plus(1));
        let mut reported: BTreeMap<Week, Contributions> = BTreeMap::new();
        let reports = match &range {
            Some(range) => self.reports_until(grant, range.clone(), until).await?,
            None => Vec::new(),
        };
        for report in reports.into_iter().filter(|report| report.status != Status::Missing) {
            let units = &mut reported.entry(report.week).or_default().units;
            units.insert(report.unit, contribution(report, facts));
        }
        let nothing = Contributions::default();
        let areas = weeks.iter().map(|week| {
            let row = reported.get(&week.week).unwrap_or(&nothing);
            by_area(facts, week.week, row).into_iter().filter_map(|its| Some((its.area?, its))).collect()
        });
        let areas: Vec<BTreeMap<AreaId, AreaWeek>> = areas.collect();
        let own = intervention.plan.area;
        let treated = self.treated(grant, intervention, &indicators).await?;
        let mut roles = vec![(own, Role::Own)];
        roles.extend(beside(facts, own, &treated));
        let series = roles.into_iter().filter_map(|(area, role)| {
            let counts = areas.iter().map(|week| counted(week.get(&area), &indicators)).collect();
            Some(Series { area, name: facts.areas.get(&area)?.drawn()?.name.clone(), role, counts })
        });
        let mut series: Vec<Series> = series.collect();
        series.sort_by(|one, other| (one.role, &one.name).cmp(&(other.role, &other.name)));
        Ok(Timeline {
            intervention: intervention.id,
            title: intervention.plan.title.clone(),
            series,
            marks: life.iter().map(|event| Mark { week: week_of(event), what: mark(&event.what) }).collect(),
            indicators,
            weeks,
            evidence_level: EvidenceLevel::Description,
        })
    }

    /// The other areas where something was begun against the same indicators: they are nothing to compare with.
    async fn treated(
        &self,
        grant: &Grant,
        intervention: &Intervention,
        indicators: &[Indicator],
    ) -> Result<Vec<AreaId>, Fault> {
        let rows = self.many::<Interventions>(grant, "".."~").await?;
        let others = rows.into_iter().filter_map(|(_, row)| row).filter(|row| {
            let expected = row.terms.iter().flat_map(|terms| &terms.expectations);
            let alike = expected.map(|its| its.indicator).any(|its| indicators.contains(&its));
            row.started().is_some() && alike && row.plan.area != intervention.plan.area
        });
        Ok(others.map(|row| row.plan.area).collect())
    }
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
            Disposition::Replace { .. } => Milestone::Replaced,
            Disposition::End => Milestone::Ended,
        },
    }
}
