//! What a unit says of its week: observations, calm areas, problems that are still there, or that all was
//! calm.

use super::almanac::{OCCASIONS, Season};
use super::chance::Chance;
use super::observations::{Look, Observation};
use super::problems::Trouble;
use est::{AreaId, ProblemId, Week};
use serde_json::{Value, json};

#[derive(Default)]
pub(super) struct Said {
    pub(super) observations: Vec<Observation>,
    pub(super) still_there: Vec<ProblemId>,
    calm_areas: Vec<AreaId>,
    fill_seconds: Option<u32>,
}

impl Said {
    pub(super) fn of(look: Look<'_>, troubles: &[&Trouble], chance: &mut Chance) -> Self {
        let mut said = Self {
            observations: Vec::new(),
            still_there: Vec::new(),
            calm_areas: Vec::new(),
            fill_seconds: chance.percent(80).then(|| chance.between(40, 160)),
        };
        for trouble in troubles.iter().filter(|trouble| trouble.seen_by(look.unit)) {
            // Steadfast, but not without fail: a week of silence on an open problem asks a question.
            let eased = look.is_eased(trouble.area, trouble.sketch.indicator);
            let (more, still) = if eased { (10, 60) } else { (25, 88) };
            match chance.between(0, 99) {
                drawn if drawn < more => said.observations.extend(look.more_of(trouble, chance)),
                drawn if drawn < still => said.still_there.push(trouble.id),
                _ => {}
            }
        }
        if chance.percent(likely(look)) {
            let several = 1 + u32::from(chance.percent(34)) + u32::from(chance.percent(16));
            said.observations.extend((0..several).filter_map(|_| look.something_new(chance)));
        }
        if !said.is_calm() {
            said.fill_seconds = said.fill_seconds.map(|seconds| seconds + chance.between(90, 500));
            let seen = said.areas_spoken_of(troubles);
            let calm = look.unit.areas.iter().map(|area| area.id).filter(|area| !seen.contains(area));
            said.calm_areas = calm.filter(|_| chance.percent(70)).collect();
        }
        said
    }

    pub(super) fn is_calm(&self) -> bool {
        self.observations.is_empty() && self.still_there.is_empty()
    }

    /// The same with one observation more, for an amendment.
    pub(super) fn with_more(mut self, look: Look<'_>, chance: &mut Chance) -> Self {
        self.observations.extend(look.something_new(chance));
        let seen: Vec<_> =
            self.observations.iter().filter_map(|seen| seen.area).map(|area| area.id).collect();
        self.calm_areas.retain(|area| !seen.contains(area));
        self
    }

    /// The body of a report.
    pub(super) fn json(&self, look: Look<'_>) -> Value {
        let Self { still_there, calm_areas, fill_seconds, .. } = self;
        let unit = look.unit.id;
        if self.is_calm() {
            return json!({ "unit": unit, "calm": true, "fillSeconds": fill_seconds });
        }
        let items: Vec<_> = self.observations.iter().map(|seen| &seen.json).collect();
        json!({
            "unit": unit,
            "items": items,
            "calmAreas": calm_areas,
            "stillThere": still_there,
            "fillSeconds": fill_seconds,
        })
    }

    fn areas_spoken_of(&self, troubles: &[&Trouble]) -> Vec<AreaId> {
        let seen = self.observations.iter().filter_map(|seen| seen.area);
        let known = troubles.iter().filter(|trouble| self.still_there.contains(&trouble.id));
        seen.chain(known.map(|trouble| trouble.area)).map(|area| area.id).collect()
    }
}

/// How many times in a hundred there is something new to tell.
fn likely(look: Look<'_>) -> u32 {
    let levels = look.unit.areas.iter().map(|area| area.sketch.unease(look.quarter));
    // Whoever sees many areas sees more, but not as much more as there are areas.
    let highest = levels.max().unwrap_or(20);
    let season = Season::of(look.week).own([90, 100, 115, 110]);
    (highest * season / 100 + holiday(look.week)).min(92)
}

fn holiday(week: Week) -> u32 {
    let lately = OCCASIONS.iter().filter(|occasion| occasion.lately(week) || occasion.soon(week));
    if lately.count() > 0 { 8 } else { 0 }
}
