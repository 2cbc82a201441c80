//! The weekly reports, one row for each unit and week: awaited, given, withdrawn.

use crate::reading::Reader;
use est::decision::Aggregate;
use est::event::Happened;
use est::item::Item;
use est::method::ReminderHour;
use est::report::{Event, Key, State, Statement};
use est::{AreaId, Event as Any, Grant, OrganisationId, ProblemId, TextRef, UnitId, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is known of a unit's week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing has come: silence, which is not calm.
    #[default]
    Missing,
    Calm,
    Problems,
}

/// A unit's report of a week.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Report)]
pub struct Report {
    pub week: Week,
    pub unit: UnitId,
    pub organisation: OrganisationId,
    pub status: Status,
    /// It came after the deadline.
    pub late: bool,
    /// When it first came; none while it is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub received_at: Option<Timestamp>,
    /// How many times it has been amended.
    pub amendments: u32,
    /// How it has been changed since it first came, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    pub items: Vec<Item<TextRef>>,
    pub calm_areas: Vec<AreaId>,
    pub still_there: Vec<ProblemId>,
    pub reminders: Vec<ReminderHour>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// An amendment or a withdrawal.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportChange)]
pub struct Change {
    pub kind: ChangeKind,
    pub reason: TextRef,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What was done to a report that had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportChangeKind)]
pub enum ChangeKind {
    Amended,
    Withdrawn,
}

/// A report is its stream, of one to a few events: it is folded when it is read.
fn told(stream: &[Happened]) -> Option<Report> {
    let key = Key::read(stream.first()?.key())?;
    let mut report = awaited(key);
    for happened in stream {
        if let Any::Report(event) = &happened.event {
            follow(&mut report, event, happened);
        }
    }
    Some(report)
}

fn follow(report: &mut Report, event: &Event, happened: &Happened) {
    report.version = happened.version;
    let at = happened.recorded_at;
    match event {
        Event::Reminded { organisation, hour } => {
            report.organisation = *organisation;
            report.reminders.push(*hour);
        }
        Event::CalmReported { organisation, late, .. } => {
            received(report, *organisation, *late, at);
            say(report, Statement::Calm);
        }
        Event::Submitted { organisation, late, items, calm_areas, still_there, .. } => {
            received(report, *organisation, *late, at);
            let (items, calm_areas, still_there) = (items.clone(), calm_areas.clone(), still_there.clone());
            say(report, Statement::Seen { items, calm_areas, still_there });
        }
        Event::Amended { statement, reason, .. } => {
            report.amendments += 1;
            report.changes.push(Change { kind: ChangeKind::Amended, reason: reason.clone(), at });
            say(report, statement.clone());
        }
        Event::Withdrawn { reason, .. } => {
            report.changes.push(Change { kind: ChangeKind::Withdrawn, reason: reason.clone(), at });
            let key = Key { week: report.week, unit: report.unit };
            let (organisation, version) = (report.organisation, report.version);
            let changes = std::mem::take(&mut report.changes);
            *report = Report { organisation, changes, version, ..awaited(key) };
        }
    }
}

fn awaited(key: Key) -> Report {
    Report {
        week: key.week,
        unit: key.unit,
        organisation: OrganisationId(uuid::Uuid::nil()),
        status: Status::Missing,
        late: false,
        received_at: None,
        amendments: 0,
        changes: Vec::new(),
        items: Vec::new(),
        calm_areas: Vec::new(),
        still_there: Vec::new(),
        reminders: Vec::new(),
        version: 0,
    }
}

fn received(report: &mut Report, organisation: OrganisationId, late: bool, at: Timestamp) {
    report.organisation = organisation;
    report.late = late;
    report.received_at = Some(at);
}

fn say(report: &mut Report, statement: Statement) {
    let status = if statement.is_calm() { Status::Calm } else { Status::Problems };
    let (items, calm_areas, still_there) = match statement {
        Statement::Calm => (Vec::new(), Vec::new(), Vec::new()),
        Statement::Seen { items, calm_areas, still_there } => (items, calm_areas, still_there),
    };
    report.status = status;
    report.items = items;
    report.calm_areas = calm_areas;
    report.still_there = still_there;
}

impl Reader {
    /// A unit's report, while it is the grant's to read.
    pub async fn report(&self, grant: &Grant, key: Key) -> Result<Option<Report>, Fault> {
        let stream = est::decision::stream::<State>(&key);
        let report = told(&self.log().stream(grant.programme.0, &stream).await?);
        Ok(report.filter(|report| grant.covers_unit(report.organisation, report.unit)))
    }

    /// The reports of a week that are the grant's to read, by unit.
    pub async fn reports(&self, grant: &Grant, week: Week) -> Result<Vec<Report>, Fault> {
        let all = self.reports_of(grant, &[week]).await?;
        let own = all.into_iter().filter(|report| grant.covers_unit(report.organisation, report.unit));
        Ok(own.collect())
    }

    /// All reports of some weeks, by week and unit, whoever's they are: for what shows none of them alone.
    pub(crate) async fn reports_of(&self, grant: &Grant, weeks: &[Week]) -> Result<Vec<Report>, Fault> {
        self.reports_until(grant, weeks, |_| true).await
    }

    /// As `reports_of`, of what had happened at some time.
    pub(crate) async fn reports_until(
        &self,
        grant: &Grant,
        weeks: &[Week],
        until: impl Fn(&Happened) -> bool,
    ) -> Result<Vec<Report>, Fault> {
        let families = weeks.iter().copied().map(family).collect();
        let mut events = self.log().streams(grant.programme.0, families).await?;
        events.retain(until);
        Ok(events.chunk_by(|one, next| one.stream == next.stream).filter_map(told).collect())
    }
}

/// What the names of a week's streams begin with.
pub(crate) fn family(week: Week) -> String {
    format!("{}/{week}/", State::KIND)
}

/// The week that a report's stream is of.
pub(crate) fn week_of(stream: &str) -> Option<Week> {
    stream.split('/').nth(1)?.parse().ok()
}
