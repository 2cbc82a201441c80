//! Sizes that keep the house liveable: 400 lines a file, 60 a function, 120 columns, and an opening of one to
//! three lines that says what the file is.

use crate::{
    Told, none,
    reading::Reading,
    tree::{self, Source},
};

const LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 60;
const COLUMNS_MAX: usize = 120;
const OPENING_LINES_MAX: usize = 3;

fn breaches(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    let lines = source.text.lines().count();
    if lines > LINES_MAX {
        breaches.push(source.breach(lines, &format!("{lines} lines"), "a file has at most 400"));
    }
    for (number, line) in source.text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > COLUMNS_MAX {
            breaches.push(source.breach(number + 1, &format!("{columns} columns"), "a line has at most 120"));
        }
    }
    let opening = source.text.lines().take_while(|line| line.starts_with("//!")).count();
    if opening == 0 || opening > OPENING_LINES_MAX {
        let what = format!("opens with {opening} lines of //!");
        breaches.push(source.breach(1, &what, "one to three say what the file is"));
    }
    let reading = Reading::of(&source.text);
    if reading.broken {
        breaches.push(source.breach(1, "is not Rust", "its tokens cannot be read"));
    }
    for function in reading.functions.iter().filter(|function| function.length > FUNCTION_LINES_MAX) {
        let what = format!("{} has {} lines", function.name, function.length);
        breaches.push(source.breach(function.line, &what, "a function has at most 60"));
    }
    breaches
}

#[test]
fn files_and_functions_keep_their_sizes() -> Result<(), Told> {
    let sources = tree::sources()?;
    none(&sources.iter().filter(|source| source.is_rust()).flat_map(breaches).collect::<Vec<_>>())
}

#[test]
fn what_is_too_large_is_found() {
    let body = "    step();\n".repeat(59);
    let fitting = format!("//! A file.\n\nfn f() {{\n{}}}\n", "    step();\n".repeat(58));
    assert!(breaches(&Source::new("a.rs", &fitting)).is_empty());
    let long = format!("//! A file.\n\nfn f() {{\n{body}}}\n");
    assert_eq!(breaches(&Source::new("a.rs", &long)), ["a.rs:3 f has 61 lines — a function has at most 60"]);
    let many = format!("//! A file.\n{}", "\n".repeat(400));
    assert_eq!(breaches(&Source::new("a.rs", &many)), ["a.rs:401 401 lines — a file has at most 400"]);
    let wide = format!("//! {}\n", "å".repeat(117));
    assert_eq!(breaches(&Source::new("a.rs", &wide)), ["a.rs:1 121 columns — a line has at most 120"]);
}

#[test]
fn a_missing_or_long_opening_is_found() {
    assert!(breaches(&Source::new("a.rs", "fn f() {}\n")).join("").contains("opens with 0 lines"));
    assert!(
        breaches(&Source::new("a.rs", "//! 1\n//! 2\n//! 3\n//! 4\n"))
            .join("")
            .contains("opens with 4 lines")
    );
    assert!(breaches(&Source::new("a.rs", "//! 1\nfn f() {")).join("").contains("is not Rust"));
}
