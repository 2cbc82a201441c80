//! Texts that are erased: their rows go with the event that says so, and go again if a backup has brought them back.

use crate::database::{Database, Fault};
use crate::loaded::{self, columns};
use crate::reading::Log;
use crate::statement::{Statement, column};
use deadpool_postgres::GenericClient;
use est::event::{Happened, TAKING, Taken};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many texts are deleted at a time.
const PAGE_LENGTH: usize = 1_000;

/// A text that has been erased: a line of the list that is kept outside the database, for backups from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    pub programme: Uuid,
    pub text: Uuid,
    /// The position of the event that brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<i64>,
}

impl From<Taken> for Erased {
    fn from(taken: Taken) -> Self {
        Self { programme: taken.programme, text: taken.text, brought: taken.brought }
    }
}

/// Body and salt.
const TEXTS: &str = "DELETE FROM text USING unnest($A::uuid[], $B::uuid[]) AS gone(programme, text_id) \
    WHERE text.programme = gone.programme AND text.text_id = gone.text_id";

/// What is kept of the requests that brought the texts: their digests cover the texts. Of a request of several
/// commands all that is kept goes, since every digest covers the whole. After a restore another event may stand at the
/// position, hence the look at its bytes.
const ANSWERS: &str = "DELETE FROM idempotency USING ( \
        SELECT kept.programme, kept.caller, split_part(kept.key, '/', 1) AS request \
        FROM unnest($A::uuid[], $B::uuid[], $C::bigint[]) AS gone(programme, text_id, position) \
        JOIN event ON event.programme = gone.programme AND event.position = gone.position \
            AND strpos(event.data::text, gone.text_id::text) > 0 \
        JOIN idempotency kept ON kept.programme = event.programme AND kept.caller = event.meta ->> 'actor' \
            AND kept.position >= event.position AND kept.position - kept.events < event.position \
    ) AS asked WHERE idempotency.programme = asked.programme AND idempotency.caller = asked.caller \
        AND split_part(idempotency.key, '/', 1) = asked.request";

/// Deletes the texts, and what is kept of the requests that brought them.
pub(crate) fn take_away<'a>(statement: &mut Statement<'a>, erased: &'a [Erased]) {
    if erased.is_empty() {
        return;
    }
    statement.add(TEXTS, [column(erased, |gone| gone.programme), column(erased, |gone| gone.text)]);
    let columns = [
        column(erased, |gone| gone.programme),
        column(erased, |gone| gone.text),
        column(erased, |gone| gone.brought),
    ];
    statement.add(ANSWERS, columns);
}

/// All texts that the logs say have been erased.
pub async fn erased(database: &Database) -> Result<Vec<Erased>, Fault> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM event e WHERE e.programme = $1 AND e.stream >= ($2 || '/') COLLATE \"C\" ",
        "AND e.stream < ($2 || '0') COLLATE \"C\" ORDER BY e.position"
    );
    let doing = "reading what has been erased";
    let mut all = Vec::new();
    for (programme, _) in Log::new(database).heads().await? {
        let client = database.connection().await?;
        let statement = client.prepare_cached(SQL).await.map_err(Fault::doing(doing))?;
        for row in client.query(&statement, &[&programme, &TAKING]).await.map_err(Fault::doing(doing))? {
            all.extend(loaded::happened(&row)?.takes().map(Erased::from));
        }
    }
    Ok(all)
}

/// Deletes again what has been erased, where a restored backup has brought it back; tells how many texts were there.
pub async fn erase_again(database: &Database, erased: &[Erased]) -> Result<u64, Fault> {
    let doing = "erasing again";
    let mut client = database.connection().await?;
    let mut there = 0;
    for page in erased.chunks(PAGE_LENGTH) {
        let transaction = client.transaction().await.map_err(Fault::doing(doing))?;
        for (sql, columns) in [(ANSWERS, 3), (TEXTS, 2)] {
            let mut statement = Statement::default();
            let all = [
                column(page, |gone| gone.programme),
                column(page, |gone| gone.text),
                column(page, |gone| gone.brought),
            ];
            statement.add(sql, all.into_iter().take(columns));
            let deleted = statement.execute(&transaction).await.map_err(Fault::doing(doing))?;
            there += if columns == 2 { deleted } else { 0 };
        }
        transaction.commit().await.map_err(Fault::doing(doing))?;
    }
    Ok(there)
}

/// Whether any of the events takes a text away.
pub(crate) fn takes_any(events: &[&Happened]) -> bool {
    events.iter().any(|happened| happened.takes().is_some())
}

/// Where a text stands: the stream and the position of the event that brought it, if the text is kept.
pub(crate) async fn place(
    client: &impl GenericClient,
    programme: Uuid,
    text: Uuid,
) -> Result<Option<(String, i64)>, Fault> {
    const KNOWN: &str = "SELECT t.position, e.stream FROM text t LEFT JOIN event e \
        ON e.programme = t.programme AND e.position = t.position WHERE t.programme = $1 AND t.text_id = $2";
    const UNKNOWN: &str = "SELECT position, stream FROM event WHERE programme = $1 \
        AND strpos(data::text, $2) > 0 ORDER BY position LIMIT 1";
    let doing = "looking for a text";
    let known = client.prepare_cached(KNOWN).await.map_err(Fault::doing(doing))?;
    let row = client.query_opt(&known, &[&programme, &text]).await.map_err(Fault::doing(doing))?;
    let Some(mut row) = row else { return Ok(None) };
    if row.try_get::<_, Option<i64>>(0).map_err(Fault::doing(doing))?.is_none() {
        let named = format!("\"textId\":\"{text}\"");
        let unknown = client.prepare_cached(UNKNOWN).await.map_err(Fault::doing(doing))?;
        let found = client.query_opt(&unknown, &[&programme, &named]).await.map_err(Fault::doing(doing))?;
        let Some(found) = found else { return Ok(None) };
        row = found;
    }
    let place = (row.try_get(1), row.try_get(0));
    Ok(Some((place.0.map_err(Fault::doing(doing))?, place.1.map_err(Fault::doing(doing))?)))
}
