//! Interventions that cannot be told apart in time are followed up as one.

use crate::Weeks;

/// An area's interventions with at most so many weeks between them are one episode.
const GAP_WEEKS_MAX: u32 = 2;
/// At most so many of an episode's first weeks are looked at.
const EVALUATED_WEEKS_MAX: u32 = 26;
/// The weeks after the end that are looked at too.
const AFTERWARDS_WEEKS: u32 = 13;

/// Something done in an area for some weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervention {
    /// Which area; the caller's number, from 0.
    pub area: usize,
    /// From its beginning to before its end.
    pub weeks: Weeks,
}

/// An area's interventions without more than two weeks between them. What is found of the episode is said of every
/// member, with how many others it shares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Which area.
    pub area: usize,
    /// From the first beginning to the last end.
    pub weeks: Weeks,
    /// Its first 26 weeks at most.
    pub evaluated: Weeks,
    /// The 13 weeks after its end.
    pub afterwards: Weeks,
    /// Which of the interventions it is made of, by their place in what was given, earliest first.
    pub members: Vec<usize>,
}

impl Episode {
    fn of(area: usize, weeks: Weeks, members: Vec<usize>) -> Self {
        let afterwards = Weeks::new(weeks.to, weeks.to.saturating_add(AFTERWARDS_WEEKS));
        Self { area, weeks, evaluated: weeks.first(EVALUATED_WEEKS_MAX), afterwards, members }
    }

    fn takes(&self, other: &Intervention) -> bool {
        self.area == other.area && other.weeks.from <= self.weeks.to.saturating_add(GAP_WEEKS_MAX)
    }

    fn with(mut self, place: usize, other: &Intervention) -> Self {
        self.members.push(place);
        Self::of(self.area, Weeks::new(self.weeks.from, self.weeks.to.max(other.weeks.to)), self.members)
    }
}

/// The episodes of some interventions, by area and beginning.
pub fn episodes(interventions: &[Intervention]) -> Vec<Episode> {
    let mut sorted: Vec<(usize, &Intervention)> = interventions.iter().enumerate().collect();
    sorted.sort_by_key(|(place, its)| (its.area, its.weeks.from, its.weeks.to, *place));
    let mut episodes: Vec<Episode> = Vec::new();
    for (place, its) in sorted {
        let episode = match episodes.pop_if(|open| open.takes(its)) {
            Some(open) => open.with(place, its),
            None => Episode::of(its.area, its.weeks, vec![place]),
        };
        episodes.push(episode);
    }
    episodes
}
