//! How views follow the log: rows are folded from events by pure functions, live and in a rebuild alike.

use crate::{addenda, compilations, pictures, problems, reports};
use deadpool_postgres::Client;
use est::event::Happened;
use event_log::{Fault, Followers, Rows};
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
        client: &'a Client,
        events: &'a [Happened],
    ) -> BoxFuture<'a, Result<Vec<Rows>, Fault>> {
        async move {
            let (reports, problems, pictures, compilations, addenda) = tokio::try_join!(
                follow::<reports::Reports>(client, events),
                follow::<problems::Problems>(client, events),
                follow::<pictures::Pictures>(client, events),
                follow::<compilations::Compilations>(client, events),
                follow::<addenda::Addenda>(client, events),
            )?;
            Ok([reports, problems, pictures, compilations, addenda].into_iter().flatten().collect())
        }
        .boxed()
    }
}

/// Rows by programme and key.
pub(crate) type Folded<V> = BTreeMap<(Uuid, String), <V as View>::Row>;

/// Folds events into rows that are in memory.
pub(crate) fn fold<V: View>(rows: &mut Folded<V>, events: &[Happened]) {
    for happened in events {
        for key in V::keys(happened) {
            let place = (happened.programme, key);
            // The key is needed both to find the row and to fold it, hence the clone of a short string.
            let key = place.1.clone();
            V::apply(rows.entry(place).or_default(), &key, happened);
        }
    }
}

/// What the events change in one view: the rows they touch, folded.
async fn follow<V: View>(client: &Client, events: &[Happened]) -> Result<Option<Rows>, Fault> {
    let doing = "letting a view follow the log";
    let mut touched: Vec<(Uuid, String)> = events
        .iter()
        .flat_map(|happened| V::keys(happened).into_iter().map(|key| (happened.programme, key)))
        .collect();
    if touched.is_empty() {
        return Ok(None);
    }
    touched.sort_unstable();
    touched.dedup();
    let (programmes, keys): (Vec<Uuid>, Vec<String>) = touched.into_iter().unzip();
    let sql = format!(
        "SELECT v.programme, v.key, v.body::text FROM unnest($1::uuid[], $2::text[]) AS touched(programme, key) \
         JOIN {} v ON v.programme = touched.programme AND v.key = touched.key COLLATE \"C\"",
        V::TABLE
    );
    let statement = client.prepare_cached(&sql).await.map_err(Fault::doing(doing))?;
    let found = client.query(&statement, &[&programmes, &keys]).await.map_err(Fault::doing(doing))?;
    let mut rows: Folded<V> = BTreeMap::new();
    for row in found {
        let body: &str = row.try_get(2).map_err(Fault::doing(doing))?;
        let place =
            (row.try_get(0).map_err(Fault::doing(doing))?, row.try_get(1).map_err(Fault::doing(doing))?);
        rows.insert(place, serde_json::from_str(body).map_err(Fault::doing(doing))?);
    }
    fold::<V>(&mut rows, events);
    written::<V>(rows).map(Some)
}

/// The rows as they are stored.
pub(crate) fn written<V: View>(rows: Folded<V>) -> Result<Rows, Fault> {
    let mut written = Rows { table: V::TABLE, programmes: Vec::new(), keys: Vec::new(), bodies: Vec::new() };
    for ((programme, key), row) in rows {
        written.bodies.push(serde_json::to_string(&row).map_err(Fault::doing("writing a view"))?);
        written.programmes.push(programme);
        written.keys.push(key);
    }
    Ok(written)
}
