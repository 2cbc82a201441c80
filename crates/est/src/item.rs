//! One observation of a weekly report: what, where, when, on what ground.

use crate::designation;
use crate::facts::Facts;
use crate::identity::{AreaId, ProblemId};
use crate::indicator::{
    Basis, Channel, Facet, Indicator, Occurrence, Polarity, PoliceReport, Setting, TimeBand,
};
use crate::method::{Method, Subtype};
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, Name, TextRef};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

refusals! {
    PRIVATE_HOME = "item.private-home", Conflict,
        "EST gäller det offentliga rummet, inte någons hem. Ta det i den egna verksamhetens ordinarie kanal.",
        "EST is about public space, not somebody's home. Take it through your own ordinary channel.";
    SEMI_PUBLIC_EXCLUDED = "item.semi-public-excluded", Conflict,
        "Det här programmet tar inte upp halvoffentliga platser.",
        "This programme leaves out semi-public places.";
    AREA_UNKNOWN = "item.area-unknown", Conflict,
        "Området finns inte i programmet. Hämta listan över områden.",
        "The area is not one of the programme's. Fetch the list of areas.";
    AREA_MISSING = "item.area-missing", Conflict,
        "Ange område. Bara ett polisutdrag får sakna det.",
        "State the area. Only a police extract may leave it out.";
    SUBTYPE_UNKNOWN = "item.subtype-unknown", Conflict,
        "Undertypen finns inte för indikatorn i programmets metodversion.",
        "The sub-type is not one of the indicator's in the programme's method version.";
    PROBLEM_UNKNOWN = "item.problem-unknown", Conflict,
        "Problemet finns inte eller är avslutat.", "The problem does not exist or is closed.";
    FACTS_OF_ANOTHER_INDICATOR = "item.facts-of-another-indicator", Conflict,
        "Uppgifter om brand eller arrangemang hör bara till den indikatorn.",
        "Facts of a fire or a public event belong to that indicator only.";
    ENDS_BEFORE_START = "item.ends-before-start", Conflict,
        "Slutet ligger före början.", "The end lies before the start.";
    TIME_MISSING = "item.time-missing", Conflict,
        "Ange time eller timeBand. Är tiden inte känd? Skriv timeBand: unknown, det är också ett svar.",
        "State time or timeBand. Is the time not known? Say timeBand: unknown, that is an answer too.";
    OUT_OF_BOUNDS = "item.out-of-bounds", Conflict,
        "Antalet är 1-1000 och signalstyrkan 1-5.", "The count is 1-1000 and the signal strength 1-5.";
    CHANNEL_OF_THE_POLICE = "item.channel-of-the-police", Conflict,
        "Bara en polisiär verksamhets enheter lämnar polisutdrag. Ange en annan kanal.",
        "Only units of a police organisation hand in police extracts. State another channel.";
}

/// An observation. `T` is a screened text in a command, a reference in what is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item<T> {
    pub indicator: Indicator,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub subtypes: Vec<Subtype>,
    #[serde(default)]
    pub polarity: Polarity,
    #[serde(default)]
    pub occurrence: Occurrence,
    #[serde(default)]
    pub setting: Setting,
    /// The area; only a police extract may leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The day it was seen, or is expected.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Local time, where it is known to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 8, examples("21:30:00"),
        pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$")]
    pub time: Option<Time>,
    /// The part of the day, where the time is not known: one of the two is stated, `unknown` is an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_band: Option<TimeBand>,
    /// How many such, 1-1000.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000, default = 1)]
    pub count: u16,
    /// How strong a signal it is to those who move there, by the reporter's judgement: 1 weak, 5 strong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5)]
    pub signal_strength: Option<u8>,
    #[serde(default)]
    pub basis: Basis,
    #[serde(default)]
    pub channel: Channel,
    #[serde(default)]
    pub police_report_made: PoliceReport,
    /// The known problem that this is more of; without it the observation is a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fire: Option<Fire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_event: Option<PublicEvent>,
    /// The reporting system's own designation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<T>,
}

fn one() -> u16 {
    1
}

/// A reporting system's own designation of an observation. It stands in the event itself, so it must not be a person's
/// number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9._:/-]{1,64}$", format = "designation")]
#[serde(transparent)]
pub struct ExternalId(pub String);

// As a name: read both from requests, where the guard stands, and from events, where it once stood.
impl<'de> Deserialize<'de> for ExternalId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if designation::passes(&text) {
            Ok(Self(text))
        } else {
            Err(serde::de::Error::custom("personal data"))
        }
    }
}

/// The place within the area, and what makes it feel safe or unsafe (R14, R43).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    pub name: Name,
    /// Longitude and latitude, WGS 84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lighting: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sightlines: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vegetation: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escape_routes: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footfall: Option<Grade>,
}

/// A point in WGS 84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Point {
    #[schema(minimum = -180, maximum = 180)]
    pub longitude: f64,
    #[schema(minimum = -90, maximum = 90)]
    pub latitude: f64,
}

/// How well a feature of a place serves safety.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    Good,
    Fair,
    Poor,
}

