//! Free text: it cannot be made without passing the personal-data guard, and it is kept outside the log.

mod erasure;
mod span;

pub use erasure::{
    ALREADY_ERASED, CHANGED_MEANWHILE, Erase, Erasure, Event, Ground, NOT_A_DRAFT, Place, REFUSALS, Rest,
    SPANS_MISPLACED, Seal, SealReason, Sealing, State, TOO_LONG, UNKNOWN, Unseal,
};
pub(crate) use span::left;
pub use span::{Span, StruckClass, before_striking, covered, reference, struck};

use crate::warning::Warning;
use jiff::Timestamp;
use personal_data::Verdict;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::sync::Arc;
use utoipa::PartialSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};
use uuid::Uuid;

/// The schema format of a free text.
pub const FREE_TEXT: &str = "free-text";
/// The schema format of a name.
pub const NAME: &str = "name";

/// The longest free text, in Unicode code points.
pub const TEXT_LENGTH_MAX: usize = 4_000;
/// The longest name, in Unicode code points.
pub const NAME_LENGTH_MAX: usize = 120;

/// A text that the guard has let through: what a command carries. Only its reference goes into an event.
#[derive(Clone)]
pub struct FreeText {
    id: Uuid,
    salt: [u8; 32],
    body: String,
    /// The policy that the guard read it by.
    policy: u32,
    warnings: Vec<Warning>,
}

/// Where a text stands: its id, its length and a salted commitment that proves it while the salt lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextRef {
    pub text_id: Uuid,
    /// Unicode code points of the text.
    pub length: u32,
    /// SHA-256 over 0x02, the salt and the text, in hexadecimal.
    #[schema(max_length = 64)]
    pub commitment: String,
    /// The policy by which the guard warned of something in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 4_294_967_295_u32)]
    pub policy: Option<u32>,
    /// What it warned of when the text was let in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub warnings: Vec<Warning>,
    /// The text itself, joined when it is read; absent in what is stored, null when it has been erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub body: Option<String>,
    /// That it has been erased, or parts of it struck; joined when it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<ErasedMark>,
    /// That it has been sealed; joined when it is read. The body is null for all but the registrar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<SealedMark>,
}

/// What a reader is told of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasedMark {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub ground: Ground,
    /// Whether nothing is left of the text; otherwise the body is what was left when spans were struck.
    pub whole: bool,
}

/// What a reader is told of a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SealedMark {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub reason: SealReason,
}

/// What a guard does with a text.
pub type Screen = dyn Fn(&str) -> Verdict + Send + Sync;

/// The guard at its post while a request is read: what it asks of a text, and the randomness it draws.
#[derive(Clone)]
pub struct Gate {
    pub screen: Arc<Screen>,
    /// 32 random bytes: a salt, or what an identity is made of.
    pub draw: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

struct Standing {
    gate: Gate,
    /// What has been read and not let in yet: a text is read by its schema and then as what it becomes.
    read: Vec<(String, Verdict)>,
    texts: Vec<FreeText>,
}

impl Standing {
    /// What the guard says of a text that is let in; what it has said already is not asked again.
    fn verdict(&mut self, body: &str) -> Verdict {
        let read = self.read.iter().position(|(read, _)| read == body);
        read.map_or_else(|| (self.gate.screen)(body), |read| self.read.swap_remove(read).1)
    }
}

thread_local! {
    // A scope rather than an argument, because serde hands its readers none; outside one nothing is admitted.
    static STANDING: RefCell<Option<Standing>> = const { RefCell::new(None) };
}

impl Gate {
    /// Reads a request with the guard standing; what it admitted comes back beside what was read.
    pub fn guard<R>(&self, read: impl FnOnce() -> R) -> (R, Vec<FreeText>) {
        STANDING.set(Some(Standing { gate: self.clone(), read: Vec::new(), texts: Vec::new() }));
        let result = read();
        (result, STANDING.take().map(|standing| standing.texts).unwrap_or_default())
    }

