//! A demonstration programme whose truth is known: areas drift, seasons turn, partners forget, and no placebo does
//! anything.

use crate::chance::Chance;
use crate::trial::{AREAS, BEFORE, Trial};
use std::f64::consts::TAU;

const ALL_AREAS: usize = 36;
const PARTNERS: usize = 12;
/// The last partner has its reports in one area only, and stops.
const LOCAL: usize = PARTNERS - 1;
/// Reports of the middle area in a week; sizes are log-normal with this deviation.
const MIDDLE_SIZE: f64 = 2.0;
const SIZE_DEVIATION: f64 = 0.9;
/// An area's level is an autoregression on the logarithm. Its deviation is drawn for each programme between these:
/// quarters are then some 0.9-3.4 times as uneven as chance.
const DRIFT_DEVIATION: (f64, f64) = (0.05, 0.3);
/// The variance of a week in an area beside that of chance, as the square of a coefficient of variation.
const WEEK_VARIANCE: f64 = 0.08;
/// The same of what a week has for all areas.
const SHARED_VARIANCE: f64 = 0.01;
const QUARTER: usize = 13;
const SEASON: f64 = 0.3;
/// Weeks that a partner misses, as a share; each partner has its own.
const MISSED: (f64, f64) = (0.05, 0.15);
/// The local partner's reports to those of all others in its area.
const LOCAL_SHARE: (f64, f64) = (0.3, 1.0);
/// It stops within so many weeks of the placebos' beginning, before or after.
const STOPS_WITHIN: usize = 4;

/// How areas drift.
#[derive(Clone, Copy)]
pub(crate) struct Drift {
    deviation: f64,
    /// What is left of a deviation in a week; none is another level every quarter.
    kept: Option<f64>,
}

impl Drift {
    /// Half of a deviation is left after so many weeks, drawn evenly on the logarithm.
    pub(crate) fn drawn((shortest, longest): (f64, f64), chance: &mut Chance) -> Self {
        let half_life = chance.between(shortest.ln(), longest.ln()).exp();
        Self { kept: Some(0.5_f64.powf(1.0 / half_life)), ..Self::by_quarter(chance) }
    }

    /// Levels last to the end of their quarter, and say nothing of the next.
    pub(crate) fn by_quarter(chance: &mut Chance) -> Self {
        Self { deviation: chance.between(DRIFT_DEVIATION.0, DRIFT_DEVIATION.1), kept: None }
    }

    /// An area's level in each of some weeks.
    pub(crate) fn levels(self, weeks: usize, chance: &mut Chance) -> Vec<f64> {
        let mut level = self.deviation * chance.normal();
        let mut week = |number: usize| {
            let kept = self.kept.unwrap_or(if number.is_multiple_of(QUARTER) { 0.0 } else { 1.0 });
            level = kept * level + self.deviation * (1.0 - kept * kept).sqrt() * chance.normal();
            level.exp() * chance.around_one(WEEK_VARIANCE)
        };
        (0..weeks).map(&mut week).collect()
    }
}

/// A trial of so many weeks in a programme of its own, whose areas drift so.
pub(crate) fn trial(drift: Drift, (number, weeks): (usize, usize), chance: &mut Chance) -> Trial {
    let stopped = chance.below(AREAS);
    let reported = reported(weeks, chance);
    let season = season(weeks, chance);
    let volumes: Vec<f64> = (0..PARTNERS).map(|_| chance.normal().exp()).collect();
    let mut names = chance.some_of(ALL_AREAS, AREAS);
    let counts = names
        .iter()
        .enumerate()
        .map(|(area, _)| {
            let rates = rates(&volumes, (area == stopped).then_some(LOCAL), chance);
            let levels = drift.levels(weeks, chance);
            let levels: Vec<f64> = levels.iter().zip(&season).map(|(level, season)| level * season).collect();
            counts(&rates, &levels, chance)
        })
        .collect();
    // Each trial's programme is another: none of its areas is another trial's.
    for name in &mut names {
        *name += number * ALL_AREAS;
    }
    Trial { block: number, start: 0, names, reported, counts, stopped: Some(stopped) }
}

fn reported(weeks: usize, chance: &mut Chance) -> Vec<Vec<bool>> {
    let end = BEFORE - STOPS_WITHIN + chance.below(2 * STOPS_WITHIN + 1);
    let mut partner = |number: usize| -> Vec<bool> {
        let missed = chance.between(MISSED.0, MISSED.1);
        (0..weeks).map(|week| chance.share() > missed && (number != LOCAL || week < end)).collect()
    };
    (0..PARTNERS).map(&mut partner).collect()
}

/// What a week has for all areas.
fn season(weeks: usize, chance: &mut Chance) -> Vec<f64> {
    let phase = chance.share();
    let week = |number: usize| (SEASON * (TAU * (number as f64 / 52.0 + phase)).sin()).exp();
    (0..weeks).map(|number| week(number) * chance.around_one(SHARED_VARIANCE)).collect()
}

/// An area's reports in an ordinary week, by partner.
fn rates(volumes: &[f64], local: Option<usize>, chance: &mut Chance) -> Vec<f64> {
    const PARTNER_SHAPE: f64 = 0.7;
    let size = MIDDLE_SIZE * (SIZE_DEVIATION * chance.normal()).exp();
    let mut rates: Vec<f64> = volumes.iter().map(|volume| volume * chance.gamma(PARTNER_SHAPE)).collect();
    rates[LOCAL] = 0.0;
    let all: f64 = rates.iter().sum();
    for rate in &mut rates {
        *rate *= size / all;
    }
    if let Some(local) = local {
        rates[local] = size * chance.between(LOCAL_SHARE.0, LOCAL_SHARE.1);
    }
    rates
}

fn counts(rates: &[f64], levels: &[f64], chance: &mut Chance) -> Vec<Vec<u32>> {
    let mut partner =
        |rate: &f64| -> Vec<u32> { levels.iter().map(|level| chance.poisson(rate * level)).collect() };
    rates.iter().map(&mut partner).collect()
}
