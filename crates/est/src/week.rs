//! An ISO 8601 week, the method's heartbeat: `2026-W47`.

use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

/// An ISO 8601 week, written `2026-W47`; 2000-W01 to 2199-W52.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i16,
    number: i8,
}

const YEARS: Range<i16> = 2000..2200;

/// The text is no ISO week.
#[derive(Debug)]
pub struct NotAWeek;

impl Week {
    pub fn of(date: Date) -> Self {
        let iso = date.iso_week_date();
        Self { year: iso.year(), number: iso.week() }
    }

    pub fn new(year: i16, number: i8) -> Option<Self> {
        let exists = YEARS.contains(&year) && ISOWeekDate::new(year, number, Weekday::Monday).is_ok();
        exists.then_some(Self { year, number })
    }

    /// The day of the week, Monday being 1; a number outside 1-7 is taken for Monday.
    pub fn day(self, weekday: i8) -> Date {
        let weekday = Weekday::from_monday_one_offset(weekday).unwrap_or(Weekday::Monday);
        ISOWeekDate::new(self.year, self.number, weekday).map_or(Date::ZERO, ISOWeekDate::date)
    }

    /// The moment of a local time on a day of the week; a time that daylight saving skips is moved forward.
    pub fn moment(self, weekday: i8, time: Time, zone: &TimeZone) -> Timestamp {
        let local = self.day(weekday).to_datetime(time);
        zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MIN)
    }

    /// The week so many weeks later, or earlier when negative.
    #[must_use]
    pub fn plus(self, weeks: i32) -> Self {
        self.day(1).checked_add(weeks.weeks()).map_or(self, Self::of)
    }

    /// This week and those after it, up to but not with another.
    pub fn until(self, end: Self) -> impl DoubleEndedIterator<Item = Self> {
        (0..end.since(self)).map(move |weeks| self.plus(weeks))
    }

    /// Its number in the row of all weeks, the first being 2000-W01.
    pub fn number(self) -> i32 {
        self.since(Self { year: 2000, number: 1 })
    }

    /// Whole weeks from an earlier week to this one.
    pub fn since(self, earlier: Self) -> i32 {
        self.day(1).since(earlier.day(1)).map_or(0, |span| span.get_days() / 7)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

impl FromStr for Week {
    type Err = NotAWeek;

    fn from_str(text: &str) -> Result<Self, NotAWeek> {
        let (year, number) = text.split_once("-W").ok_or(NotAWeek)?;
        let digits =
            |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 2) {
            return Err(NotAWeek);
        }
        match (year.parse(), number.parse()) {
            (Ok(year), Ok(number)) => Self::new(year, number).ok_or(NotAWeek),
            _ => Err(NotAWeek),
        }
    }
}

impl fmt::Display for NotAWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an ISO week such as 2026-W47")
    }
}

impl std::error::Error for NotAWeek {}

impl Serialize for Week {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Week {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("An ISO 8601 week."))
            .pattern(Some(pattern()))
            .max_length(Some(8))
            .examples(["2026-W47"])
            .into()
    }
}

impl utoipa::ToSchema for Week {}

/// What a week looks like; few years have a fifty-third.
fn pattern() -> String {
    let long = YEARS.filter(|year| Week::new(*year, 53).is_some());
    let long: Vec<String> = long.map(|year| year.to_string()).collect();
    format!("^(2[01][0-9]{{2}}-W(0[1-9]|[1-4][0-9]|5[0-2])|({})-W53)$", long.join("|"))
}
