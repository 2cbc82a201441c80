//! Events as they are loaded: rows of the table read back to what happened.

use crate::database::Fault;
use deadpool_postgres::GenericClient;
use est::Event;
use est::event::Happened;
use jiff::Timestamp;
use std::collections::HashMap;
use tokio_postgres::Row;
use uuid::Uuid;

/// The columns that `happened` reads, in its order.
macro_rules! columns {
    () => {
        "e.programme, e.position, e.stream, e.version, e.recorded_at, e.data::text"
    };
}
pub(crate) use columns;

/// Reads a row of `columns`.
pub(crate) fn happened(row: &Row) -> Result<Happened, Fault> {
    let doing = "reading a stored event";
    let stream: String = row.try_get(2).map_err(Fault::doing(doing))?;
    let data: &str = row.try_get(5).map_err(Fault::doing(doing))?;
    let kind = stream.split('/').next().unwrap_or_default();
    let event = Event::read(kind, data.as_bytes()).map_err(Fault::doing(doing))?;
    Ok(Happened {
        programme: row.try_get(0).map_err(Fault::doing(doing))?,
        position: row.try_get(1).map_err(Fault::doing(doing))?,
        version: row.try_get(3).map_err(Fault::doing(doing))?,
        recorded_at: row.try_get::<_, Timestamp>(4).map_err(Fault::doing(doing))?,
        stream,
        event,
    })
}

/// Streams as they are loaded, with the head that each programme had in the same moment.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) wanted: Vec<(Uuid, String)>,
    pub(crate) heads: HashMap<Uuid, i64>,
    /// By programme and position.
    pub(crate) events: Vec<Happened>,
}

/// The events of streams named exactly, and of families of streams named by a beginning that ends in `/`.
pub(crate) async fn streams(
    client: &impl GenericClient,
    wanted: Vec<(Uuid, String)>,
) -> Result<Loaded, Fault> {
    const STREAMS: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM unnest($1::uuid[], $2::text[]) AS wanted(programme, stream) ",
        "JOIN event e ON e.programme = wanted.programme AND e.stream = wanted.stream COLLATE \"C\" ",
        "UNION ALL SELECT programme, position, NULL, NULL, NULL, NULL FROM head WHERE programme = ANY($1)"
    );
    // The same for streams of one programme, which is what most batches ask for: the index is asked once for all.
    const STREAMS_OF_ONE: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM event e WHERE e.programme = ($1::uuid[])[1] AND e.stream = ANY($2::text[] COLLATE \"C\") ",
        "UNION ALL SELECT programme, position, NULL, NULL, NULL, NULL FROM head WHERE programme = ($1::uuid[])[1]"
    );
    const FAMILIES: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM unnest($1::uuid[], $2::text[]) AS wanted(programme, stream) ",
        "CROSS JOIN LATERAL (SELECT * FROM event WHERE event.programme = wanted.programme ",
        "AND event.stream >= wanted.stream COLLATE \"C\" ",
        "AND event.stream < (wanted.stream || chr(1114111)) COLLATE \"C\") e ",
        "UNION ALL SELECT programme, position, NULL, NULL, NULL, NULL FROM head WHERE programme = ANY($1)"
    );
    let (families, exact): (Vec<_>, Vec<_>) = wanted.iter().partition(|(_, stream)| stream.ends_with('/'));
    let mut loaded = Loaded::default();
    let of_one = exact.windows(2).all(|pair| matches!(pair, [(one, _), (other, _)] if one == other));
    query(client, if of_one { STREAMS_OF_ONE } else { STREAMS }, &exact, &mut loaded).await?;
    query(client, FAMILIES, &families, &mut loaded).await?;
    loaded.events.sort_by_key(|happened| (happened.programme, happened.position));
    loaded.events.dedup_by_key(|happened| (happened.programme, happened.position));
    loaded.wanted = wanted;
    Ok(loaded)
}

async fn query(
    client: &impl GenericClient,
    sql: &str,
    wanted: &[&(Uuid, String)],
    loaded: &mut Loaded,
) -> Result<(), Fault> {
    let doing = "loading streams";
    if wanted.is_empty() {
        return Ok(());
    }
    let (programmes, names): (Vec<Uuid>, Vec<&str>) =
        wanted.iter().map(|(programme, stream)| (*programme, stream.as_str())).unzip();
    let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
    for row in client.query(&statement, &[&programmes, &names]).await.map_err(Fault::doing(doing))? {
        if row.try_get::<_, Option<&str>>(2).map_err(Fault::doing(doing))?.is_some() {
            loaded.events.push(happened(&row)?);
        } else {
            // The first query's head is the one that all the rest is at least as new as.
            let programme = row.try_get(0).map_err(Fault::doing(doing))?;
            loaded.heads.entry(programme).or_insert(row.try_get(1).map_err(Fault::doing(doing))?);
        }
    }
    Ok(())
}

/// The events of the lasting streams after one position, up to and with another.
pub(crate) async fn lasting(
    client: &impl GenericClient,
    programme: Uuid,
    after: i64,
    until: i64,
) -> Result<Vec<Happened>, Fault> {
    const LASTING: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM unnest($4::text[]) AS lasting(kind) ",
        "CROSS JOIN LATERAL (SELECT * FROM event WHERE event.programme = $1 ",
        "AND event.stream >= (lasting.kind || '/') COLLATE \"C\" ",
        "AND event.stream < (lasting.kind || '0') COLLATE \"C\" ",
        "AND event.position > $2 AND event.position <= $3) e ORDER BY e.position"
    );
    const RECENT: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM event e WHERE e.programme = $1 AND e.position > $2 ",
        "AND e.position <= $3 AND split_part(e.stream, '/', 1) = ANY($4::text[]) ORDER BY e.position"
    );
    let doing = "catching up with the log";
    // From the beginning the streams' index is the shorter way, for a little that is new the positions' is.
    let sql = if until - after > 1_000 { LASTING } else { RECENT };
    let statement = client.prepare_cached(sql).await.map_err(Fault::doing(doing))?;
    let rows = client.query(&statement, &[&programme, &after, &until, &est::facts::KINDS]).await;
    rows.map_err(Fault::doing(doing))?.iter().map(happened).collect()
}
