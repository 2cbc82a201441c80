//! A refusal: the expected, enumerated fact that stands in the way of a command.

/// What kind of obstacle a refusal is; a rim maps it to its own codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The method stands in the way, by one of its rules or as things are now (HTTP 409). What the contract itself
    /// can say of a command has been held against it before (HTTP 422).
    Conflict,
    /// The caller holds no function that may do this (HTTP 403).
    Forbidden,
    /// The caller decided on an older state (HTTP 412).
    Stale,
    /// What the command speaks of does not exist for the caller (HTTP 404).
    Unknown,
}

/// A refused command: a stable code for programs and a sentence in Swedish and English for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, such as `picture.already-adopted`.
    pub code: &'static str,
    pub kind: Kind,
    pub swedish: &'static str,
    pub english: &'static str,
}

/// Writes an aggregate's refusals as constants, with the list of them all for the documentation.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $swedish:literal, $english:literal;)*) => {
        $($(#[$doc])* pub const $name: $crate::refusal::Refusal = $crate::refusal::Refusal {
            code: $code, kind: $crate::refusal::Kind::$kind, swedish: $swedish, english: $english,
        };)*
        /// Every refusal of this file, for the documentation.
        pub const REFUSALS: &[$crate::refusal::Refusal] = &[$($name),*];
    };
}
pub(crate) use refusals;

/// All refusals of the method, for the documentation of problems.
pub fn all() -> impl Iterator<Item = Refusal> {
    [
        crate::programme::REFUSALS,
        crate::area::REFUSALS,
        crate::organisation::REFUSALS,
        crate::function::REFUSALS,
        crate::cycle::REFUSALS,
        crate::report::REFUSALS,
        crate::item::REFUSALS,
        crate::problem::REFUSALS,
        crate::prioritisation::REFUSALS,
        crate::analysis::REFUSALS,
        crate::intervention::REFUSALS,
        crate::pledge::REFUSALS,
        crate::compilation::REFUSALS,
        crate::picture::REFUSALS,
        crate::distribution::REFUSALS,
        crate::addendum::REFUSALS,
        crate::text::REFUSALS,
        crate::rescreening::REFUSALS,
        crate::permission::REFUSALS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
