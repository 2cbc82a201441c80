//! What each hub says of a week (R36).

use crate::follow::View;
use crate::reading::{Reader, under};
use est::compilation::{Event, Statement};
use est::event::Happened;
use est::{Event as Any, Grant, OrganisationId, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A hub's compilation of a week.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Compilation {
    pub week: Week,
    pub organisation: OrganisationId,
    pub statement: Statement<TextRef>,
    #[schema(value_type = String, format = DateTime)]
    pub compiled_at: Timestamp,
    pub version: i32,
}

/// The view's table.
pub(crate) struct Compilations;

impl View for Compilations {
    const KIND: &'static str = "compilation";
    const TABLE: &'static str = "compilation_view";
    type Row = Option<Compilation>;

    fn apply(row: &mut Option<Compilation>, key: &str, happened: &Happened) {
        let Any::Compilation(Event::Compiled { statement } | Event::Revised { statement }) = &happened.event
        else {
            return;
        };
        let Some((week, organisation)) = week_and_organisation(key) else { return };
        *row = Some(Compilation {
            week,
            organisation,
            statement: statement.clone(),
            compiled_at: happened.recorded_at,
            version: happened.version,
        });
    }
}

/// Reads a key of the form `2026-W47/<organisation>`.
pub(crate) fn week_and_organisation(key: &str) -> Option<(Week, OrganisationId)> {
    let (week, organisation) = key.split_once('/')?;
    Some((week.parse().ok()?, organisation.parse().ok()?))
}

impl Reader {
    /// The compilations of a week that are the grant's to read.
    pub async fn compilations(&self, grant: &Grant, week: Week) -> Result<Vec<Compilation>, Fault> {
        let (from, to) = under(&week.to_string());
        let rows = self.many::<Compilations>(grant, &from..&to).await?;
        let made = rows.into_iter().filter_map(|(_, row)| row);
        Ok(made.filter(|compilation| grant.covers_organisation(compilation.organisation)).collect())
    }

    pub async fn compilation(
        &self,
        grant: &Grant,
        week: Week,
        organisation: OrganisationId,
    ) -> Result<Option<Compilation>, Fault> {
        if !grant.covers_organisation(organisation) {
            return Ok(None);
        }
        Ok(self.one::<Compilations>(grant, &format!("{week}/{organisation}")).await?.flatten())
    }
}
