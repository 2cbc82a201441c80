//! Whether an unprivileged user reaches the folder that was asked for, and where the cluster lives if not.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::account::User;

const ELSEWHERE: &str = "/var/lib/samlad";

/// One folder on the way: its mode and whom it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) mode: u32,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Step {
    /// The system looks at one class only: an owner whom the mode shuts out is not let in as one of the others.
    fn lets_through(self, user: User) -> bool {
        let passage = if self.uid == user.uid {
            0o100
        } else if self.gid == user.gid {
            0o010
        } else {
            0o001
        };
        self.mode & passage != 0
    }
}

/// The folders above this one.
pub(super) fn steps_to(folder: &Path) -> io::Result<Vec<Step>> {
    let step =
        |above: &Path| fs::metadata(above).map(|it| Step { mode: it.mode(), uid: it.uid(), gid: it.gid() });
    folder.ancestors().skip(1).map(step).collect()
}

/// The folder asked for, or, if the way there is closed to the user, one that follows from its path.
pub(super) fn choose(asked: &Path, steps: &[Step], user: User) -> PathBuf {
    if steps.iter().all(|step| step.lets_through(user)) {
        return asked.to_owned();
    }
    let digest = Sha256::digest(asked.as_os_str().as_bytes());
    let short = digest.iter().take(6).fold(0, |short: u64, byte| short << 8 | u64::from(*byte));
    Path::new(ELSEWHERE).join(format!("{short:012x}"))
}
