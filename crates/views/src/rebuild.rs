//! A rebuild: the views made anew from the log beside the live ones, compared, and put in their place.

use crate::follow::{Folded, View, fold};
use crate::{
    addenda, analyses, compilations, interventions, pictures, priorities, problems, rescreening, warnings,
};
use deadpool_postgres::Transaction;
use est::event::Happened;
use event_log::{Database, Fault, Keys, Log, Rows};
use futures_util::TryStreamExt;
use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use tokio_postgres::RowStream;
use uuid::Uuid;

/// How many events are read at a time.
const PAGE_LENGTH: i64 = 5_000;
/// How many rows are written at a time.
const WRITE_LENGTH: usize = 5_000;
/// What a fault here is told as.
const DOING: &str = "rebuilding the views";

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
    problems: Folded<problems::Problems>,
    priorities: Folded<priorities::Priorities>,
    analyses: Folded<analyses::Analyses>,
    interventions: Folded<interventions::Interventions>,
    pictures: Folded<pictures::Pictures>,
    compilations: Folded<compilations::Compilations>,
    addenda: Folded<addenda::Addenda>,
    warnings: Folded<warnings::Warnings>,
    rescreening: Folded<rescreening::Rescreening>,
}

impl All {
    fn fold(&mut self, events: &[Happened]) {
        fold::<problems::Problems>(&mut self.problems, events);
        fold::<priorities::Priorities>(&mut self.priorities, events);
        fold::<analyses::Analyses>(&mut self.analyses, events);
        fold::<interventions::Interventions>(&mut self.interventions, events);
        fold::<pictures::Pictures>(&mut self.pictures, events);
        fold::<compilations::Compilations>(&mut self.compilations, events);
        fold::<addenda::Addenda>(&mut self.addenda, events);
        fold::<warnings::Warnings>(&mut self.warnings, events);
        fold::<rescreening::Rescreening>(&mut self.rescreening, events);
    }
}

/// Rebuilds all views of a programme. With `replace` the rebuilt rows are put in the place of those that differ;
/// without it they are only compared. Writing waits only for the last stretch, under the programme's head.
pub async fn rebuild(
    database: &Database,
    programme: Uuid,
    replace: bool,
    mut progress: impl FnMut(i64) + Send,
) -> Result<Vec<Rebuilt>, Fault> {
    let log = Log::new(database);
    let (mut all, position) = folded(&log, programme, &mut progress).await?;
    let mut client = database.connection().await?;
    let transaction = client.transaction().await.map_err(Fault::doing(DOING))?;
    let lock = "SELECT position FROM head WHERE programme = $1 FOR UPDATE";
    transaction.query(lock, &[&programme]).await.map_err(Fault::doing(DOING))?;
    all.fold(&log.after(programme, position, i64::MAX).await?);
    let rebuilt = vec![
        settle::<problems::Problems>(&transaction, programme, &all.problems, replace).await?,
        settle::<priorities::Priorities>(&transaction, programme, &all.priorities, replace).await?,
        settle::<analyses::Analyses>(&transaction, programme, &all.analyses, replace).await?,
        settle::<interventions::Interventions>(&transaction, programme, &all.interventions, replace).await?,
        settle::<pictures::Pictures>(&transaction, programme, &all.pictures, replace).await?,
        settle::<compilations::Compilations>(&transaction, programme, &all.compilations, replace).await?,
        settle::<addenda::Addenda>(&transaction, programme, &all.addenda, replace).await?,
        settle::<warnings::Warnings>(&transaction, programme, &all.warnings, replace).await?,
        settle::<rescreening::Rescreening>(&transaction, programme, &all.rescreening, replace).await?,
    ];
    transaction.commit().await.map_err(Fault::doing(DOING))?;
    Ok(rebuilt)
}

