//! Answers already given, kept under their idempotency keys so that a retry is told the same.

use crate::database::Fault;
use crate::rim::Rim;
use crate::writer::{IdempotencyKey, NotRecorded, Receipt, Submission};
use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::Row;
use uuid::Uuid;

/// A programme, a caller, and the caller's key.
pub(crate) type Place = (Uuid, Arc<str>, Arc<str>);

/// An answer, with the salted digest of the request it answered.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) salt: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) receipt: Receipt,
    /// When it was given; none for one that is kept already.
    pub(crate) given: Option<Timestamp>,
}

impl Answer {
    pub(crate) fn new(key: &IdempotencyKey, receipt: &Receipt, rim: &dyn Rim, now: Timestamp) -> Self {
        let salt = rim.draw();
        Self { salt: salt.to_vec(), digest: salted(&salt, key), receipt: receipt.clone(), given: Some(now) }
    }

    /// The answer to a request with the same key, which must be the same request.
    pub(crate) fn again(&self, key: &IdempotencyKey) -> Result<Receipt, NotRecorded> {
        if self.digest != salted(&self.salt, key) {
            return Err(NotRecorded::KeyReused);
        }
        Ok(Receipt { replayed: true, ..self.receipt.clone() })
    }
}

pub(crate) fn place(submission: &Submission) -> Option<Place> {
    let key = submission.key.as_ref()?;
    Some((submission.programme, Arc::clone(&key.caller), Arc::clone(&key.key)))
}

fn salted(salt: &[u8], key: &IdempotencyKey) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(key.digest).finalize().to_vec()
}

/// The answers that are kept under the keys.
pub(crate) async fn kept(
    client: &impl GenericClient,
    places: &[Place],
) -> Result<HashMap<Place, Answer>, Fault> {
    const SQL: &str = "SELECT i.programme, i.caller, i.key, i.salt, i.digest, i.position, i.version, i.events, \
        i.location FROM unnest($1::uuid[], $2::text[], $3::text[]) AS wanted(programme, caller, key) \
        CROSS JOIN LATERAL (SELECT * FROM idempotency WHERE idempotency.programme = wanted.programme \
        AND idempotency.caller = wanted.caller AND idempotency.key = wanted.key LIMIT 1) i";
    let doing = "looking up idempotency keys";
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let programmes: Vec<Uuid> = places.iter().map(|place| place.0).collect();
    let callers: Vec<&str> = places.iter().map(|place| place.1.as_ref()).collect();
    let keys: Vec<&str> = places.iter().map(|place| place.2.as_ref()).collect();
    let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
    let rows = client.query(&statement, &[&programmes, &callers, &keys]).await;
    let read = |row: &Row| {
        let receipt = Receipt {
            position: row.try_get(5)?,
            version: row.try_get(6)?,
            events: row.try_get(7)?,
            location: row.try_get(8)?,
            replayed: true,
        };
        let answer = Answer { salt: row.try_get(3)?, digest: row.try_get(4)?, receipt, given: None };
        let (caller, key): (&str, &str) = (row.try_get(1)?, row.try_get(2)?);
        Ok(((row.try_get(0)?, caller.into(), key.into()), answer))
    };
    let rows = rows.map_err(Fault::doing(doing))?;
    rows.iter().map(read).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
}
