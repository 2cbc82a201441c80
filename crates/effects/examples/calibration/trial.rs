//! A trial: the areas and weeks around a placebo's beginning, with nothing done in any of them.

/// Weeks before the beginning, as many as the longest baseline.
pub(crate) const BEFORE: usize = 52;
/// Weeks from the beginning, as many as the longest placebo.
pub(crate) const AFTER: usize = 13;
pub(crate) const WEEKS: usize = BEFORE + AFTER;
/// Areas in a trial, where the panel has so many.
pub(crate) const AREAS: usize = 30;

/// Counts of areas by partner and week, of the weeks around a beginning.
pub(crate) struct Trial {
    /// Trials of the same block are not independent.
    pub(crate) block: usize,
    /// The beginning, in the panel's weeks.
    pub(crate) start: usize,
    /// By area: which of all the panel's areas it is.
    pub(crate) names: Vec<usize>,
    /// By partner, and in it by week: whether its report came.
    pub(crate) reported: Vec<Vec<bool>>,
    /// By area, in it by partner, and in it by week.
    pub(crate) counts: Vec<Vec<Vec<u32>>>,
    /// The area whose local partner stops reporting, if any.
    pub(crate) stopped: Option<usize>,
}

impl Trial {
    /// What came of an area in some of the weeks; what was not reported did not come.
    pub(crate) fn came(&self, area: usize, from: usize, to: usize) -> u32 {
        let partners = self.counts[area].iter().zip(&self.reported);
        let of_partner = |(counts, reported): (&Vec<u32>, &Vec<bool>)| -> u32 {
            let weeks = counts[from..to].iter().zip(&reported[from..to]);
            weeks.map(|(count, came)| if *came { *count } else { 0 }).sum()
        };
        partners.map(of_partner).sum()
    }

    /// How many of the weeks anybody reported.
    pub(crate) fn known(&self, from: usize, to: usize) -> usize {
        (from..to).filter(|week| self.reported.iter().any(|its| its[*week])).count()
    }
}
