//! The analyses of areas, by week and by period (R55-R57, R71, R77).

use crate::follow::View;
use crate::reading::{Reader, under};
use est::analysis::{Event, Key, Occasion, Statement};
use est::event::Happened;
use est::{Event as Any, Grant, TextRef};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An area's analysis on an occasion.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RecordedAnalysis)]
pub struct Analysis {
    pub key: Key,
    pub statement: Box<Statement<TextRef>>,
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    /// Why it was amended, each time.
    #[schema(max_items = 1000)]
    pub amendments: Vec<TextRef>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// The view's table.
pub(crate) struct Analyses;

impl View for Analyses {
    const KIND: &'static str = "analysis";
    const TABLE: &'static str = "analysis_view";
    type Row = Option<Analysis>;

    fn apply(row: &mut Option<Analysis>, key: &str, happened: &Happened) {
        let (Any::Analysis(event), Ok(key)) = (&happened.event, key.parse()) else { return };
        let (recorded_at, version) = (happened.recorded_at, happened.version);
        match event {
            Event::Recorded { statement } => {
                let statement = statement.clone();
                *row = Some(Analysis { key, statement, recorded_at, amendments: Vec::new(), version });
            }
            Event::Amended { statement, reason } => {
                if let Some(row) = row {
                    row.statement.clone_from(statement);
                    row.amendments.push(reason.clone());
                    row.version = version;
                }
            }
        }
    }
}

impl Reader {
    /// The analyses of a week or a period, by area.
    pub async fn analyses(&self, grant: &Grant, occasion: Occasion) -> Result<Vec<Analysis>, Fault> {
        let (from, to) = under(&occasion.to_string());
        let rows = self.many::<Analyses>(grant, &from..&to).await?;
        Ok(rows.into_iter().filter_map(|(_, row)| row).collect())
    }

    pub(crate) async fn all_analyses(&self, grant: &Grant) -> Result<Vec<Analysis>, Fault> {
        let rows = self.many::<Analyses>(grant, "".."~").await?;
        Ok(rows.into_iter().filter_map(|(_, row)| row).collect())
    }

    pub async fn analysis(&self, grant: &Grant, key: Key) -> Result<Option<Analysis>, Fault> {
        Ok(self.one::<Analyses>(grant, &key.to_string()).await?.flatten())
    }
}
