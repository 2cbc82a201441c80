//! Counts by partner, so that a partner who stops reporting is not taken for an area that calmed down.

use crate::series::many;
use crate::{Cell, Counts, Weeks, Windows};

/// How many reports the programme's shares weigh as much as, beside an area's own.
const PRIOR_REPORTS: f64 = 5.0;

/// Which partners reported which weeks.
#[derive(Clone, Debug)]
pub struct Reporting {
    partners: usize,
    sums: WeeklySums,
}

/// What the partners counted of one thing, by area. Many things share one reporting.
///
/// A week's share of reporting in an area is the partners who reported, each weighed by how much of the area's
/// reports are usually theirs:
///
/// - `R[o,t]` is 1 if partner `o` sent its report for week `t`, a calm one too, and 0 otherwise; what is counted of a
///   week without report counts for nothing. `U` is the weeks of both windows, `W` how many they are.
/// - `m[o] = Σ R[o,t]` over `U`; `rate[a,o] = Σ y[a,o,t]·R[o,t] / m[o]`, 0 without reports;
/// - `s[o] = Σ_a rate[a,o] / Σ_a,o rate`, equal shares if nothing was counted;
/// - `v[a,o] = W·rate[a,o] + 5·s[o]`, `w[a,o] = v[a,o] / Σ_o v`, and **`x[a,t] = Σ_o w[a,o]·R[o,t]`**, from 0 to 1.
#[derive(Clone, Debug)]
pub struct Reports<'reporting> {
    reporting: &'reporting Reporting,
    areas: usize,
    /// Area by area, and in it partner by partner.
    sums: WeeklySums,
}

/// The partners' weights in each area, and what they make of each week.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// By area, and in it by partner; an area's add up to 1.
    pub weights: Vec<Vec<f64>>,
    /// By area, and in it by week: the share of reporting, 0 to 1.
    pub weeks: Vec<Vec<f64>>,
}

/// Rows of sums, one to the beginning of each week and one to the end of the last: a window is two rows, however
/// long.
#[derive(Clone, Debug)]
struct WeeklySums {
    weeks: u32,
    width: usize,
    rows: Vec<u32>,
}

/// What came in the windows before and after.
#[derive(Clone, Copy, Debug)]
struct Pair {
    before: u32,
    after: u32,
}

impl WeeklySums {
    /// Of so many weeks, with what `at` a place of the row comes to in a week.
    fn of(weeks: u32, width: usize, at: impl Fn(usize, u32) -> u32) -> Self {
        let mut row = vec![0_u32; width];
        let mut rows = row.clone();
        for week in 0..weeks {
            for (place, sum) in row.iter_mut().enumerate() {
                *sum = sum.saturating_add(at(place, week));
            }
            rows.extend_from_slice(&row);
        }
        Self { weeks, width, rows }
    }

    fn row(&self, week: u32) -> &[u32] {
        let from = usize::try_from(week.min(self.weeks)).unwrap_or(0) * self.width;
        self.rows.get(from..from + self.width).unwrap_or_default()
    }

    fn over(&self, weeks: Weeks) -> impl Iterator<Item = u32> {
        // Weeks that are none end where they begin.
        let end = weeks.to.max(weeks.from);
        self.row(end).iter().zip(self.row(weeks.from)).map(|(end, beginning)| end - beginning)
    }

    fn in_windows(&self, windows: Windows) -> Vec<Pair> {
        let both = self.over(windows.before).zip(self.over(windows.after));
        both.map(|(before, after)| Pair { before, after }).collect()
    }
}

impl Pair {
    fn all(self) -> u32 {
        self.before.saturating_add(self.after)
    }

    /// What is counted to each week that was reported: `rate`.
    fn to_each(self, reported: Self) -> f64 {
        let weeks = reported.all();
        if weeks == 0 { 0.0 } else { f64::from(self.all()) / f64::from(weeks) }
    }
}

impl Reporting {
    /// By partner, and in it by week: whether its report came. All partners have so many weeks; lacking ones did not.
    pub fn of(weeks: u32, reported: &[Vec<bool>]) -> Self {
        let came = |partner, week| u32::from(at(reported.get(partner), week));
        Self { partners: reported.len(), sums: WeeklySums::of(weeks, reported.len(), came) }
    }

    fn came(&self, week: u32) -> impl Iterator<Item = u32> {
        self.sums.over(Weeks::new(week, week + 1))
    }
}

