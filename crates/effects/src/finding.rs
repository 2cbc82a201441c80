//! What may be said of a comparison, and in which word.

use crate::{
    BASELINE_WEEKS, Change, Comparison, Counts, Desk, Displacement, MARKED_Q, NotAssessable, Pooled,
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
    pub robustness: Robustness,
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
}

/// The other baselines.
pub type Robustness = [Comparison; 2];

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
    fn agrees(&self, other: &Self) -> bool {
        let fewer = |change: &Self| change.rate_ratio.map(|ratio| ratio < 1.0);
        other.p_value < ROBUST_P && fewer(self) == fewer(other)
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

    /// How strong a ground it stands on.
    pub fn evidence(&self) -> EvidenceLevel {
        match self.outcome {
            Err(_) => EvidenceLevel::Description,
            Ok(_) if self.flags.short_baseline || self.flags.intervention_in_baseline => {
                EvidenceLevel::Association
            }
            Ok(_) => EvidenceLevel::ControlledComparison,
        }
    }

    /// Why it could not be made.
    pub fn not_assessable(&self) -> Option<NotAssessable> {
        self.outcome.err()
    }
}

impl Pooled {
    /// The word for the pool, if the same pools by the other baselines agree.
    pub fn verdict(&self, others: [Option<&Self>; 2]) -> Verdict {
        let fewer = |pooled: &Self| pooled.rate_ratio.map(|ratio| ratio < 1.0);
        let agrees = |other: &Self| other.p_value < ROBUST_P && fewer(other) == fewer(self);
        Verdict::of(self.low, self.high).if_robust(others.into_iter().all(|other| other.is_some_and(agrees)))
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
        Self::after(desk, counts, setting, (area, Weeks::new(after.from, after.from), after, contrast))
    }

    /// Follows up some weeks beside those before an earlier beginning: what an area is like when it is over.
    pub(crate) fn after(
        desk: &mut Desk,
        counts: &impl Counts,
        setting: Setting<'_>,
        (area, beginning, after, contrast): (usize, Weeks, Weeks, bool),
    ) -> Self {
        let mut compare = |weeks| {
            let before = Windows::around(beginning, weeks, counts.known()).before;
            let windows = Windows { before, after: after.shared(counts.known()) };
            desk.compare(counts, setting, Question { area, target: Target::Area, windows, contrast })
        };
        let robustness = ROBUST_BASELINES.map(&mut compare);
        // Last, so that what is asked further is asked of this one.
        let comparison = compare(BASELINE_WEEKS);
        let agrees = |one: &Comparison| {
            let changes = comparison.outcome.ok().zip(one.outcome.ok());
            changes.is_some_and(|(own, other)| own.change.agrees(&other.change))
        };
        let verdict = comparison.verdict().if_robust(robustness.iter().all(agrees));
        Self {
            comparison,
            robustness,
            verdict,
            smallest_reduction: desk.smallest_reduction(&comparison),
            q_value: None,
            displacement: Displacement::of(desk, setting, (area, comparison.windows)),
            shared_with: 0,
        }
    }

    /// It stands out among all that is found of a year, not only by itself.
    pub fn marked(&self) -> bool {
        self.q_value.is_some_and(|q| q < MARKED_Q)
    }
}
