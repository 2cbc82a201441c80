//! What is noticed in the town: motifs that observations are made from, each with its season and its tellers.
//! They name places and behaviour; never persons, and no group as guilty.

mod physical;
mod seasonal;
mod social;

use super::almanac::{Occasion, Season};
use super::areas::{AreaSketch, Ground};
use est::Week;
use est::indicator::{Indicator, TimeBand};
use est::organisation::OrganisationKind;

pub(super) struct Motif {
    pub(super) indicator: Indicator,
    pub(super) subtypes: &'static [&'static str],
    pub(super) sign: Sign,
    /// With "{plats}" where the place stands.
    pub(super) texts: &'static [&'static str],
    /// What may be added to the text.
    pub(super) tails: &'static [&'static str],
    /// How likely in winter, spring, summer and autumn.
    season: [u32; 4],
    /// Seen only then, and often.
    pub(super) occasion: Option<Occasion>,
    pub(super) bands: &'static [TimeBand],
    /// Seen at such places only; anywhere when empty.
    pub(super) grounds: &'static [Ground],
    /// Told by these only; all when empty.
    told_by: &'static [OrganisationKind],
    /// The weakest and the strongest signal.
    pub(super) strength: (u32, u32),
    pub(super) count_max: u32,
    pub(super) semi_public: bool,
    pub(super) beside: Beside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Unease,
    Safety,
    /// About to happen.
    Ahead,
    /// About to happen, and for the better.
    GoodAhead,
}

/// What an observation of some indicators says besides.
#[derive(Clone, Copy)]
pub(super) enum Beside {
    Nothing,
    Fire {
        major: bool,
        arson: bool,
        object: &'static str,
    },
    Gathering {
        name: &'static str,
        days: i32,
        crowd: u32,
    },
    /// Lighting, sight lines and footfall of the place.
    Place {
        lighting: &'static str,
        sightlines: &'static str,
        footfall: &'static str,
    },
}

const EVENING: &[TimeBand] = &[TimeBand::Evening, TimeBand::Evening, TimeBand::Night];
const DAY: &[TimeBand] = &[TimeBand::Morning, TimeBand::Afternoon];
const ANY: &[TimeBand] = &[TimeBand::Evening, TimeBand::Night, TimeBand::Afternoon, TimeBand::Unknown];

const PLAIN: Motif = Motif {
    indicator: Indicator::Other,
    subtypes: &[],
    sign: Sign::Unease,
    texts: &[],
    tails: &[""],
    season: [4, 4, 4, 4],
    occasion: None,
    bands: ANY,
    grounds: &[],
    told_by: &[],
    strength: (1, 3),
    count_max: 1,
    semi_public: false,
    beside: Beside::Nothing,
};

pub(super) fn all() -> impl Iterator<Item = &'static Motif> {
    physical::MOTIFS.iter().chain(&social::MOTIFS).chain(&seasonal::MOTIFS)
}

impl Motif {
    pub(super) fn fits(&self, ground: Ground) -> bool {
        self.grounds.is_empty() || self.grounds.contains(&ground)
    }

    pub(super) fn occurs_in(&self, area: &AreaSketch) -> bool {
        area.places.iter().any(|(_, ground)| self.fits(*ground))
    }

    /// How likely an organisation of the kind is to tell of it in the week.
    pub(super) fn weight(&self, week: Week, teller: OrganisationKind) -> u32 {
        if !self.told_by.is_empty() && !self.told_by.contains(&teller) {
            return 0;
        }
        let likely = Season::of(week).own(self.season);
        let falls = |occasion: Occasion| match self.sign {
            Sign::Unease | Sign::Safety => occasion.lately(week),
            Sign::Ahead | Sign::GoodAhead => occasion.soon(week),
        };
        if self.occasion.is_none_or(falls) { likely } else { 0 }
    }
}
