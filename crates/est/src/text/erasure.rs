//! What becomes of a text after it was written: erased on a ground, whole or in part, or sealed. Public records may
//! be disposed of only by a decision or a statute (arkivlagen 1990:782, 10 §); a draft is not yet one.

use crate::decision::{Aggregate, Command, Situation};
use crate::event::{Event as Any, Happened};
use crate::permission::Permission;
use crate::picture;
use crate::refusal::{Refusal, refusals};
use crate::text::span::{Span, placed};
use crate::text::{FreeText, Name, TextRef, reference};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

refusals! {
    UNKNOWN = "text.unknown", Unknown,
        "Texten finns inte.", "There is no such text.";
    NOT_A_DRAFT = "text.not-a-draft", Conflict,
        "Texten hör till en allmän handling. Ange gallringsbeslut eller lagrum, eller försegla texten.",
        "The text belongs to a public record. Name a disposal decision or a statute, or seal the text.";
    SPANS_MISPLACED = "text.spans-misplaced", Conflict,
        "Ett ställe ligger utanför texten eller går in i ett annat.",
        "A span lies outside the text or runs into another.";
    TOO_LONG = "text.too-long", Conflict,
        "Texten blir för lång när ställena märks ut. Stryk längre stycken, eller hela texten.",
        "The text grows too long when the spans are marked. Strike longer passages, or the whole text.";
    CHANGED_MEANWHILE = "text.changed-meanwhile", Stale,
        "Någon annan har strukit i texten sedan du läste den. Läs den igen.",
        "Somebody else has struck parts of the text since you read it. Read it again.";
    ALREADY_ERASED = "text.already-erased", Conflict,
        "Texten är redan raderad.", "The text has been erased already.";
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The text was erased on a ground: whole, or so that what is left of it stands as another text.
    Erased(Box<Erasure>),
    /// The text was hidden from all but the registrar.
    Sealed(Sealing),
    /// The text was shown again to those who may read where it stands.
    Unsealed {},
}

/// An erasure: what went, why, and what is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    pub at: Timestamp,
    pub ground: Ground,
    pub place: Place,
    /// Whose body and salt went: the text itself, or what was left of it after an earlier erasure.
    pub erased: Uuid,
    /// What was struck; none: the whole text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// What is left, where spans were struck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<TextRef>,
}

/// Why the text may be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
#[schema(as = ErasureGround)]
pub enum Ground {
    /// It stands in a picture that has not been adopted, and in no edition that has.
    Draft {},
    /// A disposal decision (gallringsbeslut), with its reference.
    DisposalDecision { reference: Name },
    /// A statute that demands it, with its reference.
    Statute { reference: Name },
}

/// Where a text stands: the stream of the event that brought it, and the event's position in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    pub stream: String,
    pub position: i64,
}

/// A seal: since when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealing {
    pub at: Timestamp,
    pub reason: SealReason,
    pub place: Place,
}

/// Why a text is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SealReason {
    /// It may fall under secrecy (OSL).
    Secrecy,
    /// It holds personal data, and there is no ground to erase it.
    PersonalData,
    /// It is being examined whether it may be erased, or released.
    UnderExamination,
}

/// What has become of a text.
#[derive(Clone, Debug, Default)]
pub enum State {
    /// As it was written.
    #[default]
    Untouched,
    /// What has not been struck can be read, unless it is sealed.
    Touched { erasures: Vec<Erasure>, seal: Option<Sealing> },
    /// Nothing of it is left.
    Erased(Box<Erasure>),
}

impl State {
    /// Whose body is read under the id; none when nothing is left.
    pub fn standing(&self, id: Uuid) -> Option<Uuid> {
        match self {
            Self::Untouched => Some(id),
            Self::Touched { erasures, .. } => match erasures.last() {
                Some(last) => last.replacement.as_ref().map(|left| left.text_id),
                None => Some(id),
            },
            Self::Erased(_) => None,
        }
    }

