//! A statement of several parts, each of which writes a list of rows: all are written in one round trip, or none is.

use deadpool_postgres::GenericClient;
use std::error::Error;
use std::fmt::Write;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// A table to insert into: its columns with their types, and what becomes of a row that is there already.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, &'static str)],
    pub(crate) conflict: &'static str,
}

/// One column of a list of rows, sent as one array.
pub(crate) type Column<'a> = Box<dyn ToSql + Sync + Send + 'a>;

pub(crate) fn column<'a, T, V: ToSql + Sync + Send + 'a>(
    rows: &'a [T],
    of: impl Fn(&'a T) -> V,
) -> Column<'a> {
    Box::new(Unsaid(rows.iter().map(of).collect::<Vec<V>>()))
}

/// A parameter that is not printed: the driver logs what it sends, when it is asked to, and that holds texts.
pub(crate) struct Unsaid<T>(pub(crate) T);

impl<T> std::fmt::Debug for Unsaid<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl<T: ToSql> ToSql for Unsaid<T> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        T::accepts(kind)
    }

    to_sql_checked!();
}

/// JSON that is written already; PostgreSQL checks that it is.
#[derive(Debug)]
pub(crate) struct Written<'a>(pub(crate) &'a str);

impl ToSql for Written<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.as_bytes().to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::JSON
    }

    to_sql_checked!();
}

/// A programme whose log goes on from one position to another; from 0 it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Advance {
    pub(crate) programme: Uuid,
    pub(crate) before: i64,
    pub(crate) after: i64,
}

#[derive(Default)]
pub(crate) struct Statement<'a> {
    parts: Vec<String>,
    /// The part that locks the heads. The last part waits for it, so that whoever writes takes heads before events.
    heads: Option<usize>,
    parameters: Vec<Column<'a>>,
}

impl<'a> Statement<'a> {
    /// Inserts rows, given as the columns of the table in their order.
    pub(crate) fn insert<const N: usize>(&mut self, table: &Table, rows: [Column<'a>; N]) {
        let (mut names, mut arrays) = (String::new(), String::new());
        for (number, (name, kind)) in table.columns.iter().enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            let parameter = self.parameters.len() + number + 1;
            // Writing to a string cannot fail.
            let _ = write!(names, "{comma}{name}");
            let _ = write!(arrays, "{comma}${parameter}::{kind}[]");
        }
        let Table { name, conflict, .. } = table;
        self.parts.push(format!("INSERT INTO {name} ({names}) SELECT * FROM unnest({arrays}){conflict}"));
        self.parameters.extend(rows);
    }

    /// Moves heads on from where they were seen. One that stands elsewhere would be left without a position, which its
    /// column refuses, and with it the whole statement.
    pub(crate) fn advance(&mut self, heads: &'a [Advance]) {
        let first = self.parameters.len() + 1;
        let (second, third) = (first + 1, first + 2);
        self.heads = Some(self.parts.len());
        self.parts.push(format!(
            "UPDATE head SET position = CASE head.position WHEN r.before THEN r.after END \
             FROM unnest(${first}::uuid[], ${second}::bigint[], ${third}::bigint[]) AS r(programme, before, after) \
             WHERE head.programme = r.programme RETURNING 1"
        ));
        self.parameters.push(column(heads, |head| head.programme));
        self.parameters.push(column(heads, |head| head.before));
        self.parameters.push(column(heads, |head| head.after));
    }

    /// Adds a part that is written out; its parameters are called `$A`, `$B` and so on.
    pub(crate) fn add(&mut self, sql: &str, parameters: impl IntoIterator<Item = Column<'a>>) {
        let mut part = sql.to_owned();
        for (letter, parameter) in ('A'..).zip(parameters) {
            self.parameters.push(parameter);
            part = part.replace(&format!("${letter}"), &format!("${}", self.parameters.len()));
        }
        self.parts.push(part);
    }

    /// Writes all parts; tells how many rows the last one wrote.
    pub(crate) async fn execute(self, client: &impl GenericClient) -> Result<u64, tokio_postgres::Error> {
        let Some((last, others)) = self.parts.split_last() else { return Ok(0) };
        let mut sql = String::new();
        for (number, part) in others.iter().enumerate() {
            let with = if number == 0 { "WITH" } else { "," };
            let _ = write!(sql, "{with} p{number} AS ({part}) ");
        }
        sql.push_str(last);
        if let Some(heads) = self.heads {
            let _ = write!(sql, " WHERE (SELECT count(*) FROM p{heads}) > 0");
        }
        let parameters: Vec<&(dyn ToSql + Sync)> =
            self.parameters.iter().map(|column| -> &(dyn ToSql + Sync) { column.as_ref() }).collect();
        let statement = client.prepare_cached(&sql).await?;
        client.execute(&statement, &parameters).await
    }
}
