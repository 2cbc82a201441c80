//! What the log may know of a fault: the chain of its sources, without the values that a database quotes.

use deadpool_postgres::PoolError;
use deadpool_postgres::tokio_postgres::Error as DatabaseError;
use deadpool_postgres::tokio_postgres::error::{DbError, SqlState};
use std::error::Error;
use std::fmt::Write;
use std::{io, iter};

/// The chain in one line. PostgreSQL's DETAIL and HINT quote the row, which may be text of a report: they are left out.
pub(super) fn chain(fault: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    for error in links(fault) {
        if !line.is_empty() {
            line.push_str(": ");
        }
        // Writing to a string cannot fail.
        let _ = match error.downcast_ref::<DbError>() {
            Some(told) => write!(
                line,
                "{} {} (constraint {})",
                told.code().code(),
                told.message(),
                told.constraint().unwrap_or("none")
            ),
            None => write!(line, "{error}"),
        };
    }
    line
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
    let mut next = Some(fault);
    iter::from_fn(move || {
        let link = next?;
        next = link.source();
        Some(link)
    })
}
