//! The distribution list: who receives the picture, and why (R87).

use est::distribution::{List, Recipient, State};
use est::{EntryId, Facts, Grant, TextRef};
use serde::Serialize;

/// An entry of the list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DistributionEntry {
    pub id: EntryId,
    pub recipient: Recipient<TextRef>,
    /// The list's version: the entity tag for striking an entry.
    pub version: i32,
}

/// The entries that the grant covers, by the recipient's name.
pub fn entries(grant: &Grant, facts: &Facts) -> Vec<DistributionEntry> {
    let all = facts.distribution.entries.iter();
    let its = all.filter(|(_, recipient)| grant.is_of(recipient.organisation));
    let version = facts.version::<State>(&List);
    let entry = |(id, recipient): (&EntryId, &Recipient<TextRef>)| DistributionEntry {
        id: *id,
        recipient: recipient.clone(),
        version,
    };
    let mut entries: Vec<DistributionEntry> = its.map(entry).collect();
    entries.sort_by(|one, other| one.recipient.name.cmp(&other.recipient.name));
    entries
}
