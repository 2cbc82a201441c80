//! The server itself: whether it runs, and its start and stop.

#[cfg(test)]
mod tests;

use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::account::{self, Account};
use crate::home::{Home, absent};
use crate::programs::Programs;
use crate::{CONNECTIONS_MAX, Error, SHARED_BUFFERS, Settings, initialisation, port};

/// We look this often, this many times, at a server that is on its way up or down.
const PAUSE: Duration = Duration::from_millis(50);
const LOOKS_MAX: u32 = 600;
/// The recovery after a power failure may take minutes; a server that fails is noticed at once.
const SECONDS_MAX: &str = "300";
/// What the log says of another program that took the port between our choice and the server's start.
const PORT_TAKEN: &str = "Address already in use";
/// What it says while connections of a server that was killed are still on their way out.
const OTHERS_LEAVING: &str = "is still in use";

const ALWAYS: [&str; 4] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    // The same on every machine, wherever it stands.
    "timezone=UTC",
    "log_timezone=UTC",
];
/// Fewer checkpoints while a demonstration writes its years of events.
const DURABLE: &[&str] = &["max_wal_size=2GB", "checkpoint_timeout=15min", "wal_compression=on"];
const FLEETING: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

pub(crate) struct Server {
    pub(crate) home: Home,
    pub(crate) account: Account,
    pub(crate) programs: Programs,
    pub(crate) password: String,
}

/// The one run of the server that stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) pid: u32,
    pub(crate) port: u16,
}

impl Standing {
    /// Reads `postmaster.pid`: the process on its first line, the port on its fourth.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let port = lines.nth(2)?.trim().parse().ok()?;
        Some(Self { pid, port })
    }
}

impl Server {
    /// The run that stands and answers. One on its way up or down is waited for, and what a dead one left behind
    /// does not count.
    pub(crate) fn running(&self) -> Result<Option<Standing>, Error> {
        let mut pid = 0;
        for _ in 0..LOOKS_MAX {
            let Some(standing) = self.home.standing() else {
                self.home.forget_empty_standing()?;
                return Ok(None);
            };
            if self.answers(standing) {
                return Ok(Some(standing));
            }
            if self.pg_ctl("status", &[]).is_err() {
                return Ok(None);
            }
            if is_another_program(standing.pid) {
                self.home.forget_standing()?;
                return Ok(None);
            }
            pid = standing.pid;
            thread::sleep(PAUSE);
        }
        Err(Error::Silent { pid, folder: self.home.folder.clone() })
    }

    /// Whether our own data answers to our password on that port: after a crash another server may listen there.
    fn answers(&self, standing: Standing) -> bool {
        let mut psql = self.account.command(&self.programs.folder.join("psql"));
        psql.env("PGPASSWORD", &self.password).env("PGSSLMODE", "disable").env("PGCONNECT_TIMEOUT", "5");
        psql.args(["-X", "-A", "-t", "-h", "127.0.0.1", "-p", &standing.port.to_string()]);
        psql.args(["-U", initialisation::ADMINISTRATOR, "-d", initialisation::FIRST_DATABASE]);
        psql.args(["-c", "SHOW data_directory"]);
        account::output(&mut psql).is_ok_and(|folder| folder == self.home.data().to_string_lossy())
    }

    pub(crate) fn start(&self, settings: &Settings) -> Result<Standing, Error> {
        self.renew_log()?;
        for _ in 0..LOOKS_MAX {
            let port = port::choose(&self.home, settings.port)?;
            let Err(failed) = self.pg_ctl("start", &["-o", &options(settings.durable, port)]) else {
                let path = self.home.port();
                let kept = self.home.keep(&path, &port.to_string(), &self.account);
                kept.map_err(Error::file("write", &path))?;
                return self.home.standing().ok_or_else(|| self.not_started());
            };
            if !self.home.log().exists() {
                return Err(failed);
            }
            let failed = self.not_started();
            let said = failed.to_string();
            if !said.contains(PORT_TAKEN) && !said.contains(OTHERS_LEAVING) {
                return Err(failed);
            }
            // The log of this vain attempt must not push aside the one that tells how the run before it ended.
            let log = self.home.log();
            absent(fs::remove_file(&log)).map_err(Error::file("remove", &log))?;
            thread::sleep(PAUSE);
        }
        Err(self.not_started())
    }

    /// Stops this run of the server. One that is gone, and one that another has started since, are left as they are.
    pub(crate) fn stop(&self, run: Standing) -> Result<(), Error> {
        if self.home.standing() != Some(run) || self.pg_ctl("status", &[]).is_err() {
            return Ok(());
        }
        self.pg_ctl("stop", &["-m", "fast"]).map(drop)
    }

    /// `pg_ctl` puts the server in a session of its own, so that Ctrl-C at our terminal does not reach it: the
    /// service closes its work first, and then the server.
    fn pg_ctl(&self, verb: &str, arguments: &[&str]) -> Result<String, Error> {
        let mut pg_ctl = self.account.command(&self.programs.folder.join("pg_ctl"));
        pg_ctl.arg(verb).arg("-D").arg(self.home.data());
        if verb != "status" {
            pg_ctl.args(["-s", "-w", "-t", SECONDS_MAX]);
        }
        if verb == "start" {
            pg_ctl.arg("-l").arg(self.home.log());
        }
        account::output(pg_ctl.args(arguments))
    }

    /// The log is that of one run; the one before it is kept beside it.
    fn renew_log(&self) -> Result<(), Error> {
        let log = self.home.log();
        absent(fs::rename(&log, log.with_extension("log.before"))).map_err(Error::file("put aside", &log))
    }

    fn not_started(&self) -> Error {
        let log = self.home.log();
        let text = fs::read(&log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.len().saturating_sub(10);
        Error::NotStarted { said: lines.get(last..).unwrap_or_default().join("\n"), log }
    }
}

/// The settings stand on the command line, so that `postgresql.conf` is free for the one who looks after the data.
fn options(durable: bool, port: u16) -> String {
    let own = [
        format!("port={port}"),
        format!("shared_buffers={SHARED_BUFFERS}"),
        format!("max_connections={CONNECTIONS_MAX}"),
    ];
    let depending = if durable { DURABLE } else { FLEETING };
    let all = ALWAYS.iter().chain(depending).map(ToString::to_string).chain(own);
    all.map(|setting| format!("-c {setting}")).collect::<Vec<_>>().join(" ")
}

/// After a crash the number of the dead server's process may have gone to another program, and PostgreSQL would take
/// that one for itself. Where `ps` cannot tell, we leave it at that.
fn is_another_program(pid: u32) -> bool {
    let mut ps = Command::new("ps");
    let name = account::output(ps.args(["-o", "comm=", "-p", &pid.to_string()]));
    name.is_ok_and(|name| !name.is_empty() && !name.contains("postgres"))
}
