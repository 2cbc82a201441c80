//! An intervention: proposed from an analysis, decided with what is expected of it, begun, reported back, followed up
//! and disposed of every cycle (R24, R58-R62, R72, R79, R105-R109).

mod follow_up;
mod plan;

pub use follow_up::{
    Afterwards, Answers, Dispose, Disposition, EvidenceLevel, Fidelity, FollowUp, Replacement, ReportBack,
};
pub use plan::{
    Anchoring, Contributor, Direction, Expectation, Horizon, LongTerm, Milestone, Plan, ShortTerm, Terms,
};

use crate::analysis::Occasion;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{AreaId, FunctionId, InterventionId};
use crate::indicator::Indicator;
use crate::permission::{Permission, Reach};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_PROPOSED = "intervention.already-proposed", Conflict,
        "Insatsen är redan föreslagen.", "The intervention has been proposed already.";
    NOT_PROPOSED = "intervention.not-proposed", Unknown,
        "Insatsen finns inte.", "There is no such intervention.";
    ALREADY_DECIDED = "intervention.already-decided", Conflict,
        "Insatsen är redan beslutad eller avvisad.", "The intervention is decided or declined already.";
    NOT_DECIDED = "intervention.not-decided", Conflict,
        "Insatsen är inte beslutad.", "The intervention is not decided.";
    ANALYSIS_MISSING = "intervention.analysis-missing", Conflict,
        "En insats i ett prioriterat område följer av en analys av området. Analysera det först.",
        "An intervention in a prioritised area follows from an analysis of it. Analyse it first.";
    AREA_NOT_PRIORITISED = "intervention.area-not-prioritised", Conflict,
        "Området är inte prioriterat. Ange varför insatsen ändå görs där.",
        "The area is not prioritised. State why the intervention is made there all the same.";
    CAUSES_NOT_ANALYSED = "intervention.causes-not-analysed", Conflict,
        "Insatsen ska riktas mot minst en av de orsaker som analysen anger.",
        "The intervention is aimed at one or more of the causes that the analysis states.";
    PROBLEM_UNKNOWN = "intervention.problem-unknown", Conflict,
        "Ange minst ett problem; alla ska finnas och höra till området.",
        "State at least one problem; all exist and belong to the area.";
    HORIZON_BROKEN = "intervention.horizon-broken", Conflict,
        "En kortsiktig insats slutar en vecka framåt i tiden, en långsiktig har minst en milstolpe.",
        "A short intervention ends in a week to come, a long one has a milestone at least.";
    EXPECTATION_BROKEN = "intervention.expectation-broken", Conflict,
        "Ange vad som förväntas: indikator, riktning, storlek och tid.",
        "State what is expected: indicator, direction, size and time.";
    FUNCTION_UNKNOWN = "intervention.function-unknown", Conflict,
        "Den ansvariga funktionen finns inte.", "The responsible function does not exist.";
    CONTRIBUTOR_UNKNOWN = "intervention.contributor-unknown", Conflict,
        "En medverkande verksamhet finns inte i programmet.",
        "A contributing organisation is not one of the programme's.";
    REPORT_BACK_BROKEN = "intervention.report-back-broken", Conflict,
        "Dagen för återrapportering har passerat.", "The day to report back has passed.";
    LEGAL_BASIS_MISSING = "intervention.legal-basis-missing", Conflict,
        "En sådan insats behöver ett rättsligt stöd. Ange lag, tillstånd eller beslut.",
        "Such an intervention needs a legal basis. State the law, permit or decision.";
    NOT_ANCHORED = "intervention.not-anchored", Conflict,
        "Beslutet är inte förankrat.", "The decision is not anchored.";
    ANCHORING_SETTLED = "intervention.anchoring-settled", Conflict,
        "Förankringen är redan avgjord eller behövs inte.", "The anchoring is settled or not needed.";
    ALREADY_STARTED = "intervention.already-started", Conflict,
        "Insatsen är redan påbörjad.", "The intervention has begun already.";
    NOT_STARTED = "intervention.not-started", Conflict,
        "Insatsen är inte påbörjad.", "The intervention has not begun.";
    ENDED = "intervention.ended", Conflict,
        "Insatsen är avslutad.", "The intervention has ended.";
    DEVIATION_MISSING = "intervention.deviation-missing", Conflict,
        "Ange vad som avvek från beslutet.", "State what deviated from the decision.";
    ALREADY_FOLLOWED_UP = "intervention.already-followed-up", Conflict,
        "Insatsen är redan uppföljd vid det tillfället.",
        "The intervention has been followed up on that occasion already.";
    ALREADY_DISPOSED = "intervention.already-disposed", Conflict,
        "Det är redan beslutat för den veckan eller en senare vad som ska ske med insatsen.",
        "What becomes of the intervention is decided already for that week or a later one.";
    REPLACEMENT_BROKEN = "intervention.replacement-broken", Conflict,
        "Den insats som ska ersätta finns inte, eller är avvisad eller avslutad.",
        "The replacing intervention does not exist, or is declined or ended.";
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The intervention was proposed.
    Proposed { plan: Box<Plan<TextRef>> },
    /// It was decided, on these terms.
    Decided { terms: Box<Terms<TextRef>> },
    /// It will not be made.
    Declined { reason: TextRef },
    /// Those who had to agree have answered.
    AnchoringSettled { outcome: Anchoring, note: TextRef },
    /// It began; an embargo ends.
    Started { week: Week },
    /// What was done was reported back.
    ReportedBack { fidelity: Fidelity, done: TextRef, deviation: Option<TextRef> },
    /// It was followed up.
    FollowedUp { occasion: Occasion, answers: Box<Answers<TextRef>> },
    /// What becomes of it was decided for a cycle.
    DispositionDecided { week: Week, disposition: Disposition, reason: TextRef },
}

