//! The operations of the contract, with real identities or invented ones in their paths.

use crate::cast::{Cast, WEEK};
use serde_json::Value;

/// An operation as the contract has it.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: String,
    /// The template, without its first slash.
    pub path: String,
    pub id: String,
    /// None: open to everybody.
    pub permission: Option<String>,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let contract = api::contract("");
    let paths = contract.get("paths").and_then(Value::as_object).into_iter().flatten();
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().into_iter().flatten().map(|(method, operation)| Operation {
            method: method.to_uppercase(),
            path: path.trim_start_matches('/').to_owned(),
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            permission: operation["x-permission"].as_str().map(str::to_owned),
        });
        methods.collect::<Vec<_>>()
    };
    paths.flat_map(of).collect()
}

/// What stands in for the parameters of a path.
#[derive(Clone, Debug)]
pub struct Filling(Vec<(&'static str, String)>);

impl Filling {
    /// The identities of an organisation of the cast, and what goes with them.
    pub fn of(cast: &Cast, slug: &str, problem: &str) -> Self {
        let organisation = cast.organisation(slug);
        let function = cast.functions.iter().find(|(place, _)| **place == ("informant", slug));
        Self(vec![
            ("programme", cast.programme.clone()),
            ("week", WEEK.to_owned()),
            ("area", organisation.area.clone()),
            ("organisation", organisation.id.clone()),
            ("unit", organisation.unit.clone()),
            ("function", function.map(|(_, id)| id.clone()).unwrap_or_default()),
            ("problem", problem.to_owned()),
            ("entry", cast.entries.get(slug).cloned().unwrap_or_default()),
            ("text", "01930000-0000-7000-8000-00000000abcd".to_owned()),
            ("section", "overall-situation".to_owned()),
            ("code", "report.already-given".to_owned()),
            ("occasion", "week".to_owned()),
            ("intervention", "01930000-0000-7000-8000-00000000abce".to_owned()),
            ("pledge", "01930000-0000-7000-8000-00000000abcf".to_owned()),
            ("year", "2026".to_owned()),
        ])
    }

    /// With another value of one parameter.
    #[must_use]
    pub fn with(mut self, parameter: &'static str, value: &str) -> Self {
        self.0.retain(|(name, _)| *name != parameter);
        self.0.push((parameter, value.to_owned()));
        self
    }

    /// With identities that nobody has.
    #[must_use]
    pub fn invented(mut self) -> Self {
        for (number, (name, value)) in (1..).zip(&mut self.0) {
            if !["week", "section", "occasion", "year"].contains(name) {
                *value = format!("01930000-0000-7000-8000-{number:012}");
            }
        }
        self
    }

    /// The path; a parameter that nothing stands in for must be given its row above.
    pub fn path(&self, template: &str) -> String {
        let fill = |path: String, (name, value): &(&str, String)| path.replace(&format!("{{{name}}}"), value);
        let path = self.0.iter().fold(template.to_owned(), fill);
        assert!(!path.contains('{'), "nothing stands in for a parameter of {path}");
        path
    }
}
