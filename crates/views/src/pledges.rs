//! The citizen pledges, and what could be pledged: what comes back again and again and can be influenced (R127).

use crate::problems::ProblemStatus;
use crate::reading::Reader;
use est::analysis;
use est::indicator::Indicator;
use est::pledge::{FollowedUp, State};
use est::{AreaId, Facts, Grant, Name, OrganisationId, PledgeId, ProblemId, TextRef, Week};
use event_log::Fault;
use jiff::civil::Date;
use serde::Serialize;

/// How far back it is counted how often a problem is spoken of: half a year.
const WEEKS: i32 = 26;
/// Spoken of in fewer weeks than these, a problem is no candidate: a pledge is for what comes back.
const WEEKS_MIN: u32 = 4;

/// Whether a pledge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PledgeStatus {
    Given,
    Ended,
}

/// A citizen pledge.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenPledge {
    pub id: PledgeId,
    pub status: PledgeStatus,
    pub title: Name,
    pub promise: TextRef,
    #[schema(max_items = 50)]
    pub problems: Vec<ProblemId>,
    #[schema(max_items = 30)]
    pub organisations: Vec<OrganisationId>,
    #[schema(value_type = String, format = Date)]
    pub review: Date,
    #[schema(max_items = 1000)]
    pub followed_up: Vec<FollowedUp>,
    /// The day of the follow-up has passed, and nobody has said how it is kept.
    pub overdue: bool,
    /// Why it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<TextRef>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// An open problem that a pledge might be given against.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PledgeCandidate {
    pub problem: ProblemId,
    pub title: Name,
    pub area: AreaId,
    pub indicator: Indicator,
    /// In how many of the last 26 weeks somebody spoke of it.
    pub weeks: u32,
    /// The last analysis of it said how far it can be influenced, 1-5; absent where none has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5)]
    pub influenceability: Option<u8>,
    /// Weeks times influenceability, where there is one: the order of the list.
    pub weight: u32,
    /// Whether it is pledged already.
    pub pledged: bool,
}

/// The pledges, those that stand first, the earliest follow-up first.
pub fn pledges(_: &Grant, facts: &Facts, today: Date) -> Vec<CitizenPledge> {
    let all = facts.pledges.iter().filter_map(|(id, state)| pledge(facts, *id, state, today));
    let mut all: Vec<CitizenPledge> = all.collect();
    all.sort_by_key(|pledge| (pledge.status == PledgeStatus::Ended, pledge.review, pledge.id));
    all
}

/// One pledge.
pub fn one(_: &Grant, facts: &Facts, id: PledgeId, today: Date) -> Option<CitizenPledge> {
    pledge(facts, id, facts.pledges.get(&id)?, today)
}

fn pledge(facts: &Facts, id: PledgeId, state: &State, today: Date) -> Option<CitizenPledge> {
    let given = state.given()?;
    let ended = if let State::Ended(_, reason) = state { Some(reason.clone()) } else { None };
    let terms = given.pledge.as_ref().clone();
    Some(CitizenPledge {
        id,
        status: if ended.is_some() { PledgeStatus::Ended } else { PledgeStatus::Given },
        overdue: ended.is_none() && given.followed_up.is_empty() && terms.review < today,
        title: terms.title,
        promise: terms.promise,
        problems: terms.problems,
        organisations: terms.organisations,
        review: terms.review,
        followed_up: given.followed_up.clone(),
        ended,
        version: facts.version::<State>(&id),
    })
}

impl Reader {
    /// What could be pledged, the weightiest first.
    pub async fn pledge_candidates(
        &self,
        grant: &Grant,
        facts: &Facts,
        today: Date,
    ) -> Result<Vec<PledgeCandidate>, Fault> {
        let since = Week::of(today).plus(1 - WEEKS);
        let spoken = self.problems_since(grant, since).await?;
        let open = spoken
            .into_iter()
            .filter(|(problem, weeks)| problem.status == ProblemStatus::Open && *weeks >= WEEKS_MIN);
        let candidate = open.map(|(problem, weeks)| {
            let influenceability = influenceability(facts, problem.id);
            PledgeCandidate {
                weight: weeks * u32::from(influenceability.unwrap_or(1)),
                pledged: pledged(facts, problem.id),
                problem: problem.id,
                title: problem.title,
                area: problem.area,
                indicator: problem.indicator,
                weeks,
                influenceability,
            }
        });
        let mut candidates: Vec<PledgeCandidate> = candidate.collect();
        candidates.sort_by_key(|its| (std::cmp::Reverse(its.weight), its.problem));
        Ok(candidates)
    }
}

fn pledged(facts: &Facts, problem: ProblemId) -> bool {
    let standing = facts.pledges.values().filter(|state| matches!(state, State::Given(_)));
    standing.filter_map(State::given).any(|given| given.pledge.problems.contains(&problem))
}

/// By the latest analysis that looked at the problem.
fn influenceability(facts: &Facts, problem: ProblemId) -> Option<u8> {
    let looked = facts.analyses.iter().filter_map(|(key, state)| match state {
        analysis::State::Recorded(analysis) if analysis.problems.contains(&problem) => {
            Some((key.occasion.week(), analysis.influenceability.0))
        }
        analysis::State::Recorded(_) | analysis::State::Awaited => None,
    });
    looked.max().map(|(_, influenceability)| influenceability)
}
