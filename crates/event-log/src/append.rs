//! An append: heads, events, texts, keys and views are written by one statement.

use crate::answers::{Answer, Place};
use crate::database::Fault;
use crate::decided::{Decided, Kept};
use crate::erasing;
use crate::followers::Rows;
use crate::leaf::{Entry, leaf};
use crate::statement::{Statement, Table, Written, column};
use crate::writer::Submission;
use deadpool_postgres::GenericClient;
use est::event::Happened;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// An event as it is stored.
pub(crate) struct Appended {
    pub(crate) programme: Uuid,
    pub(crate) position: i64,
    stream: String,
    version: i32,
    event_id: Uuid,
    kind: String,
    pub(crate) data: String,
    meta: String,
    recorded_at: Timestamp,
    leaf: [u8; 32],
}

/// Who asked, and the trace of the request.
#[derive(Serialize)]
struct Meta<'a> {
    actor: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<&'a str>,
}

impl Appended {
    pub(crate) fn new(happened: &Happened, event_id: Uuid, submission: &Submission) -> Result<Self, Fault> {
        let data = happened.event.bytes().map_err(Fault::doing("writing an event's bytes"))?;
        let data = String::from_utf8(data).map_err(Fault::doing("writing an event's bytes"))?;
        let kind = est::event::name(happened.event.kind(), data.as_bytes());
        let meta = Meta { actor: submission.decision.actor(), trace: submission.trace.as_deref() };
        let meta = serde_json::to_string(&meta).map_err(Fault::doing("writing an event's metadata"))?;
        let entry = Entry {
            programme: happened.programme,
            position: happened.position,
            stream: &happened.stream,
            version: happened.version,
            event_id,
            kind: &kind,
            recorded_at: happened.recorded_at,
            meta: &meta,
            data: &data,
        };
        let leaf = leaf(&entry);
        Ok(Self {
            programme: happened.programme,
            position: happened.position,
            stream: happened.stream.clone(),
            version: happened.version,
            recorded_at: happened.recorded_at,
            event_id,
            kind,
            data,
            meta,
            leaf,
        })
    }
}

const HEAD: Table =
    Table { name: "head", columns: &[("programme", "uuid"), ("position", "bigint")], conflict: "" };

const EVENT: Table = Table {
    name: "event",
    columns: &[
        ("programme", "uuid"),
        ("position", "bigint"),
        ("stream", "text"),
        ("version", "integer"),
        ("event_id", "uuid"),
        ("type", "text"),
        ("data", "json"),
        ("meta", "json"),
        ("recorded_at", "timestamptz"),
        ("leaf", "bytea"),
    ],
    conflict: "",
};

const TEXT: Table = Table {
    name: "text",
    columns: &[
        ("programme", "uuid"),
        ("text_id", "uuid"),
        ("salt", "bytea"),
        ("body", "text"),
        ("position", "bigint"),
    ],
    conflict: "",
};

const IDEMPOTENCY: Table = Table {
    name: "idempotency",
    columns: &[
        ("programme", "uuid"),
        ("caller", "text"),
        ("key", "text"),
        ("salt", "bytea"),
        ("digest", "bytea"),
        ("position", "bigint"),
        ("version", "integer"),
        ("events", "integer"),
        ("location", "text"),
        ("recorded_at", "timestamptz"),
    ],
    conflict: "",
};

/// Records what a batch has decided, with the rows of the views that follow it.
pub(crate) async fn record(
    client: &impl GenericClient,
    decided: &Decided,
    views: &[Rows],
) -> Result<(), tokio_postgres::Error> {
    let (moved, begun): (Vec<_>, Vec<_>) = decided.advances().into_iter().partition(|head| head.before > 0);
    let answers = decided.answers();
    // In the programmes' order, so that two processes that come to the same positions never wait for each other.
    let mut events: Vec<&Appended> = decided.appended.iter().collect();
    events.sort_by_key(|event| event.programme);
    let mut statement = Statement::default();
    if !begun.is_empty() {
        statement.insert(&HEAD, [column(&begun, |head| head.programme), column(&begun, |head| head.after)]);
    }
    if !moved.is_empty() {
        statement.advance(&moved);
    }
    keep_texts(&mut statement, &decided.texts);
    erasing::take_away(&mut statement, &decided.erased);
    keep_answers(&mut statement, &answers);
    for rows in views {
        rows.put_by(&mut statement);
    }
    append(&mut statement, &events);
    statement.execute(client).await.map(drop)
}

fn keep_texts<'a>(statement: &mut Statement<'a>, texts: &'a [Kept]) {
    if texts.is_empty() {
        return;
    }
    let columns = [
        column(texts, |kept| kept.programme),
        column(texts, |kept| kept.text.id()),
        column(texts, |kept| kept.text.salt().as_slice()),
        column(texts, |kept| kept.text.body()),
        column(texts, |kept| kept.position),
    ];
    statement.insert(&TEXT, columns);
}

fn keep_answers<'a>(statement: &mut Statement<'a>, answers: &'a [(&'a Place, &'a Answer)]) {
    if answers.is_empty() {
        return;
    }
    let columns = [
        column(answers, |(place, _)| place.0),
        column(answers, |(place, _)| place.1.as_ref()),
        column(answers, |(place, _)| place.2.as_ref()),
        column(answers, |(_, answer)| answer.salt.as_slice()),
        column(answers, |(_, answer)| answer.digest.as_slice()),
        column(answers, |(_, answer)| answer.receipt.position),
        column(answers, |(_, answer)| answer.receipt.version),
        column(answers, |(_, answer)| answer.receipt.events),
        column(answers, |(_, answer)| answer.receipt.location.as_str()),
        column(answers, |(_, answer)| answer.given),
    ];
    statement.insert(&IDEMPOTENCY, columns);
}

fn append<'a>(statement: &mut Statement<'a>, events: &'a [&'a Appended]) {
    let columns = [
        column(events, |event| event.programme),
        column(events, |event| event.position),
        column(events, |event| event.stream.as_str()),
        column(events, |event| event.version),
        column(events, |event| event.event_id),
        column(events, |event| event.kind.as_str()),
        column(events, |event| Written(&event.data)),
        column(events, |event| Written(&event.meta)),
        column(events, |event| event.recorded_at),
        column(events, |event| event.leaf.as_slice()),
    ];
    statement.insert(&EVENT, columns);
}
