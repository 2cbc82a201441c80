//! The queue of what a new policy of the guard finds in stored texts, for those who may see the text.

use crate::follow::View;
use crate::reading::Reader;
use est::event::Happened;
use est::rescreening::{Event, Finding, Outcome, owner};
use est::text::{self, Erasure};
use est::{Event as Any, Grant, OrganisationId};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A stored text in which a new policy has found something.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RescreenedText)]
pub struct Rescreened {
    pub text_id: Uuid,
    /// The text itself, joined when it is read; null when it has been erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub body: Option<String>,
    /// What the text was written in: kind and key, such as `report/2026-W47/<unit>`.
    #[schema(max_length = 200)]
    pub stands_in: String,
    pub policy: u32,
    #[schema(max_items = 1000)]
    pub findings: Vec<Finding>,
    #[schema(value_type = String, format = DateTime)]
    pub found_at: Timestamp,
    /// What came of it; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

impl Rescreened {
    /// The organisation that alone may see the text.
    pub fn owner(&self) -> Option<OrganisationId> {
        owner(&self.stands_in)
    }
}

/// The view's table.
pub(crate) struct Rescreening;

impl View for Rescreening {
    const KIND: &'static str = "rescreening";
    const TABLE: &'static str = "rescreening_view";
    type Row = Option<Rescreened>;

    /// Also the row of a text that is erased, whole or in part.
    fn keys(happened: &Happened) -> Vec<String> {
        let erased = matches!(&happened.event, Any::Text(text::Event::Erased(_)));
        let own = happened.event.kind() == Self::KIND || erased;
        own.then(|| happened.key().to_owned()).into_iter().collect()
    }

    fn apply(row: &mut Option<Rescreened>, key: &str, happened: &Happened) {
        if let Any::Text(text::Event::Erased(erasure)) = &happened.event {
            *row = row.take().and_then(|row| left(row, erasure));
            return;
        }
        let (Any::Rescreening(event), Ok(text_id)) = (&happened.event, key.parse()) else { return };
        match event {
            Event::Found { stands_in, policy, findings, left: _ } => {
                let waiting = row.take().filter(|row| row.outcome.is_none());
                let mut all = waiting.map(|row| row.findings).unwrap_or_default();
                all.extend(findings.iter().cloned());
                all.sort_unstable();
                all.dedup();
                *row = Some(Rescreened {
                    text_id,
                    body: None,
                    stands_in: stands_in.clone(),
                    policy: *policy,
                    findings: all,
                    found_at: happened.recorded_at,
                    outcome: None,
                    version: happened.version,
                });
            }
            Event::Handled { outcome } => {
                if let Some(row) = row {
                    (row.outcome, row.version) = (Some(*outcome), happened.version);
                }
            }
        }
    }
}

/// What is left of a row when its text is erased or struck in; none when nothing is.
fn left(mut row: Rescreened, erasure: &Erasure) -> Option<Rescreened> {
    erasure.replacement.as_ref()?;
    row.findings = row.findings.iter().filter_map(|finding| finding.left(&erasure.spans)).collect();
    (!row.findings.is_empty()).then_some(row)
}

/// Whether it is the reader's to see: all but others' addenda (R89), which are seen by their owners alone.
fn visible(row: &Rescreened, grant: &Grant, addenda: Option<&Grant>) -> bool {
    row.owner().map_or(grant.own.is_none(), |owner| addenda.is_some_and(|grant| grant.is_of(owner)))
}

impl Reader {
    /// What waits to be handled, the oldest first. `addenda` is the reader's grant for addenda, if any.
    pub async fn rescreening(
        &self,
        grant: &Grant,
        addenda: Option<&Grant>,
    ) -> Result<Vec<Rescreened>, Fault> {
        let rows = self.many::<Rescreening>(grant, "".."~").await?;
        let waiting = rows.into_iter().filter_map(|(_, row)| row).filter(|row| row.outcome.is_none());
        let mut waiting: Vec<_> = waiting.filter(|row| visible(row, grant, addenda)).collect();
        waiting.sort_by_key(|row| (row.found_at, row.text_id));
        Ok(waiting)
    }

    /// What was found in one text, handled or not.
    pub async fn rescreened(
        &self,
        grant: &Grant,
        addenda: Option<&Grant>,
        text: Uuid,
    ) -> Result<Option<Rescreened>, Fault> {
        let row = self.one::<Rescreening>(grant, &text.to_string()).await?.flatten();
        Ok(row.filter(|row| visible(row, grant, addenda)))
    }
}
