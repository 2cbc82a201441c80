//! `samlad import police-extract`: the police do not fill in the form but bring an extract from their own
//! systems (R46). Each week's rows become a weekly report of their reporting unit.

mod before;
mod comparing;
mod desk;
#[cfg(test)]
mod drill;
mod extract;
mod items;
mod ledger;
mod places;
mod reporter;
mod sorting;
mod submitting;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod types;
mod weeks;

use crate::office::{self, Office};
use crate::settings::PoliceExtract;
use crate::system::{System, say};
use anyhow::{Context, bail};
use before::Before;
use desk::{Desk, Done, Outcome};
use est::{Facts, Week};
use event_log::{Log, Rim};
use indicatif::{ProgressBar, ProgressStyle};
use ledger::Ledger;
use places::Places;
use sorting::Observation;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use summary::Told;
use tokio::task::JoinSet;
use types::Types;

/// Weeks that are taken up at once: enough for the writer to gather them in batches.
const AT_ONCE: usize = 8;
const CONNECTIONS: usize = 6;

pub(crate) async fn perform(order: &PoliceExtract) -> anyhow::Result<()> {
    let own = || Types::read(types::OWN.as_bytes());
    let types = order.types.as_deref().map_or_else(own, |file| read(file, Types::read))?;
    let office = Office::open(&order.database.database_url, CONNECTIONS, 1)?;
    let facts = office.writer.standing().current(&office.database, order.programme).await?;
    let facts = facts.context("det finns inget sådant program")?;
    let mut places = Places::of(&facts);
    if let Some(file) = &order.areas {
        places = read(file, |table| places.with(table))?;
    }
    let unit = reporter::find(&facts, order.unit.as_deref())?;
    ready(&facts, &types)?;
    let today = System.now().to_zoned(facts.method().zone()).date();
    let gate = office::gate(facts.guard());
    let extract = read(&order.file, |bytes| extract::read(bytes, today, &gate))?;
    let mut sorted = sorting::sort(extract.rows.clone(), &types, &places);
    let weeks = std::mem::take(&mut sorted.weeks);
    let log = Log::new(&office.database);
    let before = Before::read(&log, order.programme, unit.0, &facts).await?;
    let desk = Desk {
        writer: office.writer.clone(),
        log,
        before,
        gate,
        facts,
        programme: order.programme,
        unit: unit.clone(),
        rehearsal: order.dry_run,
    };
    let done = take_up(desk, weeks).await?;
    office.close().await?;
    let (unit, rehearsal) = (&unit.1, order.dry_run);
    let told = Told { unit, extract: &extract, sorted: &sorted, done: &done, places: &places, rehearsal };
    told.lines().iter().try_for_each(|line| say(line))?;
    conclude(&Ledger::of(&extract, &sorted, &done), &done)
}

/// Reads a file, and says which when it does not read.
fn read<T>(file: &Path, reading: impl FnOnce(&[u8]) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let named = || format!("filen {}", file.display());
    let bytes = std::fs::read(file).with_context(named)?;
    reading(&bytes).with_context(named)
}

/// What would stop every week is said at once.
fn ready(facts: &Facts, types: &Types) -> anyhow::Result<()> {
    if !facts.programme.active() {
        bail!("programmet är inte aktiverat");
    }
    let unknown = types.unknown_to(facts.method());
    if !unknown.is_empty() {
        bail!(
            "programmets metod ({}) känner inte undertyperna {}; ändra tabellen med --types",
            facts.method().version,
            unknown.join(", "),
        );
    }
    Ok(())
}

/// Takes up the weeks, a few at a time; in the order of the weeks when they are done.
async fn take_up(desk: Desk, weeks: BTreeMap<Week, Vec<Observation>>) -> anyhow::Result<Vec<Done>> {
    let bar = ProgressBar::new(u64::try_from(weeks.len())?);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} veckor, {eta} kvar")?);
    let desk = Arc::new(desk);
    let (mut done, mut under_way) = (Vec::with_capacity(weeks.len()), JoinSet::new());
    for (week, rows) in weeks {
        if under_way.len() >= AT_ONCE {
            done.extend(under_way.join_next().await.transpose()?);
            bar.inc(1);
        }
        let desk = Arc::clone(&desk);
        under_way.spawn(async move { desk.take_up(week, rows).await });
    }
    while let Some(next) = under_way.join_next().await {
        done.push(next?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    done.sort_by_key(|done| done.week);
    Ok(done)
}

/// A week that failed, or figures that do not add up, end the command with an error.
fn conclude(ledger: &Ledger, done: &[Done]) -> anyhow::Result<()> {
    let failed = done.iter().filter(|done| matches!(done.outcome, Outcome::Failed(_))).count();
    if failed > 0 {
        bail!(
            "{} misslyckades; importen kan köras igen, det som är infört rörs inte",
            weeks::weeks_of(failed)
        );
    }
    if !ledger.adds_up() {
        bail!("{} rader lästes, men {} är redovisade", ledger.rows, ledger.sum());
    }
    Ok(())
}
