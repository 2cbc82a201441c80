//! How views follow the log: rows are folded from events by pure functions, live and in a rebuild alike.

use crate::{addenda, compilations, pictures, problems, reports, weeks};
use deadpool_postgres::Transaction;
use est::event::Happened;
use event_log::{Fault, Followers};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A view with a table of its own.
pub(crate) trait View: Send + Sync {
    const TABLE: &'static str;
    type Row: Default + Serialize + DeserializeOwned + Send;

    /// The keys of the rows that an event changes.
    fn keys(happened: &Happened) -> Vec<String>;

    /// Folds an event into a row, which is the default one before its first event.
    fn apply(row: &mut Self::Row, key: &str, happened: &Happened);
}

/// All views that have tables, as the log's writer knows them.
pub struct Views;

impl Followers for Views {
    fn follow<'a>(
        &'a self,
        transaction: &'a Transaction<'_>,
        events: &'a [Happened],
    ) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            tokio::try_join!(
                follow::<reports::Reports>(transaction, events),
                follow::<weeks::Weeks>(transaction, events),
                follow::<problems::Problems>(transaction, events),
                follow::<pictures::Pictures>(transaction, events),
                follow::<compilations::Compilations>(transaction, events),
                follow::<addenda::Addenda>(transaction, events),
            )?;
            Ok(())
        }
        .boxed()
    }
}

/// Rows by programme and key.
pub(crate) type Rows<V> = BTreeMap<(Uuid, String), <V as View>::Row>;

/// Folds events into rows that are in memory.
pub(crate) fn fold<V: View>(rows: &mut Rows<V>, events: &[Happened]) {
    for happened in events {
        for key in V::keys(happened) {
            let place = (happened.programme, key);
            // The key is needed both to find the row and to fold it, hence the clone of a short string.
            let key = place.1.clone();
            V::apply(rows.entry(place).or_default(), &key, happened);
        }
    }
}

async fn follow<V: View>(transaction: &Transaction<'_>, events: &[Happened]) -> Result<(), Fault> {
    let doing = "letting a view follow the log";
    let mut touched: Vec<(Uuid, String)> = events
        .iter()
        .flat_map(|happened| V::keys(happened).into_iter().map(|key| (happened.programme, key)))
        .collect();
    if touched.is_empty() {
        return Ok(());
    }
    touched.sort_unstable();
    touched.dedup();
    let (programmes, keys): (Vec<Uuid>, Vec<String>) = touched.into_iter().unzip();
    let sql = format!(
        "SELECT v.programme, v.key, v.body::text FROM unnest($1::uuid[], $2::text[]) AS touched(programme, key) \
         JOIN {} v ON v.programme = touched.programme AND v.key = touched.key COLLATE \"C\"",
        V::TABLE
    );
    let statement = transaction.prepare_cached(&sql).await.map_err(Fault::doing(doing))?;
    let found = transaction.query(&statement, &[&programmes, &keys]).await.map_err(Fault::doing(doing))?;
    let mut rows: Rows<V> = BTreeMap::new();
    for row in found {
        let body: &str = row.try_get(2).map_err(Fault::doing(doing))?;
        let place =
            (row.try_get(0).map_err(Fault::doing(doing))?, row.try_get(1).map_err(Fault::doing(doing))?);
        rows.insert(place, serde_json::from_str(body).map_err(Fault::doing(doing))?);
    }
    fold::<V>(&mut rows, events);
    write::<V>(transaction, &rows).await
}

async fn write<V: View>(transaction: &Transaction<'_>, rows: &Rows<V>) -> Result<(), Fault> {
    let bodies: Result<Vec<String>, _> = rows.values().map(serde_json::to_string).collect();
    let bodies = bodies.map_err(Fault::doing("writing a view"))?;
    let (programmes, keys): (Vec<Uuid>, Vec<&String>) =
        rows.keys().map(|(programme, key)| (*programme, key)).unzip();
    upsert(transaction, V::TABLE, &programmes, &keys, &bodies.iter().collect::<Vec<_>>()).await
}

/// Puts rows in the place of those with the same keys.
pub(crate) async fn upsert(
    transaction: &Transaction<'_>,
    table: &str,
    programmes: &[Uuid],
    keys: &[&String],
    bodies: &[&String],
) -> Result<(), Fault> {
    let doing = "writing a view";
    let sql = format!(
        "INSERT INTO {table} (programme, key, body) SELECT p, k, b::json FROM unnest($1::uuid[], $2::text[], \
         $3::text[]) AS t(p, k, b) ON CONFLICT (programme, key) DO UPDATE SET body = excluded.body"
    );
    let statement = transaction.prepare_cached(&sql).await.map_err(Fault::doing(doing))?;
    transaction.execute(&statement, &[&programmes, &keys, &bodies]).await.map_err(Fault::doing(doing))?;
    Ok(())
}
