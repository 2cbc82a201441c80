//! The outcome timeline of an intervention: what was reported in its area, week by week, before it began, while it
//! lasted and after; beside it neighbouring and other areas. It describes, and says of nothing what caused it (R59).

use crate::facts::Facts;
use crate::identity::{AreaId, InterventionId};
use crate::indicator::Indicator;
use crate::intervention::EvidenceLevel;
use crate::text::Name;
use crate::week::Week;
use serde::Serialize;
use std::collections::BTreeSet;

/// Where a week lies in the life of the intervention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    Before,
    During,
    After,
}

/// What was reported of an area in a week, always with who could have reported and who did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TimelineCounts)]
pub struct Counts {
    /// New observations of the timeline's indicators.
    pub new: u32,
    /// Observations of problems that were known: never added to the new.
    pub known: u32,
    /// Units that answer for the area.
    pub expected: u32,
    /// How many of them reported, be it that all was calm.
    pub reported: u32,
}

impl Counts {
    /// Somebody was to report and nobody did: nothing is known, and nothing is not zero.
    pub fn silent(self) -> bool {
        self.reported == 0 && self.expected > 0
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            known: self.known + other.known,
            expected: self.expected + other.expected,
            reported: self.reported + other.reported,
        }
    }
}

/// Why an area stands in the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TimelineRole)]
pub enum Role {
    /// The intervention's own.
    Own,
    /// Its outline lies beside the intervention's: what is displaced shows here.
    Neighbour,
    /// Further off, and without an intervention against the same indicators in these weeks.
    Comparison,
}

/// An area's weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TimelineSeries)]
pub struct Series {
    pub area: AreaId,
    pub name: Name,
    pub role: Role,
    /// One for each week of the timeline.
    #[schema(max_items = 400)]
    pub counts: Vec<Counts>,
}

/// A week of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineWeek {
    pub week: Week,
    pub span: Span,
}

/// Something in the intervention's life, at its week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TimelineMark)]
pub struct Mark {
    pub week: Week,
    pub what: Milestone,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TimelineMilestone)]
pub enum Milestone {
    Proposed,
    Decided,
    Declined,
    AnchoringSettled,
    Started,
    ReportedBack,
    FollowedUp,
    Continued,
    Expanded,
    Replaced,
    Ended,
}

impl Milestone {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Proposed => "föreslagen",
            Self::Decided => "beslutad",
            Self::Declined => "avvisad",
            Self::AnchoringSettled => "förankrad",
            Self::Started => "påbörjad",
            Self::ReportedBack => "återrapporterad",
            Self::FollowedUp => "uppföljd",
            Self::Continued => "fortsätter",
            Self::Expanded => "utökad",
            Self::Replaced => "ersatt",
            Self::Ended => "avslutad",
        }
    }
}

/// An intervention's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    pub intervention: InterventionId,
    pub title: Name,
    /// What is counted: the indicators of what was expected, or else of the problems.
    #[schema(max_items = 8)]
    pub indicators: Vec<Indicator>,
    #[schema(max_items = 400)]
    pub weeks: Vec<TimelineWeek>,
    /// The intervention's own area first, then its neighbours, then those to compare with.
    #[schema(max_items = 1000)]
    pub series: Vec<Series>,
    #[schema(max_items = 10_000)]
    pub marks: Vec<Mark>,
    /// It describes what was reported, and no more.
    pub evidence_level: EvidenceLevel,
}

/// What the weeks of a span add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub weeks: usize,
    pub counts: Counts,
}

impl Timeline {
    /// The series of the intervention's own area.
    pub fn own(&self) -> Option<&Series> {
        self.series.iter().find(|series| series.role == Role::Own)
    }

    /// How many areas have a role.
    pub fn areas(&self, role: Role) -> usize {
        self.series.iter().filter(|series| series.role == role).count()
    }

    /// What the areas of a role add up to, week by week.
    pub fn together(&self, role: Role) -> Vec<Counts> {
        let mut weeks = vec![Counts::default(); self.weeks.len()];
        for series in self.series.iter().filter(|series| series.role == role) {
            for (week, counts) in weeks.iter_mut().zip(&series.counts) {
                *week = week.plus(*counts);
            }
        }
        weeks
    }

    /// What a span's weeks add up to.
    pub fn sum(&self, counts: &[Counts], span: Span) -> Sum {
        let weeks = self.weeks.iter().zip(counts).filter(|(week, _)| week.span == span);
        weeks.fold(Sum::default(), |sum, (_, counts)| Sum {
            weeks: sum.weeks + 1,
            counts: sum.counts.plus(*counts),
        })
    }

