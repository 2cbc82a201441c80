//! The picture over time (R27): week by week what was reported of each area, with who could have reported and who did.

use crate::reading::Reader;
use crate::weeks::{AreaWeek, Turnout, by_area, turnout};
use est::event::Happened;
use est::indicator::Indicator;
use est::intervention::EvidenceLevel;
use est::{AreaId, Facts, Grant, Week};
use event_log::Fault;
use serde::Serialize;
use std::ops::Range;

/// Some weeks side by side.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    #[schema(max_items = 520)]
    pub weeks: Vec<SeriesWeek>,
    /// It describes what was reported, and no more.
    pub evidence_level: EvidenceLevel,
}

/// A week of a series.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeriesWeek {
    pub week: Week,
    pub reporting: Turnout,
    /// The areas, and last what a police extract could not place.
    #[schema(max_items = 1000)]
    pub areas: Vec<AreaWeek>,
}

/// Which of a series.
#[derive(Clone, Copy, Debug, Default)]
pub struct Only {
    pub area: Option<AreaId>,
    pub indicator: Option<Indicator>,
}

impl Reader {
    /// The series of some weeks; `until` looks back at what had happened.
    pub async fn series<Until: Fn(&Happened) -> bool>(
        &self,
        grant: &Grant,
        facts: &Facts,
        (weeks, only): (Range<Week>, Only),
        until: Option<Until>,
    ) -> Result<Series, Fault> {
        let rows = match until {
            None => self.contributions(grant, weeks).await?,
            Some(until) => self.contributions_until(grant, weeks, until).await?,
        };
        let week = |(week, row): (&Week, &_)| SeriesWeek {
            week: *week,
            reporting: turnout(facts, *week, row),
            areas: by_area(facts, *week, row).into_iter().filter_map(|its| only.of(its)).collect(),
        };
        let weeks = rows.iter().map(|(number, row)| week((number, row.as_ref()))).collect();
        Ok(Series { weeks, evidence_level: EvidenceLevel::Description })
    }
}

impl Only {
    fn of(self, mut week: AreaWeek) -> Option<AreaWeek> {
        if self.area.is_some() && week.area != self.area {
            return None;
        }
        if let Some(indicator) = self.indicator {
            week.by_indicator.retain(|its, _| *its == indicator);
            week.totals = week.by_indicator.get(&indicator).copied().unwrap_or_default();
        }
        Some(week)
    }
}
