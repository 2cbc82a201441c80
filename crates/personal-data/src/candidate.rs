//! What a detector hands on: a place, a class and the ground for it, before the policy has spoken.

use crate::Class;
use crate::policy::Ground;

/// A place in the normal text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
    pub(crate) ground: Ground,
    pub(crate) rank: Rank,
}

/// Where two candidates overlap, the one of the earlier rank stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Address,
    Account,
    Reserve,
    Identity,
    Phone,
    /// An identity number that is also a phone number, with nothing said for the former.
    DoubtfulIdentity,
    Slip,
    Plate,
    Home,
    Rest,
}

/// A place in the original text, in code points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
    pub(crate) ground: Ground,
}
