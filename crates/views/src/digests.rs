//! A period's or a year's digest: what was prioritised, pictured and done, how it looks now, what rises or stands out,
//! and all areas ranked, with the reporting behind each figure (R75-R77, R80, R102).

use crate::area_alerts::{AreaAlert, WEEKS_BEFORE};
use crate::interventions::{Intervention, InterventionStatus, Wanted, What};
use crate::priorities::Prioritisation;
use crate::reading::Reader;
use crate::trends::Trend;
use crate::weeks::{AreaSum, Totals, summed};
use effects::Language;
use est::accumulation::{self, Signal};
use est::intervention::{Answers, Disposition, EvidenceLevel, Fidelity};
use est::{AreaId, Facts, Grant, InterventionId, Name, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Some weeks gone through: the ground for choosing the next period's areas, and for the yearly look back.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    pub first_week: Week,
    /// The last week, or the present one while it has not come.
    pub last_week: Week,
    /// Those of the weeks, latest first.
    #[schema(max_items = 60)]
    pub prioritisations: Vec<Prioritisation>,
    /// The weeks whose picture was adopted, and those that have none.
    #[schema(max_items = 60)]
    pub pictures: Vec<WeekPictured>,
    /// What was planned or done in the weeks, by area.
    #[schema(max_items = 1000)]
    pub interventions: Vec<Done>,
    /// All areas, the most reported first.
    #[schema(max_items = 1000)]
    pub areas: Vec<RankedArea>,
    /// Areas' indicators beside the weeks before, what rises most first.
    #[schema(max_items = 10_000)]
    pub trends: Vec<Trend>,
    /// Areas that stood out in any of the weeks, the least probable first: suggestions of where to look. What a trend
    /// describes is held against chance here.
    #[schema(max_items = 10_000)]
    pub alerts: Vec<AreaAlert>,
    /// What the figures can say: what was reported.
    pub evidence_level: EvidenceLevel,
}

/// A week's picture in the digest.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeekPictured {
    pub week: Week,
    /// The last adopted edition; absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 65_535)]
    pub edition: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub adopted_at: Option<Timestamp>,
}

/// An intervention in the digest.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InterventionDone)]
pub struct Done {
    pub id: InterventionId,
    pub title: Name,
    pub area: AreaId,
    pub status: InterventionStatus,
    /// Whether its area was prioritised.
    pub prioritised: bool,
    /// How it was thought to work.
    pub mechanism: TextRef,
    /// Whether it was done as decided, by the last that was said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fidelity: Option<Fidelity>,
    /// The three questions as they were answered last (R60).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Box<Answers<TextRef>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
}

/// An area's period, and its place among all.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RankedArea {
    /// From 1; areas with as much have the same.
    pub rank: u32,
    pub area: AreaId,
    pub name: Name,
    pub prioritised: bool,
    pub totals: Totals,
    /// Reports that could have come of the area in the period, and those that came: a figure is no higher than its
    /// reporting.
    pub expected: u32,
    pub reported: u32,
    /// Weak signals gathered to the period's end (R17): strength times count, halved every four weeks.
    pub accumulation: f64,
}

/// Who asks for a digest.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub grant: &'a Grant,
    pub facts: &'a Facts,
    pub today: Date,
    /// The right to see also what is under embargo.
    pub embargoed: Option<&'a Grant>,
}

impl Reader {
    /// The digest of a period, as far as it has come, with sentences in a language.
    pub async fn digest(
        &self,
        asking: Asking<'_>,
        first_week: Week,
        language: Language,
    ) -> Result<Option<Digest>, Fault> {
        let period = asking.facts.prioritisations.get(&first_week).and_then(|state| state.period());
        let Some(period) = period else { return Ok(None) };
        self.gone_through(asking, (first_week, period.last_week), language).await.map(Some)
    }

    /// The digest of a year (ISO 8601), as far as it has come; none of a year that has not begun.
    pub async fn year_digest(
        &self,
        asking: Asking<'_>,
        year: i16,
        language: Language,
    ) -> Result<Option<Digest>, Fault> {
        let first = |year: i16| Week::new(year, 1);
        let (Some(begins), Some(ends)) = (first(year), year.checked_add(1).and_then(first)) else {
            return Ok(None);
        };
        if begins > Week::of(asking.today) {
            return Ok(None);
        }
        self.gone_through(asking, (begins, ends.plus(-1)), language).await.map(Some)
    }

