//! What the reports of a week add up to when a picture is drafted: figures by area, with the reporting behind
//! them.

use crate::analysis::{self, Occasion};
use crate::event::{Event, Happened};
use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId};
use crate::indicator::{Indicator, Polarity};
use crate::item::Item;
use crate::picture::{AREA_UNKNOWN, PRIORITIES_DIFFER, PRIORITIES_MISCOUNTED};
use crate::prioritisation;
use crate::problem::Observation;
use crate::refusal::Refusal;
use crate::report::{self, Statement};
use crate::section::{Gathering, OtherArea, Section, SectionName};
use crate::text::TextRef;
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a picture rests on (R100): who could have reported, who did, and what they saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PictureBasis)]
pub struct Basis {
    /// The log's position that the reports were read at: what is reported later is not in the draft.
    pub position: i64,
    /// Units that were to report.
    pub expected: u32,
    /// Units that reported something.
    pub reported: u32,
    /// Units that reported calm.
    pub calm: u32,
    /// Units that have not reported: silence, not calm.
    pub missing: u32,
    pub areas: Vec<AreaFigures>,
    /// The organisations that the reports came from; never persons.
    pub sources: Vec<OrganisationId>,
}

/// What was reported of an area, or without one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AreaFigures {
    /// None: a police extract's rows that name no area.
    pub area: Option<AreaId>,
    /// New observations of unease, by indicator.
    pub new: BTreeMap<Indicator, u32>,
    /// Observations of known problems, by indicator: never added to the new.
    pub known: BTreeMap<Indicator, u32>,
    /// Signs of safety, by indicator (R15): added to neither. Absent where there are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub positive: BTreeMap<Indicator, u32>,
    /// Known problems that are still there.
    pub still_there: u32,
    /// Reports that the area was calm.
    pub calm: u32,
}

impl AreaFigures {
    /// Whether there was anything there, be it known since before or a sign of safety.
    fn seen(&self) -> bool {
        let counts = [&self.new, &self.known, &self.positive];
        counts.into_iter().any(|counts| !counts.is_empty()) || self.still_there > 0
    }
}

/// A draft as it comes from the reports.
pub struct Gathered {
    pub basis: Basis,
    pub sections: Vec<(SectionName, Section<TextRef>)>,
}

/// The prioritised areas of a week's picture: those decided, or else those that the drafter names.
pub fn priorities(named: &[AreaId], week: Week, facts: &Facts) -> Result<Vec<AreaId>, Refusal> {
    if let Some(decided) = prioritisation::prioritised(facts, week) {
        return (named.is_empty() || named == decided).then_some(decided).ok_or(PRIORITIES_DIFFER);
    }
    let different: BTreeSet<_> = named.iter().collect();
    let wanted = usize::from(facts.method_of(week).priorities);
    if different.len() != wanted || named.len() != wanted {
        return Err(PRIORITIES_MISCOUNTED);
    }
    let known = named.iter().all(|area| facts.area(*area).is_some());
    known.then(|| named.to_vec()).ok_or(AREA_UNKNOWN)
}

/// Gathers a week's reports; the prioritised areas have blocks of their own.
pub fn gather(week: Week, past: &[Happened], priorities: &[AreaId], facts: &Facts) -> Gathered {
    let statements = report::statements(past);
    let reports = past.iter().filter(|happened| matches!(happened.event, Event::Report(_)));
    let mut basis =
        Basis { position: reports.map(|happened| happened.position).max().unwrap_or(0), ..Basis::default() };
    let mut areas: BTreeMap<Option<AreaId>, AreaFigures> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    let mut gatherings = Vec::new();
    for (organisation, unit, its) in facts.expected(week) {
        basis.expected += 1;
        let key = report::Key { week, unit };
        match statements.get(&key) {
            None => basis.missing += 1,
            Some(Statement::Calm) => {
                basis.calm += 1;
                its.areas_in(week).iter().for_each(|area| at(&mut areas, Some(*area)).calm += 1);
                sources.insert(organisation);
            }
            Some(said @ Statement::Seen { items, calm_areas, still_there }) => {
                let counted = if said.is_calm() { &mut basis.calm } else { &mut basis.reported };
                *counted += 1;
                for (number, item) in (0..).zip(items) {
                    let known = facts.is_known(Observation { week, unit, item: number }, item);
                    count(at(&mut areas, item.area), item, known);
                }
                for area in calm_areas {
                    at(&mut areas, Some(*area)).calm += 1;
                }
                let known = still_there.iter().filter_map(|problem| facts.problems.get(problem)?.about());
                known.for_each(|problem| at(&mut areas, Some(problem.area)).still_there += 1);
                gatherings.extend(items.iter().filter_map(gathering));
                sources.insert(organisation);
            }
        }
    }
    let seen = areas.values().filter(|figures| figures.seen()).filter_map(|figures| figures.area);
    // A retired area keeps its figures, but nobody could write in its row.
    let others = seen.filter(|area| !priorities.contains(area) && facts.area(*area).is_some());
    let others = others.map(|area| OtherArea { area, text: None }).collect();
    basis.areas = areas.into_values().collect();
    basis.sources = sources.into_iter().collect();
    let mut sections = vec![
        (SectionName::OtherAreas, Section::OtherAreas { areas: others }),
        (SectionName::PublicEvents, Section::PublicEvents { events: gatherings }),
    ];
    sections.extend(
        (1..)
            .zip(priorities)
            .filter_map(|(slot, area)| Some((SectionName::Priority(slot), block(week, *area, facts)?))),
    );
    Gathered { basis, sections }
}

/// An analysed area's block begins with what the analysis says of it, and what is done there (R71, R73, R95).
fn block(week: Week, area: AreaId, facts: &Facts) -> Option<Section<TextRef>> {
    let key = analysis::Key { occasion: Occasion::Week(week), area };
    let analysis::State::Recorded(analysis) = facts.analyses.get(&key)? else { return None };
    let interventions = facts.interventions.values().filter_map(|its| its.pictured(area).cloned());
    Some(Section::Priority { situation: analysis.context.clone(), interventions: interventions.collect() })
}

fn at(areas: &mut BTreeMap<Option<AreaId>, AreaFigures>, area: Option<AreaId>) -> &mut AreaFigures {
    areas.entry(area).or_insert_with(|| AreaFigures { area, ..AreaFigures::default() })
}

fn count(figures: &mut AreaFigures, item: &Item<TextRef>, known: bool) {
    let counts = match (item.polarity, known) {
        (Polarity::Positive, _) => &mut figures.positive,
        (Polarity::Negative, true) => &mut figures.known,
        (Polarity::Negative, false) => &mut figures.new,
    };
    *counts.entry(item.indicator).or_default() += u32::from(item.count);
}

/// Indicator 4 fills the picture's row of gatherings (R40, R97).
fn gathering(item: &Item<TextRef>) -> Option<Gathering<TextRef>> {
    let event = item.public_event.as_ref()?;
    Some(Gathering {
        name: event.name.clone(),
        area: item.area,
        first_day: event.first_day,
        last_day: event.last_day,
        text: item.description.clone(),
    })
}
