//! What may be said of a comparison, and in which word.

use crate::{
    BASELINE_WEEKS, Change, Comparison, Counts, Desk, Displacement, Flags, MARKED_Q, NotAssessable, Pooled,
    Question, ROBUST_BASELINES, ROBUST_P, Setting, Target, Weeks, Windows,
};

/// The interval within which there is no clear change.
const CLOSE_TO_NONE: (f64, f64) = (0.75, 4.0 / 3.0);

/// The word for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer reports than expected: the whole interval is below 1.
    Decrease,
    /// More reports than expected: the whole interval is above 1.
    Increase,
    /// The whole interval lies between 0.75 and 4/3.
    NoClearChange,
    /// Nothing can be said.
    Uncertain,
}

/// How strong a ground a finding stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceLevel {
    /// What came, and nothing beside it that would tell what was to come.
    Description,
    /// Two things went together, in an area that is compared with treated weeks or with few weeks.
    Association,
    /// What came beside what was expected from areas where nothing was done.
    ControlledComparison,
}

/// A comparison, whether other baselines agree, and the word for it.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// With the 39 weeks before.
    pub comparison: Comparison,
    /// With the 26 and the 52 weeks before, each with its own controls.
    pub others: OtherBaselines,
    /// The word that may be shown: increase or decrease only where both other baselines agree.
    pub verdict: Verdict,
    /// The ratio at the largest count that would have passed for fewer; none if not even no report would.
    pub smallest_reduction: Option<f64>,
    /// The share of false discoveries among the year's findings that are as probable; none before a year is reviewed.
    pub q_value: Option<f64>,
    /// Whether it moved next door; none without registered neighbours.
    pub displacement: Option<Displacement>,
    /// How many other interventions of the episode it is said of too.
    pub shared_with: usize,
    /// The programme's own false rate is not what it should be; see [`SelfCheck::warns`](crate::SelfCheck::warns).
    pub warned: bool,
}

/// The comparisons with the other baselines. Where less is known they reach as far back as anything is.
pub type OtherBaselines = [Comparison; 2];

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The interval holds 1, and is wide.
    OrdinaryVariation,
    /// The interval excludes 1, and another baseline does not bear it out.
    OtherBaselines,
    /// Less than 26 weeks of full reporting before.
    ShortBaseline,
}

impl Doubt {
    /// Why there is no word, by the word that the 39 weeks alone would give.
    pub(crate) fn of(alone: Verdict, flags: Flags) -> Self {
        match alone {
            Verdict::Decrease | Verdict::Increase => Self::OtherBaselines,
            Verdict::NoClearChange | Verdict::Uncertain if flags.short_baseline => Self::ShortBaseline,
            Verdict::NoClearChange | Verdict::Uncertain => Self::OrdinaryVariation,
        }
    }
}

impl Verdict {
    /// The word that an interval stands for by itself.
    fn of(low: f64, high: f64) -> Self {
        if high < 1.0 {
            Self::Decrease
        } else if low > 1.0 {
            Self::Increase
        } else if low > CLOSE_TO_NONE.0 && high < CLOSE_TO_NONE.1 {
            Self::NoClearChange
        } else {
            Self::Uncertain
        }
    }

    /// The word that is left when other baselines must agree.
    fn if_robust(self, robust: bool) -> Self {
        let change = matches!(self, Self::Decrease | Self::Increase);
        if change && !robust { Self::Uncertain } else { self }
    }
}

impl Change {
    /// Whether another baseline says the same: the same direction, and hardly by chance.
    fn is_borne_out(&self, other: &Self) -> bool {
        other.p_value < ROBUST_P && other.is_fewer() == self.is_fewer()
    }
}

impl Comparison {
    /// The word by this baseline alone. Less than 26 weeks of full reporting before are always uncertain.
    pub fn verdict(&self) -> Verdict {
        match self.outcome {
            Ok(assessed) if !self.flags.short_baseline => {
                Verdict::of(assessed.change.low, assessed.change.high)
            }
            Ok(_) | Err(_) => Verdict::Uncertain,
        }
    }

    /// Why it could not be made.
    pub fn not_assessable(&self) -> Option<NotAssessable> {
        self.outcome.err()
    }
}

impl Pooled {
    /// The word for the pool, if the same pools by the other baselines bear it out.
    pub fn verdict(&self, others: [Option<&Self>; 2]) -> Verdict {
        let fewer = |pooled: &Self| pooled.rate_ratio.is_some_and(|ratio| ratio < 1.0);
        let bears_out = |other: &Self| other.p_value < ROBUST_P && fewer(other) == fewer(self);
        let robust = others.into_iter().all(|other| other.is_some_and(bears_out));
        self.verdict_alone().if_robust(robust)
    }

    /// The word by the 39 weeks alone.
    pub(crate) fn verdict_alone(&self) -> Verdict {
        Verdict::of(self.low, self.high)
    }
}

impl Finding {
    /// Follows up some weeks of an area. `contrast` as in [`Question`].
    pub fn of(
        desk: &mut Desk,
        counts: &impl Counts,
        setting: Setting<'_>,
        (area, after, contrast): (usize, Weeks, bool),
    ) -> Self {
        let mut compare = |weeks| {
            let windows = Windows::around(after, weeks, counts.known());
            desk.compare(counts, setting, Question { area, target: Target::Area, windows, contrast })
        };
        let others = ROBUST_BASELINES.map(&mut compare);
        // Last, so that what is asked further is asked of this one.
        let comparison = compare(BASELINE_WEEKS);
        let bears_out = |one: &Comparison| {
            let changes = comparison.outcome.ok().zip(one.outcome.ok());
            changes.is_some_and(|(own, other)| own.change.is_borne_out(&other.change))
        };
        Self {
            comparison,
            others,
            verdict: comparison.verdict().if_robust(others.iter().all(bears_out)),
            smallest_reduction: desk.smallest_reduction(&comparison),
            q_value: None,
            displacement: Displacement::of(desk, setting, (area, &comparison)),
            shared_with: 0,
            warned: false,
        }
    }

    /// Why nothing can be said; none where something is, and where it could not be assessed.
    pub fn doubt(&self) -> Option<Doubt> {
        let uncertain = self.verdict == Verdict::Uncertain && self.comparison.outcome.is_ok();
        uncertain.then(|| Doubt::of(self.comparison.verdict(), self.comparison.flags))
    }

    /// It stands out among all that is found of a year, not only by itself.
    pub fn marked(&self) -> bool {
        self.q_value.is_some_and(|q| q < MARKED_Q)
    }
}
