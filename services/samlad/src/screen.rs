//! Reads texts from standard input as the guard would: JSON lines with `id` and `text` in, `id` and `findings` out,
//! in the same order. Nothing is stored, and what is answered holds nothing of the text.

use personal_data::{Context, Finding, screen};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufRead, BufWriter, Write};

#[derive(Deserialize)]
struct Asked {
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Answered {
    id: Value,
    findings: Vec<Found>,
}

/// Places in Unicode code points, end exclusive.
#[derive(Serialize)]
struct Found {
    start: usize,
    end: usize,
    class: &'static str,
    action: &'static str,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        let Finding { start, end, class, action } = finding;
        Self { start, end, class: class.key(), action: action.key() }
    }
}

pub(crate) fn perform() -> anyhow::Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
        // What could not be read is named by its line alone: it may be the very text that is to be kept out.
        let asked: Asked = serde_json::from_str(&line?)
            .map_err(|_unsaid| anyhow::anyhow!("line {number} is not {{\"id\": …, \"text\": \"…\"}}"))?;
        let findings = screen(&asked.text, &Context::base()).findings.into_iter().map(Found::from).collect();
        serde_json::to_writer(&mut output, &Answered { id: asked.id, findings })?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}
