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
    /// Which events had happened; nothing when the present is asked for.
    pub(crate) fn until(self) -> Result<Option<impl Fn(&Happened) -> bool>, Problem> {
        let Self { as_of_position: position, as_of_time: time } = self;
        if position.is_some_and(|position| !(1..=POSITION_MAX).contains(&position)) {
            return Err(Problem::ParameterBroken { parameter: "asOfPosition" });
        }
        let until = move |happened: &Happened| {
            position.is_none_or(|position| happened.position <= position)
                && time.is_none_or(|time| happened.recorded_at <= time)
        };
        Ok((position.is_some() || time.is_some()).then_some(until))
    }
}
