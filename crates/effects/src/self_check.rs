//! How often the method is wrong here: the same comparison where nothing was done.

use crate::comparison::Target;
use crate::series::many;
use crate::{ALPHA, BASELINE_WEEKS, Counts, Desk, Setting, Weeks, Windows};

/// With fewer checks their share says little.
const ENOUGH_CHECKS: usize = 200;
/// The share that may strike, of which 5 % is right.
const SHARE: std::ops::RangeInclusive<f64> = 0.02..=0.08;

/// A programme's own false rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfCheck {
    /// Areas and quarters without intervention that could be compared.
    pub checks: usize,
    /// Those whose p is below 5 %, either way; the other baselines are not asked.
    pub struck: usize,
    /// The periods that were checked, each with its baseline.
    pub windows: Vec<Windows>,
}

impl SelfCheck {
    /// Compares every area where nothing was done, before or after, in each of some periods.
    pub fn over(desk: &mut Desk, counts: &impl Counts, setting: Setting<'_>, periods: &[Weeks]) -> Self {
        let mut check = Self::default();
        for period in periods {
            let windows = Windows::around(*period, BASELINE_WEEKS, counts.known());
            desk.look_at(counts, windows);
            check.windows.push(windows);
            let done = |area, weeks| setting.treated.share(area, weeks) > 0.0;
            let untouched = |area: &usize| !done(*area, windows.before) && !done(*area, windows.after);
            for area in (0..counts.areas()).filter(untouched) {
                // Where a change is never said, none is said falsely.
                if desk.flags_of(&desk.cell_of(setting, area, Target::Area)).short_baseline {
                    continue;
                }
                let Some((_, tails)) = desk.tails(setting, (area, windows)) else { continue };
                check.checks += 1;
                check.struck += usize::from(tails.p_value() < ALPHA);
            }
        }
        check
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let more = other.windows.into_iter().filter(|its| !self.windows.contains(its)).collect::<Vec<_>>();
        self.windows.extend(more);
        Self { checks: self.checks + other.checks, struck: self.struck + other.struck, ..self }
    }

    /// The share that struck, 0 to 1; none without a check.
    pub fn share(&self) -> Option<f64> {
        (self.checks > 0).then(|| many(self.struck) / many(self.checks))
    }

    /// Every verdict must be read with a warning: the method is wrong more often here than it says, or so seldom that
    /// it hardly sees anything.
    pub fn warns(&self) -> bool {
        self.checks >= ENOUGH_CHECKS && self.share().is_some_and(|share| !SHARE.contains(&share))
    }
}
