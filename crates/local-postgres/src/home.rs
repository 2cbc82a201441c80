//! The folder a cluster lives in: where it lies, which files it holds, and whose turn it is to change it.

mod reach;
#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::account::{self, Account};
use crate::server::Standing;

#[derive(Debug)]
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
}

/// Settles where the cluster lives and who runs it, and sees to it that the folder exists and belongs to them.
pub(crate) fn settle(asked: &Path) -> Result<(Home, Account), Error> {
    let asked = real(asked).map_err(Error::file("make the folder that is to hold", asked))?;
    let account = Account::for_folder(&asked)?;
    let folder = match account.in_roots_stead {
        None => asked,
        Some(user) => {
            let steps = reach::steps_to(&asked).map_err(Error::file("read the way to", &asked))?;
            reach::choose(&asked, &steps, user)
        }
    };
    let account = Account::for_folder(&folder)?;
    let home = Home { folder };
    home.furnish(&account)?;
    Ok((home, account))
}

/// The path without symbolic links, whose modes are the ones that count; all but its last part is made.
fn real(asked: &Path) -> io::Result<PathBuf> {
    let asked = std::path::absolute(asked)?;
    match (asked.parent(), asked.file_name()) {
        (Some(parent), Some(name)) if !asked.exists() => {
            fs::create_dir_all(parent)?;
            Ok(parent.canonicalize()?.join(name))
        }
        _ => asked.canonicalize(),
    }
}

impl Home {
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub(crate) fn password(&self) -> PathBuf {
        self.folder.join("password")
    }

    pub(crate) fn port(&self) -> PathBuf {
        self.folder.join("port")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    fn owner(&self) -> PathBuf {
        self.folder.join("owner")
    }

    fn furnish(&self, account: &Account) -> Result<(), Error> {
        let folder = &self.folder;
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent).map_err(Error::file("make", parent))?;
        }
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            Err(_) | Ok(()) => Ok(()),
        }
        .map_err(Error::file("make", folder))?;
        let empty = fs::read_dir(folder).map_err(Error::file("read", folder))?.next().is_none();
        // A mistyped folder must not be given away, nor its content.
        if !empty && !self.lock().exists() {
            return Err(Error::FolderOccupied { folder: folder.clone() });
        }
        let owner = fs::metadata(folder).map_err(Error::file("read", folder))?.uid();
        match account.in_roots_stead {
            Some(user) if user.uid != owner => {
                let whom = format!("{}:{}", user.uid, user.gid);
                account::output(Command::new("chown").arg("-R").arg(whom).arg(folder))?;
            }
            Some(_) | None => {}
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700))
            .map_err(Error::file("close to others", folder))
    }

    /// Waits for our turn to make, start or stop the cluster; it lasts until the file is dropped.
    pub(crate) fn turn(&self, account: &Account) -> Result<File, Error> {
        let path = self.lock();
        let file = match create(&path, account) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => File::open(&path),
            other => other,
        };
        let file = file.map_err(Error::file("open", &path))?;
        file.lock().map_err(Error::file("lock", &path))?;
        Ok(file)
    }

    /// Makes the server that is about to start ours. The file is made anew, so that the owner of an earlier server,
    /// which may have been killed, keeps nothing but its old file.
    pub(crate) fn own(&self, account: &Account) -> Result<File, Error> {
        let path = self.owner();
        let owned = self.keep(&path, "", account).and_then(|()| File::open(&path)).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        owned.map_err(Error::file("own", &path))
    }

    /// Takes over a running server whose owner is dead. A server without an owner's file was started by hand.
    pub(crate) fn adopt(&self) -> Result<Option<File>, Error> {
        let path = self.owner();
        let Ok(file) = File::open(&path) else { return Ok(None) };
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::file("lock", &path)(source)),
        }
    }

    /// Writes a whole private file or none: a name is only given to what is complete.
    pub(crate) fn keep(&self, path: &Path, content: &str, account: &Account) -> io::Result<()> {
        let unfinished = self.folder.join("unfinished");
        absent(fs::remove_file(&unfinished))?;
        let mut file = create(&unfinished, account)?;
        file.write_all(content.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    }

    /// The version of PostgreSQL that made the data, if there is any.
    pub(crate) fn made_by(&self) -> Result<Option<u32>, Error> {
        let path = self.data().join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(version) => Ok(version.trim().parse().ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file("read", &path)(error)),
        }
    }

    /// What the server's own file says of it, whether it lives or not.
    pub(crate) fn standing(&self) -> Option<Standing> {
        Standing::parse(&fs::read_to_string(self.data().join("postmaster.pid")).ok()?)
    }

    /// Removes the file of a server that is known not to live, which PostgreSQL would otherwise defer to.
    pub(crate) fn forget_standing(&self) -> Result<(), Error> {
        let path = self.data().join("postmaster.pid");
        absent(fs::remove_file(&path)).map_err(Error::file("remove", &path))
    }

    /// A power failure may leave the file empty, and PostgreSQL then leaves its removal to us.
    pub(crate) fn forget_empty_standing(&self) -> Result<(), Error> {
        let left = fs::metadata(self.data().join("postmaster.pid"));
        if left.is_ok_and(|it| it.len() == 0) { self.forget_standing() } else { Ok(()) }
    }
}

/// Makes a file that did not exist. An existing one is never given away: it might be a link to another's.
fn create(path: &Path, account: &Account) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    if let Some(user) = account.in_roots_stead {
        fchown(&file, Some(user.uid), Some(user.gid))?;
    }
    Ok(file)
}

/// Success also when there was nothing there.
pub(crate) fn absent(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
