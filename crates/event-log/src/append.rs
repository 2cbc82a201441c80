//! The statements of an append: each writes a whole batch at once.

use crate::database::Fault;
use crate::leaf::{Entry, leaf};
use crate::writer::{Receipt, Submission};
use deadpool_postgres::Client;
use est::FreeText;
use est::event::Happened;
use jiff::Timestamp;
use std::collections::HashMap;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// An event as it is stored.
pub(crate) struct Appended {
    pub(crate) programme: Uuid,
    pub(crate) position: i64,
    stream: String,
    version: i32,
    event_id: Uuid,
    kind: String,
    pub(crate) data: String,
    meta: String,
    recorded_at: Timestamp,
    leaf: [u8; 32],
}

impl Appended {
    pub(crate) fn new(happened: &Happened, event_id: Uuid, submission: &Submission) -> Result<Self, Fault> {
        let data = happened.event.bytes().map_err(Fault::doing("writing an event's bytes"))?;
        let data = String::from_utf8(data).map_err(Fault::doing("writing an event's bytes"))?;
        let kind = est::event::name(happened.event.kind(), data.as_bytes());
        let actor = submission.decision.actor();
        let meta = match &submission.trace {
            Some(trace) => serde_json::json!({ "actor": actor, "trace": trace }),
            None => serde_json::json!({ "actor": actor }),
        };
        let meta = meta.to_string();
        let entry = Entry {
            programme: happened.programme,
            position: happened.position,
            stream: &happened.stream,
            version: happened.version,
            event_id,
            kind: &kind,
            recorded_at: happened.recorded_at,
            meta: &meta,
            data: &data,
        };
        let leaf = leaf(&entry);
        Ok(Self {
            programme: happened.programme,
            position: happened.position,
            stream: happened.stream.clone(),
            version: happened.version,
            recorded_at: happened.recorded_at,
            event_id,
            kind,
            data,
            meta,
            leaf,
        })
    }
}

/// An answer kept under an idempotency key.
#[derive(Clone)]
pub(crate) struct StoredKey {
    pub(crate) salt: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) receipt: Receipt,
}

const LOCK: &str =
    "SELECT programme, position FROM head WHERE programme = ANY($1) ORDER BY programme FOR UPDATE";

/// Prepares the lock, so that it is sent before whatever is asked beside it.
pub(crate) async fn prepare_lock(client: &Client) -> Result<(), Fault> {
    client.prepare_cached(LOCK).await.map(drop).map_err(Fault::doing("preparing to lock the heads"))
}

/// Locks the heads of the programmes in the order of their ids, so that lanes and processes never deadlock.
pub(crate) async fn lock(client: &Client, programmes: &[Uuid]) -> Result<Vec<(Uuid, i64)>, Fault> {
    let doing = "locking the heads";
    let statement = client.prepare_cached(LOCK).await.map_err(Fault::doing(doing))?;
    let rows = client.query(&statement, &[&programmes]).await.map_err(Fault::doing(doing))?;
    let head = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    rows.iter().map(head).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
}

pub(crate) async fn keys(
    client: &Client,
    keys: &[(Uuid, String, String)],
) -> Result<HashMap<(Uuid, String, String), StoredKey>, Fault> {
    const SQL: &str = "SELECT i.programme, i.caller, i.key, i.salt, i.digest, i.position, i.version, i.events, \
        i.location FROM unnest($1::uuid[], $2::text[], $3::text[]) AS wanted(programme, caller, key) \
        JOIN idempotency i USING (programme, caller, key)";
    let doing = "looking up idempotency keys";
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let programmes: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
    let callers: Vec<&str> = keys.iter().map(|key| key.1.as_str()).collect();
    let names: Vec<&str> = keys.iter().map(|key| key.2.as_str()).collect();
    let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
    let rows = client.query(&statement, &[&programmes, &callers, &names]).await;
    let read = |row: &tokio_postgres::Row| {
        let receipt = Receipt {
            position: row.try_get(5)?,
            version: row.try_get(6)?,
            events: row.try_get(7)?,
            location: row.try_get(8)?,
            replayed: true,
        };
        let stored = StoredKey { salt: row.try_get(3)?, digest: row.try_get(4)?, receipt };
        Ok(((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?), stored))
    };
    let rows = rows.map_err(Fault::doing(doing))?;
    rows.iter().map(read).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
}

