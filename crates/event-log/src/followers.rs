//! What follows the log in the transaction that records it: views, known here only as rows of tables.

use crate::database::Fault;
use crate::statement::{Statement, Table, Written, column};
use deadpool_postgres::GenericClient;
use est::event::Happened;
use uuid::Uuid;

/// What follows the log. It reads and writes nothing itself: it is handed the rows that stand, and hands back those
/// that shall stand.
pub trait Followers: Send + Sync + 'static {
    /// The rows that the events change and that may be there already; `follow` is handed those that are.
    fn touched(&self, events: &[&Happened]) -> Vec<Keys>;

    /// The rows as they are after the events.
    fn follow(&self, events: &[&Happened], standing: &[Rows]) -> Result<Vec<Rows>, Fault>;
}

/// Keys of rows in a view's table; the lists go side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub table: &'static str,
    pub programmes: Vec<Uuid>,
    pub keys: Vec<String>,
}

/// Rows of a view's table, the bodies beside their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub keys: Keys,
    pub bodies: Vec<String>,
}

impl Keys {
    pub fn of(table: &'static str) -> Self {
        Self { table, programmes: Vec::new(), keys: Vec::new() }
    }

    pub fn push(&mut self, programme: Uuid, key: String) {
        self.programmes.push(programme);
        self.keys.push(key);
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The programmes with their keys.
    pub fn places(&self) -> impl Iterator<Item = (Uuid, String)> {
        self.programmes.iter().copied().zip(self.keys.iter().cloned())
    }

    /// The rows that are there.
    pub(crate) async fn rows(&self, client: &impl GenericClient) -> Result<Rows, Fault> {
        let doing = "reading the rows that a view changes";
        let sql = format!(
            "SELECT v.programme, v.key, v.body::text FROM unnest($1::uuid[], $2::text[]) AS touched(programme, key) \
             CROSS JOIN LATERAL (SELECT * FROM {} v WHERE v.programme = touched.programme \
             AND v.key = touched.key COLLATE \"C\" LIMIT 1) v",
            self.table
        );
        let statement = client.prepare_cached(&sql).await.map_err(Fault::doing(doing))?;
        let found = client.query(&statement, &[&self.programmes, &self.keys]).await;
        let mut rows = Rows { keys: Self::of(self.table), bodies: Vec::new() };
        for row in found.map_err(Fault::doing(doing))? {
            let place = (row.try_get(0), row.try_get(1));
            rows.keys.push(place.0.map_err(Fault::doing(doing))?, place.1.map_err(Fault::doing(doing))?);
            rows.bodies.push(row.try_get(2).map_err(Fault::doing(doing))?);
        }
        Ok(rows)
    }
}

impl Rows {
    /// Puts the rows in the place of those with the same keys.
    pub async fn put(&self, client: &impl GenericClient) -> Result<(), Fault> {
        let mut statement = Statement::default();
        self.put_by(&mut statement);
        statement.execute(client).await.map(drop).map_err(Fault::doing("writing a view"))
    }

    pub(crate) fn put_by<'a>(&'a self, statement: &mut Statement<'a>) {
        let Keys { table, programmes, keys } = &self.keys;
        let table = Table {
            name: table,
            columns: &[("programme", "uuid"), ("key", "text"), ("body", "json")],
            conflict: " ON CONFLICT (programme, key) DO UPDATE SET body = excluded.body",
        };
        let columns = [
            column(programmes, |programme| *programme),
            column(keys, String::as_str),
            column(&self.bodies, |body| Written(body)),
        ];
        statement.insert(&table, columns);
    }
}
