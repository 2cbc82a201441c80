//! Screens texts from standard input, for scoring: JSON lines with id and text in, id and findings out.

use std::io::{BufRead, Write, stdin, stdout};

use personal_data::{Context, screen};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut output = stdout().lock();
    for line in stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let text = asked.get("text").and_then(Value::as_str).unwrap_or_default();
        let verdict = screen(text, &Context::base());
        let findings: Vec<Value> = (verdict.findings.iter())
            .map(|finding| {
                json!({
                    "start": finding.start,
                    "end": finding.end,
                    "class": finding.class.key(),
                    "action": finding.action.key(),
                })
            })
            .collect();
        writeln!(output, "{}", json!({ "id": asked.get("id"), "findings": findings }))?;
    }
    Ok(())
}