impl<'reporting> Reports<'reporting> {
    /// By area, in it by partner, and in it by week: what was counted.
    pub fn of(reporting: &'reporting Reporting, counts: &[Vec<Vec<u32>>]) -> Self {
        let (weeks, partners, areas) = (reporting.sums.weeks, reporting.partners, counts.len());
        let came: Vec<Vec<u32>> = (0..weeks).map(|week| reporting.came(week).collect()).collect();
        let counted = |place: usize, week: u32| {
            let (area, partner) = (place / partners, place % partners);
            let counted = at(counts.get(area).and_then(|area| area.get(partner)), week);
            counted
                * at(
                    came.get(usize::try_from(week).unwrap_or(usize::MAX)),
                    u32::try_from(partner).unwrap_or(u32::MAX),
                )
        };
        Self { reporting, areas, sums: WeeklySums::of(weeks, areas * partners, counted) }
    }

    /// An area's part of what is told of all areas.
    fn of_area<'all>(&self, all: &'all [Pair], area: usize) -> &'all [Pair] {
        let partners = self.reporting.partners;
        all.get(area * partners..(area + 1) * partners).unwrap_or_default()
    }

    /// The partners' shares of all that is counted to a week: `s`.
    fn shares(&self, counted: &[Pair], reported: &[Pair]) -> Vec<f64> {
        let mut rates = vec![0.0; self.reporting.partners];
        for area in 0..self.areas {
            let counted = self.of_area(counted, area);
            for ((rate, counted), reported) in rates.iter_mut().zip(counted).zip(reported) {
                *rate += counted.to_each(*reported);
            }
        }
        let all: f64 = rates.iter().sum();
        let equal = 1.0 / many(rates.len()).max(1.0);
        rates.into_iter().map(|rate| if all > 0.0 { rate / all } else { equal }).collect()
    }
}

/// The partners' weights in an area, not yet made to add up to 1: `v`.
fn weights<'its>(
    counted: &'its [Pair],
    reported: &'its [Pair],
    (shares, windows): (&'its [f64], Windows),
) -> impl Iterator<Item = f64> + 'its {
    let weeks = f64::from(windows.before.number() + windows.after.number());
    let partners = counted.iter().zip(reported).zip(shares);
    partners
        .map(move |((counted, reported), share)| weeks * counted.to_each(*reported) + PRIOR_REPORTS * share)
}

impl Counts for Reports<'_> {
    fn areas(&self) -> usize {
        self.areas
    }

    fn known(&self) -> Weeks {
        Weeks::new(0, self.sums.weeks)
    }

    fn cells(&self, windows: Windows, into: &mut Vec<Cell>) {
        let counted = self.sums.in_windows(windows);
        let reported = self.reporting.sums.in_windows(windows);
        let shares = self.shares(&counted, &reported);
        let cell = |area| {
            let counted = self.of_area(&counted, area);
            let (mut cell, mut all) = (Cell::default(), 0.0);
            let weights = weights(counted, &reported, (&shares, windows));
            for ((weight, counted), reported) in weights.zip(counted).zip(&reported) {
                all += weight;
                cell.before += counted.before;
                cell.after += counted.after;
                cell.exposure_before += weight * f64::from(reported.before);
                cell.exposure_after += weight * f64::from(reported.after);
            }
            if all > 0.0 {
                cell.exposure_before /= all;
                cell.exposure_after /= all;
            }
            cell
        };
        into.clear();
        into.extend((0..self.areas).map(cell));
    }
}

/// The weights and the weekly shares of reporting that some reports give over all their weeks.
pub fn exposure(reports: &Reports<'_>) -> Exposure {
    let windows = Windows { before: reports.known(), after: Weeks::new(0, 0) };
    let counted = reports.sums.in_windows(windows);
    let reported = reports.reporting.sums.in_windows(windows);
    let shares = reports.shares(&counted, &reported);
    let of = |area| -> Vec<f64> {
        let weights = || weights(reports.of_area(&counted, area), &reported, (&shares, windows));
        let all: f64 = weights().sum();
        weights().map(|weight| weight / all).collect()
    };
    let weights: Vec<Vec<f64>> = (0..reports.areas).map(of).collect();
    let week = |its: &[f64], week| {
        its.iter().zip(reports.reporting.came(week)).map(|(weight, came)| weight * f64::from(came)).sum()
    };
    let weeks = weights.iter().map(|its| (0..reports.sums.weeks).map(|number| week(its, number)).collect());
    Exposure { weeks: weeks.collect(), weights }
}

/// What a list holds at a place; nothing where it ends before.
fn at<What: Copy + Default>(list: Option<&Vec<What>>, place: u32) -> What {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    list.and_then(|list| list.get(place)).copied().unwrap_or_default()
}
