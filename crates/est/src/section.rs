//! The sections of the weekly picture, after the handbook's template (R91-R99).

use crate::facts::Facts;
use crate::identity::{AreaId, OrganisationId};
use crate::text::{FreeText, Name, TextRef};
use crate::warning::Warned;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which section of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionName {
    ImportantInformation,
    WeekendWeather,
    OverallSituation,
    /// One of the prioritised areas' blocks, from 1.
    Priority(u8),
    OtherAreas,
    PublicEvents,
    FieldDeployments,
}

impl fmt::Display for SectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImportantInformation => f.write_str("important-information"),
            Self::WeekendWeather => f.write_str("weekend-weather"),
            Self::OverallSituation => f.write_str("overall-situation"),
            Self::Priority(slot) => write!(f, "priority-{slot}"),
            Self::OtherAreas => f.write_str("other-areas"),
            Self::PublicEvents => f.write_str("public-events"),
            Self::FieldDeployments => f.write_str("field-deployments"),
        }
    }
}

/// There is no such section.
#[derive(Clone, Copy, Debug)]
pub struct NoSuchSection;

impl FromStr for SectionName {
    type Err = NoSuchSection;

    fn from_str(text: &str) -> Result<Self, NoSuchSection> {
        Ok(match text {
            "important-information" => Self::ImportantInformation,
            "weekend-weather" => Self::WeekendWeather,
            "overall-situation" => Self::OverallSituation,
            "other-areas" => Self::OtherAreas,
            "public-events" => Self::PublicEvents,
            "field-deployments" => Self::FieldDeployments,
            other => {
                let slot = other.strip_prefix("priority-").ok_or(NoSuchSection)?;
                let slot = slot.parse().ok().filter(|slot| (1..=10).contains(slot));
                Self::Priority(slot.ok_or(NoSuchSection)?)
            }
        })
    }
}

impl Serialize for SectionName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SectionName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NoSuchSection| serde::de::Error::custom("no such section"))
    }
}

/// What a section says. The kind must be that of the section it is put in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Section<T> {
    /// Outside monitoring, holidays, school breaks (R93).
    ImportantInformation {
        #[schema(max_items = 50)]
        entries: Vec<T>,
    },
    /// The weather of the weekend (R92).
    WeekendWeather { text: T },
    /// Safety in the municipality as a whole (R94).
    OverallSituation { text: T },
    /// A prioritised area: its situation, and what is done there; no interventions means none (R95).
    Priority {
        situation: T,
        #[schema(max_items = 50)]
        interventions: Vec<T>,
    },
    /// Areas beside the prioritised (R96).
    OtherAreas {
        #[schema(max_items = 100)]
        areas: Vec<OtherArea<T>>,
    },
    /// Gatherings that may affect the picture (R97).
    PublicEvents {
        #[schema(max_items = 100)]
        events: Vec<Gathering<T>>,
    },
    /// Who is out in the field at the weekend, and what they work against (R98).
    FieldDeployments {
        #[schema(max_items = 100)]
        deployments: Vec<FieldDeployment<T>>,
    },
}

/// What is said of an area that is not prioritised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherArea<T> {
    pub area: AreaId,
    /// Left out until somebody has written it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<T>,
}

/// A gathering of people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gathering<T> {
    pub name: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<T>,
}

/// An organisation's presence in an area for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldDeployment<T> {
    pub organisation: OrganisationId,
    pub area: AreaId,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    pub works_against: T,
}

