//! A version of the method: what a programme has settled of its rhythm, counts and lists (R4, R5).

use crate::indicator::Indicator;
use crate::text::Name;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings of one version of the method; the handbook's values are the default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Method {
    /// What this version is called, such as "Handboken 2018".
    pub version: Name,
    /// Weeks from one cycle to the next: 1 weekly, 2 fortnightly, 4 monthly.
    #[schema(minimum = 1, maximum = 8)]
    pub cadence_weeks: u8,
    /// How many areas are prioritised a period.
    #[schema(minimum = 1, maximum = 10)]
    pub priorities: u8,
    /// When reports are due, in the cycle's first week.
    pub reporting_deadline: WeekTime,
    /// When the weekly review meets.
    pub weekly_review: WeekTime,
    /// Hours relative to the deadline when missing units are reminded; negative is before.
    #[schema(max_items = 10)]
    pub reminders: Vec<ReminderHour>,
    /// The time zone of deadlines, meetings and time bands.
    #[schema(max_length = 40, pattern = "^[A-Za-z_]+(/[A-Za-z_]+)*$", examples("Europe/Stockholm"))]
    pub time_zone: String,
    /// Sub-types by indicator that a report may name.
    pub subtypes: BTreeMap<Indicator, Vec<Subtype>>,
    /// Places that are neither quite public nor private, such as stairwells, count too.
    pub semi_public_places: bool,
    /// How many holders each function should have at the least before it is warned of.
    #[schema(minimum = 1, maximum = 10)]
    pub holders_per_function: u8,
    /// Weeks on end in which its area was reported on and nobody spoke of a problem, after which it is closed (R52);
    /// left out where it is eight.
    // A version that was stored before there was such a rule keeps its bytes.
    #[serde(default = "eight", skip_serializing_if = "is_eight")]
    #[schema(minimum = 2, maximum = 52, default = 8)]
    pub silent_weeks: u8,
    /// What the reporters are told of why and for what (R33, R50).
    pub purpose: Name,
}

/// Hours relative to the reporting deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(minimum = -168, maximum = 168)]
#[serde(transparent)]
pub struct ReminderHour(pub i16);

/// A sub-type of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(min_length = 1, max_length = 40, pattern = "^[a-z][a-z_]{0,39}$", examples("graffiti"))]
#[serde(transparent)]
pub struct Subtype(pub String);

/// A time of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WeekTime {
    /// Monday is 1, Sunday 7.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: i8,
    /// Local time, such as 10:00:00.
    #[schema(value_type = String, max_length = 8, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
        examples("10:00:00"))]
    pub time: Time,
}

const fn eight() -> u8 {
    8
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_eight(weeks: &u8) -> bool {
    *weeks == eight()
}

impl Method {
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether the settings can be worked by.
    pub fn holds(&self) -> bool {
        let days = [self.reporting_deadline, self.weekly_review];
        (1..=8).contains(&self.cadence_weeks)
            && (1..=10).contains(&self.priorities)
            && (1..=10).contains(&self.holders_per_function)
            && (2..=52).contains(&self.silent_weeks)
            && self.reminders.len() <= 10
            && self.reminders.iter().all(|hour| (-168..=168).contains(&hour.0))
            && days.iter().all(|day| (1..=7).contains(&day.weekday))
            && TimeZone::get(&self.time_zone).is_ok()
    }

    pub fn knows(&self, indicator: Indicator, subtype: &Subtype) -> bool {
        self.subtypes.get(&indicator).is_some_and(|known| known.contains(subtype))
    }
}

impl Default for Method {
    /// The handbook's values: weekly, three areas, Thursdays at ten.
    fn default() -> Self {
        let name = |text: &str| serde_json::from_value(text.into()).unwrap_or_default();
        Self {
            version: name("Handboken"),
            cadence_weeks: 1,
            priorities: 3,
            reporting_deadline: WeekTime { weekday: 4, time: Time::constant(8, 0, 0, 0) },
            weekly_review: WeekTime { weekday: 4, time: Time::constant(10, 0, 0, 0) },
            reminders: vec![ReminderHour(-24), ReminderHour(0), ReminderHour(24)],
            time_zone: "Europe/Stockholm".to_owned(),
            subtypes: handbook_subtypes(),
            semi_public_places: true,
            holders_per_function: 2,
            silent_weeks: eight(),
            purpose: name("Er rapport blir en del av den samlade lägesbilden och styr veckans insatser."),
        }
    }
}

/// The handbook's sub-types (R37-R45), and those that practice adds.
fn handbook_subtypes() -> BTreeMap<Indicator, Vec<Subtype>> {
    use Indicator as I;
    let lists: [(I, &[&str]); 8] = [
        (
            I::Vandalism,
            &["broken_glass_building", "broken_glass_vehicle", "littering", "graffiti", "other_damage"],
        ),
        (I::Fire, &["bin", "vehicle", "building", "vegetation", "fireworks"]),
        (I::IncidentAgainstStaff, &["hindered", "threatened", "provoked", "violence"]),
        (I::PublicEvent, &["youth_party", "sport", "concert", "area_event", "demonstration"]),
        (I::YouthGatheringPlace, &["disorderly_gathering", "noise", "safe_gathering"]),
        (
            I::OtherDisorder,
            &[
                "violence",
                "fight",
                "narcotics",
                "open_drug_dealing",
                "burglary",
                "theft",
                "robbery",
                "threat",
                "unlawful_traffic",
                "weapon",
                "drunkenness",
                "explosion",
                "shooting",
            ],
        ),
        (I::UnsafePlace, &["lighting", "sightlines", "vegetation", "few_people", "disrepair"]),
        (I::Other, &["rumour", "general_unease"]),
    ];
    let own = |names: &[&str]| names.iter().map(|name| Subtype((*name).to_owned())).collect();
    lists.into_iter().map(|(indicator, names)| (indicator, own(names))).collect()
}
