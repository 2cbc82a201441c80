//! Reminds the units whose report of the week is missing, at the hours that the method says (R51).

use crate::Desk;
use est::method::ReminderHour;
use est::report::{Key, Remind};
use est::{UnitId, Week, cycle};
use event_log::Fault;
use jiff::ToSpan;
use std::collections::BTreeMap;
use views::reports::{Report, Status};

/// Weeks back that are still reminded of: an older silence is the coordinator's to ask about.
const WEEKS_BACK: i32 = 1;

pub(crate) async fn perform(desk: &Desk<'_>) -> Result<(), Fault> {
    let today = desk.office.rim.now().to_zoned(desk.facts.method().zone()).date();
    for back in 0..=WEEKS_BACK {
        let week = Week::of(today).plus(-back);
        if let Some(hour) = hour_passed(desk, week) {
            remind_missing(desk, week, hour).await?;
        }
    }
    Ok(())
}

/// The latest hour of the policy that has passed; the earlier ones are not made up for.
fn hour_passed(desk: &Desk<'_>, week: Week) -> Option<ReminderHour> {
    let running = cycle::opened(&desk.facts, week).ok()?;
    let now = desk.office.rim.now();
    let passed = |hour: &&ReminderHour| {
        running.deadline.checked_add(i64::from(hour.0).hours()).is_ok_and(|moment| moment <= now)
    };
    desk.facts.method_of(week).reminders.iter().filter(passed).max().copied()
}

async fn remind_missing(desk: &Desk<'_>, week: Week, hour: ReminderHour) -> Result<(), Fault> {
    let reports = desk.office.reader.reports(&desk.grant, week).await?;
    let reports: BTreeMap<UnitId, Report> = reports.into_iter().map(|report| (report.unit, report)).collect();
    let awaited = |unit: &UnitId| {
        reports
            .get(unit)
            .is_none_or(|report| report.status == Status::Missing && !report.reminders.contains(&hour))
    };
    let missing: Vec<UnitId> = desk.facts.expected(week).map(|(_, unit, _)| unit).filter(awaited).collect();
    for unit in missing {
        desk.submit("remind", Key { week, unit }, Remind { hour }).await?;
    }
    Ok(())
}