fn listed<'a, T>(
    list: &str,
    member: &str,
    texts: impl Iterator<Item = Option<&'a T>>,
) -> Vec<(String, &'a T)> {
    let place = |(number, text): (usize, Option<&'a T>)| Some((format!("/{list}/{number}{member}"), text?));
    texts.enumerate().filter_map(place).collect()
}

impl<T> Section<T> {
    /// Whether this is what belongs in the section of that name.
    pub fn belongs_in(&self, name: SectionName) -> bool {
        matches!(
            (self, name),
            (Self::ImportantInformation { .. }, SectionName::ImportantInformation)
                | (Self::WeekendWeather { .. }, SectionName::WeekendWeather)
                | (Self::OverallSituation { .. }, SectionName::OverallSituation)
                | (Self::Priority { .. }, SectionName::Priority(_))
                | (Self::OtherAreas { .. }, SectionName::OtherAreas)
                | (Self::PublicEvents { .. }, SectionName::PublicEvents)
                | (Self::FieldDeployments { .. }, SectionName::FieldDeployments)
        )
    }

    /// The texts, each with its place in the section (RFC 6901).
    pub fn texts(&self) -> Vec<(String, &T)> {
        match self {
            Self::ImportantInformation { entries } => listed("entries", "", entries.iter().map(Some)),
            Self::WeekendWeather { text } | Self::OverallSituation { text } => {
                vec![("/text".to_owned(), text)]
            }
            Self::Priority { situation, interventions } => {
                let mut texts = listed("interventions", "", interventions.iter().map(Some));
                texts.insert(0, ("/situation".to_owned(), situation));
                texts
            }
            Self::OtherAreas { areas } => {
                listed("areas", "/text", areas.iter().map(|other| other.text.as_ref()))
            }
            Self::PublicEvents { events } => {
                listed("events", "/text", events.iter().map(|event| event.text.as_ref()))
            }
            Self::FieldDeployments { deployments } => {
                let texts = deployments.iter().map(|out| Some(&out.works_against));
                listed("deployments", "/worksAgainst", texts)
            }
        }
    }

    /// Whether the areas and organisations named are the programme's, and times run forward.
    pub fn holds(&self, facts: &Facts) -> bool {
        let known = |area: AreaId| facts.area(area).is_some();
        match self {
            Self::OtherAreas { areas } => areas.iter().all(|other| known(other.area)),
            Self::PublicEvents { events } => {
                events.iter().all(|event| event.first_day <= event.last_day && event.area.is_none_or(known))
            }
            Self::FieldDeployments { deployments } => deployments.iter().all(|out| {
                out.from < out.until && known(out.area) && facts.organisations.contains_key(&out.organisation)
            }),
            Self::ImportantInformation { .. }
            | Self::WeekendWeather { .. }
            | Self::OverallSituation { .. }
            | Self::Priority { .. } => true,
        }
    }
}

impl Section<TextRef> {
    /// The warnings of its texts.
    pub fn warned(&self) -> impl Iterator<Item = Warned> {
        self.texts().into_iter().flat_map(|(_, text)| Warned::of(text).collect::<Vec<_>>())
    }
}

impl Section<FreeText> {
    /// What is stored of the section.
    pub fn recorded(&self) -> Section<TextRef> {
        let kept = |texts: &[FreeText]| texts.iter().map(FreeText::reference).collect();
        match self {
            Self::ImportantInformation { entries } => {
                Section::ImportantInformation { entries: kept(entries) }
            }
            Self::WeekendWeather { text } => Section::WeekendWeather { text: text.reference() },
            Self::OverallSituation { text } => Section::OverallSituation { text: text.reference() },
            Self::Priority { situation, interventions } => {
                Section::Priority { situation: situation.reference(), interventions: kept(interventions) }
            }
            Self::OtherAreas { areas } => Section::OtherAreas {
                areas: areas
                    .iter()
                    .map(|other| OtherArea {
                        area: other.area,
                        text: other.text.as_ref().map(FreeText::reference),
                    })
                    .collect(),
            },
            Self::PublicEvents { events } => {
                Section::PublicEvents { events: events.iter().map(Gathering::recorded).collect() }
            }
            Self::FieldDeployments { deployments } => Section::FieldDeployments {
                deployments: deployments
                    .iter()
                    .map(|out| FieldDeployment {
                        organisation: out.organisation,
                        area: out.area,
                        from: out.from,
                        until: out.until,
                        works_against: out.works_against.reference(),
                    })
                    .collect(),
            },
        }
    }
}

impl Gathering<FreeText> {
    fn recorded(&self) -> Gathering<TextRef> {
        Gathering {
            name: self.name.clone(),
            area: self.area,
            first_day: self.first_day,
            last_day: self.last_day,
            text: self.text.as_ref().map(FreeText::reference),
        }
    }
}