    /// The timeline told in Swedish: the picture's text equivalent.
    pub fn told(&self) -> String {
        let roles = [Role::Own, Role::Neighbour, Role::Comparison];
        let mut told: Vec<String> = roles.into_iter().filter_map(|role| self.told_of(role)).collect();
        let marks: Vec<String> =
            self.marks.iter().map(|mark| format!("{} {}", mark.week, mark.what.swedish())).collect();
        if !marks.is_empty() {
            told.push(format!("Insatsen: {}.", marks.join(", ")));
        }
        told.push("Siffrorna beskriver vad som rapporterats och visar inte vad som orsakat vad.".to_owned());
        told.join(" ")
    }

    /// What is told of the own area, or of all of a role taken together; nothing where there are none.
    fn told_of(&self, role: Role) -> Option<String> {
        let counts = self.together(role);
        let spans = SPANS.into_iter().map(|span| (span, self.sum(&counts, span)));
        let spans = spans.filter(|(_, sum)| sum.weeks > 0).map(|(span, Sum { weeks, counts })| {
            let Counts { new, known, expected, reported } = counts;
            let (name, weeks) = (span.swedish(), weeks_of(weeks));
            format!("{name} ({weeks}): {new} nya, {known} kända, {reported} av {expected} rapporter")
        });
        let spans: Vec<String> = spans.collect();
        let name = match (role, self.areas(role)) {
            (_, 0) => return None,
            (Role::Own, _) => self.own()?.name.as_str().to_owned(),
            (Role::Neighbour | Role::Comparison, areas) => format!("{}, {}", role.swedish(), areas_of(areas)),
        };
        let silent = counts.iter().filter(|counts| counts.silent()).count();
        let silent = if silent == 0 { String::new() } else { format!("; {} utan rapport", weeks_of(silent)) };
        Some(format!("{name}. {}{silent}.", spans.join("; ")))
    }
}

/// The spans in the order of their weeks.
pub const SPANS: [Span; 3] = [Span::Before, Span::During, Span::After];

/// So many weeks, in Swedish.
pub fn weeks_of(count: usize) -> String {
    if count == 1 { "1 vecka".to_owned() } else { format!("{count} veckor") }
}

/// So many areas, in Swedish.
pub fn areas_of(count: usize) -> String {
    if count == 1 { "1 område".to_owned() } else { format!("{count} områden") }
}

impl Role {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Own => "Eget område",
            Self::Neighbour => "Grannar",
            Self::Comparison => "Övriga",
        }
    }
}

impl Span {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Before => "Före",
            Self::During => "Under",
            Self::After => "Efter",
        }
    }
}

/// The weeks of a timeline: so many before the beginning, and so many after the end, but none that has not come.
pub fn weeks(
    began: Option<Week>,
    ended: Option<Week>,
    present: Week,
    (before, after): (u8, u8),
) -> Vec<TimelineWeek> {
    let first = began.unwrap_or(present).plus(-i32::from(before));
    let last = ended.map_or(present, |ended| ended.plus(i32::from(after)).min(present));
    let span = |week: Week| match (began, ended) {
        (None, _) => Span::Before,
        (Some(began), _) if week < began => Span::Before,
        (_, Some(ended)) if week > ended => Span::After,
        (Some(_), _) => Span::During,
    };
    // Ten years and more are nobody's timeline.
    let all = (0..520).map(|number| first.plus(number)).take_while(|week| *week <= last);
    all.map(|week| TimelineWeek { week, span: span(week) }).collect()
}

/// The areas beside the intervention's own, in the order of their ids.
pub fn beside(
    facts: &Facts,
    own: AreaId,
    weeks: &[TimelineWeek],
    indicators: &[Indicator],
) -> Vec<(AreaId, Role)> {
    let outline = facts.area(own).and_then(|drawn| drawn.outline.as_ref());
    let treated = treated(facts, weeks, indicators);
    let others = facts.areas.keys().filter(|area| **area != own);
    let drawn = others.filter_map(|area| Some((*area, facts.area(*area)?)));
    drawn
        .filter_map(|(area, its)| {
            let near = outline.zip(its.outline.as_ref()).is_some_and(|(one, other)| one.is_beside(other));
            match (near, treated.contains(&area)) {
                (true, _) => Some((area, Role::Neighbour)),
                (false, false) => Some((area, Role::Comparison)),
                (false, true) => None,
            }
        })
        .collect()
}

/// The areas where something was at work against the same indicators in these weeks: they are nothing to compare with.
fn treated(facts: &Facts, weeks: &[TimelineWeek], indicators: &[Indicator]) -> BTreeSet<AreaId> {
    let Some((first, last)) = weeks.first().zip(weeks.last()) else { return BTreeSet::new() };
    let at_work = facts.interventions.values().filter(|its| its.at_work(first.week, last.week));
    let against = at_work.filter_map(|its| its.undertaking());
    let alike = against.filter(|its| its.expects.iter().any(|indicator| indicators.contains(indicator)));
    alike.map(|its| its.proposal.area).collect()
}
