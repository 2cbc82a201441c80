//! What the guard answers: where something was found, of which class, and what follows.
//! An answer never holds any of the text, so that it can be logged, counted and sent.

use crate::{Class, PolicyVersion};

/// What follows from a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// The text is not stored.
    Refuse,
    /// The text is stored, and a coordinator acknowledges the finding before adoption.
    Warn,
}

impl Action {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Warn => "warn",
        }
    }
}

/// A place in the original text: Unicode code points, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Finding {
    pub start: usize,
    pub end: usize,
    pub class: Class,
    pub action: Action,
}

/// All findings at once, in the order of the text, so that the writer can mend it in one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    pub policy_version: PolicyVersion,
}

impl Verdict {
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.action == Action::Refuse)
    }

    /// Nothing was found at all, not even something to acknowledge.
    pub const fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}