    async fn gone_through(
        &self,
        asking: Asking<'_>,
        (first, last): (Week, Week),
        language: Language,
    ) -> Result<Digest, Fault> {
        let Asking { grant, facts, today, embargoed } = asking;
        let last = last.min(Week::of(today)).max(first);
        let mut prioritisations = self.prioritisations(grant).await?;
        prioritisations.retain(|its| its.first_week <= last && its.last_week >= first);
        let weeks = first..last.plus(1);
        let of_week = |week| est::prioritisation::prioritised(facts, week).unwrap_or_default();
        let chosen: BTreeSet<AreaId> = first.until(weeks.end).flat_map(of_week).collect();
        let wanted = Wanted { embargoed, ..Wanted::default() };
        let all = self.interventions(grant, (facts, today), wanted).await?;
        let mut interventions: Vec<Done> = all
            .iter()
            .filter(|its| its.lived_in(facts, (first, last)))
            .map(|its| done(its, &chosen))
            .collect();
        interventions.sort_by_key(|done| (done.area, done.id));
        let mut rows = self.contributions(grant, first.plus(-WEEKS_BEFORE)..weeks.end).await?;
        let alerts = self.area_alerts((grant, facts), weeks.clone(), &rows, language).await;
        let contributed = rows.split_off(&first);
        let sums = summed(facts, &contributed);
        let mut signals: BTreeMap<AreaId, Vec<Signal>> = BTreeMap::new();
        let seen = contributed.values().flat_map(|row| row.seen());
        for (area, signal) in seen.filter_map(|seen| seen.signal(last)) {
            signals.entry(area).or_default().push(signal);
        }
        Ok(Digest {
            first_week: first,
            last_week: last,
            prioritisations,
            pictures: self.pictured(grant, (first, last)).await?,
            areas: ranked(facts, &sums, signals, &chosen),
            trends: self.trends(grant, facts, weeks, &sums).await?,
            alerts,
            interventions,
            evidence_level: EvidenceLevel::Description,
        })
    }

    async fn pictured(&self, grant: &Grant, (first, last): (Week, Week)) -> Result<Vec<WeekPictured>, Fault> {
        let rows = self.adopted_between(grant, (first, last)).await?;
        let adopted: BTreeMap<Week, (u16, Timestamp)> = rows.into_iter().collect();
        let pictured = first.until(last.plus(1)).map(|week| {
            let found = adopted.get(&week);
            WeekPictured { week, edition: found.map(|found| found.0), adopted_at: found.map(|found| found.1) }
        });
        Ok(pictured.collect())
    }
}

fn ranked(
    facts: &Facts,
    sums: &BTreeMap<AreaId, AreaSum>,
    mut signals: BTreeMap<AreaId, Vec<Signal>>,
    chosen: &BTreeSet<AreaId>,
) -> Vec<RankedArea> {
    let ranked = sums.iter().filter_map(|(area, sum)| {
        Some(RankedArea {
            rank: 0,
            area: *area,
            name: facts.area(*area)?.name.clone(),
            prioritised: chosen.contains(area),
            totals: sum.totals,
            expected: sum.expected,
            reported: sum.reported,
            accumulation: accumulation::index(signals.remove(area).unwrap_or_default()),
        })
    });
    in_order(ranked.collect())
}

fn in_order(mut areas: Vec<RankedArea>) -> Vec<RankedArea> {
    let weight = |its: &RankedArea| its.totals.new + its.totals.known;
    areas.sort_by(|one, other| weight(other).cmp(&weight(one)).then_with(|| one.name.cmp(&other.name)));
    let (mut rank, mut before) = (0, None);
    for (place, area) in (1..).zip(&mut areas) {
        let weight = weight(area);
        if before != Some(weight) {
            rank = place;
        }
        (area.rank, before) = (rank, Some(weight));
    }
    areas
}

fn done(its: &Intervention, chosen: &BTreeSet<AreaId>) -> Done {
    let (mut fidelity, mut answers, mut disposition) = (None, None, None);
    for event in its.life.iter() {
        match &event.what {
            What::ReportedBack { fidelity: said, .. } => fidelity = Some(*said),
            What::FollowedUp { answers: said, .. } => {
                (fidelity, answers) = (Some(said.fidelity), Some(said.clone()));
            }
            What::DispositionDecided { disposition: decided, .. } => disposition = Some(*decided),
            What::Proposed
            | What::Decided
            | What::Declined { .. }
            | What::AnchoringSettled { .. }
            | What::Started { .. } => {}
        }
    }
    Done {
        id: its.id,
        title: its.plan.title.clone(),
        area: its.plan.area,
        status: its.status,
        prioritised: chosen.contains(&its.plan.area),
        mechanism: its.plan.mechanism.clone(),
        fidelity,
        answers,
        disposition,
    }
}
