//! What the log may know of a fault: the chain of its sources, without the values that a database quotes.

use deadpool_postgres::PoolError;
use deadpool_postgres::tokio_postgres::Error as DatabaseError;
use deadpool_postgres::tokio_postgres::error::{DbError, SqlState};
use std::error::Error;
use std::{io, iter};

/// The chain in one line. PostgreSQL's DETAIL and HINT quote the row, and serde the value, which may be text
/// of a report: they are left out.
pub(super) fn chain(fault: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    for error in links(fault) {
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&link(error));
    }
    line
}

fn link(error: &(dyn Error + 'static)) -> String {
    if let Some(told) = error.downcast_ref::<DbError>() {
        let constraint = told.constraint().unwrap_or("none");
        format!("{} {} (constraint {constraint})", told.code().code(), told.message())
    } else if let Some(unread) = error.downcast_ref::<serde_json::Error>() {
        format!("JSON {:?} at {}:{}", unread.classify(), unread.line(), unread.column())
    } else {
        error.to_string()
    }
}

/// The database is out of reach or going down, rather than asked something wrong: it is worth trying again.
pub(super) fn is_outage(fault: &(dyn Error + 'static)) -> bool {
    links(fault).any(|error| {
        error.is::<PoolError>()
            || error.is::<io::Error>()
            || error.downcast_ref::<DatabaseError>().is_some_and(DatabaseError::is_closed)
            || error.downcast_ref::<DbError>().is_some_and(|told| is_going_down(told.code()))
    })
}

/// Classes 08 (connection), 53 (out of resources) and 57P (shut down by its operator).
fn is_going_down(state: &SqlState) -> bool {
    ["08", "53", "57P"].iter().any(|class| state.code().starts_with(class))
}

fn links<'a>(fault: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(fault), |error| (*error).source())
}
