//! Where something was done, and when.

use crate::{Intervention, Weeks};

/// The weeks in which an area had any intervention at work.
#[derive(Clone, Debug, Default)]
pub struct Treated {
    /// By area: weeks apart from each other, earliest first.
    by_area: Vec<Vec<Weeks>>,
}

impl Treated {
    /// The interventions of a programme, in any order; they may overlap.
    pub fn by(interventions: &[Intervention]) -> Self {
        let areas = interventions.iter().map(|its| its.area + 1).max().unwrap_or(0);
        let mut by_area: Vec<Vec<Weeks>> = vec![Vec::new(); areas];
        let mut sorted: Vec<&Intervention> = interventions.iter().collect();
        sorted.sort_by_key(|its| its.weeks.from);
        for its in sorted.into_iter().filter(|its| its.weeks.number() > 0) {
            let Some(weeks) = by_area.get_mut(its.area) else { continue };
            match weeks.last_mut() {
                Some(last) if its.weeks.from <= last.to => last.to = last.to.max(its.weeks.to),
                _ => weeks.push(its.weeks),
            }
        }
        Self { by_area }
    }

    /// The share of some weeks with any intervention in an area, from 0 to 1; of no weeks it is 0.
    pub fn share(&self, area: usize, weeks: Weeks) -> f64 {
        if weeks.number() == 0 {
            return 0.0;
        }
        let at_work = self.by_area.get(area).into_iter().flatten();
        let shared: u32 = at_work.map(|its| its.shared(weeks).number()).sum();
        f64::from(shared) / f64::from(weeks.number())
    }
}
