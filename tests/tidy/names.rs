//! Names say what a thing is in the method; words that say nothing are banned, and so are marks of unfinished
//! work and of tests that do not test.

use crate::{
    Told, none,
    reading::Reading,
    tree::{self, Source},
};

const EMPTY_WORDS: [&str; 13] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "service", "dto", "impl",
    "data", "info",
];
/// In pieces, since this file is searched as well.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
const SLEEPS: [&str; 3] = ["thread::sleep", "time::sleep", "time::sleep_until"];
/// The one function that waits for a condition.
const WAITING: &str = "tests/src/wait.rs";

fn empty_names(source: &Source) -> Vec<String> {
    const WHY: &str = "the word says nothing; use the method's noun";
    let mut breaches = Vec::new();
    if source.path.ends_with("/mod.rs") {
        breaches.push(source.breach(1, "mod.rs", "a module's file has the module's name"));
    }
    // A page may have the personal-data guard in its name.
    if source.is_rust() || source.ends_in("sql") {
        breaches.extend(empty_word(source.stem()).map(|word| source.breach(1, &word, WHY)));
    }
    if source.is_rust() {
        for declared in Reading::of(&source.text).declared {
            let word = empty_word(&declared.what);
            breaches.extend(
                word.map(|word| source.breach(declared.line, &format!("{}: {word}", declared.what), WHY)),
            );
        }
    }
    breaches
}

fn empty_word(name: &str) -> Option<String> {
    words(name).into_iter().find(|word| EMPTY_WORDS.contains(&word.as_str()))
}

/// `TableInfo`, `table_info` and `table-info` are all table and info.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.chars() {
        if matches!(letter, '_' | '-' | '.') || (letter.is_uppercase() && after_small) {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase() || letter.is_numeric();
    }
    words
}

/// In code and configuration; a page may well explain that the mark is not used.
fn unfinished(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    if source.ends_in("md") {
        return breaches;
    }
    for (number, line) in source.text.lines().enumerate() {
        let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let mark = words.find(|word| UNFINISHED.contains(word));
        breaches
            .extend(mark.map(|mark| source.breach(number + 1, mark, "finish it or write it in an issue")));
    }
    breaches
}

fn tests_that_do_not_test(source: &Source) -> Vec<String> {
    let reading = Reading::of(&source.text);
    let mut breaches = Vec::new();
    for attribute in &reading.attributes {
        let mut words = attribute.what.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let first = words.next().unwrap_or_default();
        let sometimes = first == "cfg_attr" && words.any(|word| word == "ignore");
        if sometimes || ["ignore", "should_panic"].contains(&first) {
            breaches.push(source.breach(
                attribute.line,
                &attribute.what,
                "a test runs, and says what it expects",
            ));
        }
    }
    if source.lies_in(&["tests/"]) && source.path != WAITING {
        for named in SLEEPS {
            let found = reading.naming(named);
            breaches.extend(found.map(|path| source.breach(path.line, &path.what, "wait for a condition")));
        }
    }
    breaches
}

#[test]
fn names_are_the_nouns_of_the_method() -> Result<(), Told> {
    none(&tree::sources()?.iter().flat_map(empty_names).collect::<Vec<_>>())
}

#[test]
fn nothing_is_marked_unfinished() -> Result<(), Told> {
    none(&tree::sources()?.iter().flat_map(unfinished).collect::<Vec<_>>())
}

#[test]
fn every_test_runs_and_none_sleeps() -> Result<(), Told> {
    let sources = tree::sources()?;
    none(
        &sources
            .iter()
            .filter(|source| source.is_rust())
            .flat_map(tests_that_do_not_test)
            .collect::<Vec<_>>(),
    )
}

#[test]
fn an_empty_word_is_found_in_file_and_type() {
    assert_eq!(words("TableInfo2-of_HTTPService"), ["table", "info2", "of", "httpservice"]);
    let found = |path, text| empty_names(&Source::new(path, text)).len();
    assert_eq!(found("crates/est/src/report_util.rs", ""), 1);
    assert_eq!(found("crates/est/src/mod.rs", ""), 1);
    assert_eq!(found("a.rs", "struct UnitInfo;\nmod helpers {}\nenum Handler {}"), 3);
    assert_eq!(found("docs/decisions/0004-personal-data.md", ""), 0);
    assert_eq!(found("crates/personal-data/src/names.rs", "struct Information; struct Managerial;"), 0);
}

#[test]
fn a_mark_of_unfinished_work_is_found() {
    let text = format!("fn f() {{}}\n// {}: later\n", UNFINISHED.concat().get(..4).unwrap_or_default());
    assert_eq!(unfinished(&Source::new("a.rs", &text)).len(), 1);
    assert!(unfinished(&Source::new("STYLE.md", &text)).is_empty());
    assert!(unfinished(&Source::new("a.sh", "mktemp XXXXXX")).is_empty());
}

#[test]
fn a_test_that_does_not_test_is_found() {
    let text = concat!(
        "#[ig",
        "nore = \"slow\"]\nfn f() { tokio::time::sl",
        "eep(a).await }\n#[cfg_attr(miri, ignore)]"
    );
    assert_eq!(tests_that_do_not_test(&Source::new("tests/api/weeks.rs", text)).len(), 3);
    assert_eq!(tests_that_do_not_test(&Source::new(WAITING, text)).len(), 2);
}
