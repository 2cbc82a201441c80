//! Which areas an area is compared with, whether it can be, and the comparison.

use crate::beta_binomial::Tails;
use crate::change::{Expectation, percentile};
use crate::{
    CONTROL_CONTRAST_MAX, Cell, Change, ControlChange, Counts, FEW_CONTROLS, MIN_BASELINE_EXPOSURE,
    MIN_CONTROLS, SHORT_BASELINE_EXPOSURE, TARGET_CONTRAST_MIN, Treated, Windows,
};

/// What was done where, and which areas lie beside each other.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'programme> {
    /// In which weeks anything was done in which area.
    pub treated: &'programme Treated,
    /// By area: its registered neighbours. What is moved goes to them, so they are no controls. An area is not its own
    /// neighbour, and counts once however often it is named.
    pub neighbours: &'programme [Vec<usize>],
}

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The area whose controls are chosen.
    pub area: usize,
    /// Whose counts are compared: the area's, or also its neighbours'.
    pub target: Target,
    /// The weeks after, and those before that they are compared with.
    pub windows: Windows,
    /// Whether the area must have had the intervention in the window after and not before. It need not when it is
    /// asked what came afterwards, or what happens where nothing is done.
    pub contrast: bool,
}

/// Whose counts are compared with the controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The area's.
    Area,
    /// Its neighbours' together.
    Neighbours,
    /// Both together: what is left when what moved next door is counted too.
    WithNeighbours,
}

/// Why a target cannot be compared; the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAssessable {
    /// Interventions were at work before nearly as much as after, or hardly after.
    NoContrast,
    /// Less than 13 weeks of full reporting before, or none after.
    ShortBaseline,
    /// Fewer than four controls.
    TooFewControls,
    /// The controls together have no report before, or none after.
    EmptyControls,
    /// The target has no report at all.
    NoReports,
}

/// What weakens a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Less than 26 weeks of full reporting before: nothing is called a change.
    ShortBaseline,
    /// Fewer than eight controls.
    FewControls,
    /// Something was done in the area in the window before too: it is compared with treated weeks.
    InterventionInBaseline,
}

/// The flags of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// [`Flag::ShortBaseline`].
    pub short_baseline: bool,
    /// [`Flag::FewControls`].
    pub few_controls: bool,
    /// [`Flag::InterventionInBaseline`].
    pub intervention_in_baseline: bool,
}

/// A comparison, or why there is none.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// The weeks that were compared, as far as anything is known of them.
    pub windows: Windows,
    /// What the target came to in them.
    pub cell: Cell,
    /// How many controls it has.
    pub controls: usize,
    /// What weakens it, whether it could be made or not.
    pub flags: Flags,
    /// What was found, or the first reason why nothing can be.
    pub outcome: Result<Assessed, NotAssessable>,
}

/// A comparison that could be made.
#[derive(Clone, Copy, Debug)]
pub struct Assessed {
    /// How the controls changed.
    pub controls: ControlChange,
    /// How the target changed beside them.
    pub change: Change,
}

/// Where comparisons are made one after another. It keeps its lists, so that none is made for a cell.
#[derive(Debug, Default)]
pub struct Desk {
    cells: Vec<Cell>,
    controls: Vec<usize>,
    control_cells: Vec<Cell>,
    /// Student's percentiles by degrees of freedom, from 0.
    percentiles: Vec<f64>,
}

/// Sums of shares fall short of whole numbers by what numbers cannot hold.
const ROUNDING: f64 = 1e-9;

impl<'programme> Setting<'programme> {
    pub(crate) fn neighbours_of(self, area: usize) -> impl Iterator<Item = usize> + Clone + 'programme {
        let all = self.neighbours.get(area).map_or(&[][..], Vec::as_slice);
        let again = |place: usize, its: &usize| all.iter().take(place).any(|earlier| earlier == its);
        let once = all.iter().enumerate().filter(move |(place, its)| **its != area && !again(*place, its));
        once.map(|(_, its)| *its)
    }
}

impl Flags {
    /// Those that hold in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            short_baseline: self.short_baseline || other.short_baseline,
            few_controls: self.few_controls || other.few_controls,
            intervention_in_baseline: self.intervention_in_baseline || other.intervention_in_baseline,
        }
    }

    /// Those that hold, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        let flags = [
            (self.short_baseline, Flag::ShortBaseline),
            (self.few_controls, Flag::FewControls),
            (self.intervention_in_baseline, Flag::InterventionInBaseline),
        ];
        flags.into_iter().filter_map(|(holds, flag)| holds.then_some(flag))
    }
}

impl Desk {
    /// Compares a target with its controls. A week that lies outside what is known counts for nothing.
    pub fn compare(&mut self, counts: &impl Counts, setting: Setting<'_>, question: Question) -> Comparison {
        let Question { area, windows, .. } = question;
        self.look_at(counts, windows);
        let cell = self.cell_of(setting, area, question.target);
        self.choose_controls(setting, area, windows);
        let before = setting.treated.share(area, windows.before);
        let contrast = setting.treated.share(area, windows.after) - before;
        let flags = Flags { intervention_in_baseline: before > 0.0, ..self.flags_of(&cell) };
        let no_contrast = question.contrast && contrast < TARGET_CONTRAST_MIN;
        let outcome = if no_contrast { Err(NotAssessable::NoContrast) } else { self.assessed(&cell) };
        Comparison { windows, cell, controls: self.controls.len(), flags, outcome }
    }

