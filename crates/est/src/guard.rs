//! The personal-data guard as a programme has it: its own published numbers and the names of its places pass (R131).

use crate::text::{Gate, Name};
use personal_data::{Class, Context, Finding, OwnWords, PolicyVersion, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use utoipa::PartialSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Schema, SchemaFormat, Type};

/// The schema format of an own place.
pub const OWN_PLACE: &str = "own-place";

/// One that is nothing else, in small letters.
const SURNAME: &str = "andersson";

/// The longest own number, in characters.
const NUMBER_LENGTH_MAX: usize = 24;

/// A published telephone number of the programme's own, such as a switchboard. It stands in the event itself, as the
/// digits of a number and what is written between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct OwnNumber(String);

impl OwnNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the contract takes: of the ways in which such a number is written, those that never mean anything else.
    pub fn pattern() -> String {
        personal_data::written_number_pattern()
    }

    /// Whether the guard reads all of it as one Swedish telephone number, and lets it pass once it is listed. A mobile
    /// number may be a person's, and is never a programme's own.
    pub fn may_be_own(text: &str) -> bool {
        let base = Context::base();
        let found = personal_data::screen(text, &base).findings;
        let whole = found.len() == 1
            && found
                .iter()
                .all(|its| its.class == Class::Phone && its.start == 0 && its.end == text.chars().count());
        let passes = || personal_data::screen(text, &base.with_own_numbers(&[text])).is_clean();
        whole && !is_mobile(text) && passes()
    }
}

/// Whether a number begins with 07, with or without the country's code.
fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = digits.strip_prefix("0046").or_else(|| digits.strip_prefix("46"));
    let national = abroad.unwrap_or(&digits);
    national.strip_prefix('0').unwrap_or(national).starts_with('7')
}

/// Whether it has the form of a number, whatever the guard says of it.
fn is_written_as_a_number(text: &str) -> bool {
    let begins = text.starts_with(['+', '0']) || text.starts_with("(0");
    let rest = text.bytes().skip(1).all(|byte| byte.is_ascii_digit() || b" ()/-".contains(&byte));
    begins && rest && text.ends_with(|last: char| last.is_ascii_digit()) && text.len() <= NUMBER_LENGTH_MAX
}

// As a name: read both from requests, where the guard is asked, and from events, where it once was.
impl<'de> Deserialize<'de> for OwnNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let asked = Gate::verdict(&text).is_some();
        if !is_written_as_a_number(&text) || (asked && !Self::may_be_own(&text)) {
            return Err(serde::de::Error::custom("not a published Swedish telephone number"));
        }
        Ok(Self(text))
    }
}

impl PartialSchema for OwnNumber {
    fn schema() -> RefOr<Schema> {
        let description = "A published Swedish telephone number with its area code, written as 019-21 10 00 or \
            +46 10 123 45 00. Not a mobile number (07), which may be a person's; numbers such as 0771 and 114 14 pass \
            without being listed.";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(8))
            .max_length(Some(NUMBER_LENGTH_MAX))
            .pattern(Some(Self::pattern()))
            .description(Some(description))
            .examples(["010-123 45 00"])
            .into()
    }
}

impl utoipa::ToSchema for OwnNumber {}

/// A name of a place of the programme's own: a name, which is not a first name and nothing more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct OwnPlace(Name);

impl OwnPlace {
    /// Whether the guard still sees every person once it is listed: it reads a first name before a surname as one with
    /// it, in small letters too.
    pub fn may_be_own(text: &str) -> bool {
        let word = text.trim().to_lowercase();
        let found = || personal_data::screen(&format!("{word} {SURNAME}"), &Context::base()).findings;
        let named = |its: &Finding| its.class == Class::PersonName && its.start == 0;
        word.contains(char::is_whitespace) || !found().iter().any(named)
    }
}

// As a number: read both from requests, where the guard is asked, and from events, where it once was.
impl<'de> Deserialize<'de> for OwnPlace {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Name::deserialize(deserializer)?;
        if Gate::verdict(name.as_str()).is_some() && !Self::may_be_own(name.as_str()) {
            return Err(serde::de::Error::custom("a first name alone"));
        }
        Ok(Self(name))
    }
}

impl PartialSchema for OwnPlace {
    fn schema() -> RefOr<Schema> {
        let own = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom(OWN_PLACE.to_owned())));
        let description = "A name of a place of the programme's own; not a first name alone.";
        AllOfBuilder::new().description(Some(description)).item(Name::schema()).item(own).into()
    }
}

impl utoipa::ToSchema for OwnPlace {}

/// What a programme adds to the guard. The names of its areas and organisations count without being listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuardLists {
    /// Telephone numbers that pass in every text.
    #[schema(max_items = 100)]
    pub numbers: BTreeSet<OwnNumber>,
    /// Streets, schools, parks and firms that are named after persons: never read as a person's name. A first name
    /// alone is refused.
    #[schema(max_items = 2000)]
    pub places: BTreeSet<OwnPlace>,
}

/// The guard of one programme, ready to be asked: the base policy, and what passes there and nowhere else.
pub struct Guard {
    numbers: Vec<String>,
    places: OwnWords,
}

static BASE: LazyLock<Arc<Guard>> = LazyLock::new(|| Arc::new(Guard::of(None, std::iter::empty())));

impl Guard {
    /// The guard where no programme is known.
    pub fn base() -> Arc<Self> {
        Arc::clone(&BASE)
    }

    /// The guard with a programme's lists and with the names that count by themselves.
    pub(crate) fn of<'a>(lists: Option<&'a GuardLists>, names: impl Iterator<Item = &'a Name>) -> Self {
        let numbers = lists.into_iter().flat_map(|lists| &lists.numbers);
        let places = lists.into_iter().flat_map(|lists| &lists.places).map(|place| &place.0);
        Self {
            numbers: numbers.map(|number| number.0.clone()).collect(),
            places: OwnWords::new(places.chain(names).map(Name::as_str)),
        }
    }

    /// The policy that it judges by.
    pub fn policy_version(&self) -> PolicyVersion {
        Context::base().policy_version()
    }

    /// What the guard says of a text.
    pub fn screen(&self, text: &str) -> Verdict {
        let numbers: Vec<&str> = self.numbers.iter().map(String::as_str).collect();
        let base = Context::base();
        personal_data::screen(text, &base.with_own_numbers(&numbers).with_own_places(&self.places))
    }
}

// The lists are long, and what is printed ends in a log.
impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}
