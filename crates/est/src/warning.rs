//! Warnings of the personal-data guard (R131): where in a text it has a word without refusing it, which of them an
//! edit leaves as they were, and why somebody lets them stand before the picture is adopted.

use crate::decision::{Command, Situation};
use crate::facts::Facts;
use crate::permission::Permission;
use crate::picture::{self, ALREADY_ADOPTED, Event, NO_DRAFT, WARNING_UNKNOWN};
use crate::refusal::Refusal;
use crate::section::Section;
use crate::text::{self, Erasure, FreeText, Span, TextRef};
use crate::week::Week;
use personal_data::{Action, Finding, Verdict};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A place of a text that the guard warns of. It never holds the words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TextWarning)]
pub struct Warning {
    /// Where it begins, in Unicode code points.
    #[schema(minimum = 0, maximum = 4000)]
    pub start: u32,
    /// Where it ends, exclusive.
    #[schema(minimum = 0, maximum = 4000)]
    pub end: u32,
    /// What it is, by the name that the guard's policy has for it.
    #[schema(max_length = 50)]
    pub class: String,
}

impl Warning {
    pub fn of(finding: &Finding) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let class = finding.class.key().to_owned();
        Self { start: place(finding.start), end: place(finding.end), class }
    }

    /// What a verdict warns of; most texts have none.
    pub(crate) fn all(verdict: &Verdict) -> Vec<Self> {
        let warned = verdict.findings.iter().filter(|finding| finding.action == Action::Warn);
        warned.map(Self::of).collect()
    }

    /// Where it lies in what is left when spans of the text are struck; nowhere when it is struck itself.
    pub fn left(&self, spans: &[Span]) -> Option<Self> {
        let (start, end) = text::left((self.start, self.end), spans)?;
        Some(Self { start, end, ..self.clone() })
    }

    /// The words that it covers.
    fn words<'a>(&self, body: &'a str) -> &'a str {
        let byte = |place: u32| {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            body.char_indices().nth(place).map_or(body.len(), |(byte, _)| byte)
        };
        body.get(byte(self.start)..byte(self.end)).unwrap_or_default()
    }
}

/// A warning with the text that its place is counted in: the one that was written, or what was left of it when spans
/// were struck.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Warned {
    pub text: Uuid,
    #[serde(flatten)]
    pub warning: Warning,
}

impl Warned {
    /// The warnings of a stored text.
    pub fn of(text: &TextRef) -> impl Iterator<Item = Self> {
        text.warnings.iter().map(|warning| Self { text: text.text_id, warning: warning.clone() })
    }

    /// Where it is in what is left; nowhere when it was struck, or when nothing is left.
    pub fn left(&self, erasure: &Erasure) -> Option<Self> {
        if erasure.erased != self.text {
            return Some(self.clone());
        }
        let (rest, warning) = (erasure.replacement.as_ref()?, self.warning.left(&erasure.spans)?);
        Some(Self { text: rest.text_id, warning })
    }
}

impl Facts {
    /// The warnings of a text as it stands: where it was struck in, those of what is left; none where nothing is.
    pub fn warned(&self, text: &TextRef) -> Vec<Warned> {
        let erasure = self.texts.get(&text.text_id).and_then(text::State::erasure);
        let standing = erasure.map_or(Some(text), |erasure| erasure.replacement.as_ref());
        standing.into_iter().flat_map(Warned::of).collect()
    }
}

/// The words under a warning of a text that is about to be replaced: compared with the new text's, and let go. They
/// are never stored nor printed.
#[derive(Clone)]
pub struct Words {
    at: Warned,
    words: String,
}

impl Words {
    /// The words under each warning of a text, in its body as it stands.
    pub fn of(warned: impl IntoIterator<Item = Warned>, body: &str) -> Vec<Self> {
        let words = |at: Warned| Self { words: at.warning.words(body).to_owned(), at };
        warned.into_iter().map(words).collect()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({:?})", self.at)
    }
}

/// A warning of a new text that was there in the text it replaces: of the same class, over the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    pub from: Warned,
    pub to: Warned,
    /// Why it was let stand, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Finds the warnings that an edit leaves as they were. One stands for one: a name that was acknowledged once and is
