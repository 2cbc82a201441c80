//! The weekly form: what is asked, and what a unit is asked about again (R47, R49, R52).

use crate::problems::{Problem, ProblemStatus};
use crate::reading::Reader;
use crate::reports::Report;
use est::indicator::{Facet, INDICATORS, Indicator};
use est::method::{Method, Subtype};
use est::report::Key;
use est::{AreaId, Facts, Grant, Name, UnitId, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::Serialize;

/// What the form asks, by the method version in force.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    pub method: Name,
    /// Why, and for what (R50).
    pub purpose: Name,
    /// By what right it is asked (R12).
    pub legal_basis: Name,
    pub indicators: Vec<FormIndicator>,
}

/// An indicator with its sub-types.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormIndicator {
    pub indicator: Indicator,
    #[schema(max_length = 80)]
    pub swedish: &'static str,
    pub facet: Facet,
    pub subtypes: Vec<Subtype>,
}

/// A unit's form for a week, with what is known already.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitForm {
    pub week: Week,
    pub unit: UnitId,
    pub name: Name,
    /// The areas whose week it answers for, in that week.
    pub areas: Vec<AreaId>,
    /// The method version that the week's reports are measured by (R4).
    pub method: Name,
    pub indicators: Vec<FormIndicator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub deadline_at: Option<Timestamp>,
    /// What the unit has reported this week already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
    /// Open problems in the unit's areas: are they still there?
    pub questions: Vec<Question>,
}

/// A known problem that the unit is asked about.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    pub problem: Problem,
    /// Weeks since anybody spoke of it: silence asks, it does not answer.
    pub silent_weeks: i32,
}

pub fn form(_: &Grant, facts: &Facts) -> Option<Form> {
    let preparation = facts.programme.preparation()?;
    let method = &preparation.method;
    Some(Form {
        method: method.version.clone(),
        purpose: method.purpose.clone(),
        legal_basis: preparation.legal_basis.clone(),
        indicators: indicators(method),
    })
}

fn indicators(method: &Method) -> Vec<FormIndicator> {
    let asked = |indicator: Indicator| FormIndicator {
        indicator,
        swedish: indicator.swedish(),
        facet: indicator.facet(),
        subtypes: method.subtypes.get(&indicator).cloned().unwrap_or_default(),
    };
    INDICATORS.into_iter().map(asked).collect()
}

impl Reader {
    /// A unit's form, while it is the grant's to fill in.
    pub async fn unit_form(&self, grant: &Grant, facts: &Facts, key: Key) -> Result<Option<UnitForm>, Fault> {
        let organisation =
            facts.organisation_of(key.unit).filter(|organisation| grant.covers_unit(*organisation, key.unit));
        let (Some(unit), Some(_)) = (facts.unit(key.unit), organisation) else { return Ok(None) };
        let (areas, method) = (unit.areas_in(key.week), facts.method_of(key.week));
        let asked = |problem: &Problem| {
            problem.status == ProblemStatus::Open && (areas.is_empty() || areas.contains(&problem.area))
        };
        let question = |problem: Problem| {
            let spoken_of = problem.last_spoken_of.unwrap_or(problem.first_week);
            Question { silent_weeks: key.week.since(spoken_of).max(0), problem }
        };
        let (problems, report) = (self.problems(grant).await?, self.report(grant, key).await?);
        Ok(Some(UnitForm {
            week: key.week,
            unit: key.unit,
            name: unit.name.clone(),
            areas: areas.to_vec(),
            method: method.version.clone(),
            indicators: indicators(method),
            deadline_at: crate::calendar::cycle(facts, key.week).deadline_at,
            report,
            questions: problems.into_iter().filter(asked).map(question).collect(),
        }))
    }
}
