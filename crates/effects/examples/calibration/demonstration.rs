//! A demonstration programme whose truth is known: areas drift, seasons turn, partners forget, and no placebo does
//! anything.

use crate::chance::Chance;
use crate::trial::{AREAS, BEFORE, Trial, WEEKS};
use std::f64::consts::TAU;

const ALL_AREAS: usize = 36;
const PARTNERS: usize = 12;
/// The last partner has its reports in one area only, and stops.
const LOCAL: usize = PARTNERS - 1;
/// Reports of the middle area in a week; sizes are log-normal with this deviation.
const MIDDLE_SIZE: f64 = 2.0;
const SIZE_DEVIATION: f64 = 0.9;
/// An area's level is an autoregression on the logarithm: half of a deviation is left after 23 weeks.
const DRIFT_KEPT: f64 = 0.97;
/// Its deviation is drawn for each programme between these: quarters are then some 1.2-6.5 times as uneven as chance.
const DRIFT_DEVIATION: (f64, f64) = (0.1, 0.5);
/// The variance of a week in an area beside that of chance, as the square of a coefficient of variation.
const WEEK_VARIANCE: f64 = 0.08;
/// The same of what a week has for all areas.
const SHARED_VARIANCE: f64 = 0.01;
const SEASON: f64 = 0.3;
/// Weeks that a partner misses, as a share; each partner has its own.
const MISSED: (f64, f64) = (0.05, 0.15);
/// The local partner's reports to those of all others in its area.
const LOCAL_SHARE: (f64, f64) = (0.3, 1.0);
/// It stops within so many weeks of the placebos' beginning, before or after.
const STOPS_WITHIN: usize = 4;

/// A trial in a programme of its own.
pub(crate) fn trial(number: usize, chance: &mut Chance) -> Trial {
    let stopped = chance.below(AREAS);
    let reported = reported(chance);
    let season = season(chance);
    let drift = chance.between(DRIFT_DEVIATION.0, DRIFT_DEVIATION.1);
    let volumes: Vec<f64> = (0..PARTNERS).map(|_| chance.normal().exp()).collect();
    let mut names = chance.some_of(ALL_AREAS, AREAS);
    let counts = names
        .iter()
        .enumerate()
        .map(|(area, _)| {
            let rates = rates(&volumes, (area == stopped).then_some(LOCAL), chance);
            counts(&rates, &levels(drift, &season, chance), chance)
        })
        .collect();
    // Each trial's programme is another: none of its areas is another trial's.
    names.iter_mut().for_each(|name| *name += number * ALL_AREAS);
    Trial { block: number, start: 0, names, reported, counts, stopped: Some(stopped) }
}

fn reported(chance: &mut Chance) -> Vec<Vec<bool>> {
    let end = BEFORE - STOPS_WITHIN + chance.below(2 * STOPS_WITHIN + 1);
    let mut partner = |number: usize| -> Vec<bool> {
        let missed = chance.between(MISSED.0, MISSED.1);
        (0..WEEKS).map(|week| chance.share() > missed && (number != LOCAL || week < end)).collect()
    };
    (0..PARTNERS).map(&mut partner).collect()
}

/// What a week has for all areas.
fn season(chance: &mut Chance) -> Vec<f64> {
    let phase = chance.share();
    let week = |number: usize| (SEASON * (TAU * (number as f64 / 52.0 + phase)).sin()).exp();
    (0..WEEKS).map(|number| week(number) * chance.around_one(SHARED_VARIANCE)).collect()
}

/// An area's reports in an ordinary week, by partner.
fn rates(volumes: &[f64], local: Option<usize>, chance: &mut Chance) -> Vec<f64> {
    const PARTNER_SHAPE: f64 = 0.7;
    let size = MIDDLE_SIZE * (SIZE_DEVIATION * chance.normal()).exp();
    let mut rates: Vec<f64> = volumes.iter().map(|volume| volume * chance.gamma(PARTNER_SHAPE)).collect();
    rates[LOCAL] = 0.0;
    let all: f64 = rates.iter().sum();
    rates.iter_mut().for_each(|rate| *rate *= size / all);
    if let Some(local) = local {
        rates[local] = size * chance.between(LOCAL_SHARE.0, LOCAL_SHARE.1);
    }
    rates
}

/// How many times an ordinary week each week of an area is.
fn levels(drift: f64, season: &[f64], chance: &mut Chance) -> Vec<f64> {
    let step = drift * (1.0 - DRIFT_KEPT * DRIFT_KEPT).sqrt();
    let mut level = drift * chance.normal();
    let mut week = |season: &f64| {
        level = DRIFT_KEPT * level + step * chance.normal();
        season * level.exp() * chance.around_one(WEEK_VARIANCE)
    };
    season.iter().map(&mut week).collect()
}

fn counts(rates: &[f64], levels: &[f64], chance: &mut Chance) -> Vec<Vec<u32>> {
    let mut partner =
        |rate: &f64| -> Vec<u32> { levels.iter().map(|level| chance.poisson(rate * level)).collect() };
    rates.iter().map(&mut partner).collect()
}
