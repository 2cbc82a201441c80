//! The organisations' own addenda, each seen by its owner alone (R89).

use crate::compilations::week_and_organisation;
use crate::follow::View;
use crate::reading::Reader;
use est::addendum::Event;
use est::event::Happened;
use est::{Event as Any, Grant, OrganisationId, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An organisation's addendum to a week's picture.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Addendum {
    pub week: Week,
    pub organisation: OrganisationId,
    pub text: TextRef,
    #[schema(value_type = String, format = DateTime)]
    pub written_at: Timestamp,
    pub version: i32,
}

/// The view's table.
pub(crate) struct Addenda;

impl View for Addenda {
    const KIND: &'static str = "addendum";
    const TABLE: &'static str = "addendum_view";
    type Row = Option<Addendum>;

    fn apply(row: &mut Option<Addendum>, key: &str, happened: &Happened) {
        let Any::Addendum(Event::Written { text }) = &happened.event else { return };
        let Some((week, organisation)) = week_and_organisation(key) else { return };
        *row = Some(Addendum {
            week,
            organisation,
            text: text.clone(),
            written_at: happened.recorded_at,
            version: happened.version,
        });
    }
}

impl Reader {
    /// The addendum, when it is the grant's own; to all others there is none, not even an empty one.
    pub async fn addendum(
        &self,
        grant: &Grant,
        week: Week,
        organisation: OrganisationId,
    ) -> Result<Option<Addendum>, Fault> {
        if !grant.is_of(organisation) {
            return Ok(None);
        }
        Ok(self.one::<Addenda>(grant, &format!("{week}/{organisation}")).await?.flatten())
    }
}
