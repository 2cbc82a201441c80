//! A private PostgreSQL cluster for demonstration and tests: made if absent, started, reused if it already runs, and
//! stopped by the one that started it. It knows nothing of EST.

mod account;
mod error;
mod home;
mod initialisation;
mod port;
mod programs;
mod server;

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

pub use error::Error;
use server::Server;

/// The memory every cluster shares among its connections.
pub const SHARED_BUFFERS: &str = "256MB";
/// The connections every cluster accepts; pools are sized below it.
pub const CONNECTIONS_MAX: u16 = 400;

/// Where the cluster lives and how it is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that holds the data, the password, the port and the server's log; empty or absent the first time.
    pub data_folder: PathBuf,
    /// The port to listen on; without one, the port of last time if it is free, or else any free one.
    pub port: Option<u16>,
    /// Whether what is committed survives a power failure. Tests need not pay for that.
    pub durable: bool,
}

/// A running cluster. It is stopped when dropped, unless another living process is the one that started it.
pub struct Cluster {
    server: Server,
    standing: server::Standing,
    /// Held while the cluster is ours to stop. The system lets go of it if we are killed, and the next to open
    /// the cluster takes it up, so that a crash leaves no server that nobody stops.
    ownership: Option<File>,
}

impl Cluster {
    /// Starts the cluster in the folder, making it first if need be. A cluster that already runs there is used as
    /// it stands, whatever port and durability were asked for.
    pub fn start(settings: &Settings) -> Result<Self, Error> {
        let (home, account) = home::settle(&settings.data_folder)?;
        let turn = home.turn(&account)?;
        let programs = programs::find(&account, &home)?;
        let password = initialisation::ensure(&home, &account, &programs, settings.durable)?;
        let server = Server { home, account, programs, password };
        let (standing, ownership) = if let Some(standing) = server.running()? {
            (standing, server.home.adopt()?)
        } else {
            let ownership = server.home.own(&server.account)?;
            (server.start(settings)?, Some(ownership))
        };
        drop(turn);
        Ok(Self { server, standing, ownership })
    }

    /// Stops the cluster as dropping it does, and tells how that went. Connections are closed, what is committed
    /// is kept. A cluster that another process started is left running.
    pub fn stop(mut self) -> Result<(), Error> {
        self.close()
    }

    /// The address of a database in the cluster, with the administrator's name and password.
    pub fn url(&self, database: &str) -> String {
        let password = &self.server.password;
        let port = self.standing.port;
        let user = initialisation::ADMINISTRATOR;
        format!("postgres://{user}:{password}@127.0.0.1:{port}/{}", percent_encoded(database))
    }

    /// The address of the database that every cluster has, from which others are created.
    pub fn admin_url(&self) -> String {
        self.url(initialisation::FIRST_DATABASE)
    }

    /// The folder of the cluster's own `psql`, `pg_dump` and `pgbench`.
    pub fn bin_folder(&self) -> &Path {
        &self.server.programs.folder
    }

    /// The folder the cluster lives in. It is another than the one asked for if root runs the program and the
    /// unprivileged user that runs PostgreSQL cannot reach that one.
    pub fn data_folder(&self) -> &Path {
        &self.server.home.folder
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(ownership) = self.ownership.take() else { return Ok(()) };
        let turn = self.server.home.turn(&self.server.account)?;
        let stopped = self.server.stop(self.standing);
        // Whoever has the next turn must find the ownership free if the server is gone.
        drop(ownership);
        drop(turn);
        stopped
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to tell; a server that stays is adopted by the next start.
        self.close().unwrap_or_default();
    }
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cluster")
            .field("data_folder", &self.data_folder())
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}

fn percent_encoded(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    name.bytes().map(byte).collect()
}
