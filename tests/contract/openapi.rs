//! The contract in git is the one that is served: what changes in it is read before it lands.

use tests::snapshot;

#[test]
fn the_contract_in_git_is_the_one_that_is_served() -> Result<(), serde_json::Error> {
    let served = serde_json::to_string_pretty(&api::contract(""))?;
    snapshot::check("../../openapi/samlad.json", &format!("{served}\n"));
    Ok(())
}

/// Every operation says whose right it takes, but for the two that are open to all.
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
    assert_eq!(open, ["get /api-info", "get /problems"], "this list may only shrink");
}
