//! The almanac: the weeks of the story, and what the time of year brings with it.

use est::Week;
use est::method::Method;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub(super) struct Almanac {
    pub(super) first: Week,
    pub(super) last: Week,
    zone: TimeZone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Winter,
    Spring,
    Summer,
    Autumn,
}

/// What people gather for, or stay away because of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    NewYear,
    SportsBreak,
    Walpurgis,
    SchoolEnd,
    Midsummer,
    AutumnBreak,
    Lucia,
    Christmas,
}

pub(super) const OCCASIONS: [Occasion; 8] = [
    Occasion::NewYear,
    Occasion::SportsBreak,
    Occasion::Walpurgis,
    Occasion::SchoolEnd,
    Occasion::Midsummer,
    Occasion::AutumnBreak,
    Occasion::Lucia,
    Occasion::Christmas,
];

impl Almanac {
    pub(super) fn until(last: Week, weeks: i32) -> Self {
        Self { first: last.plus(1 - weeks), last, zone: Method::default().zone() }
    }

    /// A local time; Monday is 1.
    pub(super) fn at(&self, week: Week, weekday: i8, (hour, minute): (i8, i8)) -> Timestamp {
        week.moment(weekday, time(hour, minute, 0, 0), &self.zone)
    }

    /// Calendar quarters since the story's first week.
    pub(super) fn quarter(&self, week: Week) -> i32 {
        let quarter = |week: Week| {
            let thursday = week.day(4);
            i32::from(thursday.year()) * 4 + i32::from((thursday.month() - 1) / 3)
        };
        quarter(week) - quarter(self.first)
    }
}

impl Season {
    pub(super) fn of(week: Week) -> Self {
        match week.day(1).month() {
            12 | 1 | 2 => Self::Winter,
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            _ => Self::Autumn,
        }
    }

    /// The season's own among four: winter, spring, summer, autumn.
    pub(super) fn own<T: Copy>(self, [winter, spring, summer, autumn]: [T; 4]) -> T {
        match self {
            Self::Winter => winter,
            Self::Spring => spring,
            Self::Summer => summer,
            Self::Autumn => autumn,
        }
    }
}

impl Occasion {
    pub(super) fn includes(self, date: Date) -> bool {
        let iso_week = date.iso_week_date().week();
        let day = (date.month(), date.day());
        match self {
            Self::NewYear => matches!(day, (12, 29..=31) | (1, 1 | 2)),
            Self::SportsBreak => iso_week == 9,
            Self::Walpurgis => matches!(day, (4, 29 | 30) | (5, 1)),
            Self::SchoolEnd => matches!(day, (6, 10..=14)),
            Self::Midsummer => matches!(day, (6, 20..=25)),
            Self::AutumnBreak => iso_week == 44,
            Self::Lucia => matches!(day, (12, 12 | 13)),
            Self::Christmas => matches!(day, (12, 23..=27)),
        }
    }

    /// Whether it fell in the days that a week's reports look back on: the last Thursday to this Tuesday.
    pub(super) fn lately(self, week: Week) -> bool {
        self.within(week, -4, 1)
    }

    /// Whether it falls in the days to come: this Thursday to Wednesday next.
    pub(super) fn soon(self, week: Week) -> bool {
        self.within(week, 3, 9)
    }

    fn within(self, week: Week, from: i32, until: i32) -> bool {
        (from..=until).any(|offset| self.includes(day(week, offset)))
    }
}

/// A day counted from the week's Monday, which is 0; the days before it are negative.
pub(super) fn day(week: Week, offset: i32) -> Date {
    let monday = week.day(1);
    monday.checked_add(offset.days()).unwrap_or(monday)
}