pub(crate) async fn heads(client: &Client, heads: &[(Uuid, i64)]) -> Result<(), Fault> {
    const SQL: &str = "INSERT INTO head (programme, position) SELECT * FROM unnest($1::uuid[], $2::bigint[]) \
        ON CONFLICT (programme) DO UPDATE SET position = excluded.position";
    let (programmes, positions): (Vec<Uuid>, Vec<i64>) = heads.iter().copied().unzip();
    write(client, "moving the heads", SQL, &[&programmes, &positions]).await
}

pub(crate) async fn events(client: &Client, events: &[Appended]) -> Result<(), Fault> {
    const SQL: &str = "INSERT INTO event (programme, position, stream, version, event_id, type, data, meta, \
        recorded_at, leaf) SELECT a, b, c, d, e, f, g::json, h::json, i, j FROM unnest($1::uuid[], $2::bigint[], \
        $3::text[], $4::integer[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::bytea[]) \
        AS t(a, b, c, d, e, f, g, h, i, j)";
    let column = |of: fn(&Appended) -> &str| events.iter().map(of).collect::<Vec<&str>>();
    let parameters: [&(dyn ToSql + Sync); 10] = [
        &events.iter().map(|event| event.programme).collect::<Vec<_>>(),
        &events.iter().map(|event| event.position).collect::<Vec<_>>(),
        &column(|event| &event.stream),
        &events.iter().map(|event| event.version).collect::<Vec<_>>(),
        &events.iter().map(|event| event.event_id).collect::<Vec<_>>(),
        &column(|event| &event.kind),
        &column(|event| &event.data),
        &column(|event| &event.meta),
        &events.iter().map(|event| event.recorded_at).collect::<Vec<_>>(),
        &events.iter().map(|event| event.leaf.as_slice()).collect::<Vec<_>>(),
    ];
    write(client, "appending events", SQL, &parameters).await
}

pub(crate) async fn texts(client: &Client, texts: &[(Uuid, &FreeText)]) -> Result<(), Fault> {
    const SQL: &str = "INSERT INTO text (programme, text_id, salt, body) \
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[])";
    if texts.is_empty() {
        return Ok(());
    }
    let programmes: Vec<Uuid> = texts.iter().map(|(programme, _)| *programme).collect();
    let ids: Vec<Uuid> = texts.iter().map(|(_, text)| text.id()).collect();
    let salts: Vec<&[u8]> = texts.iter().map(|(_, text)| text.salt().as_slice()).collect();
    let bodies: Vec<&str> = texts.iter().map(|(_, text)| text.body()).collect();
    write(client, "keeping texts", SQL, &[&programmes, &ids, &salts, &bodies]).await
}

pub(crate) async fn new_keys(
    client: &Client,
    keys: &[(&(Uuid, String, String), &StoredKey)],
    now: Timestamp,
) -> Result<(), Fault> {
    const SQL: &str = "INSERT INTO idempotency (programme, caller, key, salt, digest, position, version, events, \
        location, recorded_at) SELECT a, b, c, d, e, f, g, h, i, $10 FROM unnest($1::uuid[], $2::text[], $3::text[], \
        $4::bytea[], $5::bytea[], $6::bigint[], $7::integer[], $8::integer[], $9::text[]) \
        AS t(a, b, c, d, e, f, g, h, i)";
    if keys.is_empty() {
        return Ok(());
    }
    let receipts = || keys.iter().map(|(_, stored)| &stored.receipt);
    let parameters: [&(dyn ToSql + Sync); 10] = [
        &keys.iter().map(|(key, _)| key.0).collect::<Vec<_>>(),
        &keys.iter().map(|(key, _)| key.1.as_str()).collect::<Vec<_>>(),
        &keys.iter().map(|(key, _)| key.2.as_str()).collect::<Vec<_>>(),
        &keys.iter().map(|(_, stored)| stored.salt.as_slice()).collect::<Vec<_>>(),
        &keys.iter().map(|(_, stored)| stored.digest.as_slice()).collect::<Vec<_>>(),
        &receipts().map(|receipt| receipt.position).collect::<Vec<_>>(),
        &receipts().map(|receipt| receipt.version).collect::<Vec<_>>(),
        &receipts().map(|receipt| receipt.events).collect::<Vec<_>>(),
        &receipts().map(|receipt| receipt.location.as_str()).collect::<Vec<_>>(),
        &now,
    ];
    write(client, "keeping idempotency keys", SQL, &parameters).await
}

async fn write(
    client: &Client,
    doing: &'static str,
    sql: &str,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<(), Fault> {
    let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
    client.execute(&statement, parameters).await.map_err(Fault::doing(doing))?;
    Ok(())
}