/// What burnt (R38).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fire {
    pub size: FireSize,
    pub suspected_arson: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Name>,
}

/// Bins are minor, vehicles and buildings major.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FireSize {
    Minor,
    Major,
}

/// A gathering with a beginning and an end (R40).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublicEvent {
    pub name: Name,
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub expected_crowd: Option<u32>,
}

/// What an observation is measured against: the programme and the week's method, and who reports.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    pub facts: &'a Facts,
    /// The version that the week was opened under.
    pub method: &'a Method,
    /// Whether the reporting organisation is the police.
    pub police: bool,
    /// Areas that the report has named before: it may name them again, though they have been retired since.
    pub named: BTreeSet<AreaId>,
    /// Problems that the report has spoken of before, likewise, though they have been closed since.
    pub spoken_of: BTreeSet<ProblemId>,
}

impl<'a> Ground<'a> {
    /// The ground of a report that nothing has been said in before.
    pub fn of(facts: &'a Facts, method: &'a Method, police: bool) -> Self {
        Self { facts, method, police, named: BTreeSet::new(), spoken_of: BTreeSet::new() }
    }

    pub fn knows(&self, area: AreaId) -> bool {
        self.facts.area(area).is_some() || self.named.contains(&area)
    }

    pub fn knows_problem(&self, problem: ProblemId) -> bool {
        let open = self.facts.problems.get(&problem).is_some_and(|state| state.open().is_some());
        open || self.spoken_of.contains(&problem)
    }
}

impl<T> Item<T> {
    /// The part of the day, from the time where it is known.
    pub fn band(&self) -> TimeBand {
        self.time.map(|time| TimeBand::of(time.hour())).or(self.time_band).unwrap_or(TimeBand::Unknown)
    }

    pub fn facet(&self) -> Facet {
        self.indicator.facet()
    }

    /// The same item with its text replaced.
    fn with_text<U>(self, text: impl FnOnce(T) -> U) -> Item<U> {
        Item {
            indicator: self.indicator,
            subtypes: self.subtypes,
            polarity: self.polarity,
            occurrence: self.occurrence,
            setting: self.setting,
            area: self.area,
            place: self.place,
            date: self.date,
            time: self.time,
            time_band: self.time_band,
            count: self.count,
            signal_strength: self.signal_strength,
            basis: self.basis,
            channel: self.channel,
            police_report_made: self.police_report_made,
            problem: self.problem,
            fire: self.fire,
            public_event: self.public_event,
            external_id: self.external_id,
            description: self.description.map(text),
        }
    }
}

impl Item<FreeText> {
    /// What is stored of the item.
    pub fn recorded(&self) -> Item<TextRef> {
        self.clone().with_text(|text| text.reference())
    }

    /// Whether the item fits the method and the programme.
    pub fn check(&self, ground: &Ground<'_>) -> Result<(), Refusal> {
        self.check_where(ground)?;
        self.check_when()?;
        self.check_what(ground)?;
        if self.problem.is_none_or(|problem| ground.knows_problem(problem)) {
            Ok(())
        } else {
            Err(PROBLEM_UNKNOWN)
        }
    }

    fn check_where(&self, ground: &Ground<'_>) -> Result<(), Refusal> {
        match self.setting {
            Setting::PrivateHome => return Err(PRIVATE_HOME),
            Setting::SemiPublic if !ground.method.semi_public_places => return Err(SEMI_PUBLIC_EXCLUDED),
            Setting::SemiPublic | Setting::PublicSpace => {}
        }
        match self.area {
            Some(area) if !ground.knows(area) => Err(AREA_UNKNOWN),
            None if self.channel != Channel::PoliceExtract => Err(AREA_MISSING),
            Some(_) | None => Ok(()),
        }
    }

    fn check_when(&self) -> Result<(), Refusal> {
        if self.time.is_none() && self.time_band.is_none() {
            return Err(TIME_MISSING);
        }
        let backwards = self.public_event.as_ref().is_some_and(|event| event.last_day < event.first_day);
        if backwards { Err(ENDS_BEFORE_START) } else { Ok(()) }
    }

    fn check_what(&self, ground: &Ground<'_>) -> Result<(), Refusal> {
        if !self.subtypes.iter().all(|subtype| ground.method.knows(self.indicator, subtype)) {
            return Err(SUBTYPE_UNKNOWN);
        }
        let strays = (self.fire.is_some() && self.indicator != Indicator::Fire)
            || (self.public_event.is_some() && self.indicator != Indicator::PublicEvent);
        if strays {
            return Err(FACTS_OF_ANOTHER_INDICATOR);
        }
        let strong = self.signal_strength.is_none_or(|strength| (1..=5).contains(&strength));
        if !strong || !(1..=1000).contains(&self.count) {
            return Err(OUT_OF_BOUNDS);
        }
        let pretends = self.channel == Channel::PoliceExtract && !ground.police;
        if pretends { Err(CHANNEL_OF_THE_POLICE) } else { Ok(()) }
    }
}
