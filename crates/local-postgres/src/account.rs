//! Who runs PostgreSQL's programs: the caller, or, since PostgreSQL refuses root, an unprivileged user in root's stead.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) in_roots_stead: Option<User>,
}

impl Account {
    /// The account for a cluster in this folder. For root it is the one the folder already belongs to, so that a
    /// cluster made by an ordinary user also starts when root runs the program.
    pub(crate) fn for_folder(folder: &Path) -> Result<Self, Error> {
        if number(&["-u"]) != Some(0) {
            return Ok(Self { in_roots_stead: None });
        }
        let owner = fs::metadata(folder).ok().map(|it| User { uid: it.uid(), gid: it.gid() });
        let user = owner
            .filter(|owner| owner.uid != 0)
            .or_else(|| named("postgres"))
            .or_else(|| named("nobody"))
            .ok_or(Error::NoUnprivilegedUser)?;
        Ok(Self { in_roots_stead: Some(user) })
    }

    /// A program with the caller's environment, for finding out what is installed.
    pub(crate) fn inquiry(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // An unprivileged user in root's stead may not stand in root's current folder.
        command.current_dir("/").stdin(Stdio::null());
        if let Some(user) = self.in_roots_stead {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// A program of PostgreSQL's, with an environment that is the same everywhere: `PGHOSTADDR` and its kin would
    /// lead elsewhere, we read messages in English, and on macOS a server without `LC_ALL` refuses to start.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = self.inquiry(program);
        command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin");
        command
    }
}

/// What a program printed, without the space around it.
pub(crate) fn output(command: &mut Command) -> Result<String, Error> {
    let program = Path::new(command.get_program()).to_owned();
    match command.output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Err(Error::Failed { program, said: String::from_utf8_lossy(&said).trim().to_owned() })
        }
        Err(source) => Err(Error::NotRun { program, source }),
    }
}

fn named(name: &str) -> Option<User> {
    Some(User { uid: number(&["-u", name])?, gid: number(&["-g", name])? })
}

/// The standard library cannot ask who we are, and `unsafe` is forbidden; `id` is on every system.
fn number(arguments: &[&str]) -> Option<u32> {
    output(Command::new("id").args(arguments)).ok()?.parse().ok()
}
