//! How views follow the log: rows are folded from events by pure functions, live and in a rebuild alike.

use crate::{
    addenda, analyses, compilations, interventions, pictures, priorities, problems, rescreening, warnings,
};
use est::event::Happened;
use event_log::{Fault, Followers, Keys, Rows};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A view with a table of its own.
pub(crate) trait View: Send + Sync {
    /// The kind of streams that the rows are named after.
    const KIND: &'static str;
    const TABLE: &'static str;
    type Row: Default + Serialize + DeserializeOwned + Send;

    /// The keys of the rows that an event changes: its own stream's, unless the view says more.
    fn keys(happened: &Happened) -> Vec<String> {
        let own = (happened.event.kind() == Self::KIND).then(|| happened.key().to_owned());
        own.into_iter().collect()
    }

    /// Folds an event into a row, which is the default one before its first event.
    fn apply(row: &mut Self::Row, key: &str, happened: &Happened);
}

/// All views that have tables, as the log's writer knows them.
pub struct Views;

impl Followers for Views {
    fn touched(&self, events: &[&Happened]) -> Vec<Keys> {
        let touched = [
            touched::<problems::Problems>(events),
            touched::<priorities::Priorities>(events),
            touched::<analyses::Analyses>(events),
            touched::<interventions::Interventions>(events),
            touched::<pictures::Pictures>(events),
            touched::<compilations::Compilations>(events),
            touched::<addenda::Addenda>(events),
            touched::<warnings::Warnings>(events),
            touched::<rescreening::Rescreening>(events),
        ];
        touched.into_iter().filter(|keys| !keys.is_empty()).collect()
    }

    fn follow(&self, events: &[&Happened], standing: &[Rows]) -> Result<Vec<Rows>, Fault> {
        let followed = [
            follow::<problems::Problems>(events, standing)?,
            follow::<priorities::Priorities>(events, standing)?,
            follow::<analyses::Analyses>(events, standing)?,
            follow::<interventions::Interventions>(events, standing)?,
            follow::<pictures::Pictures>(events, standing)?,
            follow::<compilations::Compilations>(events, standing)?,
            follow::<addenda::Addenda>(events, standing)?,
            follow::<warnings::Warnings>(events, standing)?,
            follow::<rescreening::Rescreening>(events, standing)?,
        ];
        Ok(followed.into_iter().filter(|rows| !rows.keys.is_empty()).collect())
    }
}

/// Rows by programme and key.
pub(crate) type Folded<V> = BTreeMap<(Uuid, String), <V as View>::Row>;

/// Folds events into rows that are in memory. A row begins with an event of its own kind: others change only what is
/// there.
pub(crate) fn fold<'a, V: View>(rows: &mut Folded<V>, events: impl IntoIterator<Item = &'a Happened>) {
    for happened in events {
        for key in V::keys(happened) {
            let place = (happened.programme, key);
            // The key is needed both to find the row and to fold it, hence the clone of a short string.
            let key = place.1.clone();
            let own = happened.event.kind() == V::KIND;
            if let Some(row) = if own { Some(rows.entry(place).or_default()) } else { rows.get_mut(&place) } {
                V::apply(row, &key, happened);
            }
        }
    }
}

/// The rows of a view that the events change, but for those that begin with them: a row named after a stream begins
/// with the stream's first event.
fn touched<V: View>(events: &[&Happened]) -> Keys {
    let mut places = BTreeMap::new();
    for happened in events {
        for key in V::keys(happened) {
            let own = happened.event.kind() == V::KIND && key == happened.key();
            let begins = own && happened.version == 1;
            places.entry((happened.programme, key)).or_insert(begins);
        }
    }
    let mut keys = Keys::of(V::TABLE);
    for ((programme, key), begins) in places {
        if !begins {
            keys.push(programme, key);
        }
    }
    keys
}

fn follow<V: View>(events: &[&Happened], standing: &[Rows]) -> Result<Rows, Fault> {
    let mut rows: Folded<V> = BTreeMap::new();
    for Rows { keys, bodies } in standing.iter().filter(|rows| rows.keys.table == V::TABLE) {
        for (place, body) in keys.places().zip(bodies) {
            let row = serde_json::from_str(body).map_err(Fault::doing("letting a view follow the log"))?;
            rows.insert(place, row);
        }
    }
    fold::<V>(&mut rows, events.iter().copied());
    written::<V>(rows)
}

/// The rows as they are stored.
fn written<V: View>(rows: Folded<V>) -> Result<Rows, Fault> {
    let mut written = Rows { keys: Keys::of(V::TABLE), bodies: Vec::new() };
    for ((programme, key), row) in rows {
        written.bodies.push(serde_json::to_string(&row).map_err(Fault::doing("writing a view"))?);
        written.keys.push(programme, key);
    }
    Ok(written)
}
