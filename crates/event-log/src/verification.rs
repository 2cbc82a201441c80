//! Proving the log: every leaf is that of its event, positions and versions have no gap, texts keep their commitments.

use crate::database::{Database, Fault};
use crate::leaf::{Entry, leaf};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use std::collections::HashMap;
use std::pin::pin;
use tokio_postgres::Row;
use uuid::Uuid;

/// What was found of a programme's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: i64,
    /// Texts that are kept and match the commitment in their event.
    pub texts: i64,
    /// What does not hold, a line each.
    pub breaches: Vec<String>,
}

/// Verifies one programme's log.
pub async fn verify(database: &Database, programme: Uuid) -> Result<Verified, Fault> {
    const SQL: &str = "SELECT position, stream, version, event_id, type, data::text, meta::text, recorded_at, leaf \
        FROM event WHERE programme = $1 ORDER BY position";
    let doing = "verifying the log";
    let client = database.connection().await?;
    let mut verified = Verified::default();
    let mut versions: HashMap<String, i32> = HashMap::new();
    let mut commitments: HashMap<Uuid, String> = HashMap::new();
    let rows = client.query_raw(SQL, [programme]).await.map_err(Fault::doing(doing))?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await.map_err(Fault::doing(doing))? {
        verified.events += 1;
        let read = check(&row, programme, &mut verified, &mut versions, &mut commitments);
        read.map_err(Fault::doing(doing))?;
    }
    let texts = "SELECT text_id, salt, body FROM text WHERE programme = $1";
    for row in client.query(texts, &[&programme]).await.map_err(Fault::doing(doing))? {
        check_text(&row, &mut verified, &commitments).map_err(Fault::doing(doing))?;
    }
    Ok(verified)
}

fn check(
    row: &Row,
    programme: Uuid,
    verified: &mut Verified,
    versions: &mut HashMap<String, i32>,
    commitments: &mut HashMap<Uuid, String>,
) -> Result<(), tokio_postgres::Error> {
    let (position, stream, version): (i64, String, i32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let data: &str = row.try_get(5)?;
    let entry = Entry {
        programme,
        position,
        stream: &stream,
        version,
        event_id: row.try_get(3)?,
        kind: row.try_get(4)?,
        data,
        meta: row.try_get(6)?,
        recorded_at: row.try_get::<_, Timestamp>(7)?,
    };
    if row.try_get::<_, &[u8]>(8)? != leaf(&entry) {
        verified.breaches.push(format!("position {position}: the leaf is not that of the event"));
    }
    if position != verified.events {
        verified.breaches.push(format!("position {position}: expected {}", verified.events));
    }
    if let Ok(value) = serde_json::from_str(data) {
        gather_commitments(&value, commitments);
    }
    let last = versions.entry(stream).or_default();
    if version != *last + 1 {
        verified.breaches.push(format!("position {position}: version {version} follows {last}"));
    }
    *last = version;
    Ok(())
}

/// Finds the text references of an event, wherever they stand in it.
fn gather_commitments(value: &serde_json::Value, commitments: &mut HashMap<Uuid, String>) {
    match value {
        serde_json::Value::Object(members) => {
            let id = members.get("textId").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
            let commitment = members.get("commitment").and_then(|commitment| commitment.as_str());
            if let (Some(id), Some(commitment)) = (id, commitment) {
                commitments.insert(id, commitment.to_owned());
            }
            members.values().for_each(|member| gather_commitments(member, commitments));
        }
        serde_json::Value::Array(items) => {
            for item in items {
                gather_commitments(item, commitments);
            }
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

fn check_text(
    row: &Row,
    verified: &mut Verified,
    commitments: &HashMap<Uuid, String>,
) -> Result<(), tokio_postgres::Error> {
    let (id, salt, body): (Uuid, &[u8], &str) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    match commitments.get(&id) {
        Some(commitment) if *commitment == est::text::commitment(salt, body) => verified.texts += 1,
        Some(_) => verified.breaches.push(format!("text {id}: does not match its commitment")),
        None => verified.breaches.push(format!("text {id}: no event refers to it")),
    }
    Ok(())
}
