//! What may be the same thing told twice: observations of several units, of one indicator, area and day (R32).

use crate::reading::Reader;
use est::indicator::{Indicator, Polarity};
use est::problem::Observation;
use est::{AreaId, Facts, Grant, Week};
use event_log::Fault;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Observations that may be of the same; a coordinator says whether they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Overlap {
    pub area: AreaId,
    pub indicator: Indicator,
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// How many units they came from.
    pub units: u32,
    #[schema(max_items = 1000)]
    pub observations: Vec<Observation>,
}

/// What two tellings of the same have in common.
type Alike = (AreaId, Indicator, Date);

impl Reader {
    /// A week's overlaps among what is counted as new, those of most units first.
    pub async fn overlaps(&self, grant: &Grant, facts: &Facts, week: Week) -> Result<Vec<Overlap>, Fault> {
        let mut alike: BTreeMap<Alike, Vec<Observation>> = BTreeMap::new();
        for report in self.reports(grant, week).await? {
            for (number, item) in (0..).zip(&report.items) {
                let observation = Observation { week, unit: report.unit, item: number };
                let new = item.polarity != Polarity::Positive && !facts.is_known(observation, item);
                if let (true, Some(area)) = (new, item.area) {
                    alike.entry((area, item.indicator, item.date)).or_default().push(observation);
                }
            }
        }
        let overlap = |((area, indicator, date), observations): (Alike, Vec<Observation>)| {
            let units: BTreeSet<_> = observations.iter().map(|its| its.unit).collect();
            let units = u32::try_from(units.len()).unwrap_or(u32::MAX);
            (units > 1).then_some(Overlap { area, indicator, date, units, observations })
        };
        let mut overlaps: Vec<Overlap> = alike.into_iter().filter_map(overlap).collect();
        overlaps.sort_by_key(|overlap| std::cmp::Reverse(overlap.units));
        Ok(overlaps)
    }
}
