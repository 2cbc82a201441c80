//! Every event of the method, as it is stored and read back.

use crate::decision::Aggregate;
use crate::text::TextRef;
use crate::{
    addendum, analysis, area, compilation, cycle, distribution, function, intervention, organisation,
    picture, pledge, prioritisation, problem, programme, report, rescreening, text,
};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! events {
    ($($variant:ident: $module:ident as $kind:literal),* $(,)?) => {
        /// What has happened, of whichever aggregate.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event { $($variant($module::Event)),* }

        impl Event {
            /// Reads the stored bytes of an event of the given stream kind.
            pub fn read(kind: &str, data: &[u8]) -> Result<Self, Unreadable> {
                let read = match kind {
                    $($kind => serde_json::from_slice(data).map(Self::$variant),)*
                    _ => return Err(Unreadable { kind: kind.to_owned(), cause: None }),
                };
                read.map_err(|cause| Unreadable { kind: kind.to_owned(), cause: Some(cause) })
            }

            /// The bytes to store.
            pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$variant(event) => serde_json::to_vec(event)),* }
            }

            /// The first part of its stream's name.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind),* }
            }
        }

        $(impl From<$module::Event> for Event {
            fn from(event: $module::Event) -> Self { Self::$variant(event) }
        })*

        /// The kinds of streams there are.
        pub const KINDS: &[&str] = &[$($kind),*];
    };
}

events! {
    Programme: programme as "programme",
    Area: area as "area",
    Organisation: organisation as "organisation",
    Function: function as "function",
    Cycle: cycle as "cycle",
    Report: report as "report",
    Problem: problem as "problem",
    Prioritisation: prioritisation as "prioritisation",
    Analysis: analysis as "analysis",
    Intervention: intervention as "intervention",
    Pledge: pledge as "pledge",
    Compilation: compilation as "compilation",
    Picture: picture as "picture",
    Distribution: distribution as "distribution",
    Addendum: addendum as "addendum",
    Text: text as "text",
    Rescreening: rescreening as "rescreening",
}

impl Event {
    /// The reference to a text in the event, if it holds one.
    pub fn text(&self, id: Uuid) -> Option<TextRef> {
        let stored: serde_json::Value = serde_json::from_slice(&self.bytes().ok()?).ok()?;
        text::reference(&stored, id)
    }
}

/// An event with its place in the log.
#[derive(Clone, Debug)]
pub struct Happened {
    pub programme: Uuid,
    /// Gapless from 1 in each programme.
    pub position: i64,
    pub stream: String,
    /// Gapless from 1 in each stream.
    pub version: i32,
    pub recorded_at: Timestamp,
    pub event: Event,
}

impl Happened {
    /// The stream's name after its kind.
    pub fn key(&self) -> &str {
        self.stream.split_once('/').map_or("", |(_, key)| key)
    }

    /// The text that the event takes away.
    pub fn takes(&self) -> Option<Taken> {
        let Event::Text(text::Event::Erased(erasure)) = &self.event else { return None };
        let first = self.key().parse() == Ok(erasure.erased);
        Some(Taken {
            programme: self.programme,
            text: erasure.erased,
            brought: first.then_some(erasure.place.position),
        })
    }
}

/// The kind of streams whose events take texts away.
pub const TAKING: &str = text::State::KIND;

/// A text that an event takes away: its body and salt go when the event is recorded, and what is kept of the request
/// that brought it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    pub programme: Uuid,
    pub text: Uuid,
    /// The position of the event that brought it; none for what the service itself wrote in a text's place.
    pub brought: Option<i64>,
}

/// A stored event that no longer reads: a fault, since every stored event must.
#[derive(Debug)]
pub struct Unreadable {
    pub kind: String,
    pub cause: Option<serde_json::Error>,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an event of kind {} does not read", self.kind)
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| -> &(dyn std::error::Error + 'static) { cause })
    }
}

/// The name that an event is stored under, such as `report.calm-reported`: its kind and the tag of its bytes.
pub fn name(kind: &str, data: &[u8]) -> String {
    let tag = data.split(|byte| *byte == b'"').nth(1).map(String::from_utf8_lossy).unwrap_or_default();
    format!("{kind}.{tag}")
}