    /// The last erasure.
    pub fn erasure(&self) -> Option<&Erasure> {
        match self {
            Self::Untouched => None,
            Self::Touched { erasures, .. } => erasures.last(),
            Self::Erased(erasure) => Some(erasure),
        }
    }

    /// All erasures that something was left after, the first first.
    pub fn erasures(&self) -> &[Erasure] {
        if let Self::Touched { erasures, .. } = self { erasures } else { &[] }
    }

    pub fn seal(&self) -> Option<&Sealing> {
        if let Self::Touched { seal, .. } = self { seal.as_ref() } else { None }
    }

    /// Where it stands, as far as its own past tells.
    pub fn place(&self) -> Option<&Place> {
        self.erasure().map(|erasure| &erasure.place).or_else(|| self.seal().map(|seal| &seal.place))
    }

    /// Whether just this has been done already.
    pub fn done(&self, ground: &Ground, spans: &[Span]) -> bool {
        match self {
            Self::Untouched => false,
            Self::Touched { erasures, .. } => {
                erasures.iter().any(|earlier| earlier.spans == spans && earlier.ground == *ground)
            }
            Self::Erased(_) => true,
        }
    }

    fn parts(self) -> (Vec<Erasure>, Option<Sealing>) {
        match self {
            Self::Untouched | Self::Erased(_) => (Vec::new(), None),
            Self::Touched { erasures, seal } => (erasures, seal),
        }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "text";
    type Key = Uuid;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Text(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        let (mut erasures, seal) = self.parts();
        match event {
            Event::Erased(erasure) if erasure.replacement.is_none() => Self::Erased(erasure.clone()),
            Event::Erased(erasure) => {
                erasures.push((**erasure).clone());
                Self::Touched { erasures, seal }
            }
            Event::Sealed(seal) => Self::Touched { erasures, seal: Some(seal.clone()) },
            Event::Unsealed {} if erasures.is_empty() => Self::Untouched,
            Event::Unsealed {} => Self::Touched { erasures, seal: None },
        }
    }
}

/// Erase a text, or spans of it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EraseText)]
pub struct Erase {
    pub ground: Ground,
    /// What to strike, of the text as it is read now; none: the whole text.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub spans: Vec<Span>,
    /// Found by the service.
    #[serde(skip)]
    #[schema(ignore)]
    pub place: Option<Place>,
    /// Made by the service, when spans are struck.
    #[serde(skip)]
    #[schema(ignore)]
    pub rest: Option<Rest>,
}

/// What is left of a text when the spans are struck.
#[derive(Clone, Debug)]
pub struct Rest {
    /// The text that it was made from.
    pub of: Uuid,
    pub text: FreeText,
}

impl Command for Erase {
    type State = State;
    const PERMISSION: Permission = Permission::EraseText;

    fn reads(&self, _: &Uuid) -> Vec<String> {
        self.place.iter().map(|place| place.stream.clone()).collect()
    }

    fn decide(&self, state: State, situation: &Situation<'_, Uuid>) -> Result<Vec<Event>, Refusal> {
        if state.done(&self.ground, &self.spans) {
            return Ok(Vec::new());
        }
        let (place, original) = found(self.place.as_ref(), situation)?;
        if self.ground == (Ground::Draft {}) && !is_draft(*situation.key, place, situation.past) {
            return Err(NOT_A_DRAFT);
        }
        let (erasures, _) = state.parts();
        let standing = erasures.last().and_then(|last| last.replacement.clone()).unwrap_or(original);
        let replacement = if self.spans.is_empty() { None } else { Some(self.left(&standing)?) };
        Ok(vec![Event::Erased(Box::new(Erasure {
            at: situation.now,
            ground: self.ground.clone(),
            place: place.clone(),
            erased: standing.text_id,
            spans: self.spans.clone(),
            replacement,
        }))])
    }
}

impl Erase {
    /// What is left, if it was made from the text that stands.
    fn left(&self, standing: &TextRef) -> Result<TextRef, Refusal> {
        placed(&self.spans, standing.length)?;
        let rest = self.rest.as_ref().filter(|rest| rest.of == standing.text_id);
        rest.map(|rest| rest.text.reference()).ok_or(CHANGED_MEANWHILE)
    }
}

/// The text where it is said to stand, if it does.
fn found<'a>(
    place: Option<&'a Place>,
    situation: &Situation<'_, Uuid>,
) -> Result<(&'a Place, TextRef), Refusal> {
    let place = place.ok_or(UNKNOWN)?;
    let there = |happened: &&Happened| happened.stream == place.stream && happened.position == place.position;
    let brought = situation.past.iter().find(there).ok_or(UNKNOWN)?;
    Ok((place, brought.event.text(*situation.key).ok_or(UNKNOWN)?))
}

