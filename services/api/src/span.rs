//! From which week to which: what series and patterns are asked for.

use est::Week;
use serde::Deserialize;
use std::ops::Range;

/// Weeks that may be asked for at once: five years.
const WEEKS_MAX: i32 = 262;
/// A quarter, where nothing is said of the beginning.
const QUARTER: i32 = 13;

/// The first and the last week.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Span {
    /// The first week; without it a quarter up to the last. At most 262 weeks are answered, the last of them.
    #[param(value_type = Option<Week>)]
    from: Option<Week>,
    /// The last week; without it the present one.
    #[param(value_type = Option<Week>)]
    until: Option<Week>,
}

impl Span {
    /// The weeks, the last of them included; none where the first lies after it.
    pub(crate) fn weeks(self, present: Week) -> Range<Week> {
        let end = self.until.unwrap_or(present).plus(1);
        let start = self.from.unwrap_or_else(|| end.plus(-QUARTER)).max(end.plus(-WEEKS_MAX));
        start..end
    }
}
