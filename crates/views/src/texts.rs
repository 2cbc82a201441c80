//! Free text is joined when it is read: a row holds only where it stands. What has been erased or sealed is told in its
//! place.

use crate::compilations::week_and_organisation;
use crate::reading::Reader;
use est::text::{ErasedMark, Place, SealedMark, State};
use est::{Facts, Grant, TextRef};
use event_log::Fault;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What a reader may see of texts.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    pub facts: &'a Facts,
    /// Also what is sealed.
    pub sealed: bool,
}

/// A text by itself, with where it stands.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The kind and key of what it stands in, such as `report/2026-W47/…`.
    #[schema(max_length = 400)]
    pub stands_in: String,
    /// The position in the log of the event that brought it.
    pub position: i64,
    pub text: TextRef,
    /// The version: what has become of it, 0 when nothing has.
    pub version: i32,
}

/// The ids of the texts that a row refers to.
pub(crate) fn gather(value: &Value, ids: &mut Vec<Uuid>) {
    match value {
        Value::Object(members) => {
            ids.extend(members.get("textId").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok()));
            members.values().for_each(|member| gather(member, ids));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Sight<'_> {
    /// Whose body is read under an id, if any is.
    pub(crate) fn standing(self, id: Uuid) -> Option<Uuid> {
        if !self.sealed {
            return self.facts.shown(id);
        }
        self.facts.texts.get(&id).map_or(Some(id), |state| state.standing(id))
    }

    /// How many times the texts of a row have been touched since they were written: it changes with what is read.
    pub(crate) fn touched(self, value: &Value) -> i32 {
        let mut ids = Vec::new();
        gather(value, &mut ids);
        let ids: BTreeSet<Uuid> = ids.into_iter().collect();
        ids.iter().map(|id| self.facts.version::<State>(id)).sum()
    }

    /// Puts each text in beside its reference, or null with the reason.
    pub(crate) fn join(self, value: &mut Value, bodies: &HashMap<Uuid, String>) -> Result<(), Fault> {
        match value {
            Value::Object(members) => {
                let id =
                    members.get("textId").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
                if let Some(id) = id {
                    let body = self.standing(id).and_then(|id| bodies.get(&id));
                    members.insert("body".to_owned(), body.map_or(Value::Null, |body| body.as_str().into()));
                    if let Some(state) = self.facts.texts.get(&id) {
                        mark(state, members)?;
                    }
                }
                members.values_mut().try_for_each(|member| self.join(member, bodies))
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.join(item, bodies)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }
}

/// Tells beside a text what has become of it.
fn mark(state: &State, members: &mut serde_json::Map<String, Value>) -> Result<(), Fault> {
    let doing = "writing what has become of a text";
    if let Some(erasure) = state.erasure() {
        let whole = erasure.replacement.is_none();
        let erased = ErasedMark { at: erasure.at, ground: erasure.ground.clone(), whole };
        members.insert("erased".to_owned(), serde_json::to_value(erased).map_err(Fault::doing(doing))?);
        if members.contains_key("commitment") {
            warn_of_what_is_left(erasure.replacement.as_ref(), members)?;
        }
    }
    if let Some(sealing) = state.seal() {
        let sealed = SealedMark { at: sealing.at, reason: sealing.reason };
        members.insert("sealed".to_owned(), serde_json::to_value(sealed).map_err(Fault::doing(doing))?);
    }
    Ok(())
}

/// The places that the guard warned of lie in the text as it was written: those of what is left stand instead.
fn warn_of_what_is_left(
    left: Option<&TextRef>,
    members: &mut serde_json::Map<String, Value>,
) -> Result<(), Fault> {
    let stored =
        left.map(serde_json::to_value).transpose().map_err(Fault::doing("telling warnings of a text"))?;
    for name in ["policy", "warnings"] {
        members.remove(name);
        if let Some(told) = stored.as_ref().and_then(|stored| stored.get(name)) {
            members.insert(name.to_owned(), told.clone());
        }
    }
    Ok(())
}

impl Reader {
    /// Where a text stands; also one that has been erased.
    pub async fn place(&self, grant: &Grant, facts: &Facts, id: Uuid) -> Result<Option<Place>, Fault> {
        if let Some(place) = facts.texts.get(&id).and_then(State::place) {
            return Ok(Some(place.clone()));
        }
        let place = self.log().place(grant.programme.0, id).await?;
        Ok(place.map(|(stream, position)| Place { stream, position }))
    }

    /// A text by itself. An organisation's addendum is its own affair (R89): its text is there for who may read that.
    pub async fn text(
        &self,
        grant: &Grant,
        addenda: Option<&Grant>,
        facts: &Facts,
        id: Uuid,
    ) -> Result<Option<Text>, Fault> {
        let Some(place) = self.place(grant, facts, id).await? else { return Ok(None) };
        if hidden(&place.stream, addenda) {
            return Ok(None);
        }
        let brought = self.log().after(grant.programme.0, place.position - 1, 1).await?;
        let text = brought.first().and_then(|happened| happened.event.text(id));
        Ok(text.map(|text| Text {
            stands_in: place.stream,
            position: place.position,
            text,
            version: facts.version::<State>(&id),
        }))
    }

    /// Other texts that hold the same words: those of the reader's programme, but for addenda that are not theirs.
    pub async fn texts_with(
        &self,
        grant: &Grant,
        addenda: Option<&Grant>,
        facts: &Facts,
        (words, but): (&[String], Uuid),
    ) -> Result<Vec<Uuid>, Fault> {
        let mut ids = BTreeSet::new();
        for (id, stream) in self.log().texts_with(grant.programme.0, words, but).await? {
            let Some(stream) = stream else { continue };
            // What is left of a text that was struck in is known by the id of that text.
            let struck = stream.strip_prefix("text/").and_then(|id| id.parse().ok());
            let place = struck.and_then(|id| facts.texts.get(&id)?.place());
            if !hidden(place.map_or(&stream, |place| &place.stream), addenda) {
                ids.insert(struck.unwrap_or(id));
            }
        }
        ids.remove(&but);
        Ok(ids.into_iter().collect())
    }

    /// The body that is read under an id now, with the id that it is kept under.
    pub async fn standing(
        &self,
        grant: &Grant,
        facts: &Facts,
        id: Uuid,
    ) -> Result<Option<(Uuid, String)>, Fault> {
        let sight = Sight { facts, sealed: true };
        let Some(standing) = sight.standing(id) else { return Ok(None) };
        let mut bodies = self.log().texts(grant.programme.0, &[standing]).await?;
        Ok(bodies.remove(&standing).map(|body| (standing, body)))
    }
}

fn hidden(stream: &str, addenda: Option<&Grant>) -> bool {
    let Some(key) = stream.strip_prefix("addendum/") else { return false };
    let organisation = week_and_organisation(key).map(|(_, organisation)| organisation);
    !organisation.zip(addenda).is_some_and(|(organisation, grant)| grant.is_of(organisation))
}
