//! Reading rows: by their key or by its beginning, only with a grant, with the free text joined.

use crate::follow::View;
use crate::kept::Kept;
use crate::texts::{self, Sight};
use est::Grant;
use event_log::{Database, Fault, Log};
use serde::Serialize;
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;
use tokio_postgres::types::ToSql;

/// Reads views. Every query takes a grant, which carries the programme.
#[derive(Clone)]
pub struct Reader {
    database: Database,
    log: Log,
    pub(crate) kept: Arc<Kept>,
}

/// What a fault of serialisation is told as.
const WRITING: &str = "writing a row";

/// A row with its texts, ready to be answered.
#[derive(Clone, Debug)]
pub struct Readable(pub Value);

impl Reader {
    pub fn new(database: &Database) -> Self {
        Self { database: database.clone(), log: Log::new(database), kept: Arc::new(Kept::nothing()) }
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) async fn one<V: View>(&self, grant: &Grant, key: &str) -> Result<Option<V::Row>, Fault> {
        let sql = format!("SELECT body::text FROM {} WHERE programme = $1 AND key = $2", V::TABLE);
        let doing = "reading a view";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(&sql).await.map_err(Fault::doing(doing))?;
        let row =
            client.query_opt(&statement, &[&grant.programme.0, &key]).await.map_err(Fault::doing(doing))?;
        row.map(|row| read::<V>(&row, 0)).transpose()
    }

    /// The rows of some keys.
    pub(crate) async fn several<V: View>(
        &self,
        grant: &Grant,
        keys: &[String],
    ) -> Result<Vec<(String, V::Row)>, Fault> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT key, body::text FROM {} WHERE programme = $1 AND key = ANY($2)", V::TABLE);
        self.rows::<V>(&sql, &[&grant.programme.0, &keys]).await
    }

    /// The rows whose keys lie in a range, by key.
    pub(crate) async fn many<V: View>(
        &self,
        grant: &Grant,
        keys: Range<&str>,
    ) -> Result<Vec<(String, V::Row)>, Fault> {
        let sql = format!(
            "SELECT key, body::text FROM {} WHERE programme = $1 AND key >= $2 AND key < $3 ORDER BY key",
            V::TABLE
        );
        self.rows::<V>(&sql, &[&grant.programme.0, &keys.start, &keys.end]).await
    }

    async fn rows<V: View>(
        &self,
        sql: &str,
        wanted: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<(String, V::Row)>, Fault> {
        let doing = "reading a view";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
        let rows = client.query(&statement, wanted).await.map_err(Fault::doing(doing))?;
        let pair = |row| {
            Ok((tokio_postgres::Row::try_get(row, 0).map_err(Fault::doing(doing))?, read::<V>(row, 1)?))
        };
        rows.iter().map(pair).collect()
    }

    /// Joins the texts that a row refers to: one query, however many they are.
    pub async fn readable(
        &self,
        grant: &Grant,
        sight: Sight<'_>,
        row: &impl Serialize,
    ) -> Result<Readable, Fault> {
        let mut value = serde_json::to_value(row).map_err(Fault::doing(WRITING))?;
        let mut ids = Vec::new();
        texts::gather(&value, &mut ids);
        let ids: Vec<_> = ids.into_iter().filter_map(|id| sight.standing(id)).collect();
        let bodies = self.log.texts(grant.programme.0, &ids).await?;
        sight.join(&mut value, &bodies)?;
        Ok(Readable(value))
    }

    /// How many times the texts that a row refers to have been erased, struck in, sealed or unsealed. Most programmes
    /// have no such text, and then nothing is looked at.
    pub fn touched(&self, sight: Sight<'_>, row: &impl Serialize) -> Result<i32, Fault> {
        if sight.facts.texts.is_empty() {
            return Ok(0);
        }
        let value = serde_json::to_value(row).map_err(Fault::doing(WRITING))?;
        Ok(sight.touched(&value))
    }
}

fn read<V: View>(row: &tokio_postgres::Row, column: usize) -> Result<V::Row, Fault> {
    let doing = "reading a row of a view";
    let body: &str = row.try_get(column).map_err(Fault::doing(doing))?;
    serde_json::from_str(body).map_err(Fault::doing(doing))
}

/// The keys that begin with a prefix ending in `/`: up to, but not with, the next character.
pub(crate) fn under(prefix: &str) -> (String, String) {
    (format!("{prefix}/"), format!("{prefix}0"))
}
