//! The half-year's weeks, by number from 0: two quarters of thirteen, from the week of the activation on.

use est::Week;
use jiff::civil::Date;

/// A week of the half-year, from 0.
pub(crate) type Number = i32;

pub(crate) const WEEKS: Number = 26;
/// First and last week of each quarter.
pub(crate) const QUARTERS: [(Number, Number); 2] = [(0, 12), (13, 25)];
/// The week of Christmas, which is skipped.
pub(crate) const SKIPPED: Number = 11;

const FIRST: &str = "2026-W41";
/// Weeks whose Thursday lies in summer time: those before the last Sunday of October, and the last of all.
const SUMMER: [Number; 4] = [0, 1, 2, 25];

pub(crate) fn week(number: Number) -> Week {
    FIRST.parse::<Week>().unwrap().plus(number)
}

pub(crate) fn day(number: Number, weekday: i8) -> Date {
    week(number).day(weekday)
}

/// A time of a weekday, as the clock and the answers write it.
pub(crate) fn moment(number: Number, weekday: i8, time: &str) -> String {
    format!("{}T{time}:00Z", day(number, weekday))
}

/// When a week's reports are due: Thursday at eight in Sweden.
pub(crate) fn deadline(number: Number) -> String {
    moment(number, 4, if SUMMER.contains(&number) { "06:00" } else { "07:00" })
}

/// Whether the month's last Sunday lies in the week.
pub(crate) fn ends_month(number: Number) -> bool {
    day(number, 7).month() != day(number + 1, 7).month()
}

pub(crate) fn quarter(number: Number) -> (Number, Number) {
    QUARTERS[usize::from(number > QUARTERS[0].1)]
}
