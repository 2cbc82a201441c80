//! What an intervention is to be: where, against what, by what mechanism, for how long; and what is decided of it.

use super::{
    ANALYSIS_MISSING, AREA_NOT_PRIORITISED, CAUSES_NOT_ANALYSED, CONTRIBUTOR_UNKNOWN, EXPECTATION_BROKEN,
    FUNCTION_UNKNOWN, HORIZON_BROKEN, LEGAL_BASIS_MISSING, PROBLEM_UNKNOWN, REPORT_BACK_BROKEN,
};
use crate::analysis::{self, Cause};
use crate::catalogue::{Kind, Technique};
use crate::facts::Facts;
use crate::identity::{AreaId, FunctionId, OrganisationId, ProblemId};
use crate::indicator::Indicator;
use crate::item::AREA_UNKNOWN;
use crate::prioritisation;
use crate::refusal::Refusal;
use crate::text::{FreeText, Name, TextRef};
use crate::week::Week;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How long an intervention is thought to last (R109).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    Short(ShortTerm),
    Long(LongTerm),
}

/// Until a week, after which it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShortTerm {
    pub until: Week,
}

/// For good, by milestones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LongTerm {
    #[schema(min_items = 1, max_items = 20)]
    pub milestones: Vec<Milestone>,
}

/// What should be in place by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Milestone {
    pub name: Name,
    #[schema(value_type = String, format = Date)]
    pub due: Date,
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = InterventionPlan)]
pub struct Plan<T> {
    pub title: Name,
    pub area: AreaId,
    pub kind: Kind,
    #[serde(default = "Vec::new")]
    #[schema(max_items = 25)]
    pub techniques: Vec<Technique>,
    /// The problems it is to work against (R105).
    #[schema(min_items = 1, max_items = 50)]
    pub problems: Vec<ProblemId>,
    /// The analysis that it follows from (R72); it may be left out only beside the prioritised areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<analysis::Key>,
    /// Which of the analysis's causes it is aimed at.
    #[serde(default = "Vec::new")]
    #[schema(max_items = 13)]
    pub causes: Vec<Cause>,
    /// How it is thought to work (R107).
    pub mechanism: T,
    /// What speaks for it: research, experience elsewhere (R107).
    #[serde(default = "Vec::new")]
    #[schema(max_items = 20)]
    pub evidence: Vec<T>,
    pub horizon: Horizon,
    /// Why it is made beside the prioritised areas (R72).
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub outside_reason: Option<T>,
}

/// What is expected to change, recorded before anybody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    pub indicator: Indicator,
    pub direction: Direction,
    /// How much, in per cent of what was before.
    #[schema(minimum = 1, maximum = 500)]
    pub percent: u16,
    /// Weeks from the beginning within which it should show.
    #[schema(minimum = 1, maximum = 104)]
    pub window_weeks: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExpectedDirection)]
pub enum Direction {
    Fewer,
    More,
}

/// An organisation's share in an intervention (R106).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contributor<T> {
    pub organisation: OrganisationId,
    pub share: T,
}

/// Whether the decision must be anchored elsewhere (R79).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Anchoring {
    NotNeeded,
    Pending,
    Approved,
    Refused,
}

/// What is decided of a proposed intervention (R79).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = InterventionTerms)]
pub struct Terms<T> {
    #[schema(min_items = 1, max_items = 8)]
    pub expectations: Vec<Expectation>,
    /// The function that answers for it.
    pub responsible: FunctionId,
    #[serde(default = "Vec::new")]
    #[schema(max_items = 30)]
    pub contributors: Vec<Contributor<T>>,
    /// How it is to be done.
    pub method: T,
    /// The day that what was done is reported back.
    #[schema(value_type = String, format = Date)]
    pub report_back: Date,
    pub anchoring: Anchoring,
    /// The law, permit or decision that some kinds need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Name>,
    /// It is shown only to those who decide until it has begun, since disclosure would harm it (R132).
    #[serde(default)]
    pub embargo: bool,
    /// It may be left out of the weekly picture; it is documented all the same (R101).
    #[serde(default = "shown")]
    pub in_picture: bool,
}

