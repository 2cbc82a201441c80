//! The reporting status of a week: problems, calm, missing, late, by organisation and unit.

use crate::reading::Reader;
use crate::reports::{Report, Status};
use est::{Facts, Grant, Name, OrganisationId, UnitId, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Who has reported a week, and who has not.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reporting {
    pub week: Week,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub deadline_at: Option<Timestamp>,
    pub summary: Summary,
    pub organisations: Vec<OrganisationReporting>,
}

/// Units by what is known of their week: the three add up to those expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportingSummary)]
pub struct Summary {
    pub expected: u32,
    pub problems: u32,
    pub calm: u32,
    /// Neither: silence is not calm.
    pub missing: u32,
    /// Of those that have come, how many came after the deadline.
    pub late: u32,
}

/// An organisation's units.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationReporting {
    pub organisation: OrganisationId,
    pub name: Name,
    pub summary: Summary,
    pub units: Vec<UnitReporting>,
}

/// A unit's week.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitReporting {
    pub unit: UnitId,
    pub name: Name,
    pub status: Status,
    pub late: bool,
    pub amendments: u32,
    pub reminders: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub received_at: Option<Timestamp>,
}

impl Summary {
    fn count(&mut self, unit: &UnitReporting) {
        self.expected += 1;
        self.late += u32::from(unit.late);
        match unit.status {
            Status::Problems => self.problems += 1,
            Status::Calm => self.calm += 1,
            Status::Missing => self.missing += 1,
        }
    }
}

impl Reader {
    /// The reporting of a week, of the units that the grant covers.
    pub async fn reporting(&self, grant: &Grant, facts: &Facts, week: Week) -> Result<Reporting, Fault> {
        let reports = self.reports(grant, week).await?;
        let reports: BTreeMap<UnitId, Report> =
            reports.into_iter().map(|report| (report.unit, report)).collect();
        let mut organisations: BTreeMap<OrganisationId, OrganisationReporting> = BTreeMap::new();
        let mut summary = Summary::default();
        for (id, unit_id, unit) in facts.expected(week).filter(|(id, unit, _)| grant.covers_unit(*id, *unit))
        {
            let unit = unit_reporting(unit_id, &unit.name, reports.get(&unit_id));
            summary.count(&unit);
            let name = facts
                .organisations
                .get(&id)
                .and_then(|state| state.joined())
                .map(|joined| joined.name.clone());
            let its = organisations.entry(id).or_insert_with(|| OrganisationReporting {
                organisation: id,
                name: name.unwrap_or_default(),
                summary: Summary::default(),
                units: Vec::new(),
            });
            its.summary.count(&unit);
            its.units.push(unit);
        }
        let deadline_at = crate::calendar::cycle(facts, week).deadline_at;
        Ok(Reporting { week, deadline_at, summary, organisations: organisations.into_values().collect() })
    }
}

fn unit_reporting(unit: UnitId, name: &Name, report: Option<&Report>) -> UnitReporting {
    UnitReporting {
        unit,
        name: name.clone(),
        status: report.map_or(Status::Missing, |report| report.status),
        late: report.is_some_and(|report| report.late),
        amendments: report.map_or(0, |report| report.amendments),
        reminders: report.map_or(0, |report| u32::try_from(report.reminders.len()).unwrap_or(u32::MAX)),
        received_at: report.and_then(|report| report.received_at),
    }
}
