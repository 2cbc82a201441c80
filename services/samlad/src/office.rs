//! What every command that touches the log sets up: the database, the writer, its followers.

use crate::system::{System, say};
use est::guard::Guard;
use est::text::Gate;
use event_log::{Database, Followers, Rim, Settings, Writer};
use std::sync::Arc;
use tokio::task::JoinHandle;
use views::{Reader, Views};

/// The log and its views, at work.
pub(crate) struct Office {
    pub(crate) database: Database,
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    pub(crate) rim: Arc<dyn Rim>,
    lanes: Vec<JoinHandle<()>>,
}

impl Office {
    /// Opens the office with the system's clock.
    pub(crate) fn open(url: &str, connections: usize, lanes: usize) -> anyhow::Result<Self> {
        Self::with(url, connections, lanes, Arc::new(System))
    }

    pub(crate) fn with(
        url: &str,
        connections: usize,
        lanes: usize,
        rim: Arc<dyn Rim>,
    ) -> anyhow::Result<Self> {
        let database = Database::open(&Settings { url: url.to_owned(), connections })?;
        let followers: Arc<dyn Followers> = Arc::new(Views);
        let (writer, lanes) = Writer::start(&database, &followers, &rim, lanes);
        let reader = Reader::new(&database);
        Ok(Self { database, reader, writer, rim, lanes })
    }

    /// Waits until what has been submitted is recorded. Every other holder of the writer must have let go of it.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        drop(self.writer);
        for lane in self.lanes {
            lane.await?;
        }
        Ok(())
    }
}

/// The personal-data guard at its post, with the system's randomness.
pub(crate) fn gate(guard: &Arc<Guard>) -> Gate {
    let guard = Arc::clone(guard);
    Gate { screen: Arc::new(move |text| guard.screen(text)), draw: Arc::new(|| System.draw()) }
}

/// Brings the schema up to date, and says what it did.
pub(crate) async fn migrate(url: &str) -> anyhow::Result<()> {
    let applied = event_log::migrate(url).await?;
    if applied.is_empty() {
        return say("The schema is up to date.");
    }
    say(&format!("Applied: {}.", applied.join(", ")))
}
