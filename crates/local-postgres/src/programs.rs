//! PostgreSQL's programs: a folder that holds all of those we need, of one version that is new enough.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::account::{self, Account};
use crate::home::Home;

const MAJOR_MIN: u32 = 15;
/// They must lie together: Debian puts a wrapper of `psql` alone in the search path, others put links to some of them.
const NEEDED: [&str; 4] = ["postgres", "initdb", "pg_ctl", "psql"];
/// Where packages put their versions side by side: a folder, and how the names in it begin.
const VERSIONS: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
    ("/Applications/Postgres.app/Contents/Versions", ""),
];
const IN_SEARCH_PATH: &str = r#"set -f; IFS=:
for folder in $PATH; do if [ -x "$folder/initdb" ]; then echo "$folder/initdb"; fi; done"#;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programs {
    pub(crate) folder: PathBuf,
    pub(crate) major: u32,
}

/// Finds the programs, of the version that made the data if there is data: only that one can read it.
pub(crate) fn find(account: &Account, home: &Home) -> Result<Programs, Error> {
    let inspected = |folders: Vec<PathBuf>| -> Vec<Programs> {
        folders.into_iter().filter_map(|folder| inspect(account, folder)).collect()
    };
    let mut versions = inspected(side_by_side());
    versions.sort_by_key(|programs| Reverse(programs.major));
    let installed =
        [inspected(named_by_pg_config(account)), inspected(in_search_path(account)), versions].concat();
    let made_by = home.made_by()?;
    choose(&installed, made_by).cloned().ok_or_else(|| match made_by {
        Some(made_by) => Error::VersionGone { made_by, folder: home.folder.clone() },
        None => Error::NotInstalled { too_old: installed.into_iter().map(|it| it.folder).collect() },
    })
}

fn choose(installed: &[Programs], made_by: Option<u32>) -> Option<&Programs> {
    let suits = |major| major >= MAJOR_MIN && made_by.is_none_or(|made_by| made_by == major);
    installed.iter().find(|programs| suits(programs.major))
}

/// The first that a developer would mean, though it may be of a client that came without a server.
fn named_by_pg_config(account: &Account) -> Vec<PathBuf> {
    let asked = account::output(account.inquiry(Path::new("pg_config")).arg("--bindir"));
    asked.ok().map(PathBuf::from).into_iter().collect()
}

/// A link in the search path leads to where all the programs lie.
fn in_search_path(account: &Account) -> Vec<PathBuf> {
    let found = account::output(account.inquiry(Path::new("/bin/sh")).args(["-c", IN_SEARCH_PATH]));
    let folder = |initdb: &str| Path::new(initdb).canonicalize().ok()?.parent().map(Path::to_owned);
    found.unwrap_or_default().lines().filter_map(folder).collect()
}

fn side_by_side() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, beginning) in VERSIONS {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(beginning) {
                folders.push(entry.path().join("bin"));
            }
        }
    }
    folders
}

fn inspect(account: &Account, folder: PathBuf) -> Option<Programs> {
    if !NEEDED.iter().all(|name| folder.join(name).is_file()) {
        return None;
    }
    let version = account::output(account.command(&folder.join("postgres")).arg("--version")).ok()?;
    Some(Programs { major: major(&version)?, folder })
}

/// `postgres (PostgreSQL) 15.18 (Debian …)`, `… 18beta1`.
fn major(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