/// The life of an intervention.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Unproposed,
    Proposed(Proposal),
    Declined(Proposal),
    Decided(Undertaking),
    Active(Undertaking),
    Ended(Undertaking),
}

/// What a decision needs to know of a proposal.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    pub area: AreaId,
    pub kind: crate::catalogue::Kind,
}

/// What has been decided.
#[derive(Clone, Debug)]
pub struct Undertaking {
    pub proposal: Proposal,
    pub responsible: FunctionId,
    pub anchoring: Anchoring,
    pub report_back: Date,
    /// The indicators of what is expected of it.
    pub expects: Vec<Indicator>,
    pub started: Option<Week>,
    /// What the weekly picture says of it; none where it is documented elsewhere (R101).
    pub pictured: Option<TextRef>,
    pub embargo: bool,
    pub followed_up: Vec<Occasion>,
    /// The last cycle that it was disposed of in.
    pub disposed: Option<Week>,
}

impl State {
    /// What has been decided, from the decision on.
    pub fn undertaking(&self) -> Option<&Undertaking> {
        match self {
            Self::Decided(undertaking) | Self::Active(undertaking) | Self::Ended(undertaking) => {
                Some(undertaking)
            }
            Self::Unproposed | Self::Proposed(_) | Self::Declined(_) => None,
        }
    }

    /// What the weekly picture of its area says of it while it is decided or under way; nothing while under embargo.
    pub fn pictured(&self, area: AreaId) -> Option<&TextRef> {
        let undertaking = match self {
            Self::Decided(undertaking) if !undertaking.embargo => undertaking,
            Self::Active(undertaking) => undertaking,
            Self::Unproposed | Self::Proposed(_) | Self::Declined(_) | Self::Decided(_) | Self::Ended(_) => {
                return None;
            }
        };
        undertaking.pictured.as_ref().filter(|_| undertaking.proposal.area == area)
    }

    /// Whether it was at work in any of the weeks from one up to and with another.
    pub fn at_work(&self, first: Week, last: Week) -> bool {
        let ended = match self {
            Self::Ended(undertaking) => undertaking.disposed,
            Self::Unproposed | Self::Proposed(_) | Self::Declined(_) | Self::Decided(_) | Self::Active(_) => {
                None
            }
        };
        let started = self.undertaking().and_then(|undertaking| undertaking.started);
        started.is_some_and(|started| started <= last) && ended.is_none_or(|ended| ended >= first)
    }
}

impl Aggregate for State {
    const KIND: &'static str = "intervention";
    type Key = InterventionId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Intervention(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Proposed { plan }) => Self::Proposed(Proposal { area: plan.area, kind: plan.kind }),
            (Self::Proposed(proposal), Event::Declined { .. }) => Self::Declined(proposal),
            (Self::Proposed(proposal), Event::Decided { terms }) => Self::Decided(Undertaking {
                proposal,
                responsible: terms.responsible,
                anchoring: terms.anchoring,
                report_back: terms.report_back,
                expects: terms.expectations.iter().map(|its| its.indicator).collect(),
                started: None,
                pictured: terms.in_picture.then(|| terms.method.clone()),
                embargo: terms.embargo,
                followed_up: Vec::new(),
                disposed: None,
            }),
            (Self::Decided(undertaking), Event::AnchoringSettled { outcome, .. }) => {
                Self::Decided(Undertaking { anchoring: *outcome, ..undertaking })
            }
            (Self::Decided(undertaking), Event::Started { week }) => {
                Self::Active(Undertaking { started: Some(*week), ..undertaking })
            }
            (Self::Active(mut undertaking), Event::FollowedUp { occasion, .. }) => {
                undertaking.followed_up.push(*occasion);
                Self::Active(undertaking)
            }
            (Self::Ended(mut undertaking), Event::FollowedUp { occasion, .. }) => {
                undertaking.followed_up.push(*occasion);
                Self::Ended(undertaking)
            }
            (Self::Decided(mut undertaking), Event::DispositionDecided { week, .. }) => {
                // Before it has begun it can only be given up.
                undertaking.disposed = Some(*week);
                Self::Ended(undertaking)
            }
            (Self::Active(mut undertaking), Event::DispositionDecided { week, disposition, .. }) => {
                undertaking.disposed = Some(*week);
                match disposition {
                    Disposition::Continue | Disposition::Expand => Self::Active(undertaking),
                    Disposition::Replace(_) | Disposition::End => Self::Ended(undertaking),
                }
            }
            (
                state,
                Event::Decided { .. }
                | Event::Declined { .. }
                | Event::AnchoringSettled { .. }
                | Event::Started { .. }
                | Event::ReportedBack { .. }
                | Event::FollowedUp { .. }
                | Event::DispositionDecided { .. },
            ) => state,
        }
    }
}

