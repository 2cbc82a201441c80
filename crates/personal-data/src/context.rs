//! What the guard is told besides the text. Name lists, gazetteers and own numbers of a programme
//! will be lent here too, so that the guard itself stays without state.

use crate::policy;
use crate::{OwnWords, Policy, PolicyVersion};

/// Lent by the caller for one or many screenings.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    policy: &'a Policy,
    own_numbers: &'a [&'a str],
    own_places: Option<&'a OwnWords>,
}

impl<'a> Context<'a> {
    /// The base policy, without anything of a programme's own.
    pub const fn base() -> Self {
        Self { policy: &policy::BASE, own_numbers: &[], own_places: None }
    }

    /// Phone numbers the programme has published as its own, such as a switchboard; they pass.
    #[must_use]
    pub const fn with_own_numbers(self, own_numbers: &'a [&'a str]) -> Self {
        Self { own_numbers, ..self }
    }

    /// Names of the programme's own places and firms; they are never read as a person's name.
    #[must_use]
    pub const fn with_own_places(self, own_places: &'a OwnWords) -> Self {
        Self { own_places: Some(own_places), ..self }
    }

    pub const fn policy_version(&self) -> PolicyVersion {
        self.policy.version()
    }

    pub(crate) const fn policy(&self) -> &Policy {
        self.policy
    }

    pub(crate) const fn own_numbers(&self) -> &[&str] {
        self.own_numbers
    }

    #[expect(dead_code, reason = "what reads names asks here")]
    pub(crate) fn own_places(&self) -> impl Iterator<Item = &str> {
        self.own_places.into_iter().flat_map(OwnWords::phrases)
    }
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self::base()
    }
}
