//! A rebuild: the views made anew from the log beside the live ones, compared, and put in their place.

use crate::follow::{Rows, View, fold};
use crate::{addenda, compilations, pictures, problems, reports, weeks};
use deadpool_postgres::Transaction;
use est::event::Happened;
use event_log::{Database, Fault, Log};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many events are read at a time.
const PAGE_LENGTH: i64 = 2_000;

/// What a rebuild found of one view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    pub table: &'static str,
    pub rows: usize,
    /// Keys whose live row was absent, superfluous or other than the rebuilt one.
    pub differing: Vec<String>,
}

#[derive(Default)]
struct All {
    reports: Rows<reports::Reports>,
    weeks: Rows<weeks::Weeks>,
    problems: Rows<problems::Problems>,
    pictures: Rows<pictures::Pictures>,
    compilations: Rows<compilations::Compilations>,
    addenda: Rows<addenda::Addenda>,
}

impl All {
    fn fold(&mut self, events: &[Happened]) {
        fold::<reports::Reports>(&mut self.reports, events);
        fold::<weeks::Weeks>(&mut self.weeks, events);
        fold::<problems::Problems>(&mut self.problems, events);
        fold::<pictures::Pictures>(&mut self.pictures, events);
        fold::<compilations::Compilations>(&mut self.compilations, events);
        fold::<addenda::Addenda>(&mut self.addenda, events);
    }
}

/// Rebuilds all views of a programme. With `replace` the rebuilt rows are put in the place of those that differ;
/// without it they are only compared. Writing waits only for the last stretch, under the programme's head.
pub async fn rebuild(
    database: &Database,
    programme: Uuid,
    replace: bool,
    mut progress: impl FnMut(i64),
) -> Result<Vec<Rebuilt>, Fault> {
    let doing = "rebuilding the views";
    let log = Log::new(database);
    let mut all = All::default();
    let mut position = 0;
    loop {
        let events = log.after(programme, position, PAGE_LENGTH).await?;
        let Some(last) = events.last() else { break };
        position = last.position;
        all.fold(&events);
        progress(position);
    }
    let mut client = database.connection().await?;
    let transaction = client.transaction().await.map_err(Fault::doing(doing))?;
    let lock = "SELECT position FROM head WHERE programme = $1 FOR UPDATE";
    transaction.query(lock, &[&programme]).await.map_err(Fault::doing(doing))?;
    let rest = log.after(programme, position, i64::MAX).await?;
    all.fold(&rest);
    let rebuilt = vec![
        settle::<reports::Reports>(&transaction, programme, &all.reports, replace).await?,
        settle::<weeks::Weeks>(&transaction, programme, &all.weeks, replace).await?,
        settle::<problems::Problems>(&transaction, programme, &all.problems, replace).await?,
        settle::<pictures::Pictures>(&transaction, programme, &all.pictures, replace).await?,
        settle::<compilations::Compilations>(&transaction, programme, &all.compilations, replace).await?,
        settle::<addenda::Addenda>(&transaction, programme, &all.addenda, replace).await?,
    ];
    transaction.commit().await.map_err(Fault::doing(doing))?;
    Ok(rebuilt)
}

/// Compares the live rows of a view with the rebuilt ones, byte for byte, and puts right what differs.
async fn settle<V: View>(
    transaction: &Transaction<'_>,
    programme: Uuid,
    rows: &Rows<V>,
    replace: bool,
) -> Result<Rebuilt, Fault> {
    let doing = "comparing a view with its rebuild";
    let sql = format!("SELECT key, body::text FROM {} WHERE programme = $1", V::TABLE);
    let live = transaction.query(&sql, &[&programme]).await.map_err(Fault::doing(doing))?;
    let pair = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    let live: Result<BTreeMap<String, String>, tokio_postgres::Error> = live.iter().map(pair).collect();
    let mut live = live.map_err(Fault::doing(doing))?;
    let mut rebuilt = Rebuilt { table: V::TABLE, rows: rows.len(), differing: Vec::new() };
    for ((_, key), row) in rows {
        let body = serde_json::to_string(row).map_err(Fault::doing(doing))?;
        if live.remove(key).as_ref() == Some(&body) {
            continue;
        }
        rebuilt.differing.push(key.clone());
        if replace {
            let sql = format!(
                "INSERT INTO {} (programme, key, body) VALUES ($1, $2, $3::text::json) \
                 ON CONFLICT (programme, key) DO UPDATE SET body = excluded.body",
                V::TABLE
            );
            transaction.execute(&sql, &[&programme, key, &body]).await.map_err(Fault::doing(doing))?;
        }
    }
    // What is left of the live rows stands for nothing in the log.
    for key in live.into_keys() {
        if replace {
            let sql = format!("DELETE FROM {} WHERE programme = $1 AND key = $2", V::TABLE);
            transaction.execute(&sql, &[&programme, &key]).await.map_err(Fault::doing(doing))?;
        }
        rebuilt.differing.push(key);
    }
    Ok(rebuilt)
}
