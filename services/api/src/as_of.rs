//! A look back: how something stood at a position of the programme's log, or at a time.

use crate::problem::Problem;
use est::event::Happened;
use jiff::Timestamp;
use serde::Deserialize;

/// The largest whole number that every client can hold.
const POSITION_MAX: i64 = 9_007_199_254_740_991;

/// As it stood; without either, as it stands.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOf {
    /// Up to and with this position of the programme's log.
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    as_of_position: Option<i64>,
    /// Up to and with this time.
    #[param(value_type = Option<String>, format = DateTime)]
    as_of_time: Option<Timestamp>,
}

impl AsOf {
    pub(crate) fn check(self) -> Result<Self, Problem> {
        let holds = self.as_of_position.is_none_or(|position| (1..=POSITION_MAX).contains(&position));
        holds.then_some(self).ok_or(Problem::ParameterBroken { parameter: "asOfPosition" })
    }

    /// Whether the present is asked for.
    pub(crate) fn is_now(self) -> bool {
        self.as_of_position.is_none() && self.as_of_time.is_none()
    }

    /// Whether an event had happened by then.
    pub(crate) fn includes(self, happened: &Happened) -> bool {
        self.as_of_position.is_none_or(|position| happened.position <= position)
            && self.as_of_time.is_none_or(|time| happened.recorded_at <= time)
    }
}
