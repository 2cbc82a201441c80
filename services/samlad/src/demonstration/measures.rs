//! What is done against the problems that persist: the interventions that the town has thought of, in the order in
//! which they are taken up.

mod first_year;
mod second_year;

use est::analysis::Cause;
use est::catalogue::{Kind, Technique};
use est::intervention::Afterwards;

/// The intervention that the lines of `samlad demo` show: taken up and over whatever week the story ends in.
pub(super) const SHOWN: &str = "Polis till fots vid Solhöjdsplan";

pub(super) struct Measure {
    /// The problem's title.
    pub(super) against: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    pub(super) techniques: &'static [Technique],
    pub(super) causes: &'static [Cause],
    /// The organisation that answers for it, and one that contributes with a share.
    pub(super) by: &'static str,
    pub(super) with: (&'static str, &'static str),
    pub(super) mechanism: &'static str,
    /// What speaks for it; nothing in some cases.
    pub(super) evidence: &'static str,
    pub(super) method: &'static str,
    pub(super) done: &'static str,
    /// What was done otherwise than decided, where something was.
    pub(super) deviation: Option<&'static str>,
    /// What is seen while the problem is still there.
    pub(super) outcome: Afterwards,
    pub(super) legal_basis: Option<&'static str>,
    pub(super) course: Course,
}

/// How an intervention goes, and for some in which week of the story it is proposed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Taken up in a quarter when the problem is there, and over before the next.
    Usual,
    /// As usual, but others must agree first.
    Anchored,
    /// Nobody decides what becomes of it, and nobody follows it up.
    Neglected(i32),
    /// Goes on though the problem is gone.
    Outlives(i32),
    /// Decided under embargo, and not yet begun.
    Embargoed(i32),
    Declined(i32),
}

impl Measure {
    /// A number of its own, so that what is said of one is not said of all.
    pub(super) fn turn(&self) -> usize {
        self.title.len()
    }

    /// Whether a quarter may take it up against the problem.
    pub(super) fn is_usual_against(&self, title: &str) -> bool {
        matches!(self.course, Course::Usual | Course::Anchored) && self.against == title
    }
}

impl Course {
    /// The week of the story in which it is proposed, for those that no quarter takes up by itself.
    pub(super) fn proposed(self) -> Option<i32> {
        match self {
            Self::Usual | Self::Anchored => None,
            Self::Neglected(week) | Self::Outlives(week) | Self::Embargoed(week) | Self::Declined(week) => {
                Some(week)
            }
        }
    }
}

const PLAIN: Measure = Measure {
    against: "",
    title: "",
    kind: Kind::Other,
    techniques: &[],
    causes: &[],
    by: super::organisations::SAFETY,
    with: (super::organisations::POLICE, ""),
    mechanism: "",
    evidence: "",
    method: "",
    done: "",
    deviation: None,
    outcome: Afterwards::Less,
    legal_basis: None,
    course: Course::Usual,
};

pub(super) fn all() -> impl Iterator<Item = &'static Measure> {
    first_year::MEASURES.iter().chain(&second_year::MEASURES)
}
