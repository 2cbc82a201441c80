//! The real binary, started as an operator would, with tokens of an issuer made for the occasion.

use crate::issuer::Issuer;
use crate::wait;
use anyhow::Context;
use est::Subject;
use event_log::Rim;
use jiff::Timestamp;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const ISSUER: &str = "https://issuer.test";
const LIFETIME: Duration = Duration::from_hours(1);

/// The system's clock and randomness.
pub struct Present;

impl Rim for Present {
    #[expect(clippy::disallowed_methods, reason = "what runs against the real binary runs in the present")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn draw(&self) -> [u8; 32] {
        rand::random()
    }
}

/// A server in a process of its own.
pub struct Served {
    pub address: String,
    folder: PathBuf,
    issuer: Issuer,
    server: Child,
}

impl Served {
    /// Starts the binary on a free port, and waits until it answers.
    pub fn start(url: &str) -> anyhow::Result<Self> {
        Self::with(url, &[])
    }

    /// As `start`, with more options of `samlad serve`.
    pub fn with(url: &str, options: &[&str]) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let folder = std::env::temp_dir().join(format!("samlad-served-{}", address.replace(':', "-")));
        let issuer = Issuer::load_or_create(&folder)?;
        let keys = folder.join("jwks.json");
        std::fs::write(&keys, serde_json::to_vec(&issuer.jwks())?)?;
        let mut server = Command::new(binary()?)
            .args(["--log", "error", "serve", "--without-duties", "--quota", "100000000", "--issuer", ISSUER])
            .args(["--listen", &address, "--database-url", url, "--jwks"])
            .arg(&keys)
            .args(options)
            .stderr(Stdio::piped())
            .spawn()?;
        wait::until("the server answers", || {
            TcpStream::connect(&address).is_ok() || server.try_wait().is_ok_and(|ended| ended.is_some())
        });
        if server.try_wait()?.is_some() {
            let mut said = String::new();
            server.stderr.take().map(|mut stream| stream.read_to_string(&mut said)).transpose()?;
            anyhow::bail!("the server ended: {said}");
        }
        Ok(Self { address, folder, issuer, server })
    }

    pub fn token(&self, subject: &str) -> anyhow::Result<String> {
        let subject = Subject::new(subject).context("a subject")?;
        let now = Present.now();
        Ok(self.issuer.token(&subject, "tests", "samlad", ISSUER, now, LIFETIME, &now.to_string())?)
    }

    /// Ends the process at once, as `kill -9` does; nothing is given time to finish.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have been killed already; the folder is the system's temporary one.
        drop(self.kill());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// The binary of the same build: beside this one, or beside the folder of test binaries.
pub fn binary() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join("samlad"));
    beside.into_iter().find(|path| path.is_file()).context("build the binary first: cargo build -p samlad")
}
