//! Designations that other systems give observations and persons: they stand in the events themselves, so none may be
//! a person's number.

use crate::text::Gate;
use personal_data::{Action, Class, Finding};

/// The schema format of a designation.
pub const DESIGNATION: &str = "designation";

const IDENTITY_NUMBERS: [Class; 3] = [Class::Personnummer, Class::Samordningsnummer, Class::Reservnummer];

/// Whether what the guard finds in a designation is a person's number: an identity number that is not glued to more, or
/// a telephone number that is all of it. The rest of what it finds in prose is how designations look: one UUID of six
/// hundred has a telephone number in it, and three letters with three digits are no vehicle.
pub fn is_persons(text: &str, finding: &Finding) -> bool {
    let letter = |place: usize| text.chars().nth(place).is_some_and(char::is_alphanumeric);
    let glued = finding.start.checked_sub(1).is_some_and(letter) || letter(finding.end);
    let whole = finding.start == 0 && finding.end == text.chars().count();
    let identity = IDENTITY_NUMBERS.contains(&finding.class) && !glued;
    finding.action == Action::Refuse && (identity || (finding.class == Class::Phone && whole))
}

/// Whether the guard, where it stands, lets a designation pass.
pub fn passes(text: &str) -> bool {
    Gate::verdict(text).is_none_or(|verdict| !verdict.findings.iter().any(|its| is_persons(text, its)))
}
