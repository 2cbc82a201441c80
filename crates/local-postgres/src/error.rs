//! What can stand in the way of a private cluster, and what the person who runs the program can do about it.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no cluster. Each message says what to do.
#[derive(Debug)]
#[expect(clippy::error_impl_error, reason = "it is read with its crate's name: local_postgres::Error")]
pub enum Error {
    /// No PostgreSQL that is new enough is installed.
    NotInstalled { too_old: Vec<PathBuf> },
    /// The data was made by a version of PostgreSQL that is no longer installed.
    VersionGone { made_by: u32, folder: PathBuf },
    /// The folder holds something that is not a cluster of ours.
    FolderOccupied { folder: PathBuf },
    /// There is data, but its password is gone.
    PasswordLost { path: PathBuf },
    /// Another program listens on the port that was asked for.
    PortTaken { port: u16 },
    /// A file or folder could not be made, read or given away.
    File { doing: &'static str, path: PathBuf, source: io::Error },
    /// A program could not be run at all.
    NotRun { program: PathBuf, source: io::Error },
    /// A program ran and failed.
    Failed { program: PathBuf, said: String },
    /// The server did not come up.
    NotStarted { log: PathBuf, said: String },
    /// A server holds the folder, but does not answer.
    Silent { pid: u32, folder: PathBuf },
    /// Root runs the program, and there is no unprivileged user to run PostgreSQL.
    NoUnprivilegedUser,
}

impl Error {
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { doing, path: path.to_owned(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled { too_old } => not_installed(f, too_old),
            Self::VersionGone { made_by, folder } => write!(
                f,
                "the data in {0} was made by PostgreSQL {made_by}, which is not installed; install that version, \
                 or delete {0} to begin anew",
                folder.display()
            ),
            Self::FolderOccupied { folder } => write!(
                f,
                "{} holds other files and is no cluster of ours; choose an empty folder or one that does not exist",
                folder.display()
            ),
            Self::PasswordLost { path } => write!(
                f,
                "there is data, but {} is gone; put the file back, or delete its folder to begin anew",
                path.display()
            ),
            Self::PortTaken { port } => {
                write!(f, "another program listens on port {port}; stop it, or choose another port")
            }
            Self::File { doing, path, source } => write!(
                f,
                "could not {doing} {}: {source}; let this user write there, or choose another folder",
                path.display()
            ),
            Self::NotRun { program, source } => {
                write!(f, "could not run {}: {source}; see that it is installed", program.display())
            }
            Self::Failed { program, said } => write!(f, "{} failed and said: {said}", program.display()),
            Self::NotStarted { log, said } => {
                write!(f, "PostgreSQL did not start; its log, {}, ends: {said}", log.display())
            }
            Self::Silent { pid, folder } => write!(
                f,
                "process {pid} holds the cluster in {} but does not answer; stop it with `kill {pid}` and try again",
                folder.display()
            ),
            Self::NoUnprivilegedUser => f.write_str(
                "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`; \
                 run the program as an ordinary user",
            ),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::File { source, .. } | Self::NotRun { source, .. } => Some(source),
            Self::NotInstalled { .. }
            | Self::VersionGone { .. }
            | Self::FolderOccupied { .. }
            | Self::PasswordLost { .. }
            | Self::PortTaken { .. }
            | Self::Failed { .. }
            | Self::NotStarted { .. }
            | Self::Silent { .. }
            | Self::NoUnprivilegedUser => None,
        }
    }
}

fn not_installed(f: &mut fmt::Formatter<'_>, too_old: &[PathBuf]) -> fmt::Result {
    f.write_str("PostgreSQL 15 or newer, with its server programs, is not installed")?;
    for folder in too_old {
        write!(f, " (the one in {} is older)", folder.display())?;
    }
    f.write_str(
        "; `make run` installs it, or do so yourself: `sudo apt-get install postgresql` on Debian and Ubuntu, \
         `sudo dnf install postgresql-server postgresql-contrib` on Fedora, `brew install postgresql@17` on macOS",
    )
}