const fn shown() -> bool {
    true
}

impl Plan<FreeText> {
    pub(super) fn recorded(&self) -> Plan<TextRef> {
        Plan {
            title: self.title.clone(),
            area: self.area,
            kind: self.kind,
            techniques: self.techniques.clone(),
            problems: self.problems.clone(),
            analysis: self.analysis,
            causes: self.causes.clone(),
            mechanism: self.mechanism.reference(),
            evidence: self.evidence.iter().map(FreeText::reference).collect(),
            horizon: self.horizon.clone(),
            outside_reason: self.outside_reason.as_ref().map(FreeText::reference),
        }
    }

    /// Whether it can be proposed in this week.
    pub(super) fn check(&self, facts: &Facts, week: Week) -> Result<(), Refusal> {
        facts.area(self.area).ok_or(AREA_UNKNOWN)?;
        let prioritised = prioritisation::prioritised(facts, week).unwrap_or_default().contains(&self.area);
        match (prioritised, &self.analysis, &self.outside_reason) {
            (true, None, _) => return Err(ANALYSIS_MISSING),
            (false, _, None) => return Err(AREA_NOT_PRIORITISED),
            (true, Some(_), _) | (false, _, Some(_)) => {}
        }
        if let Some(key) = &self.analysis {
            let analysed = facts.analyses.get(key).filter(|_| key.area == self.area);
            let Some(analysis::State::Recorded(analysis)) = analysed else {
                return Err(ANALYSIS_MISSING);
            };
            if self.causes.is_empty() || !self.causes.iter().all(|cause| analysis.causes.contains(cause)) {
                return Err(CAUSES_NOT_ANALYSED);
            }
        }
        let here = |problem: &ProblemId| {
            facts.problems.get(problem).and_then(|its| its.about()).is_some_and(|its| its.area == self.area)
        };
        if self.problems.is_empty() || !self.problems.iter().all(here) {
            return Err(PROBLEM_UNKNOWN);
        }
        match &self.horizon {
            Horizon::Short(ShortTerm { until }) if *until < week => Err(HORIZON_BROKEN),
            Horizon::Long(LongTerm { milestones }) if milestones.is_empty() => Err(HORIZON_BROKEN),
            Horizon::Short(_) | Horizon::Long(_) => Ok(()),
        }
    }
}

impl Terms<FreeText> {
    pub(super) fn recorded(&self) -> Terms<TextRef> {
        let share = |its: &Contributor<FreeText>| {
            let (organisation, share) = (its.organisation, its.share.reference());
            Contributor { organisation, share }
        };
        Terms {
            expectations: self.expectations.clone(),
            responsible: self.responsible,
            contributors: self.contributors.iter().map(share).collect(),
            method: self.method.reference(),
            report_back: self.report_back,
            anchoring: self.anchoring,
            legal_basis: self.legal_basis.clone(),
            embargo: self.embargo,
            in_picture: self.in_picture,
        }
    }

    /// Whether an intervention of the kind can be decided so today.
    pub(super) fn check(&self, kind: Kind, facts: &Facts, today: Date) -> Result<(), Refusal> {
        let holds =
            |its: &Expectation| (1..=500).contains(&its.percent) && (1..=104).contains(&its.window_weeks);
        if self.expectations.is_empty() || !self.expectations.iter().all(holds) {
            return Err(EXPECTATION_BROKEN);
        }
        let function = facts.functions.get(&self.responsible);
        function.and_then(|function| function.established()).ok_or(FUNCTION_UNKNOWN)?;
        if !self.contributors.iter().all(|its| facts.organisations.contains_key(&its.organisation)) {
            return Err(CONTRIBUTOR_UNKNOWN);
        }
        if self.report_back < today {
            return Err(REPORT_BACK_BROKEN);
        }
        if kind.needs_legal_basis() && self.legal_basis.is_none() {
            return Err(LEGAL_BASIS_MISSING);
        }
        Ok(())
    }
}
