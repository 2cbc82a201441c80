//! `samlad verify`: proves each log.

use crate::settings::OfProgramme;
use crate::system::say;
use anyhow::bail;
use event_log::{Database, Log, Settings};

pub(crate) async fn perform(verify: &OfProgramme) -> anyhow::Result<()> {
    let database = Database::open(&Settings { url: verify.database.database_url.clone(), connections: 2 })?;
    let mut breaches = 0;
    for (programme, _) in Log::new(&database).heads().await? {
        if verify.programme.is_some_and(|only| only != programme) {
            continue;
        }
        let verified = event_log::verify(&database, programme).await?;
        say(&format!(
            "{programme}: {} events, {} texts, {} breaches",
            verified.events,
            verified.texts,
            verified.breaches.len()
        ))?;
        verified.breaches.iter().try_for_each(|breach| say(&format!("  {breach}")))?;
        breaches += verified.breaches.len();
    }
    if breaches > 0 {
        bail!("the log does not hold: {breaches} breaches");
    }
    Ok(())
}