/// Whether the text is still working material: written in a picture, and in no edition that was adopted. What came
/// with the reports is theirs.
fn is_draft(id: Uuid, place: &Place, past: &[Happened]) -> bool {
    let (mut state, mut correction) = (picture::State::default(), None);
    for happened in past.iter().filter(|happened| happened.stream == place.stream) {
        let Any::Picture(event) = &happened.event else { return false };
        match event {
            picture::Event::Drafted { .. } if reference(event, id).is_some() => return false,
            picture::Event::Adopted { .. } => {
                let said =
                    if let picture::State::Draft(edition) = &state { Some(&edition.sections) } else { None };
                if reference(&(said, &correction), id).is_some() {
                    return false;
                }
            }
            picture::Event::CorrectionBegun { reason, .. } => correction = Some(reason.clone()),
            // What it gathers is the reports', and the rest was there before.
            picture::Event::Drafted { .. }
            | picture::Event::Renewed { .. }
            | picture::Event::SectionEdited { .. }
            | picture::Event::WarningAcknowledged(_)
            | picture::Event::Distributed { .. }
            | picture::Event::Acknowledged { .. } => {}
        }
        state = state.evolve(event);
    }
    true
}

/// Sealing a text: hide it from all but the registrar, where there is no ground to erase it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SealText)]
pub struct Seal {
    pub reason: SealReason,
    /// Found by the service.
    #[serde(skip)]
    #[schema(ignore)]
    pub place: Option<Place>,
}

impl Command for Seal {
    type State = State;
    const PERMISSION: Permission = Permission::SealText;

    fn reads(&self, _: &Uuid) -> Vec<String> {
        self.place.iter().map(|place| place.stream.clone()).collect()
    }

    fn decide(&self, state: State, situation: &Situation<'_, Uuid>) -> Result<Vec<Event>, Refusal> {
        let (place, _) = found(self.place.as_ref(), situation)?;
        match state {
            State::Erased(_) => Err(ALREADY_ERASED),
            State::Touched { seal: Some(_), .. } => Ok(Vec::new()),
            State::Touched { seal: None, .. } | State::Untouched => {
                let seal = Sealing { at: situation.now, reason: self.reason, place: place.clone() };
                Ok(vec![Event::Sealed(seal)])
            }
        }
    }
}

/// Unseal a text: show it again to those who may read where it stands.
#[derive(Clone, Debug)]
pub struct Unseal {
    /// Found by the service.
    pub place: Option<Place>,
}

impl Command for Unseal {
    type State = State;
    const PERMISSION: Permission = Permission::SealText;

    fn reads(&self, _: &Uuid) -> Vec<String> {
        self.place.iter().map(|place| place.stream.clone()).collect()
    }

    fn decide(&self, state: State, situation: &Situation<'_, Uuid>) -> Result<Vec<Event>, Refusal> {
        found(self.place.as_ref(), situation)?;
        match state {
            State::Touched { seal: Some(_), .. } => Ok(vec![Event::Unsealed {}]),
            State::Untouched | State::Touched { .. } | State::Erased(_) => Ok(Vec::new()),
        }
    }
}
