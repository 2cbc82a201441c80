//! Snapshots in git of what must be reviewed: compared with what is so now, rewritten when they are blessed.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const DIFFERENCES_SHOWN_MAX: usize = 10;

/// Fails when the file of that name under `tests/contract/` says something else; blessed, it is rewritten.
#[track_caller]
pub fn check(name: &str, actual: &str) {
    check_at(&format!("tests/contract/{name}"), actual);
}

/// As `check`, of a file that lies elsewhere in the house.
#[track_caller]
pub fn check_at(path: &str, actual: &str) {
    if blessed() {
        let written = fs::write(in_the_house(path), actual);
        assert!(written.is_ok(), "{path} is not written: {written:?}");
        return;
    }
    let stored = read(path);
    assert!(stored == actual, "{}", difference(path, &stored, actual));
}

/// What a file of the house says; one that cannot be read says nothing.
pub fn read(path: &str) -> String {
    fs::read_to_string(in_the_house(path)).unwrap_or_default()
}

fn in_the_house(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Whether what is so now is what shall be so: `BLESS=1`, set by `cargo xtask bless`.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, read in this one place")]
fn blessed() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

/// The first lines that differ, with their numbers.
fn difference(name: &str, stored: &str, actual: &str) -> String {
    let mut told = format!("{name} is not what it was; if it shall be so: cargo xtask bless\n");
    let (mut before, mut after) = (stored.lines(), actual.lines());
    let mut shown = 0;
    for number in 1_usize.. {
        let (old, new) = (before.next(), after.next());
        if (old, new) == (None, None) {
            break;
        }
        if old == new {
            continue;
        }
        shown += 1;
        if shown > DIFFERENCES_SHOWN_MAX {
            told.push_str("…\n");
            break;
        }
        for (sign, line) in [('-', old), ('+', new)] {
            if let Some(line) = line {
                // Writing to a string cannot fail.
                let _ = writeln!(told, "{number:>5} {sign} {line}");
            }
        }
    }
    told
}

/// Says what a test did not try, and why.
#[expect(clippy::print_stderr, reason = "a test that tries nothing says so plainly")]
pub fn tell(what: &str) {
    eprintln!("{what}");
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_lines_that_differ_are_told() {
        let told = difference("a.md", "one\ntwo\nthree\n", "one\n2\nthree\nfour\n");
        assert!(told.ends_with("    2 - two\n    2 + 2\n    4 + four\n"), "{told}");
    }

    #[test]
    fn a_long_difference_is_cut() {
        let told = difference("a.md", "", &"new\n".repeat(99));
        assert_eq!(told.lines().count(), 1 + 10 + 1);
        assert!(told.ends_with("…\n"));
    }
}
