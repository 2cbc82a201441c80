//! A placebo: weeks of an area where nothing was done, followed up as if something had been.

use crate::chance::Chance;
use crate::field;
use crate::scheme::{self, Scheme};
use crate::trial::{BEFORE, Trial, WEEKS};
use effects::{Desk, Finding, Intervention, Reporting, Reports, Setting, Treated, Verdict, Weeks};
use std::ops::Range;

/// Reductions that are put in, to see how many of them are found.
pub(crate) const REDUCTIONS: [f64; 3] = [0.2, 0.4, 0.6];

/// What a method says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Decrease,
    Increase,
    Neither,
}

/// The methods, in the order of a placebo's calls.
pub(crate) const METHODS: [&str; 4] = ["ours", "robust word", "before/after", "ratio, controls"];

/// What was said of a placebo.
#[derive(Clone, Debug)]
pub(crate) struct Placebo {
    /// Placebos of the same block are not independent.
    pub(crate) block: usize,
    /// The area and the window: the same are counted once when it is told how many are independent.
    pub(crate) window: (usize, usize),
    /// None where the engine said that it cannot be assessed.
    pub(crate) assessed: Option<Assessed>,
}

/// What was said of a placebo that could be assessed.
#[derive(Clone, Debug)]
pub(crate) struct Assessed {
    pub(crate) expected: f64,
    pub(crate) ratio: Option<f64>,
    /// The controls' unevenness: the sum of squares to its degrees of freedom.
    pub(crate) unevenness: f64,
    /// The last quarter, and the weeks after, to the area's own history.
    pub(crate) around: Option<(f64, f64)>,
    pub(crate) calls: [Call; 4],
    /// By reduction put in, if any was: what the engine says of it, and its robust word.
    pub(crate) reduced: Option<[[Call; 2]; 3]>,
}

/// Follows up a trial's placebos of a scheme, so many weeks long.
pub(crate) fn follow_up(
    desk: &mut Desk,
    trial: &Trial,
    (scheme, weeks, reductions): (Scheme, usize, bool),
    chance: &mut Chance,
) -> Vec<Placebo> {
    let areas = scheme.chosen(trial, BEFORE, chance);
    let reporting = Reporting::of(week(WEEKS), &trial.reported);
    let placebos = Placebos { areas: &areas, weeks, treated: treated(&areas, weeks) };
    let findings = placebos.findings(desk, &Reports::of(&reporting, &trial.counts));
    let mut reduced = |reduction| {
        let counts = placebos.reduced(trial, reduction, chance);
        placebos.findings(desk, &Reports::of(&reporting, &counts))
    };
    let reduced = if reductions { Some(REDUCTIONS.map(&mut reduced)) } else { None };
    let placebo = |(place, finding): (usize, &Finding)| Placebo {
        block: trial.block,
        window: (trial.names[areas[place]], trial.start / weeks),
        assessed: finding.comparison.outcome.ok().map(|assessed| Assessed {
            expected: assessed.change.expected,
            ratio: assessed.change.rate_ratio,
            unevenness: assessed.controls.x2 / f64::from(assessed.controls.nu),
            around: scheme::around(trial, areas[place], weeks),
            calls: placebos.calls(trial, areas[place], finding),
            reduced: reduced.as_ref().map(|all| all.each_ref().map(|findings| own_calls(&findings[place]))),
        }),
    };
    findings.iter().enumerate().map(placebo).collect()
}

struct Placebos<'trial> {
    areas: &'trial [usize],
    weeks: usize,
    treated: Treated,
}

impl Placebos<'_> {
    fn findings(&self, desk: &mut Desk, reports: &Reports<'_>) -> Vec<Finding> {
        let setting = Setting { treated: &self.treated, neighbours: &[] };
        let after = window(self.weeks);
        self.areas.iter().map(|area| Finding::of(desk, reports, setting, (*area, after, true))).collect()
    }

    /// The counts, with a reduction put in.
    fn reduced(&self, trial: &Trial, reduction: f64, chance: &mut Chance) -> Vec<Vec<Vec<u32>>> {
        let mut counts = trial.counts.clone();
        for area in self.areas {
            reduce(&mut counts[*area], BEFORE..BEFORE + self.weeks, reduction, chance);
        }
        counts
    }

    fn calls(&self, trial: &Trial, area: usize, finding: &Finding) -> [Call; 4] {
        let windows = |area| {
            (trial.came(area, BEFORE - self.weeks, BEFORE), trial.came(area, BEFORE, BEFORE + self.weeks))
        };
        let target = windows(area);
        let others = (0..trial.counts.len()).filter(|other| !self.areas.contains(other)).map(windows);
        let controls = others.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let [own, robust] = own_calls(finding);
        let plain = field::before_after(target.0, target.1);
        [own, robust, plain, field::rate_ratio_with_controls(target, controls)]
    }
}

/// Keeps each report of an area's weeks with the probability that a reduction leaves.
pub(crate) fn reduce(area: &mut [Vec<u32>], weeks: Range<usize>, reduction: f64, chance: &mut Chance) {
    for count in area.iter_mut().flat_map(|partner| &mut partner[weeks.clone()]) {
        *count = chance.thinned(*count, 1.0 - reduction);
    }
}

/// What the engine says by its own baseline, and its robust word.
fn own_calls(finding: &Finding) -> [Call; 2] {
    [finding.comparison.verdict(), finding.verdict].map(Call::of)
}

impl Call {
    pub(crate) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Decrease => Self::Decrease,
            Verdict::Increase => Self::Increase,
            Verdict::NoClearChange | Verdict::Uncertain => Self::Neither,
        }
    }
}

fn treated(areas: &[usize], weeks: usize) -> Treated {
    let placebo = |area: &usize| Intervention { area: *area, weeks: window(weeks) };
    Treated::by(&areas.iter().map(placebo).collect::<Vec<_>>())
}

fn window(weeks: usize) -> Weeks {
    Weeks::new(week(BEFORE), week(BEFORE + weeks))
}

pub(crate) fn week(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
