//! The server that is measured: the real binary, on a durable private PostgreSQL.

use crate::intake::CONNECTIONS;
use crate::yardstick;
use event_log::{Database, Followers, Rim, Writer};
use local_postgres::{Cluster, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use tests::large::{self, COORDINATOR, INFORMANT, Programme};
use tests::served::{Present, Served};
use tokio::runtime::{Builder, Runtime};
use views::Views;

/// Weeks of each programme that is measured alone, and of each of the fifty.
const WEEKS: [i32; 2] = [9_000, 400];
/// Each level of connections has one alone, since a programme has only so many reports to give.
pub(crate) const ALONE: usize = CONNECTIONS.len();
const PROGRAMMES: usize = ALONE + 50;

/// All that a measurement needs.
pub(crate) struct Bench {
    pub(crate) runtime: Runtime,
    pub(crate) cluster: Cluster,
    pub(crate) url: String,
    pub(crate) address: String,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) informant: String,
    pub(crate) coordinator: String,
    folder: PathBuf,
    served: Served,
}

impl Bench {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("samlad-bench-{}", std::process::id()));
        let cluster = Cluster::start(&Settings { data_folder: folder.clone(), port: None, durable: true })?;
        yardstick::psql(cluster.bin_folder(), &cluster.admin_url(), "CREATE DATABASE bench")?;
        let url = cluster.url("bench");
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.block_on(event_log::migrate(&url))?;
        let programmes = runtime.block_on(prepare(&url))?;
        yardstick::psql(cluster.bin_folder(), &url, "ANALYZE")?;
        let served = Served::start(&url)?;
        let (informant, coordinator) = (served.token(INFORMANT)?, served.token(COORDINATOR)?);
        let address = served.address.clone();
        Ok(Self { runtime, cluster, url, address, programmes, informant, coordinator, folder, served })
    }

    /// Lets somebody write beside the server, as another process would.
    pub(crate) async fn writing<T, F: Future<Output = anyhow::Result<T>>>(
        &self,
        write: impl FnOnce(Writer) -> F,
    ) -> anyhow::Result<T> {
        let database = Database::open(&event_log::Settings { url: self.url.clone(), connections: 4 })?;
        let followers: Arc<dyn Followers> = Arc::new(Views);
        let rim: Arc<dyn Rim> = Arc::new(Present);
        let (writer, lanes) = Writer::start(&database, &followers, &rim, 1);
        let written = write(writer).await?;
        for lane in lanes {
            lane.await?;
        }
        Ok(written)
    }

    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        self.served.kill()?;
        self.cluster.stop()?;
        std::fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

async fn prepare(url: &str) -> anyhow::Result<Vec<Programme>> {
    let database = Database::open(&event_log::Settings { url: url.to_owned(), connections: 4 })?;
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let rim: Arc<dyn Rim> = Arc::new(Present);
    let (writer, lanes) = Writer::start(&database, &followers, &rim, 2);
    let mut programmes = Vec::new();
    let [alone, of_fifty] = WEEKS;
    for number in 0..PROGRAMMES {
        let weeks = if number < ALONE { alone } else { of_fifty };
        programmes.push(large::prepare(&writer, &Present, weeks).await?);
    }
    drop(writer);
    for lane in lanes {
        lane.await?;
    }
    Ok(programmes)
}
