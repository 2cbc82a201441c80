//! Free text is joined when it is read: a row holds only where it stands.

use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

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

/// Puts each text in beside its reference; null where it has been erased.
pub(crate) fn join(value: &mut Value, bodies: &HashMap<Uuid, String>) {
    match value {
        Value::Object(members) => {
            let id = members.get("textId").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
            if let Some(id) = id {
                members.insert(
                    "body".to_owned(),
                    bodies.get(&id).map_or(Value::Null, |body| body.as_str().into()),
                );
            }
            members.values_mut().for_each(|member| join(member, bodies));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| join(item, bodies)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
