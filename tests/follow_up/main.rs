//! The worked cases of follow-up, by the binary as an analyst runs it. The figures of `cases.json` were reckoned apart
//! from the engine by `cases.py`, with scipy; the cases of `EFFECTS` are others' own.

#![expect(clippy::print_stderr, reason = "what could not be tried is said")]

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[derive(Deserialize)]
struct Cases {
    tolerance: Tolerance,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Tolerance {
    relative: f64,
    absolute: f64,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    expect: Value,
}

fn effects(cases: &Path) -> anyhow::Result<Output> {
    Ok(Command::new(tests::served::binary()?).arg("effects").arg(cases).output()?)
}

/// The figures that are not what the file expects, each by its way in the answer.
fn off(path: &Path) -> anyhow::Result<Vec<String>> {
    let file: Cases = serde_json::from_slice(&std::fs::read(path)?)?;
    let output = effects(path)?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    ensure!(answers.len() == file.cases.len(), "an answer to each case");
    let mut off = Vec::new();
    for (case, answer) in file.cases.iter().zip(&answers) {
        ensure!(answer.get("id") == Some(&Value::from(case.id.as_str())), "in the file's order");
        let result = answer.get("result").with_context(|| format!("no result: {answer}"))?;
        compare(&file.tolerance, (&case.expect, result), &case.id, &mut off);
    }
    Ok(off)
}

fn compare(tolerance: &Tolerance, (expected, found): (&Value, &Value), at: &str, off: &mut Vec<String>) {
    let alike = match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, expected) in expected {
                let found = found.get(key).unwrap_or(&Value::Bool(false));
                compare(tolerance, (expected, found), &format!("{at}.{key}"), off);
            }
            true
        }
        (Value::Array(expected), Value::Array(found)) => {
            for (place, pair) in expected.iter().zip(found).enumerate() {
                compare(tolerance, pair, &format!("{at}[{place}]"), off);
            }
            expected.len() == found.len()
        }
        (Value::Number(expected), Value::Number(found)) => {
            let near = |one: f64, other: f64| {
                (one - other).abs() <= tolerance.absolute + tolerance.relative * one.abs()
            };
            expected.as_f64().zip(found.as_f64()).is_some_and(|(one, other)| near(one, other))
        }
        (expected, found) => expected == found,
    };
    if !alike {
        off.push(format!("{at}: {found}, not {expected}"));
    }
}

#[test]
fn our_own_cases_come_to_what_scipy_makes_of_them() -> anyhow::Result<()> {
    let off = off(&Path::new(env!("CARGO_MANIFEST_DIR")).join("follow_up/cases.json"))?;
    ensure!(off.is_empty(), "{}", off.join("\n"));
    Ok(())
}

#[test]
fn others_cases_come_to_what_they_say() -> anyhow::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(named());
    if !path.exists() {
        eprintln!("{} is not there: nothing tried", path.display());
        return Ok(());
    }
    let off = off(&path)?;
    ensure!(off.is_empty(), "{}", off.join("\n"));
    Ok(())
}

#[test]
fn a_case_that_cannot_be_read_is_told_and_the_others_are_answered() -> anyhow::Result<()> {
    let path = written(
        r#"{"cases": [{"id": "odd", "kind": "guess", "input": {}}, {"id": "lacking", "kind": "bh", "input": {}},
            {"id": "huge", "kind": "alert", "input": {"window": 1, "area": 0, "counts": [[4000000000]]}},
            {"id": "fine", "kind": "bh", "input": {"p": [0.5]}}]}"#,
    )?;
    let output = effects(&path)?;
    std::fs::remove_file(&path)?;
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let errors: Vec<bool> = answers.iter().map(|its| its.get("error").is_some()).collect();
    ensure!(errors == [true, true, true, false], "{answers:?}");
    ensure!(String::from_utf8_lossy(&output.stderr).contains("guess"), "told to the operator too");
    Ok(())
}

#[test]
fn a_file_that_is_none_is_refused_with_its_name() -> anyhow::Result<()> {
    let none = written("[]")?;
    for path in [&none, &PathBuf::from("nowhere.json")] {
        let output = effects(path)?;
        ensure!(!output.status.success() && output.stdout.is_empty());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(said.contains(&path.display().to_string()), "{said}");
    }
    std::fs::remove_file(none)?;
    Ok(())
}

/// Where they lie, seen from the house: beside it, unless `EFFECTS` says otherwise.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, read in this one place")]
fn named() -> String {
    std::env::var("EFFECTS").unwrap_or_else(|_| "../shared/effects/oracle-shared.json".to_owned())
}

fn written(text: &str) -> anyhow::Result<PathBuf> {
    let name = format!("samlad-cases-{}-{}.json", std::process::id(), text.len());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}
