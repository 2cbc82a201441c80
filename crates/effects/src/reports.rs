//! Counts by partner, so that a partner who stops reporting is not taken for an area that calmed down.
//!
//! A week's share of reporting in an area is the partners who reported, each weighed by how much of the area's reports
//! are usually theirs:
//!
//! - `R[o,t]` is 1 if partner `o` sent its report for week `t`, a calm one too, and 0 otherwise; what is counted of a
//!   week without report counts for nothing. `U` is the weeks of both windows, `W` how many they are.
//! - `m[o] = Σ R[o,t]` over `U`; `rate[a,o] = Σ y[a,o,t]·R[o,t] / m[o]`, 0 without reports;
//! - `s[o] = Σ_a rate[a,o] / Σ_a,o rate`, equal shares if nothing was counted;
//! - `v[a,o] = W·rate[a,o] + 5·s[o]`, `w[a,o] = v[a,o] / Σ_o v`, and **`x[a,t] = Σ_o w[a,o]·R[o,t]`**, from 0 to 1.

use crate::series::{many, summed};
use crate::{Cell, Counts, Weeks, Windows};

/// How many reports the programme's shares weigh as much as, beside an area's own.
const PRIOR_REPORTS: f64 = 5.0;

/// Which partners reported which weeks.
#[derive(Clone, Debug)]
pub struct Reporting {
    weeks: u32,
    /// By partner: how many weeks were reported before each week, and at last in all.
    sums: Vec<Vec<u32>>,
}

/// What the partners counted of one thing, by area. Many things share one reporting.
#[derive(Clone, Debug)]
pub struct Reports<'reporting> {
    reporting: &'reporting Reporting,
    /// By area, and in it by partner: what was counted before each week, and at last in all.
    areas: Vec<Area>,
}

/// An area's counts, by partner.
type Area = Vec<Vec<u32>>;

/// The partners' weights in each area, and what they make of each week.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// By area, and in it by partner; an area's add up to 1.
    pub weights: Vec<Vec<f64>>,
    /// By area, and in it by week: the share of reporting, 0 to 1.
    pub weeks: Vec<Vec<f64>>,
}

impl Reporting {
    /// By partner, and in it by week: whether its report came. All partners have so many weeks; lacking ones did not.
    pub fn of(weeks: u32, reported: &[Vec<bool>]) -> Self {
        let sums =
            reported.iter().map(|its| running(weeks, its.iter().map(|came| u32::from(*came)))).collect();
        Self { weeks, sums }
    }

    fn came(&self, partner: usize, week: u32) -> bool {
        self.sums.get(partner).is_some_and(|its| summed(its, Weeks::new(week, week + 1)) > 0)
    }
}

impl<'reporting> Reports<'reporting> {
    /// By area, in it by partner, and in it by week: what was counted.
    pub fn of(reporting: &'reporting Reporting, counts: &[Vec<Vec<u32>>]) -> Self {
        let by_partner = |(partner, weeks): (usize, &Vec<u32>)| {
            let counted =
                (0..).zip(weeks).map(|(week, its)| if reporting.came(partner, week) { *its } else { 0 });
            running(reporting.weeks, counted)
        };
        let areas = counts.iter().map(|area| area.iter().enumerate().map(by_partner).collect()).collect();
        Self { reporting, areas }
    }

    /// The partners' shares of all that is counted to a week, over some windows: `s`.
    fn shares(&self, windows: Windows) -> Vec<f64> {
        let mut rates = vec![0.0; self.reporting.sums.len()];
        for area in &self.areas {
            for ((rate, counted), reported) in rates.iter_mut().zip(area).zip(&self.reporting.sums) {
                *rate += rate_of(counted, reported, windows);
            }
        }
        let all: f64 = rates.iter().sum();
        let equal = 1.0 / many(rates.len()).max(1.0);
        rates.into_iter().map(|rate| if all > 0.0 { rate / all } else { equal }).collect()
    }

    /// The partners' weights in an area, not yet made to add up to 1: `v`.
    fn weights<'its>(
        &'its self,
        area: &'its Area,
        shares: &'its [f64],
        windows: Windows,
    ) -> impl Iterator<Item = f64> + 'its {
        let weeks = f64::from(windows.before.number() + windows.after.number());
        let partners = area.iter().zip(&self.reporting.sums).zip(shares);
        partners.map(move |((counted, reported), share)| {
            weeks * rate_of(counted, reported, windows) + PRIOR_REPORTS * share
        })
    }

    fn cell(&self, area: &Area, shares: &[f64], windows: Windows) -> Cell {
        let mut cell = Cell::default();
        let mut all = 0.0;
        let weights = self.weights(area, shares, windows);
        for ((weight, counted), reported) in weights.zip(area).zip(&self.reporting.sums) {
            all += weight;
            cell.before += summed(counted, windows.before);
            cell.after += summed(counted, windows.after);
            cell.exposure_before += weight * f64::from(summed(reported, windows.before));
            cell.exposure_after += weight * f64::from(summed(reported, windows.after));
        }
        if all > 0.0 {
            cell.exposure_before /= all;
            cell.exposure_after /= all;
        }
        cell
    }
}

impl Counts for Reports<'_> {
    fn areas(&self) -> usize {
        self.areas.len()
    }

    fn known(&self) -> Weeks {
        Weeks::new(0, self.reporting.weeks)
    }

    fn cells(&self, windows: Windows, into: &mut Vec<Cell>) {
        let shares = self.shares(windows);
        into.clear();
        into.extend(self.areas.iter().map(|area| self.cell(area, &shares, windows)));
    }
}

/// The weights and the weekly shares of reporting that some reports give over all their weeks.
pub fn exposure(reports: &Reports<'_>) -> Exposure {
    let windows = Windows { before: reports.known(), after: Weeks::new(0, 0) };
    let shares = reports.shares(windows);
    let of = |area: &Area| -> Vec<f64> {
        let all: f64 = reports.weights(area, &shares, windows).sum();
        reports.weights(area, &shares, windows).map(|weight| weight / all).collect()
    };
    let weights: Vec<Vec<f64>> = reports.areas.iter().map(of).collect();
    let came = |week, partner| f64::from(u8::from(reports.reporting.came(partner, week)));
    let week = |its: &[f64], week| {
        its.iter().enumerate().map(|(partner, weight)| weight * came(week, partner)).sum()
    };
    let weeks = 0..reports.reporting.weeks;
    let weeks = weights.iter().map(|its| weeks.clone().map(|number| week(its, number)).collect()).collect();
    Exposure { weights, weeks }
}

/// What is counted to each reported week, over some windows: `rate`.
fn rate_of(counted: &[u32], reported: &[u32], windows: Windows) -> f64 {
    let both = |sums| summed(sums, windows.before) + summed(sums, windows.after);
    match both(reported) {
        0 => 0.0,
        reported => f64::from(both(counted)) / f64::from(reported),
    }
}

/// What was before each of so many weeks, and at last in all.
fn running(weeks: u32, numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let numbers = numbers.chain(std::iter::repeat(0)).zip(0..weeks);
    let sums = numbers.scan(0_u32, |sum, (number, _)| {
        *sum = sum.saturating_add(number);
        Some(*sum)
    });
    std::iter::once(0).chain(sums).collect()
}
