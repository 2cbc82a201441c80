//! Reads worked cases of follow-up and answers each with what the engine makes of it; nothing is stored. A case that
//! cannot be read is answered with `error` in place of `result`, and told of on standard error.

mod cases;
mod compared;

use crate::settings::Effects;
use cases::{Case, Cases};
use serde_json::{Value, json};
use std::path::Path;

pub(crate) fn perform(effects: &Effects) -> anyhow::Result<()> {
    let cases = read(&effects.cases)?;
    let answers: Vec<Value> = cases.cases.iter().map(answered).collect();
    crate::system::say(&serde_json::to_string_pretty(&answers)?)
}

fn read(path: &Path) -> anyhow::Result<Cases> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| anyhow::anyhow!("{} cannot be read: {error}", path.display()))?;
    serde_json::from_str(&text)
        .map_err(|error| anyhow::anyhow!("{} is not a file of cases: {error}", path.display()))
}

fn answered(case: &Case) -> Value {
    match case.result() {
        Ok(result) => json!({ "id": case.id, "result": result }),
        Err(error) => {
            tracing::warn!(case = %case.id, "{error}");
            json!({ "id": case.id, "error": error.to_string() })
        }
    }
}
