//! The files of the house as git sees them: tracked, and new ones that are not ignored.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

pub(crate) struct Source {
    /// From the root of the house, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The file's name without folder and ending.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    pub(crate) fn ends_in(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, own)| own == ending)
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.ends_in("rs")
    }

    pub(crate) fn lies_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    pub(crate) fn breach(&self, line: usize, what: &str, why: &str) -> String {
        format!("{}:{line} {what} — {why}", self.path)
    }
}

pub(crate) fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.parent().map_or(package.clone(), PathBuf::from)
}

/// Every text file; what is not UTF-8 has a name to judge but no text.
pub(crate) fn sources() -> Result<Vec<Source>> {
    let root = root();
    // The tree may belong to somebody else than the one who tests it, as in a container.
    let listed = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"])
        .current_dir(&root)
        .output()
        .context("git lists the files to check, and did not start")?;
    ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
    let mut sources = Vec::new();
    for path in listed.split_terminator('\0') {
        let file = root.join(path);
        // Git lists a file that was removed until the removal is staged.
        if file.is_file() {
            let bytes = fs::read(&file).with_context(|| format!("reading {path}"))?;
            sources.push(Source::new(path, &String::from_utf8(bytes).unwrap_or_default()));
        }
    }
    ensure!(sources.iter().any(Source::is_rust), "git lists no Rust file under {}", root.display());
    Ok(sources)
}

#[test]
fn a_source_knows_its_stem_and_folder() {
    let source = Source::new("crates/est/src/annual_review.rs", "");
    assert_eq!(source.stem(), "annual_review");
    assert!(source.is_rust());
    assert!(source.lies_in(&["services/", "crates/est/"]));
    assert!(!source.lies_in(&["crates/views/"]));
}

#[test]
fn this_file_is_among_the_sources() -> Result<()> {
    assert!(sources()?.iter().any(|source| source.path == "tests/tidy/tree.rs"));
    Ok(())
}
