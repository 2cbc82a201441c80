//! A year's placebos as one: three areas a quarter, all of one kind, reviewed as the engine reviews a year.

use crate::chance::Chance;
use crate::demonstration::{self, Drift};
use crate::panel::{LENGTHS, PARTS, in_parts};
use crate::placebo::{Call, reduce, week};
use crate::scheme::Scheme;
use crate::trial::{BEFORE, Trial};
use effects::{Desk, Intervention, Reporting, Reports, Reviewed, SelfCheck, Statement, Weeks, review};

const YEARS: usize = 1000;
const YEAR: usize = 52;
const QUARTER: usize = 13;
const SEED: u64 = 7;
const SCHEMES: [Scheme; 4] = [Scheme::Random, Scheme::Hot, Scheme::Rise, Scheme::Spike];
/// What is put in; nothing first.
const REDUCTIONS: [f64; 3] = [0.0, 0.2, 0.4];

/// How often a scheme's and a length's years were called what, by reduction: by the interval, and by the robust word.
#[derive(Clone, Default)]
struct Years {
    calls: [Vec<[Call; 2]>; 3],
}

/// Prints the false calls and the power of a year's pool in the demonstration programme, and its self-check.
pub(crate) fn print(half_life: (f64, f64)) {
    let parts = in_parts(|part| years(part, half_life));
    let mut check = SelfCheck::default();
    let mut cells = vec![Years::default(); SCHEMES.len() * LENGTHS.len()];
    for (own, own_check) in parts {
        check = check.and(own_check);
        for (cell, own) in cells.iter_mut().zip(own) {
            cell.calls.iter_mut().zip(own.calls).for_each(|(calls, own)| calls.extend(own));
        }
    }
    println!(
        "\n## A year's pool\n\nThe demonstration programme, {YEARS} years of three placebos a quarter, all of one \
         kind. {}\n\nCalled decrease / increase, %, by the interval and by the robust word; with reductions put in, \
         decreases.\n",
        check.sentence(effects::Language::English)
    );
    println!(
        "| areas | weeks | years | nothing | robust word | -20 % | -40 % |\n|---|---|---|---|---|---|---|"
    );
    let kinds = SCHEMES.iter().flat_map(|scheme| LENGTHS.iter().map(move |weeks| (scheme, weeks)));
    for ((scheme, weeks), cell) in kinds.zip(&cells) {
        let [nothing, less, least] = &cell.calls;
        let share = |calls: &[[Call; 2]], which: usize, call| {
            let number = calls.iter().filter(|its| its[which] == call).count();
            100.0 * number as f64 / calls.len().max(1) as f64
        };
        let both = |which| {
            format!(
                "{:.1} / {:.1}",
                share(nothing, which, Call::Decrease),
                share(nothing, which, Call::Increase)
            )
        };
        let found = |calls: &[[Call; 2]]| {
            format!("{:.0} / {:.0}", share(calls, 0, Call::Decrease), share(calls, 1, Call::Decrease))
        };
        println!(
            "| {} | {weeks} | {} | {} | {} | {} | {} |",
            scheme.name(),
            nothing.len(),
            both(0),
            both(1),
            found(less),
            found(least)
        );
    }
}

fn years(part: usize, half_life: (f64, f64)) -> (Vec<Years>, SelfCheck) {
    let mut desk = Desk::default();
    let mut check = SelfCheck::default();
    let mut cells = vec![Years::default(); SCHEMES.len() * LENGTHS.len()];
    for number in (part..YEARS).step_by(PARTS) {
        let mut chance = Chance::of(SEED, number);
        let drift = Drift::drawn(half_life, &mut chance);
        let trial = demonstration::trial(drift, (number, BEFORE + YEAR), &mut chance);
        let kinds = SCHEMES.iter().flat_map(|scheme| LENGTHS.iter().map(move |weeks| (*scheme, *weeks)));
        for (cell, (scheme, weeks)) in cells.iter_mut().zip(kinds) {
            let placebos = placebos(&trial, (scheme, weeks), &mut chance);
            for (calls, reduction) in cell.calls.iter_mut().zip(REDUCTIONS) {
                let (called, own) = year(&mut desk, &trial, (&placebos, reduction), &mut chance);
                calls.extend(called);
                // Each programme once: the schemes check much the same areas.
                if reduction == 0.0 && scheme == Scheme::Random && weeks == QUARTER {
                    check = check.and(own);
                }
            }
        }
    }
    (cells, check)
}

/// Three areas a quarter, chosen when the quarter begins.
fn placebos(trial: &Trial, (scheme, weeks): (Scheme, usize), chance: &mut Chance) -> Vec<Reviewed> {
    let quarters = (BEFORE..BEFORE + YEAR).step_by(QUARTER);
    let of_quarter = |beginning: usize| {
        let weeks = Weeks::new(week(beginning), week(beginning + weeks));
        let areas = scheme.chosen(trial, beginning, chance).into_iter();
        areas.map(move |area| Reviewed { intervention: Intervention { area, weeks }, kind: 0, series: 0 })
    };
    quarters.flat_map(of_quarter).collect()
}

/// What a year is called, by the interval and by the robust word; none if it could not be pooled.
fn year(
    desk: &mut Desk,
    trial: &Trial,
    (placebos, reduction): (&[Reviewed], f64),
    chance: &mut Chance,
) -> (Option<[Call; 2]>, SelfCheck) {
    let mut counts = trial.counts.clone();
    if reduction > 0.0 {
        for Intervention { area, weeks } in placebos.iter().map(|its| its.intervention) {
            let weeks = weeks.from as usize..weeks.to as usize;
            reduce(&mut counts[area], weeks, reduction, chance);
        }
    }
    let reporting = Reporting::of(week(BEFORE + YEAR), &trial.reported);
    let year = Weeks::new(week(BEFORE), week(BEFORE + YEAR));
    let review = review(desk, &[Reports::of(&reporting, &counts)], placebos, (&[], year));
    let pooled = review.kinds.first().and_then(|kind| kind.pooled);
    let calls = pooled.map(|(pooled, verdict)| {
        let by_interval = match (pooled.low, pooled.high) {
            (_, high) if high < 1.0 => Call::Decrease,
            (low, _) if low > 1.0 => Call::Increase,
            _ => Call::Neither,
        };
        [by_interval, Call::of(verdict)]
    });
    (calls, review.self_check)
}
