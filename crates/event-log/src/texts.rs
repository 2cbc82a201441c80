//! The texts beside the log, all of them in turn, and where the log speaks of them.

use crate::database::Fault;
use crate::reading::Log;
use est::TextRef;
use futures_util::TryStreamExt;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::pin::pin;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

impl Log {
    /// How many texts of a programme are kept.
    pub async fn text_count(&self, programme: Uuid) -> Result<i64, Fault> {
        let doing = "counting texts";
        let client = self.database().connection().await?;
        let sql = "SELECT count(*) FROM text WHERE programme = $1";
        let row = client.query_one(sql, &[&programme]).await.map_err(Fault::doing(doing))?;
        row.try_get(0).map_err(Fault::doing(doing))
    }

    /// The texts after an id, in the order of their ids; fewer than `limit` only at the end.
    pub async fn texts_after(
        &self,
        programme: Uuid,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<(Uuid, String)>, Fault> {
        const SQL: &str = "SELECT text_id, body FROM text WHERE programme = $1 AND text_id > $2 \
            ORDER BY text_id LIMIT $3";
        let doing = "reading texts in turn";
        let client = self.database().connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        let rows = client.query(&statement, &[&programme, &after, &limit]).await;
        let text = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        let rows = rows.map_err(Fault::doing(doing))?;
        rows.iter().map(text).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
    }

    /// Where the log first refers to some texts: the stream and the reference. What no event refers to is left out.
    pub async fn references(
        &self,
        programme: Uuid,
        wanted: &HashSet<Uuid>,
    ) -> Result<HashMap<Uuid, (String, TextRef)>, Fault> {
        const NOTED: &str = "SELECT stream, data::text FROM event WHERE programme = $1 AND position IN \
            (SELECT position FROM text WHERE programme = $1 AND text_id = ANY($2)) ORDER BY position";
        // An older version of the service did not note where its texts stand: one walk along the whole log.
        const ALL: &str = "SELECT stream, data::text FROM event WHERE programme = $1 \
            AND data::text LIKE '%\"textId\"%' AND cardinality($2::uuid[]) > 0 ORDER BY position";
        let mut found = HashMap::new();
        for sql in [NOTED, ALL] {
            let left: HashSet<Uuid> = wanted.iter().filter(|id| !found.contains_key(*id)).copied().collect();
            if !left.is_empty() {
                self.refer(sql, programme, &left, &mut found).await?;
            }
        }
        Ok(found)
    }

    async fn refer(
        &self,
        sql: &str,
        programme: Uuid,
        wanted: &HashSet<Uuid>,
        found: &mut HashMap<Uuid, (String, TextRef)>,
    ) -> Result<(), Fault> {
        let doing = "finding where texts stand";
        let ids: Vec<Uuid> = wanted.iter().copied().collect();
        let client = self.database().connection().await?;
        let asked: [&(dyn ToSql + Sync); 2] = [&programme, &ids];
        let rows = client.query_raw(sql, asked).await.map_err(Fault::doing(doing))?;
        let mut rows = pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(Fault::doing(doing))? {
            let data: &str = row.try_get(1).map_err(Fault::doing(doing))?;
            // Most events speak of none of them: they are not read as JSON.
            if spoken_of(data).any(|id| wanted.contains(&id)) {
                let stream: &str = row.try_get(0).map_err(Fault::doing(doing))?;
                let value = serde_json::from_str(data).map_err(Fault::doing(doing))?;
                gather(&value, stream, wanted, found);
            }
        }
        Ok(())
    }
}

/// The text ids of an event's bytes.
pub(crate) fn spoken_of(data: &str) -> impl Iterator<Item = Uuid> {
    data.split("\"textId\":\"").skip(1).filter_map(|rest| Uuid::parse_str(rest.get(..36)?).ok())
}

fn gather(value: &Value, stream: &str, wanted: &HashSet<Uuid>, found: &mut HashMap<Uuid, (String, TextRef)>) {
    match value {
        Value::Object(members) => {
            if members.contains_key("textId")
                && let Ok(text) = serde_json::from_value::<TextRef>(value.clone())
                && wanted.contains(&text.text_id)
            {
                found.entry(text.text_id).or_insert_with(|| (stream.to_owned(), text));
            }
            members.values().for_each(|member| gather(member, stream, wanted, found));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, stream, wanted, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
