//! Spans of a text that are struck: each leaves a mark that says what stood there.

use crate::refusal::Refusal;
use crate::text::erasure::{SPANS_MISPLACED, TOO_LONG};
use crate::text::{TEXT_LENGTH_MAX, TextRef};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A place in a text, in Unicode code points, and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = StruckSpan)]
pub struct Span {
    #[schema(minimum = 0, maximum = 3999)]
    pub start: u32,
    /// The first code point after it.
    #[schema(minimum = 1, maximum = 4000)]
    pub end: u32,
    pub class: StruckClass,
}

/// What is struck. Who strikes is not bound to what the personal-data guard finds, hence a list of its own; what is
/// in both has the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StruckClass {
    Personnummer,
    Samordningsnummer,
    Reservnummer,
    Phone,
    Email,
    PersonName,
    Address,
    VehicleRegistration,
    Other,
}

impl StruckClass {
    /// The word in the mark that is left.
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Personnummer => "personnummer",
            Self::Samordningsnummer => "samordningsnummer",
            Self::Reservnummer => "reservnummer",
            Self::Phone => "telefonnummer",
            Self::Email => "e-postadress",
            Self::PersonName => "namn",
            Self::Address => "adress",
            Self::VehicleRegistration => "registreringsnummer",
            Self::Other => "uppgift",
        }
    }
}

/// The spans in the order of the text, if they lie in it and none in another.
pub(crate) fn placed(spans: &[Span], length: u32) -> Result<Vec<Span>, Refusal> {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.start);
    let mut free = 0;
    for span in &spans {
        if span.start < free || span.end <= span.start || span.end > length {
            return Err(SPANS_MISPLACED);
        }
        free = span.end;
    }
    Ok(spans)
}

/// What is left of a text when spans are struck, such as `Ring [struket: telefonnummer]`.
pub fn struck(body: &str, spans: &[Span]) -> Result<String, Refusal> {
    let letters: Vec<char> = body.chars().collect();
    let piece = |from: u32, to: u32| -> String {
        let (from, to) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(0));
        letters.get(from..to).unwrap_or_default().iter().collect()
    };
    let length = u32::try_from(letters.len()).unwrap_or(u32::MAX);
    let (mut left, mut from) = (String::with_capacity(body.len()), 0);
    for span in placed(spans, length)? {
        left.push_str(&piece(from, span.start));
        left.push_str(&mark(span.class));
        from = span.end;
    }
    left.push_str(&piece(from, length));
    if left.chars().count() > TEXT_LENGTH_MAX { Err(TOO_LONG) } else { Ok(left) }
}

fn mark(class: StruckClass) -> String {
    format!("[struket: {}]", class.swedish())
}

/// Where a place in what is left lies in the text before the spans were struck.
pub fn before_striking(place: usize, spans: &[Span]) -> usize {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.start);
    let whole = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let (mut left, mut from) = (place, 0);
    for span in spans {
        let (start, marked) = (whole(span.start), mark(span.class).chars().count());
        if from + left < start {
            break;
        }
        left = (from + left).saturating_sub(start + marked);
        from = whole(span.end);
    }
    from + left
}

/// Where a place in the text lies in what is left when the spans are struck, if it is not struck itself.
fn after_striking(place: u32, spans: &[Span]) -> u32 {
    let before = || spans.iter().filter(|span| span.end <= place);
    let marks: usize = before().map(|span| mark(span.class).chars().count()).sum();
    let gone: u32 = before().map(|span| span.end - span.start).sum();
    (place + u32::try_from(marks).unwrap_or(0)).saturating_sub(gone)
}

/// Where a stretch of the text lies in what is left when the spans are struck; nowhere when any of it is.
pub(crate) fn left((start, end): (u32, u32), spans: &[Span]) -> Option<(u32, u32)> {
    let struck = spans.iter().any(|span| span.start < end && start < span.end);
    let begins = after_striking(start, spans);
    (!struck).then(|| (begins, begins + (end - start)))
}

/// The words that spans cover.
pub fn covered(body: &str, spans: &[Span]) -> Vec<String> {
    let letters: Vec<char> = body.chars().collect();
    let words = |span: &Span| {
        let (from, to) = (usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?);
        Some(letters.get(from..to)?.iter().collect())
    };
    spans.iter().filter_map(words).collect()
}

/// The reference to a text in what is stored, wherever it stands there.
pub fn reference(stored: &impl Serialize, id: Uuid) -> Option<TextRef> {
    find(&serde_json::to_value(stored).ok()?, &id.to_string())
}

fn find(value: &Value, id: &str) -> Option<TextRef> {
    match value {
        Value::Object(members) if members.get("textId").is_some_and(|its| its == id) => {
            serde_json::from_value(value.clone()).ok()
        }
        Value::Object(members) => members.values().find_map(|member| find(member, id)),
        Value::Array(items) => items.iter().find_map(|item| find(item, id)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
