//! A unit is reminded that its report is awaited.

use super::{ALREADY_GIVEN, Event, Key, NOT_A_REMINDER, REMINDED_ALREADY, State, reporting};
use crate::cycle;
use crate::decision::{Command, Situation};
use crate::method::ReminderHour;
use crate::permission::Permission;
use crate::refusal::Refusal;
use serde::Deserialize;

/// Remind a unit whose report is awaited (R51).
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RemindUnit)]
pub struct Remind {
    /// The moment of the method's reminder policy that this is; 0 by default.
    #[serde(default = "at_deadline")]
    pub hour: ReminderHour,
}

fn at_deadline() -> ReminderHour {
    ReminderHour(0)
}

impl Command for Remind {
    type State = State;
    const PERMISSION: Permission = Permission::Remind;

    fn decide(&self, state: State, situation: &Situation<'_, Key>) -> Result<Vec<Event>, Refusal> {
        let Key { week, unit } = *situation.key;
        let organisation = reporting(situation.facts, week, unit)?;
        cycle::opened(situation.facts, week)?;
        let policy = &situation.facts.method_of(week).reminders;
        if self.hour != at_deadline() && !policy.contains(&self.hour) {
            return Err(NOT_A_REMINDER);
        }
        match state {
            State::Given(_) => Err(ALREADY_GIVEN),
            State::Awaited { reminders } if reminders.contains(&self.hour) => Err(REMINDED_ALREADY),
            State::Awaited { .. } => Ok(vec![Event::Reminded { organisation, hour: self.hour }]),
        }
    }
}
