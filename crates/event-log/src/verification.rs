//! Proving the log: every leaf is that of its event, positions and versions have no gap, texts keep their commitments,
//! and what was erased is gone.

use crate::database::{Database, Fault};
use crate::leaf::{Entry, leaf};
use est::Event;
use est::event::{Happened, TAKING};
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

/// What the events say of texts.
#[derive(Default)]
struct Texts {
    commitments: HashMap<Uuid, String>,
    /// Those that are to be gone, with the position that says so.
    erased: HashMap<Uuid, i64>,
}

/// Verifies one programme's log.
pub async fn verify(database: &Database, programme: Uuid) -> Result<Verified, Fault> {
    const SQL: &str = "SELECT position, stream, version, event_id, type, data::text, meta::text, recorded_at, leaf \
        FROM event WHERE programme = $1 ORDER BY position";
    let doing = "verifying the log";
    let client = database.connection().await?;
    let mut verified = Verified::default();
    let mut versions: HashMap<String, i32> = HashMap::new();
    let mut said = Texts::default();
    let rows = client.query_raw(SQL, [programme]).await.map_err(Fault::doing(doing))?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await.map_err(Fault::doing(doing))? {
        verified.events += 1;
        let read = check(&row, programme, &mut verified, &mut versions, &mut said);
        read.map_err(Fault::doing(doing))?;
    }
    let texts = "SELECT text_id, salt, body FROM text WHERE programme = $1";
    for row in client.query(texts, &[&programme]).await.map_err(Fault::doing(doing))? {
        check_text(&row, &mut verified, &said).map_err(Fault::doing(doing))?;
    }
    Ok(verified)
}

fn check(
    row: &Row,
    programme: Uuid,
    verified: &mut Verified,
    versions: &mut HashMap<String, i32>,
    said: &mut Texts,
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
        gather_commitments(&value, &mut said.commitments);
    }
    said.erased.extend(taken(&entry).map(|text| (text, position)));
    let last = versions.entry(stream).or_default();
    if version != *last + 1 {
        verified.breaches.push(format!("position {position}: version {version} follows {last}"));
    }
    *last = version;
    Ok(())
}

/// The text that an event takes away.
fn taken(entry: &Entry<'_>) -> Option<Uuid> {
    let kind = entry.stream.split('/').next().filter(|kind| *kind == TAKING)?;
    let happened = Happened {
        programme: entry.programme,
        position: entry.position,
        stream: entry.stream.to_owned(),
        version: entry.version,
        recorded_at: entry.recorded_at,
        event: Event::read(kind, entry.data.as_bytes()).ok()?,
    };
    Some(happened.takes()?.text)
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

fn check_text(row: &Row, verified: &mut Verified, said: &Texts) -> Result<(), tokio_postgres::Error> {
    let (id, salt, body): (Uuid, &[u8], &str) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    if let Some(position) = said.erased.get(&id) {
        verified.breaches.push(format!("text {id}: erased at position {position}, and still there"));
    }
    match said.commitments.get(&id) {
        Some(commitment) if *commitment == est::text::commitment(salt, body) => verified.texts += 1,
        Some(_) => verified.breaches.push(format!("text {id}: does not match its commitment")),
        None => verified.breaches.push(format!("text {id}: no event refers to it")),
    }
    Ok(())
}