/// now written twice is one acknowledged and one new. `theirs` are the warnings of what is replaced.
pub(crate) fn carried(
    replaced: &[Words],
    theirs: &[(Warned, Option<Reason>)],
    after: &Section<FreeText>,
) -> Vec<Carried> {
    let reason = |words: &Words| Some(theirs.iter().find(|(warned, _)| *warned == words.at)?.1);
    let mut left: Vec<_> = replaced.iter().filter_map(|words| Some((words, reason(words)?))).collect();
    let mut carried = Vec::new();
    for (_, text) in after.texts() {
        for warning in text.warnings() {
            let words = warning.words(text.body());
            let same = |(old, _): &(&Words, _)| old.at.warning.class == warning.class && old.words == words;
            if let Some(place) = left.iter().position(same) {
                let (old, reason) = left.remove(place);
                let to = Warned { text: text.id(), warning: warning.clone() };
                carried.push(Carried { from: old.at.clone(), to, reason });
            }
        }
    }
    carried
}

/// Why a warning may stand. A text that is rewritten needs no reason: its warning is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WarningReason)]
pub enum Reason {
    /// It is not about a person: an error number, a company, a common word.
    NotAPerson,
    /// A place, a street or a building in public use that bears a name.
    PublicPlaceName,
    /// It is what it looks like, and the picture needs it.
    Justified,
}

/// A warning that somebody lets stand, and why. Who and when is the event's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WarningAcknowledgement)]
pub struct Acknowledgement {
    /// The text that it stands in.
    pub text: Uuid,
    #[schema(minimum = 0, maximum = 4000)]
    pub start: u32,
    #[schema(minimum = 0, maximum = 4000)]
    pub end: u32,
    #[schema(max_length = 50)]
    pub class: String,
    pub reason: Reason,
}

impl Acknowledgement {
    pub fn warned(&self) -> Warned {
        let warning = Warning { start: self.start, end: self.end, class: self.class.clone() };
        Warned { text: self.text, warning }
    }

    fn new(Warned { text, warning: Warning { start, end, class } }: Warned, reason: Reason) -> Self {
        Self { text, start, end, class, reason }
    }
}

/// What has been acknowledged of the texts that a picture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Acknowledged(Vec<Acknowledgement>);

impl Acknowledged {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The warnings of a text as it stands, with the reasons that they were let stand. Parts of it may have been struck
    /// after that.
    pub fn of(&self, text: &TextRef, facts: &Facts) -> Vec<(Warned, Option<Reason>)> {
        let erasures = facts.erasures(text.text_id);
        let left = |warned: Warned| erasures.iter().try_fold(warned, |warned, erasure| warned.left(erasure));
        let reason = |warned: &Warned| {
            let given = self.0.iter().find(|given| left(given.warned()).as_ref() == Some(warned));
            given.map(|given| given.reason)
        };
        facts.warned(text).into_iter().map(|warned| (warned.clone(), reason(&warned))).collect()
    }

    fn reason(&self, warned: &Warned) -> Option<Reason> {
        self.0.iter().find(|given| given.warned() == *warned).map(|given| given.reason)
    }

    pub fn note(&mut self, given: &Acknowledgement) {
        self.0.push(given.clone());
    }

    /// A section has been edited: what stood in it is gone, but for what the edit has carried over.
    pub fn carry(&mut self, replaced: Option<&Section<TextRef>>, carried: &[Carried]) {
        let to = |Carried { from, to, reason }: &Carried| {
            Some(Acknowledgement::new(to.clone(), reason.or_else(|| self.reason(from))?))
        };
        let kept: Vec<_> = carried.iter().filter_map(to).collect();
        let gone: Vec<Warned> = replaced.into_iter().flat_map(Section::warned).collect();
        self.0.retain(|given| !gone.contains(&given.warned()));
        self.0.extend(kept);
    }
}

/// Let a warning of the draft stand, with a reason; each by itself, since what is waved through in a body is not read.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = AcknowledgeWarning)]
pub struct AcknowledgeWarning(pub Acknowledgement);

impl Command for AcknowledgeWarning {
    type State = picture::State;
    const PERMISSION: Permission = Permission::EditPicture;

    fn decide(&self, state: picture::State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let edition = match state {
            picture::State::Undrafted => return Err(NO_DRAFT),
            picture::State::Adopted(_) => return Err(ALREADY_ADOPTED),
            picture::State::Draft(edition) => edition,
        };
        let Warned { text, warning } = self.0.warned();
        let texts = edition.texts().filter(|shown| shown.text_id == text);
        let mut standing = texts.flat_map(|shown| edition.acknowledged.of(shown, situation.facts));
        // The reader knows the text by its own id, also where it has been struck in.
        let (warned, reason) =
            standing.find(|(standing, _)| standing.warning == warning).ok_or(WARNING_UNKNOWN)?;
        let given = Acknowledgement::new(warned, self.0.reason);
        Ok(if reason.is_some() { Vec::new() } else { vec![Event::WarningAcknowledged(given)] })
    }
}
