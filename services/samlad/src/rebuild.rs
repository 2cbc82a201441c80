//! `samlad rebuild`: makes the views anew from the log, and tells what differed.

use crate::settings::Rebuild;
use crate::system::say;
use anyhow::bail;
use event_log::{Database, Log, Settings};
use indicatif::{ProgressBar, ProgressStyle};

pub(crate) async fn perform(rebuild: &Rebuild) -> anyhow::Result<()> {
    let database =
        Database::open(&Settings { url: rebuild.of.database.database_url.clone(), connections: 4 })?;
    let mut differing = 0;
    for (programme, position) in Log::new(&database).heads().await? {
        if rebuild.of.programme.is_some_and(|only| only != programme) {
            continue;
        }
        let bar = ProgressBar::new(u64::try_from(position).unwrap_or(0));
        bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} events, {per_sec}, {eta} left")?);
        let seen = |position| bar.set_position(u64::try_from(position).unwrap_or(0));
        let views = views::rebuild(&database, programme, !rebuild.check, seen).await?;
        bar.finish_and_clear();
        for view in views {
            say(&format!(
                "{programme} {}: {} rows, {} differed",
                view.table,
                view.rows,
                view.differing.len()
            ))?;
            differing += view.differing.len();
        }
    }
    if rebuild.check && differing > 0 {
        bail!("{differing} rows differ from their rebuild; run without --check to put them right");
    }
    Ok(())
}
