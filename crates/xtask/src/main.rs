//! The two chores of a developer: `cargo xtask check` does all that must hold before a change goes in,
//! `cargo xtask bless` rewrites the text files in git that a reviewer then reads as a diff.

use std::{
    env,
    io::{self, Write},
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context, Result, bail};

/// The order is by cost: what is quickly told is told first.
const CHECKS: [&[&str]; 3] = [
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    &["test", "--workspace"],
];
const DENY: &[&str] = &["deny", "check"];
/// The worked example imports by the binary, and says that it tried nothing where the police's extract is absent.
const SNAPSHOTS: [&[&str]; 3] = [
    &["build", "-p", "samlad"],
    &["test", "-p", "tests", "--test", "contract"],
    &["test", "-p", "tests", "--test", "api", "worked_example"],
];
const USAGE: &str = "cargo xtask check   format, lints, tests, dependencies\n\
                     cargo xtask bless   rewrite the snapshots of the contract; read the diff";

fn main() -> Result<ExitCode> {
    let chore = env::args().nth(1);
    match chore.as_deref() {
        Some("check") => check()?,
        Some("bless") => bless()?,
        _ => {
            say(USAGE)?;
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn check() -> Result<()> {
    for arguments in CHECKS {
        run(&mut cargo(arguments), arguments)?;
    }
    if has_deny()? {
        run(&mut cargo(DENY), DENY)?;
        return say("Everything holds.");
    }
    say("Everything that was checked holds. NOT checked: licences and advisories of the dependencies, \
         since cargo-deny is not installed (cargo install cargo-deny --locked).")
}

/// A snapshot test that sees `BLESS` writes what it would otherwise compare.
fn bless() -> Result<()> {
    for arguments in SNAPSHOTS {
        run(cargo(arguments).env("BLESS", "1"), arguments)?;
    }
    say("The snapshots are rewritten: read them with git diff.")
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command
}

fn run(command: &mut Command, arguments: &[&str]) -> Result<()> {
    let told = format!("cargo {}", arguments.join(" "));
    say(&format!("> {told}"))?;
    let status = command.status().with_context(|| format!("{told} did not start"))?;
    if !status.success() {
        bail!("{told}: {status}");
    }
    Ok(())
}

fn has_deny() -> Result<bool> {
    let mut asked = cargo(&["deny", "--version"]);
    let status = asked.stdout(Stdio::null()).stderr(Stdio::null()).status().context("cargo did not start")?;
    Ok(status.success())
}

fn say(text: &str) -> Result<()> {
    Ok(writeln!(io::stdout().lock(), "{text}")?)
}