    /// What the guard says of a text where it stands; nothing outside.
    pub fn verdict(text: &str) -> Option<Verdict> {
        STANDING.with_borrow_mut(|standing| {
            let Standing { gate, read, .. } = standing.as_mut()?;
            let verdict = (gate.screen)(text);
            read.push((text.to_owned(), verdict.clone()));
            Some(verdict)
        })
    }
}

impl FreeText {
    /// The only way in: past the guard that stands.
    fn admit(body: String) -> Result<Self, &'static str> {
        STANDING.with_borrow_mut(|standing| {
            let standing = standing.as_mut().ok_or("no guard stands here")?;
            if body.trim().is_empty() || body.chars().count() > TEXT_LENGTH_MAX {
                return Err("a text has 1-4000 characters");
            }
            let verdict = standing.verdict(&body);
            if verdict.is_refused() {
                return Err("personal data");
            }
            let Standing { gate, texts, .. } = standing;
            let (id, salt) = (identity((gate.draw)()), (gate.draw)());
            let (policy, warnings) = (verdict.policy_version.0, Warning::all(&verdict));
            let text = Self { id, salt, body, policy, warnings };
            texts.push(text.clone());
            Ok(text)
        })
    }

    pub fn id(&self) -> Uuid {
        self.id
    }

    pub fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    pub fn body(&self) -> &str {
        &self.body
    }

    /// What the guard warned of.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// What stands in the event instead of the text.
    pub fn reference(&self) -> TextRef {
        TextRef {
            text_id: self.id,
            length: u32::try_from(self.body.chars().count()).unwrap_or(u32::MAX),
            commitment: commitment(&self.salt, &self.body),
            // A text without warnings costs its event nothing.
            policy: (!self.warnings.is_empty()).then_some(self.policy),
            warnings: self.warnings.clone(),
            body: None,
            erased: None,
            sealed: None,
        }
    }
}

fn identity(drawn: [u8; 32]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(drawn).for_each(|(to, from)| *to = from);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The salted commitment of a text: SHA-256 over 0x02, the salt and the UTF-8 bytes, in hexadecimal.
pub fn commitment(salt: &[u8], body: &str) -> String {
    let digest = Sha256::new().chain_update([2]).chain_update(salt).chain_update(body.as_bytes()).finalize();
    // Sixteen bytes at a time: this is done for every text.
    let (first, second) = digest.split_at(16);
    format!("{:032x}{:032x}", whole_number(first), whole_number(second))
}

fn whole_number(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
}

impl<'de> Deserialize<'de> for FreeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::admit(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

// A text shows its place, never itself: what is printed ends in a log.
impl std::fmt::Debug for FreeText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FreeText({})", self.id)
    }
}

/// What a place, an organisation or a unit is called; 1-120 characters on one line. It stands in the event
/// itself, so the guard refuses personal data here too.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

// A name is read both from requests, where the guard stands, and from events, where it once stood.
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = !text.trim().is_empty() && text.chars().count() <= NAME_LENGTH_MAX;
        if !fits || text.chars().any(char::is_control) {
            return Err(serde::de::Error::custom("a name has 1-120 characters on one line"));
        }
        let verdict =
            STANDING.with_borrow_mut(|standing| standing.as_mut().map(|guard| guard.verdict(&text)));
        if verdict.is_some_and(|verdict| verdict.is_refused()) {
            return Err(serde::de::Error::custom("personal data"));
        }
        Ok(Self(text))
    }
}

/// A string that the guard reads: its `format` tells validation where the guard stands.
fn screened(format: &str, length_max: usize, pattern: &str, description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::Custom(format.to_owned())))
        .min_length(Some(1))
        .max_length(Some(length_max))
        .pattern(Some(pattern))
        .description(Some(description))
        .into()
}

/// A pattern of texts with something to be seen in them, and without the characters that the guard refuses to read:
/// controls, and marks that turn the reading direction. What stands in `breaks` is read for all that.
fn visible(controls: &str, breaks: &str) -> String {
    let refused = format!(r"{controls}\u202A-\u202E\u2066-\u2069");
    let any = format!("(?:[^{refused}]{breaks})*");
    // U+0085 is white space to Unicode, and to us, but not to ECMA-262.
    format!(r"^{any}[^\s\u0085{refused}]{any}$")
}

impl PartialSchema for FreeText {
    fn schema() -> RefOr<Schema> {
        let pattern = visible(r"\u0000-\u0008\u000B-\u001F\u007F-\u0084\u0086-\u009F", r"|\r\n");
        let description =
            "Free text, 1-4000 characters. The personal-data guard reads it before it is stored.";
        screened(FREE_TEXT, TEXT_LENGTH_MAX, &pattern, description)
    }
}

impl utoipa::ToSchema for FreeText {}

impl PartialSchema for Name {
    fn schema() -> RefOr<Schema> {
        let description = "A name on one line. The personal-data guard reads it before it is stored.";
        screened(NAME, NAME_LENGTH_MAX, &visible(r"\u0000-\u001F\u007F-\u009F", ""), description)
    }
}

impl utoipa::ToSchema for Name {}
