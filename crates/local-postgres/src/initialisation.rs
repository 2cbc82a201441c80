//! The making of the data and its password, whole or not at all.

use std::fs::{self, File};
use std::io::ErrorKind;

use rand::distr::{Alphanumeric, SampleString};

use crate::Error;
use crate::account::{self, Account};
use crate::home::Home;
use crate::programs::Programs;

pub(crate) const ADMINISTRATOR: &str = "postgres";
pub(crate) const FIRST_DATABASE: &str = "postgres";
const UNFINISHED: &str = "data.unfinished-";

/// Makes the data unless it is there, and returns the password.
pub(crate) fn ensure(
    home: &Home,
    account: &Account,
    programs: &Programs,
    durable: bool,
) -> Result<String, Error> {
    sweep(home)?;
    if home.data().exists() {
        return kept_password(home)?.ok_or_else(|| Error::PasswordLost { path: home.password() });
    }
    let password = match kept_password(home)? {
        Some(password) => password,
        None => new_password(home, account)?,
    };
    make_data(home, account, programs, durable)?;
    Ok(password)
}

/// The data is made under another name and then given its own, so that what carries the name is complete. The name
/// is new each time, since an `initdb` whose caller was killed may still be writing to the last one.
fn make_data(home: &Home, account: &Account, programs: &Programs, durable: bool) -> Result<(), Error> {
    let unfinished = home.folder.join(format!("{UNFINISHED}{}", letters(8)));
    let mut initdb = account.command(&programs.folder.join("initdb"));
    initdb.arg("--pgdata").arg(&unfinished).arg("--pwfile").arg(home.password());
    initdb.args([
        "--username",
        ADMINISTRATOR,
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        "--locale",
        "C",
    ]);
    if !durable {
        initdb.arg("--no-sync");
    }
    account::output(&mut initdb)?;
    let data = home.data();
    let named = fs::rename(&unfinished, &data).and_then(|()| File::open(&home.folder)?.sync_all());
    named.map_err(Error::file("make", &data))
}

fn sweep(home: &Home) -> Result<(), Error> {
    let unreadable = || Error::file("read", &home.folder);
    for entry in fs::read_dir(&home.folder).map_err(unreadable())? {
        let entry = entry.map_err(unreadable())?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // What cannot be removed now, because an orphaned `initdb` still writes to it, is removed next time.
            fs::remove_dir_all(entry.path()).unwrap_or_default();
        }
    }
    Ok(())
}

fn kept_password(home: &Home) -> Result<Option<String>, Error> {
    let path = home.password();
    match fs::read_to_string(&path) {
        Ok(password) => Ok(Some(password.trim().to_owned()).filter(|it| !it.is_empty())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("read", &path)(error)),
    }
}

fn new_password(home: &Home, account: &Account) -> Result<String, Error> {
    let (path, password) = (home.password(), letters(32));
    home.keep(&path, &password, account).map_err(Error::file("write", &path))?;
    Ok(password)
}

fn letters(count: usize) -> String {
    Alphanumeric.sample_string(&mut rand::rng(), count)
}
