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

/// What a partner counted in an area in the windows, and to each week that it reported: `rate`.
#[derive(Clone, Copy, Debug)]
struct Counted {
    pair: Pair,
    rate: f64,
}

impl WeeklySums {
    /// Of so many weeks, with what each place of the row comes to in a week.
    fn of<Row: IntoIterator<Item = u32>>(weeks: u32, width: usize, in_week: impl Fn(usize) -> Row) -> Self {
        let mut row = vec![0_u32; width];
        let mut rows = row.clone();
        for week in 0..usize::try_from(weeks).unwrap_or(0) {
            for (sum, number) in row.iter_mut().zip(in_week(week)) {
                *sum = sum.saturating_add(number);
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

    fn in_windows(&self, windows: Windows) -> impl Iterator<Item = Pair> {
        let both = self.over(windows.before).zip(self.over(windows.after));
        both.map(|(before, after)| Pair { before, after })
    }
}

impl Pair {
    fn all(self) -> u32 {
        self.before.saturating_add(self.after)
    }
}

impl Reporting {
    /// By partner, and in it by week: whether its report came. All partners have so many weeks; lacking ones did not.
    pub fn of(weeks: u32, reported: &[Vec<bool>]) -> Self {
        let came = |week| reported.iter().map(move |its| u32::from(its.get(week).copied().unwrap_or(false)));
        Self { partners: reported.len(), sums: WeeklySums::of(weeks, reported.len(), came) }
    }

    fn came(&self, week: u32) -> impl Iterator<Item = u32> + Clone {
        self.sums.row(week + 1).iter().zip(self.sums.row(week)).map(|(end, beginning)| end - beginning)
    }
}

impl<'reporting> Reports<'reporting> {
    /// By area, in it by partner, and in it by week: what was counted.
    pub fn of(reporting: &'reporting Reporting, counts: &[Vec<Vec<u32>>]) -> Self {
        // An area's partners are as many as report.
        let place = |(area, partner)| counts.get::<usize>(area).and_then(|its| its.get::<usize>(partner));
        let places =
            (0..counts.len()).flat_map(|area| (0..reporting.partners).map(move |partner| (area, partner)));
        let counted: Vec<&[u32]> = places.map(|at| place(at).map_or(&[][..], Vec::as_slice)).collect();
        let in_week = |week: usize| {
            let came = reporting.came(u32::try_from(week).unwrap_or(u32::MAX - 1));
            let at_week = counted.iter().map(move |weeks| weeks.get(week).copied().unwrap_or(0));
            at_week.zip(came.cycle()).map(|(counted, came)| counted * came)
        };
        let width = counted.len();
        Self { reporting, areas: counts.len(), sums: WeeklySums::of(reporting.sums.weeks, width, in_week) }
    }

    /// What was counted and who reported in some windows.
    fn in_windows(&self, windows: Windows) -> InWindows {
        let reported: Vec<Pair> = self.reporting.sums.in_windows(windows).collect();
        let weeks: Vec<f64> = reported.iter().map(|its| f64::from(its.all())).collect();
        let rate =
            |counted: Pair, weeks: f64| if weeks > 0.0 { f64::from(counted.all()) / weeks } else { 0.0 };
        let counted = self.sums.in_windows(windows).zip(weeks.iter().cycle());
        let counted = counted.map(|(pair, weeks)| Counted { pair, rate: rate(pair, *weeks) }).collect();
        let all = f64::from(windows.before.number() + windows.after.number());
        InWindows { reported, counted, weeks: all, shares: Vec::new() }.with_shares()
    }
}

/// The windows' sums, of which all areas' cells are made.
struct InWindows {
    /// By partner.
    reported: Vec<Pair>,
    /// Area by area, and in it by partner.
    counted: Vec<Counted>,
    weeks: f64,
    /// By partner: its share of all that is counted to a week, `s`.
    shares: Vec<f64>,
}

impl InWindows {
    fn with_shares(mut self) -> Self {
        let mut rates = vec![0.0; self.reported.len()];
        for area in self.areas() {
            for (rate, counted) in rates.iter_mut().zip(area) {
                *rate += counted.rate;
            }
        }
        let all: f64 = rates.iter().sum();
        let equal = 1.0 / many(rates.len()).max(1.0);
        self.shares = rates.into_iter().map(|rate| if all > 0.0 { rate / all } else { equal }).collect();
        self
    }

    fn areas(&self) -> impl Iterator<Item = &[Counted]> {
        self.counted.chunks(self.reported.len().max(1))
    }

    /// The partners' weights in an area, not yet made to add up to 1: `v`.
    fn weights(&self, area: &[Counted]) -> impl Iterator<Item = f64> {
        area.iter().zip(&self.shares).map(|(its, share)| self.weeks * its.rate + PRIOR_REPORTS * share)
    }

    fn cell(&self, area: &[Counted]) -> Cell {
        let (mut cell, mut all) = (Cell::default(), 0.0);
        for ((weight, counted), reported) in self.weights(area).zip(area).zip(&self.reported) {
            all += weight;
            cell.before += counted.pair.before;
            cell.after += counted.pair.after;
            cell.exposure_before += weight * f64::from(reported.before);
            cell.exposure_after += weight * f64::from(reported.after);
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
        self.areas
    }

    fn known(&self) -> Weeks {
        Weeks::new(0, self.reporting.sums.weeks)
    }

    fn cells(&self, windows: Windows, into: &mut Vec<Cell>) {
        let sums = self.in_windows(windows);
        into.clear();
        into.extend(sums.areas().map(|area| sums.cell(area)));
        // Without partners nothing is known of any area.
        into.resize(self.areas, Cell::default());
    }
}

/// The weights and the weekly shares of reporting that some reports give over all their weeks.
pub fn exposure(reports: &Reports<'_>) -> Exposure {
    let sums = reports.in_windows(Windows { before: reports.known(), after: Weeks::new(0, 0) });
    let shared_out = |area| -> Vec<f64> {
        let all: f64 = sums.weights(area).sum();
        sums.weights(area).map(|weight| weight / all).collect()
    };
    let weights: Vec<Vec<f64>> = sums.areas().map(shared_out).collect();
    let week = |its: &[f64], week| {
        its.iter().zip(reports.reporting.came(week)).map(|(weight, came)| weight * f64::from(came)).sum()
    };
    let all = 0..reports.reporting.sums.weeks;
    let weeks = weights.iter().map(|its| all.clone().map(|number| week(its, number)).collect()).collect();
    Exposure { weights, weeks }
}
