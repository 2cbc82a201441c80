//! Re-screening: what a new policy of the guard finds in texts that are stored already. It is queued for somebody to
//! handle; nothing is deleted by itself.

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::OrganisationId;
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::{self, Erasure, Span, TextRef};
use crate::warning::Warning;
use personal_data::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

refusals! {
    NOTHING_QUEUED = "rescreening.nothing-queued", Conflict,
        "Texten väntar inte på att hanteras.", "The text does not wait to be handled.";
}

/// What would become of a text with such a finding today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FindingAction)]
pub enum Action {
    Refuse,
    Warn,
}

impl From<personal_data::Action> for Action {
    fn from(action: personal_data::Action) -> Self {
        match action {
            personal_data::Action::Refuse => Self::Refuse,
            personal_data::Action::Warn => Self::Warn,
        }
    }
}

/// A place of a stored text that the guard has a word about. It never holds the words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RescreeningFinding)]
pub struct Finding {
    /// Where it begins, in Unicode code points.
    #[schema(minimum = 0, maximum = 4000)]
    pub start: u32,
    /// Where it ends, exclusive.
    #[schema(minimum = 0, maximum = 4000)]
    pub end: u32,
    #[schema(max_length = 50)]
    pub class: String,
    pub action: Action,
}

impl Finding {
    /// Where it lies in what is left when spans of the text are struck; nowhere when it is struck itself.
    pub fn left(&self, spans: &[Span]) -> Option<Self> {
        let (start, end) = text::left((self.start, self.end), spans)?;
        Some(Self { start, end, ..self.clone() })
    }

    /// Where it lies in what stands now, having been found in the text as written or in what was left of it.
    fn standing(&self, read: Uuid, erasures: &[Erasure]) -> Option<Self> {
        let mut struck_since = erasures.iter().skip_while(|erasure| erasure.erased != read);
        struck_since.try_fold(self.clone(), |finding, erasure| finding.left(&erasure.spans))
    }
}

/// What a verdict finds that was not known when the text was let in.
pub fn beside(record: &TextRef, verdict: &Verdict) -> Vec<Finding> {
    let known = |warning: &Warning| record.warnings.contains(warning);
    let all = verdict.findings.iter().map(|finding| (Warning::of(finding), finding.action.into()));
    let new = all.filter(|(warning, action)| *action == Action::Refuse || !known(warning));
    new.map(|(Warning { start, end, class }, action)| Finding { start, end, class, action }).collect()
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// A policy found something new in a stored text; `standsIn` is the stream that first referred to it, and `left`
    /// what was read, where the text had been struck in.
    Found {
        stands_in: String,
        policy: u32,
        findings: Vec<Finding>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Uuid>,
    },
    /// Somebody has handled what was found.
    Handled { outcome: Outcome },
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RescreeningOutcome)]
pub enum Outcome {
    /// It is not about a person, and stands.
    NotAPerson,
    /// It is a place in public use that bears a name, and stands.
    PublicPlaceName,
    /// It is what it looks like, is needed, and stands.
    Justified,
    /// The text has been erased or replaced.
    Removed,
}

/// The organisation that alone may see the text (R89): what it stands in is their own addendum.
pub fn owner(stands_in: &str) -> Option<OrganisationId> {
    let key = stands_in.strip_prefix("addendum/")?;
    key.split_once('/')?.1.parse().ok()
}

/// What has been found in a text so far, and whether somebody has yet to handle it.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// With what was read, where the text had been struck in.
    found: BTreeSet<(Option<Uuid>, Finding)>,
    stage: Stage,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Handled,
    Queued {
        owner: Option<OrganisationId>,
    },
}

impl Aggregate for State {
    const KIND: &'static str = "rescreening";
    /// The text's id.
    type Key = Uuid;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Rescreening(event) = event { Some(event) } else { None }
    }

    fn evolve(mut self, event: &Event) -> Self {
        match event {
            Event::Found { stands_in, findings, left, .. } => {
                self.found.extend(findings.iter().map(|finding| (*left, finding.clone())));
                self.stage = Stage::Queued { owner: owner(stands_in) };
            }
            Event::Handled { .. } => self.stage = Stage::Handled,
        }
        self
    }
}

/// Queue what a policy finds in a stored text. What has been found before is not queued again, handled or not.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The text that was read: the one that was written, or what is left of it.
    pub read: Uuid,
    pub stands_in: String,
    pub policy: u32,
    pub findings: Vec<Finding>,
}

impl Command for Queue {
    type State = State;
    const PERMISSION: Permission = Permission::HandleRescreening;

    fn decide(&self, state: State, situation: &Situation<'_, Uuid>) -> Result<Vec<Event>, Refusal> {
        let (key, facts) = (*situation.key, situation.facts);
        // It may have been erased while it was read, or struck in.
        let Some(stands) = facts.texts.get(&key).map_or(Some(key), |text| text.standing(key)) else {
            return Ok(Vec::new());
        };
        let erasures = facts.erasures(key);
        let before =
            |(left, finding): &(Option<Uuid>, Finding)| finding.standing(left.unwrap_or(key), erasures);
        let known: BTreeSet<Finding> = state.found.iter().filter_map(before).collect();
        let found = self.findings.iter().filter_map(|finding| finding.standing(self.read, erasures));
        let findings: Vec<Finding> = found.filter(|finding| !known.contains(finding)).collect();
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        let left = Some(stands).filter(|stands| *stands != key);
        Ok(vec![Event::Found { stands_in: self.stands_in.clone(), policy: self.policy, findings, left }])
    }
}

/// Handle what was found in a text: say what came of it. The text itself is not touched.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = HandleFinding)]
pub struct Handle {
    pub outcome: Outcome,
    /// Whose addendum the text stands in, where it does.
    #[serde(skip)]
    pub owner: Option<OrganisationId>,
}

impl Command for Handle {
    type State = State;
    const PERMISSION: Permission = Permission::HandleRescreening;

    fn reach(&self, _: &Uuid, _: &Facts) -> Reach {
        self.owner.map_or(Reach::Programme, Reach::AnyoneOf)
    }

    fn decide(&self, state: State, _: &Situation<'_, Uuid>) -> Result<Vec<Event>, Refusal> {
        let waits = state.stage == Stage::Queued { owner: self.owner };
        waits.then(|| vec![Event::Handled { outcome: self.outcome }]).ok_or(NOTHING_QUEUED)
    }
}
