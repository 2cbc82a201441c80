//! A citizen pledge (medborgarlöfte): what police and municipality promise to do, in the long run, about what comes
//! back again and again and can be influenced; followed up until it has ended (R127).

use crate::decision::{Aggregate, Command, Decided, Situation};
use crate::event::Event as Any;
use crate::identity::{OrganisationId, PledgeId, ProblemId};
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, Name, TextRef};
use crate::week::Week;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

refusals! {
    ALREADY_GIVEN = "pledge.already-given", Conflict,
        "Löftet är redan avgivet.", "The pledge has been given already.";
    NOT_GIVEN = "pledge.not-given", Unknown,
        "Löftet finns inte.", "There is no such pledge.";
    ALREADY_ENDED = "pledge.already-ended", Conflict,
        "Löftet är redan avslutat.", "The pledge has ended already.";
    PROBLEM_UNKNOWN = "pledge.problem-unknown", Conflict,
        "Ange minst ett problem; alla ska finnas i programmet.",
        "State at least one problem; all exist in the programme.";
    ORGANISATION_UNKNOWN = "pledge.organisation-unknown", Conflict,
        "Ange vilka verksamheter som lovar; alla ska finnas i programmet.",
        "State which organisations promise; all exist in the programme.";
    ALREADY_FOLLOWED_UP = "pledge.already-followed-up", Conflict,
        "Löftet är redan uppföljt för den veckan eller en senare.",
        "The pledge has been followed up for that week or a later one already.";
    REVIEW_PASSED = "pledge.review-passed", Conflict,
        "Dagen för uppföljning har passerat.", "The day of the follow-up has passed.";
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The pledge was given.
    Given { pledge: Box<Pledge<TextRef>> },
    /// How it is kept was looked at.
    FollowedUp { week: Week, kept: Kept, told: TextRef },
    /// It is over.
    Ended { reason: TextRef },
}

/// What is promised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PledgeTerms)]
pub struct Pledge<T> {
    pub title: Name,
    /// The promise, in words that the public reads.
    pub promise: T,
    /// What it is given against.
    #[schema(min_items = 1, max_items = 50)]
    pub problems: Vec<ProblemId>,
    /// Those who promise.
    #[schema(min_items = 1, max_items = 30)]
    pub organisations: Vec<OrganisationId>,
    /// The day that it is followed up.
    #[schema(value_type = String, format = Date)]
    pub review: Date,
}

/// Whether a pledge is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PledgeKept)]
pub enum Kept {
    Kept,
    Partly,
    NotKept,
}

/// The life of a pledge.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    NotGiven,
    Given(Given),
    Ended(Given, TextRef),
}

/// A pledge as it was given, and how it has been kept.
#[derive(Clone, Debug)]
pub struct Given {
    pub pledge: Box<Pledge<TextRef>>,
    pub followed_up: Vec<FollowedUp>,
}

/// A look at how a pledge is kept.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PledgeFollowedUp)]
pub struct FollowedUp {
    pub week: Week,
    pub kept: Kept,
    pub told: TextRef,
}

impl State {
    /// The pledge, be it ended or not.
    pub fn given(&self) -> Option<&Given> {
        match self {
            Self::NotGiven => None,
            Self::Given(given) | Self::Ended(given, _) => Some(given),
        }
    }
}

impl Aggregate for State {
    const KIND: &'static str = "pledge";
    type Key = PledgeId;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Pledge(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Given { pledge }) => {
                Self::Given(Given { pledge: pledge.clone(), followed_up: Vec::new() })
            }
            (Self::Given(mut given), Event::FollowedUp { week, kept, told }) => {
                given.followed_up.push(FollowedUp { week: *week, kept: *kept, told: told.clone() });
                Self::Given(given)
            }
            (Self::Given(given), Event::Ended { reason }) => Self::Ended(given, reason.clone()),
            (state, Event::FollowedUp { .. } | Event::Ended { .. }) => state,
        }
    }
}

/// Give a pledge.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = GivePledge)]
pub struct Give(pub Pledge<FreeText>);

impl Command for Give {
    type State = State;
    const PERMISSION: Permission = Permission::GivePledges;

    fn decide(&self, state: State, situation: &Situation<'_, PledgeId>) -> Decided<State> {
        match state {
            State::Given(_) | State::Ended(..) => return Err(ALREADY_GIVEN),
            State::NotGiven => {}
        }
        let (facts, Pledge { title, promise, problems, organisations, review }) = (situation.facts, &self.0);
        let known =
            |problem: &ProblemId| facts.problems.get(problem).is_some_and(|its| its.about().is_some());
        if problems.is_empty() || !problems.iter().all(known) {
            return Err(PROBLEM_UNKNOWN);
        }
        let takes_part = |organisation: &OrganisationId| facts.organisations.contains_key(organisation);
        if organisations.is_empty() || !organisations.iter().all(takes_part) {
            return Err(ORGANISATION_UNKNOWN);
        }
        if *review < day(facts.method(), situation.now) {
            return Err(REVIEW_PASSED);
        }
        let pledge = Pledge {
            title: title.clone(),
            promise: promise.reference(),
            problems: problems.clone(),
            organisations: organisations.clone(),
            review: *review,
        };
        Ok(vec![Event::Given { pledge: Box::new(pledge) }])
    }
}

fn day(method: &crate::method::Method, now: Timestamp) -> Date {
    now.to_zoned(method.zone()).date()
}

/// Say how a pledge is kept.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FollowUpPledge)]
pub struct FollowUp {
    /// The week that it is looked at.
    pub week: Week,
    pub kept: Kept,
    pub told: FreeText,
}

impl Command for FollowUp {
    type State = State;
    const PERMISSION: Permission = Permission::FollowUpPledges;

    fn decide(&self, state: State, _: &Situation<'_, PledgeId>) -> Decided<State> {
        let given = standing(&state)?;
        if given.followed_up.last().is_some_and(|last| last.week >= self.week) {
            return Err(ALREADY_FOLLOWED_UP);
        }
        let (week, kept, told) = (self.week, self.kept, self.told.reference());
        Ok(vec![Event::FollowedUp { week, kept, told }])
    }
}

/// End a pledge, with the reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EndPledge)]
pub struct End {
    pub reason: FreeText,
}

impl Command for End {
    type State = State;
    const PERMISSION: Permission = Permission::GivePledges;

    fn decide(&self, state: State, _: &Situation<'_, PledgeId>) -> Decided<State> {
        standing(&state)?;
        Ok(vec![Event::Ended { reason: self.reason.reference() }])
    }
}

fn standing(state: &State) -> Result<&Given, Refusal> {
    match state {
        State::NotGiven => Err(NOT_GIVEN),
        State::Ended(..) => Err(ALREADY_ENDED),
        State::Given(given) => Ok(given),
    }
}
