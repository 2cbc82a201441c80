//! The policy as data: what follows from finding a class on a certain ground, under one version number.

use std::fmt;
use std::ops::RangeInclusive;

use crate::{Action, Class};

/// Stored beside a text, so that texts screened under an older policy can be found and screened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyVersion(pub u32);

impl fmt::Display for PolicyVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// How sure the guard is, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Form, content and check digit agree.
    Certain,
    /// The date is possible, the check digit is wrong: a slip of the pen or another kind of number.
    WrongCheckDigit,
    /// Bare digits straight after a word such as ärende or faktura, which chance makes valid now and then.
    AfterReference,
    /// A recent date followed by a time of day or the end of a period, valid one time in ten.
    LikeTimestamp,
    /// It leads to somebody only with the help of what is not written here, such as the street of an apartment.
    Indirect,
    /// Words say so, which only a reader can judge.
    Wording,
    /// A role's mailbox or the programme's own number. The base policy has no row for it.
    Public,
}

/// One row of the policy table.
#[derive(Debug, Clone, Copy)]
struct Rule {
    class: Class,
    ground: Ground,
    action: Action,
}

const fn rule(class: Class, ground: Ground, action: Action) -> Rule {
    Rule { class, ground, action }
}

/// A policy decides; what has no row passes.
#[derive(Debug, Clone)]
pub struct Policy {
    version: PolicyVersion,
    rules: &'static [Rule],
    log_years: RangeInclusive<u16>,
    told_years: RangeInclusive<u16>,
}

/// The policy every programme starts from.
pub(crate) static BASE: Policy = Policy {
    version: PolicyVersion(3),
    rules: &[
        rule(Class::InvalidCharacters, Ground::Certain, Action::Refuse),
        rule(Class::TooLong, Ground::Certain, Action::Refuse),
        rule(Class::Personnummer, Ground::Certain, Action::Refuse),
        rule(Class::Personnummer, Ground::WrongCheckDigit, Action::Warn),
        rule(Class::Personnummer, Ground::AfterReference, Action::Warn),
        rule(Class::Personnummer, Ground::LikeTimestamp, Action::Warn),
        rule(Class::Samordningsnummer, Ground::Certain, Action::Refuse),
        rule(Class::Samordningsnummer, Ground::WrongCheckDigit, Action::Warn),
        rule(Class::Samordningsnummer, Ground::AfterReference, Action::Warn),
        rule(Class::Reservnummer, Ground::Certain, Action::Refuse),
        rule(Class::Phone, Ground::Certain, Action::Refuse),
        rule(Class::Phone, Ground::AfterReference, Action::Warn),
        rule(Class::Email, Ground::Certain, Action::Refuse),
        rule(Class::PaymentCard, Ground::Certain, Action::Refuse),
        rule(Class::BankAccount, Ground::Certain, Action::Refuse),
        rule(Class::IpAddress, Ground::Certain, Action::Refuse),
        rule(Class::VehiclePlate, Ground::Certain, Action::Refuse),
        rule(Class::SocialHandle, Ground::Certain, Action::Refuse),
        rule(Class::Dwelling, Ground::Certain, Action::Refuse),
        rule(Class::Birthdate, Ground::Certain, Action::Refuse),
        rule(Class::IdDocument, Ground::Certain, Action::Refuse),
        rule(Class::BankAccount, Ground::Indirect, Action::Warn),
        rule(Class::SocialHandle, Ground::Indirect, Action::Warn),
        rule(Class::Dwelling, Ground::Indirect, Action::Warn),
        rule(Class::PersonName, Ground::Wording, Action::Warn),
        rule(Class::GroupAttribute, Ground::Wording, Action::Warn),
        rule(Class::Accusation, Ground::Wording, Action::Warn),
        rule(Class::PoliceOperation, Ground::Wording, Action::Warn),
        rule(Class::CaseNumber, Ground::Wording, Action::Warn),
        rule(Class::Health, Ground::Wording, Action::Warn),
        rule(Class::Secrecy, Ground::Wording, Action::Warn),
        rule(Class::Coordinates, Ground::Wording, Action::Warn),
    ],
    log_years: 2024..=2035,
    told_years: 2015..=2035,
};

impl Policy {
    pub const fn version(&self) -> PolicyVersion {
        self.version
    }

    pub(crate) fn action(&self, class: Class, ground: Ground) -> Option<Action> {
        self.rules.iter().find(|rule| rule.class == class && rule.ground == ground).map(|rule| rule.action)
    }

    /// The years in which the reporting systems themselves write time stamps.
    pub(crate) const fn log_years(&self) -> &RangeInclusive<u16> {
        &self.log_years
    }

    /// The years of which reports tell days and times; a day before them is rather somebody's birth date.
    pub(crate) const fn told_years(&self) -> &RangeInclusive<u16> {
        &self.told_years
    }
}
