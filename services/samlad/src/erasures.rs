//! What has been erased stays so when a backup is restored. The log says what has been; but a backup from before an
//! erasure knows nothing of it, so the list is kept in a file beside the database too.

use anyhow::Context;
use event_log::{Database, Erased};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::watch;

/// How often the list is brought up to date.
const ROUND: Duration = Duration::from_mins(1);

/// Erases again what the log or the list says, before anything is served.
pub(crate) async fn again(database: &Database, list: Option<&Path>) -> anyhow::Result<()> {
    let mut all: BTreeSet<Erased> = event_log::erased(database).await?.into_iter().collect();
    if let Some(list) = list {
        all.extend(read(list)?);
        write(list, &all)?;
    }
    let all: Vec<Erased> = all.into_iter().collect();
    let there = event_log::erase_again(database, &all).await?;
    if there > 0 {
        tracing::warn!(texts = there, "erased texts were there again and have been erased again");
    }
    Ok(())
}

/// Keeps the list up to date until told to stop, and once more then.
pub(crate) async fn keep(database: Database, list: PathBuf, mut stop: watch::Receiver<bool>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        let stopped = tokio::select! {
            _ = rounds.tick() => false,
            // A stop is asked for, or nobody is left to ask.
            _ = stop.changed() => true,
        };
        if let Err(error) = note(&database, &list).await {
            tracing::error!(%error, "the list of what has been erased could not be kept");
        }
        if stopped {
            break;
        }
    }
}

/// What others have written in the list stays there.
async fn note(database: &Database, list: &Path) -> anyhow::Result<()> {
    let listed = read(list)?;
    let mut all = listed.clone();
    all.extend(event_log::erased(database).await?);
    if all == listed { Ok(()) } else { write(list, &all) }
}

fn read(list: &Path) -> anyhow::Result<BTreeSet<Erased>> {
    let lines = match fs::read_to_string(list) {
        Ok(lines) => lines,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", list.display())),
    };
    // Rather not serve at all than serve what was erased.
    let line = |line: &str| serde_json::from_str(line).with_context(|| format!("in {}", list.display()));
    lines.lines().filter(|text| !text.is_empty()).map(line).collect()
}

/// Writes the whole list and puts it in the place of the old one: a crash leaves one or the other.
fn write(list: &Path, all: &BTreeSet<Erased>) -> anyhow::Result<()> {
    let new = list.with_extension(format!("{}.new", std::process::id()));
    let mut file = File::create(&new).with_context(|| format!("cannot write {}", new.display()))?;
    for erased in all {
        writeln!(file, "{}", serde_json::to_string(erased)?)?;
    }
    file.sync_all()?;
    fs::rename(&new, list).with_context(|| format!("cannot write {}", list.display()))
}
