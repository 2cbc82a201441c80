//! How much was reported of areas, week by week, and by how much of those who could have.

use crate::{Weeks, Windows};

/// What an area came to in two windows. Counts and the reporting behind them are never apart: where half of the
/// reporting is missing, half of the count is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// What was reported in the window before, in weeks with any reporting.
    pub before: u32,
    /// What was reported in the window after.
    pub after: u32,
    /// Weeks of full reporting before: the sum of the weeks' shares of reporting.
    pub exposure_before: f64,
    /// Weeks of full reporting after.
    pub exposure_after: f64,
}

impl Cell {
    /// All reports, before and after.
    pub fn reports(&self) -> u32 {
        self.before.saturating_add(self.after)
    }

    /// Some areas as one: their counts added, their exposures averaged by what each counted before (alike, if nothing
    /// was).
    pub(crate) fn together(cells: impl Iterator<Item = Self> + Clone) -> Self {
        let counted_before = cells.clone().any(|cell| cell.before > 0);
        let (mut whole, mut weights) = (Self::default(), 0.0);
        for cell in cells {
            let weight = if counted_before { f64::from(cell.before) } else { 1.0 };
            weights += weight;
            whole.before += cell.before;
            whole.after += cell.after;
            whole.exposure_before += weight * cell.exposure_before;
            whole.exposure_after += weight * cell.exposure_after;
        }
        if weights > 0.0 {
            whole.exposure_before /= weights;
            whole.exposure_after /= weights;
        }
        whole
    }
}

/// Where cells come from.
pub trait Counts {
    /// How many areas there are; they are numbered from 0.
    fn areas(&self) -> usize;

    /// The weeks of which anything is known.
    fn known(&self) -> Weeks;

    /// The cells of all areas in two windows, in the areas' order, in place of what `into` held.
    fn cells(&self, windows: Windows, into: &mut Vec<Cell>);
}

/// Counts whose reporting is known as a share of each week. Sums are kept, so that a cell costs four differences
/// however long its windows are.
#[derive(Clone, Debug, Default)]
pub struct Series {
    weeks: u32,
    areas: Vec<Sums>,
}

/// An area's counts and exposure, summed to the beginning of each week and to the end of the last.
#[derive(Clone, Debug)]
struct Sums {
    counts: Vec<u32>,
    exposures: Vec<f64>,
}

impl Series {
    /// Series of so many weeks, from week 0.
    pub fn new(weeks: u32) -> Self {
        Self { weeks, areas: Vec::new() }
    }

    /// Adds an area: each week's count, and the share of the reporting that came, 0 to 1. Without shares all came.
    /// What was counted in a week without reporting counts for nothing. Weeks that are lacking have neither.
    pub fn add(&mut self, counts: &[u32], exposures: Option<&[f64]>) {
        let mut sums = Sums { counts: vec![0], exposures: vec![0.0] };
        let (mut count, mut exposure) = (0_u32, 0.0);
        // Beyond what is given nothing is added: the last sums hold for all weeks to come.
        let given = counts.len().max(exposures.map_or(0, <[f64]>::len));
        for week in 0..given.min(usize::try_from(self.weeks).unwrap_or(usize::MAX)) {
            let counted = counts.get(week).copied();
            let exposed = match exposures {
                Some(exposures) => exposures.get(week).copied().unwrap_or(0.0),
                None => f64::from(u8::from(counted.is_some())),
            };
            if exposed > 0.0 {
                count = count.saturating_add(counted.unwrap_or(0));
                exposure += exposed;
            }
            sums.counts.push(count);
            sums.exposures.push(exposure);
        }
        self.areas.push(sums);
    }
}

impl Counts for Series {
    fn areas(&self) -> usize {
        self.areas.len()
    }

    fn known(&self) -> Weeks {
        Weeks::new(0, self.weeks)
    }

    fn cells(&self, windows: Windows, into: &mut Vec<Cell>) {
        let Windows { before, after } = windows;
        into.clear();
        into.extend(self.areas.iter().map(|area| Cell {
            before: summed(&area.counts, before),
            after: summed(&area.counts, after),
            exposure_before: summed(&area.exposures, before),
            exposure_after: summed(&area.exposures, after),
        }));
    }
}

/// What the weeks add up to, by sums to the beginning of each week.
pub(crate) fn summed<Number>(sums: &[Number], weeks: Weeks) -> Number
where
    Number: Copy + Default + PartialOrd + std::ops::Sub<Output = Number>,
{
    let at = |week: u32| {
        let place = usize::try_from(week).unwrap_or(usize::MAX);
        sums.get(place).or(sums.last()).copied().unwrap_or_default()
    };
    if weeks.number() == 0 { Number::default() } else { at(weeks.to) - at(weeks.from) }
}

/// How many, as a number to reckon with.
pub(crate) fn many(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
