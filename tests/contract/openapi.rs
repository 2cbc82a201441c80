//! The contract in git is the one that is served: what changes in it is read before it lands.

use serde_json::Value;
use tests::snapshot;

#[test]
fn the_contract_in_git_is_the_one_that_is_served() -> Result<(), serde_json::Error> {
    let served = serde_json::to_string_pretty(&api::contract(""))?;
    snapshot::check("../../openapi/samlad.json", &format!("{served}\n"));
    Ok(())
}

/// Every operation says whose right it takes, but for those that say what the service is.
#[test]
fn every_operation_names_its_permission() {
    let contract = api::contract("");
    let paths = contract["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
    });
    let open: Vec<String> = operations
        .filter(|(_, _, operation)| operation.get("x-permission").is_none())
        .map(|(path, method, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(
        open,
        ["get /api-info", "get /problems", "get /problems/{code}"],
        "what the service is, and no more"
    );
}

/// A client is made of the contract: a reference that leads nowhere makes none.
#[test]
fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let contract = api::contract("");
    let mut found = Vec::new();
    references(&contract, &mut found);
    found.retain(|reference| {
        let pointer = reference.strip_prefix('#').unwrap_or_default();
        pointer.is_empty() || contract.pointer(pointer).is_none()
    });
    assert_eq!(found, Vec::<&str>::new());
}