/// The views as the log makes them, and the position that they have come to.
async fn folded(
    log: &Log,
    programme: Uuid,
    progress: &mut (impl FnMut(i64) + Send),
) -> Result<(All, i64), Fault> {
    let (mut all, mut position) = (All::default(), 0);
    let mut page = log.after(programme, 0, PAGE_LENGTH).await?;
    while let Some(last) = page.last() {
        position = last.position;
        // The next page is on its way while this one is folded.
        let next = tokio::spawn({
            let log = log.clone();
            async move { log.after(programme, position, PAGE_LENGTH).await }
        });
        all.fold(&page);
        progress(position);
        page = next.await.map_err(Fault::doing(DOING))??;
    }
    Ok((all, position))
}

/// Compares the live rows of a view with the rebuilt ones, byte for byte, and puts right what differs.
async fn settle<V: View>(
    transaction: &Transaction<'_>,
    programme: Uuid,
    rows: &Folded<V>,
    replace: bool,
) -> Result<Rebuilt, Fault> {
    let sql = format!("SELECT key, body::text FROM {} WHERE programme = $1 ORDER BY key", V::TABLE);
    let live = transaction.query_raw(&sql, [programme]).await.map_err(Fault::doing(DOING))?;
    let (amiss, superfluous) = compare::<V>(rows, pin!(live)).await?;
    if replace {
        put_right::<V>(transaction, programme, &amiss, &superfluous).await?;
    }
    let differing = amiss.into_keys().chain(superfluous).collect();
    Ok(Rebuilt { table: V::TABLE, rows: rows.len(), differing })
}

/// The rows as they should be where the live ones are absent or other, and the keys of those that should not be. Both
/// sides stand in the order of their keys' bytes, so one walk along them finds every difference.
async fn compare<V: View>(
    rows: &Folded<V>,
    mut live: Pin<&mut RowStream>,
) -> Result<(BTreeMap<String, String>, Vec<String>), Fault> {
    let (mut amiss, mut superfluous) = (BTreeMap::new(), Vec::new());
    let mut told = next_live(&mut live).await?;
    for ((_, key), row) in rows {
        let body = serde_json::to_string(row).map_err(Fault::doing(DOING))?;
        while let Some((key, _)) = told.take_if(|(live, _)| *live < *key) {
            superfluous.push(key);
            told = next_live(&mut live).await?;
        }
        let same = told.take_if(|(live, _)| live == key);
        if same.as_ref().is_none_or(|(_, live)| *live != body) {
            amiss.insert(key.clone(), body);
        }
        if same.is_some() {
            told = next_live(&mut live).await?;
        }
    }
    while let Some((key, _)) = told {
        superfluous.push(key);
        told = next_live(&mut live).await?;
    }
    Ok((amiss, superfluous))
}

async fn next_live(live: &mut Pin<&mut RowStream>) -> Result<Option<(String, String)>, Fault> {
    let Some(row) = live.try_next().await.map_err(Fault::doing(DOING))? else { return Ok(None) };
    let pair = (row.try_get(0).map_err(Fault::doing(DOING))?, row.try_get(1).map_err(Fault::doing(DOING))?);
    Ok(Some(pair))
}

async fn put_right<V: View>(
    transaction: &Transaction<'_>,
    programme: Uuid,
    amiss: &BTreeMap<String, String>,
    superfluous: &[String],
) -> Result<(), Fault> {
    let amiss: Vec<(&String, &String)> = amiss.iter().collect();
    for chunk in amiss.chunks(WRITE_LENGTH) {
        let (keys, bodies): (Vec<String>, Vec<String>) =
            chunk.iter().map(|(key, body)| ((*key).clone(), (*body).clone())).unzip();
        let keys = Keys { table: V::TABLE, programmes: vec![programme; keys.len()], keys };
        let rows = Rows { keys, bodies };
        rows.put(transaction).await?;
    }
    let sql = format!("DELETE FROM {} WHERE programme = $1 AND key = ANY($2)", V::TABLE);
    transaction.execute(&sql, &[&programme, &superfluous]).await.map_err(Fault::doing(DOING))?;
    Ok(())
}
