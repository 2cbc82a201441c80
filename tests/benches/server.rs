//! The server that is measured: the real binary, on a durable private PostgreSQL, with tokens of its own issuer.

use crate::issuer::Issuer;
use crate::programme::{self, Programme};
use anyhow::Context;
use est::Subject;
use event_log::{Database, Followers, Rim, Writer};
use jiff::Timestamp;
use local_postgres::{Cluster, Settings};
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use views::Views;

const ISSUER: &str = "https://issuer.bench";
/// The informant of every programme.
pub(crate) const INFORMANT: &str = "bench-informant";
/// The coordinator of every programme.
pub(crate) const COORDINATOR: &str = "bench-coordinator";
/// One programme for the first half of the intake, fifty for the second.
pub(crate) const PROGRAMMES: usize = 51;

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
    server: Child,
}

/// The system's clock and randomness.
pub(crate) struct System;

impl Rim for System {
    #[expect(clippy::disallowed_methods, reason = "a bench runs in the present")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn draw(&self) -> [u8; 32] {
        rand::random()
    }
}

impl Bench {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("samlad-bench-{}", std::process::id()));
        let cluster = Cluster::start(&Settings { data_folder: folder.join("postgres"), port: None, durable: true })?;
        crate::yardstick::psql(cluster.bin_folder(), &cluster.admin_url(), "CREATE DATABASE bench")?;
        let url = cluster.url("bench");
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(event_log::migrate(&url))?;
        let programmes = runtime.block_on(prepare(&url))?;
        crate::yardstick::psql(cluster.bin_folder(), &url, "ANALYZE")?;
        let issuer = Issuer::load_or_create(&folder.join("issuer"))?;
        let keys = folder.join("jwks.json");
        std::fs::write(&keys, serde_json::to_vec(&issuer.jwks())?)?;
        let token = |name: &str| -> anyhow::Result<String> {
            let subject = Subject::new(name).context("a subject")?;
            let lifetime = Duration::from_secs(3600);
            Ok(issuer.token(&subject, "bench", "samlad", ISSUER, System.now(), lifetime, name)?)
        };
        let (informant, coordinator) = (token(INFORMANT)?, token(COORDINATOR)?);
        let (server, address) = serve(&url, &keys)?;
        Ok(Self { runtime, cluster, url, address, programmes, informant, coordinator, folder, server })
    }

    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        self.server.kill()?;
        self.server.wait()?;
        self.cluster.stop()?;
        std::fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

async fn prepare(url: &str) -> anyhow::Result<Vec<Programme>> {
    let database = Database::open(&event_log::Settings { url: url.to_owned(), connections: 4 })?;
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let rim: Arc<dyn Rim> = Arc::new(System);
    let (writer, lanes) = Writer::start(&database, &followers, &rim, 2);
    let mut programmes = Vec::new();
    for number in 0..PROGRAMMES {
        programmes.push(programme::prepare(&writer, &System, number).await?);
    }
    drop(writer);
    for lane in lanes {
        lane.await?;
    }
    Ok(programmes)
}

/// Starts the binary beside this one on a free port, and waits until it answers.
fn serve(url: &str, keys: &Path) -> anyhow::Result<(Child, String)> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let binary = std::env::current_exe()?.with_file_name("samlad");
    let mut server = Command::new(binary)
        .args(["--log", "error", "serve", "--without-duties", "--issuer", ISSUER, "--jwks"])
        .arg(keys)
        .args(["--listen", &address, "--quota", "100000000", "--database-url", url])
        .stderr(Stdio::piped())
        .spawn()?;
    tests::wait::until("the server answers", || {
        TcpStream::connect(&address).is_ok() || server.try_wait().is_ok_and(|ended| ended.is_some())
    });
    match server.try_wait()? {
        None => Ok((server, address)),
        Some(_) => {
            let said = server.stderr.take().map(|said| BufReader::new(said).lines().map_while(Result::ok).collect());
            anyhow::bail!("the server ended: {}", said.unwrap_or_else(Vec::new).join("\n"))
        }
    }
}
