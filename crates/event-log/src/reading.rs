//! Reading the log: streams, ranges, following from a position, and the texts beside it.

use crate::database::{Database, Fault};
use crate::erasing;
use crate::loaded::{self, columns};
use crate::statement::Unsaid;
use est::event::Happened;
use std::collections::HashMap;
use std::ops::Range;
use uuid::Uuid;

/// The log as it is read.
#[derive(Clone)]
pub struct Log {
    database: Database,
}

impl Log {
    pub fn new(database: &Database) -> Self {
        Self { database: database.clone() }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// The events of one stream, or of a family of streams when the name ends in `/`.
    pub async fn stream(&self, programme: Uuid, name: &str) -> Result<Vec<Happened>, Fault> {
        let client = self.database.connection().await?;
        Ok(loaded::streams(&client, vec![(programme, name.to_owned())]).await?.events)
    }

    /// The events of several streams, or families of streams, by stream and version.
    pub async fn streams(&self, programme: Uuid, names: Vec<String>) -> Result<Vec<Happened>, Fault> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.database.connection().await?;
        let wanted = names.into_iter().map(|name| (programme, name)).collect();
        let mut events = loaded::streams(&client, wanted).await?.events;
        events.sort_by(|one, other| (&one.stream, one.version).cmp(&(&other.stream, other.version)));
        Ok(events)
    }

    /// The head of the log, and those of its streams in a range of names that have changed after a position.
    pub async fn changed(
        &self,
        programme: Uuid,
        names: Range<&str>,
        after: i64,
    ) -> Result<(i64, Vec<String>), Fault> {
        const SQL: &str = "SELECT h.position, ARRAY(SELECT DISTINCT e.stream FROM event e WHERE e.programme = $1 \
            AND e.position > $2 AND e.stream >= $3 AND e.stream < $4) FROM head h WHERE h.programme = $1";
        let doing = "asking the log what has changed";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        let row = client.query_opt(&statement, &[&programme, &after, &names.start, &names.end]).await;
        let Some(row) = row.map_err(Fault::doing(doing))? else { return Ok((0, Vec::new())) };
        let head = row.try_get(0).map_err(Fault::doing(doing))?;
        Ok((head, row.try_get(1).map_err(Fault::doing(doing))?))
    }

    /// The events after a position, in order; fewer than `limit` only at the end of the log.
    pub async fn after(&self, programme: Uuid, position: i64, limit: i64) -> Result<Vec<Happened>, Fault> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM event e WHERE e.programme = $1 AND e.position > $2 ",
            "ORDER BY e.position LIMIT $3"
        );
        let doing = "reading the log";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        let rows = client.query(&statement, &[&programme, &position, &limit]).await;
        rows.map_err(Fault::doing(doing))?.iter().map(loaded::happened).collect()
    }

    /// Each programme with the last position of its log.
    pub async fn heads(&self) -> Result<Vec<(Uuid, i64)>, Fault> {
        let doing = "reading the heads of the logs";
        let client = self.database.connection().await?;
        let sql = "SELECT programme, position FROM head ORDER BY programme";
        let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
        let rows = client.query(&statement, &[]).await.map_err(Fault::doing(doing))?;
        let head = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(head).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
    }

    /// The bodies of the texts that are kept; an erased text is absent.
    pub async fn texts(&self, programme: Uuid, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Fault> {
        const SQL: &str = "SELECT text_id, body FROM text WHERE programme = $1 AND text_id = ANY($2)";
        let doing = "reading texts";
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        let rows = client.query(&statement, &[&programme, &ids]).await.map_err(Fault::doing(doing))?;
        let text = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(text).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
    }

    /// Where a text stands: the stream and the position of the event that brought it, while the text is kept.
    pub async fn place(&self, programme: Uuid, text: Uuid) -> Result<Option<(String, i64)>, Fault> {
        erasing::place(&self.database.connection().await?, programme, text).await
    }

    /// The texts that hold any of the words, but for one; with the streams of the events that brought them.
    pub async fn texts_with(
        &self,
        programme: Uuid,
        words: &[String],
        but: Uuid,
    ) -> Result<Vec<(Uuid, Option<String>)>, Fault> {
        const SQL: &str = "SELECT t.text_id, e.stream FROM text t LEFT JOIN event e \
            ON e.programme = t.programme AND e.position = t.position WHERE t.programme = $1 AND t.text_id <> $3 \
            AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS said(words) WHERE strpos(t.body, said.words) > 0) \
            ORDER BY t.position, t.text_id";
        let doing = "looking for words in the texts";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        let rows = client
            .query(&statement, &[&programme, &Unsaid(words), &but])
            .await
            .map_err(Fault::doing(doing))?;
        let text = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(text).collect::<Result<_, tokio_postgres::Error>>().map_err(Fault::doing(doing))
    }

    /// How far a duty has come in a programme, by a number of its own that grows.
    pub async fn checkpoint(&self, programme: Uuid, duty: &str) -> Result<i64, Fault> {
        let doing = "reading a checkpoint";
        let client = self.database.connection().await?;
        let sql = "SELECT position FROM checkpoint WHERE programme = $1 AND duty = $2";
        let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
        let row = client.query_opt(&statement, &[&programme, &duty]).await.map_err(Fault::doing(doing))?;
        row.map_or(Ok(0), |row| row.try_get(0)).map_err(Fault::doing(doing))
    }

    /// Notes how far a duty has come.
    pub async fn check_in(&self, programme: Uuid, duty: &str, position: i64) -> Result<(), Fault> {
        const SQL: &str = "INSERT INTO checkpoint (programme, duty, position) VALUES ($1, $2, $3) \
            ON CONFLICT (programme, duty) DO UPDATE SET position = excluded.position";
        let doing = "noting a checkpoint";
        let client = self.database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        client.execute(&statement, &[&programme, &duty, &position]).await.map_err(Fault::doing(doing))?;
        Ok(())
    }
}