    /// What weakens a comparison of a cell with the controls chosen, whatever was done in it.
    pub(crate) fn flags_of(&self, cell: &Cell) -> Flags {
        Flags {
            short_baseline: cell.exposure_before + ROUNDING < SHORT_BASELINE_EXPOSURE,
            few_controls: self.controls.len() < FEW_CONTROLS,
            intervention_in_baseline: false,
        }
    }

    /// The controls of the last comparison.
    pub fn controls(&self) -> &[usize] {
        &self.controls
    }

    /// Takes up the cells of all areas in two windows.
    pub(crate) fn look_at(&mut self, counts: &impl Counts, windows: Windows) {
        counts.cells(windows, &mut self.cells);
    }

    /// An area's tails among its controls in the windows looked at, and what was expected; none if it cannot be
    /// compared.
    pub(crate) fn tails(
        &mut self,
        setting: Setting<'_>,
        (area, windows): (usize, Windows),
    ) -> Option<(f64, Tails)> {
        let cell = self.cell_of(setting, area, Target::Area);
        self.choose_controls(setting, area, windows);
        let controls = self.change_of_controls(&cell).ok()?;
        let expectation = Expectation::of(&controls, &cell, self.percentile(controls.df()));
        Some((expectation.expected(cell.before), expectation.tails(cell.before, cell.after)))
    }

    /// The cells of the controls of the last comparison.
    pub(crate) fn control_cells(&self) -> &[Cell] {
        &self.control_cells
    }

    /// How little a reduction the last comparison could have seen, as a rate ratio; none if none.
    pub(crate) fn smallest_reduction(&mut self, comparison: &Comparison) -> Option<f64> {
        let Assessed { controls, .. } = comparison.outcome.ok()?;
        let percentile = self.percentile(controls.df());
        Expectation::of(&controls, &comparison.cell, percentile).smallest_reduction(comparison.cell.before)
    }

    pub(crate) fn assessed(&mut self, cell: &Cell) -> Result<Assessed, NotAssessable> {
        let controls = self.change_of_controls(cell)?;
        let expectation = Expectation::of(&controls, cell, self.percentile(controls.df()));
        let change = expectation.change(cell.before, cell.after);
        Ok(Assessed { controls, change })
    }

    fn change_of_controls(&self, cell: &Cell) -> Result<ControlChange, NotAssessable> {
        if cell.exposure_before + ROUNDING < MIN_BASELINE_EXPOSURE || cell.exposure_after <= 0.0 {
            return Err(NotAssessable::ShortBaseline);
        }
        if self.controls.len() < MIN_CONTROLS {
            return Err(NotAssessable::TooFewControls);
        }
        let change = ControlChange::of(&self.control_cells).ok_or(NotAssessable::EmptyControls)?;
        if cell.reports() == 0 { Err(NotAssessable::NoReports) } else { Ok(change) }
    }

    /// Every other area that is no neighbour, has reports and exposure, and where as much was done before as after.
    fn choose_controls(&mut self, setting: Setting<'_>, area: usize, windows: Windows) {
        let neighbours = setting.neighbours.get(area).map_or(&[][..], Vec::as_slice);
        let untouched = |other: usize| {
            let share = |weeks| setting.treated.share(other, weeks);
            (share(windows.after) - share(windows.before)).abs() <= CONTROL_CONTRAST_MAX
        };
        self.controls.clear();
        self.control_cells.clear();
        for (other, cell) in self.cells.iter().enumerate() {
            let reporting = cell.exposure_before > 0.0 && cell.exposure_after > 0.0;
            let compares = other != area && !neighbours.contains(&other) && cell.reports() > 0 && reporting;
            if compares && untouched(other) {
                self.controls.push(other);
                self.control_cells.push(*cell);
            }
        }
    }

    /// A target's cell in the windows looked at.
    pub(crate) fn cell_of(&self, setting: Setting<'_>, area: usize, target: Target) -> Cell {
        let of = |area: usize| self.cells.get(area).copied().unwrap_or_default();
        let neighbours = || setting.neighbours_of(area).map(of);
        match target {
            Target::Area => of(area),
            Target::Neighbours => Cell::together(neighbours()),
            Target::WithNeighbours => Cell::together(std::iter::once(of(area)).chain(neighbours())),
        }
    }

    fn percentile(&mut self, df: u32) -> f64 {
        let place = usize::try_from(df).unwrap_or(usize::MAX);
        while self.percentiles.len() <= place {
            let next = u32::try_from(self.percentiles.len()).unwrap_or(u32::MAX);
            self.percentiles.push(percentile(next));
        }
        self.percentiles.get(place).copied().unwrap_or(f64::INFINITY)
    }
}