/// The organisation of the responsible function carries it out; before there is one, only who reaches all may.
fn carried_out_by(intervention: InterventionId, facts: &Facts) -> Reach {
    let undertaking = facts.interventions.get(&intervention).and_then(State::undertaking);
    let function = undertaking.and_then(|its| facts.functions.get(&its.responsible)?.established());
    function.map_or(Reach::Programme, |function| Reach::AnyoneOf(function.organisation))
}

/// Propose an intervention.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = ProposeIntervention)]
pub struct Propose(pub Plan<FreeText>);

impl Command for Propose {
    type State = State;
    const PERMISSION: Permission = Permission::ProposeInterventions;

    fn decide(&self, state: State, situation: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        matches!(state, State::Unproposed).then_some(()).ok_or(ALREADY_PROPOSED)?;
        self.0.check(situation.facts, situation.facts.week_of(situation.now))?;
        Ok(vec![Event::Proposed { plan: Box::new(self.0.recorded()) }])
    }
}

/// Decide an intervention, with what is expected of it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = DecideIntervention)]
pub struct Decide(pub Terms<FreeText>);

impl Command for Decide {
    type State = State;
    const PERMISSION: Permission = Permission::DecideInterventions;

    fn decide(&self, state: State, situation: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        let proposal = proposed(&state)?;
        let today = situation.now.to_zoned(situation.facts.method().zone()).date();
        self.0.check(proposal.kind, situation.facts, today)?;
        Ok(vec![Event::Decided { terms: Box::new(self.0.recorded()) }])
    }
}

/// Decline a proposed intervention, with the reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeclineIntervention)]
pub struct Decline {
    pub reason: FreeText,
}

impl Command for Decline {
    type State = State;
    const PERMISSION: Permission = Permission::DecideInterventions;

    fn decide(&self, state: State, _: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        proposed(&state)?;
        Ok(vec![Event::Declined { reason: self.reason.reference() }])
    }
}

fn proposed(state: &State) -> Result<Proposal, Refusal> {
    match state {
        State::Unproposed => Err(NOT_PROPOSED),
        State::Proposed(proposal) => Ok(*proposal),
        State::Declined(_) | State::Decided(_) | State::Active(_) | State::Ended(_) => Err(ALREADY_DECIDED),
    }
}

/// Settle the anchoring of a decision: those who had to agree do, or do not (R79).
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SettleAnchoring)]
pub struct SettleAnchoring {
    pub approved: bool,
    pub note: FreeText,
}

impl Command for SettleAnchoring {
    type State = State;
    const PERMISSION: Permission = Permission::DecideInterventions;

    fn decide(&self, state: State, _: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        let State::Decided(undertaking) = state else { return Err(NOT_DECIDED) };
        (undertaking.anchoring == Anchoring::Pending).then_some(()).ok_or(ANCHORING_SETTLED)?;
        let outcome = if self.approved { Anchoring::Approved } else { Anchoring::Refused };
        Ok(vec![Event::AnchoringSettled { outcome, note: self.note.reference() }])
    }
}

/// Begin an intervention; what was under embargo is shown from now on.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = StartIntervention)]
pub struct Start {}

impl Command for Start {
    type State = State;
    const PERMISSION: Permission = Permission::CarryOutInterventions;

    fn reach(&self, key: &InterventionId, facts: &Facts) -> Reach {
        carried_out_by(*key, facts)
    }

    fn decide(&self, state: State, situation: &Situation<'_, InterventionId>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Unproposed => Err(NOT_PROPOSED),
            State::Proposed(_) | State::Declined(_) => Err(NOT_DECIDED),
            State::Active(_) => Err(ALREADY_STARTED),
            State::Ended(_) => Err(ENDED),
            State::Decided(undertaking) => match undertaking.anchoring {
                Anchoring::NotNeeded | Anchoring::Approved => {
                    Ok(vec![Event::Started { week: situation.facts.week_of(situation.now) }])
                }
                Anchoring::Pending | Anchoring::Refused => Err(NOT_ANCHORED),
            },
        }
    }
}
