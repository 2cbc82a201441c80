//! What is tried: a panel makes trials, and all schemes and lengths are followed up in each of them.

use crate::chance::Chance;
use crate::placebo::{Placebo, follow_up};
use crate::scheme::Scheme;
use crate::trial::{AFTER, Trial};
use effects::Desk;
use std::panic::resume_unwind;

/// Weeks of the placebos.
pub(crate) const LENGTHS: &[usize] = &[6, AFTER];
/// As many as the threads.
pub(crate) const PARTS: usize = 2;

/// How a trial is made: its number and its chance.
type Make<'panel> = dyn Fn(usize, &mut Chance) -> Trial + Sync + 'panel;

/// Where trials come from.
pub(crate) struct Panel<'panel> {
    pub(crate) name: &'static str,
    /// What the reader should know of it.
    pub(crate) told: String,
    pub(crate) seed: u64,
    pub(crate) trials: usize,
    pub(crate) lengths: &'static [usize],
    /// Whether reductions are put in as well.
    pub(crate) reductions: bool,
    pub(crate) make: Box<Make<'panel>>,
}

/// A scheme and a length, with its placebos.
pub(crate) struct Cell {
    pub(crate) scheme: Scheme,
    pub(crate) weeks: usize,
    pub(crate) placebos: Vec<Placebo>,
}

impl Panel<'_> {
    /// All cells. Each trial has a chance of its own, so that the threads' turns make no difference.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let parts = in_parts(|part| self.part(part));
        let mut cells = self.empty();
        for part in parts {
            for (cell, own) in cells.iter_mut().zip(part) {
                cell.placebos.extend(own.placebos);
            }
        }
        cells.retain(|cell| !cell.placebos.is_empty());
        cells
    }

    fn part(&self, part: usize) -> Vec<Cell> {
        let mut desk = Desk::default();
        let mut cells = self.empty();
        for number in (part..self.trials).step_by(PARTS) {
            let mut chance = Chance::of(self.seed, number);
            let trial = (self.make)(number, &mut chance);
            for cell in cells.iter_mut().filter(|cell| cell.scheme.holds_for(&trial)) {
                let question = (cell.scheme, cell.weeks, self.reductions);
                cell.placebos.extend(follow_up(&mut desk, &trial, question, &mut chance));
            }
        }
        cells
    }

    fn empty(&self) -> Vec<Cell> {
        let cell = |scheme, weeks: &usize| Cell { scheme, weeks: *weeks, placebos: Vec::new() };
        let of_scheme = |scheme| self.lengths.iter().map(move |weeks| cell(scheme, weeks));
        Scheme::ALL.into_iter().flat_map(of_scheme).collect()
    }
}

/// What each part comes to, each on a thread of its own.
pub(crate) fn in_parts<What: Send>(part: impl Fn(usize) -> What + Sync) -> Vec<What> {
    let part = &part;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..PARTS).map(|number| scope.spawn(move || part(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|lost| resume_unwind(lost))).collect()
    })
}
