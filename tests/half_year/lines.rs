//! The log as it can be compared with another's: ids by the order in which they first appear, texts by what they say.

use crate::play::Play;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// All that a position says: stream and event, by which function, when, and the body.
pub(crate) type Line = String;

const EVENTS: &str = "SELECT json_build_object('stream', stream, 'version', version, 'type', type, 'data', data, \
    'actor', meta ->> 'actor', 'at', recorded_at) FROM event ORDER BY position";
const TEXTS: &str = "SELECT json_build_object('id', text_id, 'body', body) FROM text";

/// The log of a half-year from the activation on.
pub(crate) fn of(play: &Play) -> Vec<Line> {
    let rows = |sql: &str| -> Vec<Value> {
        play.world.sql(sql).unwrap().iter().map(|row| serde_json::from_str(row).unwrap()).collect()
    };
    let texts = rows(TEXTS).into_iter().map(|row| (told(&row["id"]), told(&row["body"]))).collect();
    let everyone = play.cast.everyone();
    let function = |subject: &str| {
        let own = everyone.iter().find(|(its, ..)| its == subject);
        own.map_or_else(|| subject.to_owned(), |(_, kind, organisation)| format!("{kind} {organisation}"))
    };
    let mut events: Vec<Value> = rows(EVENTS);
    in_one_order(&mut events);
    let mut names = Names { texts, known: BTreeMap::new() };
    let lines = events.iter().map(|event| {
        let (stream, data) = (names.renamed(&told(&event["stream"])), names.read(&event["data"]));
        let who = function(&told(&event["actor"]));
        format!("{} {stream} {} by {who}: {data}", told(&event["at"]), told(&event["type"]))
    });
    lines.skip(usize::try_from(play.activated).unwrap()).collect()
}

fn told(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Reports that come at the same moment, and sections of a draft that are written at the same moment, are recorded in
/// an order that no seed rules and that means nothing. They are compared in the order of their units, which both
/// half-years have in common, and of their sections. Nothing else is moved: of all other acts that meet, one alone is
/// recorded.
fn in_one_order(events: &mut [Value]) {
    let part = |event: &Value| match told(&event["type"]).as_str() {
        "picture.section-edited" => Some(("section", told(&event["data"]["section-edited"]["section"]))),
        kind if kind.starts_with("report.") => Some(("report", told(&event["stream"]))),
        _ => None,
    };
    let kind = |event: &Value| part(event).map(|part| part.0);
    let meet =
        |one: &Value, next: &Value| kind(one).is_some() && kind(one) == kind(next) && one["at"] == next["at"];
    for met in events.chunk_by_mut(meet) {
        met.sort_by_key(|event| (part(event), event["version"].as_i64()));
    }
}

/// The names that ids are given.
struct Names {
    texts: BTreeMap<String, String>,
    known: BTreeMap<Uuid, usize>,
}

impl Names {
    fn named(&mut self, id: Uuid) -> String {
        let next = self.known.len();
        format!("#{}", self.known.entry(id).or_insert(next))
    }

    /// The ids of a stream's name.
    fn renamed(&mut self, stream: &str) -> String {
        let parts =
            stream.split('/').map(|part| part.parse().map_or_else(|_| part.to_owned(), |id| self.named(id)));
        parts.collect::<Vec<_>>().join("/")
    }

    /// A body: a text is what it says, its salted commitment says nothing.
    fn read(&mut self, body: &Value) -> Value {
        match body {
            Value::String(said) => said.parse().map_or_else(|_| body.clone(), |id| json!(self.named(id))),
            Value::Array(all) => all.iter().map(|its| self.read(its)).collect(),
            Value::Object(members) => match members.get("textId").and_then(Value::as_str) {
                Some(text) => json!({ "said": self.texts.get(text) }),
                None => {
                    members.iter().map(|(name, its)| self.member(name, its)).collect::<Map<_, _>>().into()
                }
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
        }
    }

    /// Problems that are dropped stand in the order of their ids, which is chance: they are a set.
    fn member(&mut self, name: &str, its: &Value) -> (String, Value) {
        let mut read = self.read(its);
        if let ("dropped", Some(all)) = (name, read.as_array_mut()) {
            all.sort_by_key(Value::to_string);
        }
        (name.to_owned(), read)
    }
}
