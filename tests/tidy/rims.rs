//! What only the rim of the house touches: the environment, the clock and chance belong to the binary and to
//! tests, SQL to the rooms that have a database.

use crate::{
    Told, none,
    reading::Reading,
    tree::{self, Source},
};

/// The two crates without a row in the method run on a developer's machine and nowhere else.
const RIM: [&str; 5] = [
    "services/samlad/src/",
    "services/api/src/tokens/tests/",
    "tests/",
    "crates/xtask/",
    "crates/local-postgres/",
];
/// A cluster is asked by its own tests whether it lives.
const SQL_ROOMS: [&str; 5] =
    ["crates/event-log/", "crates/views/", "crates/local-postgres/tests/", "services/samlad/", "tests/"];

const ARGUMENTS: [(&str, &str); 20] = [
    ("env::var", "only the binary reads the environment"),
    ("env::var_os", "only the binary reads the environment"),
    ("env::vars", "only the binary reads the environment"),
    ("SystemTime::now", "the clock is an argument"),
    ("Timestamp::now", "the clock is an argument"),
    ("Zoned::now", "the clock is an argument"),
    ("Uuid::new_v4", "chance is an argument"),
    ("Uuid::now_v7", "clock and chance are arguments"),
    ("rand::fill", "chance is an argument"),
    ("rand::make_rng", "chance is an argument"),
    ("rand::random", "chance is an argument"),
    ("rand::random_bool", "chance is an argument"),
    ("rand::random_range", "chance is an argument"),
    ("rand::rng", "chance is an argument"),
    ("from_os_rng", "chance is an argument"),
    ("getrandom", "chance is an argument"),
    ("OsRng", "chance is an argument"),
    ("SysRng", "chance is an argument"),
    ("SystemRandom", "chance is an argument"),
    ("ThreadRng", "chance is an argument"),
];

/// Capitals, as the house writes SQL; a sentence that happens to say "select" is no query.
const SQL: [&str; 4] = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE "];

fn inside_the_rim(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && !source.lies_in(&RIM)) {
        let reading = Reading::of(&source.text);
        for (named, why) in ARGUMENTS {
            breaches.extend(reading.naming(named).map(|path| source.breach(path.line, &path.what, why)));
        }
    }
    breaches
}

fn stray_sql(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && !source.lies_in(&SQL_ROOMS)) {
        for literal in Reading::of(&source.text).literals {
            if let Some(word) = SQL.iter().find(|word| literal.what.contains(**word)) {
                breaches.push(source.breach(literal.line, word.trim_end(), "this room knows no SQL"));
            }
        }
    }
    breaches
}

#[test]
fn clock_chance_and_environment_are_read_at_the_rim() -> Result<(), Told> {
    none(&inside_the_rim(&tree::sources()?))
}

#[test]
fn sql_stands_where_the_database_is() -> Result<(), Told> {
    none(&stray_sql(&tree::sources()?))
}

#[test]
fn a_clock_read_inside_is_found() {
    let text = "use jiff::Timestamp;\nfn now() -> Timestamp { Timestamp::now() }\n\
                fn id() { uuid::Uuid::now_v7(); rand::rng(); }";
    let found = inside_the_rim(&[Source::new("services/api/src/a.rs", text)]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(inside_the_rim(&[Source::new("services/samlad/src/clock.rs", text)]).is_empty());
}

#[test]
fn a_query_in_the_wrong_room_is_found() {
    let text = "/// SELECT nothing.\nfn f() { sql(\"SELECT 1\"); help(\"select a week\") }";
    assert_eq!(
        stray_sql(&[Source::new("services/api/src/a.rs", text)]),
        ["services/api/src/a.rs:2 SELECT — this room knows no SQL"]
    );
    assert!(stray_sql(&[Source::new("crates/views/src/weeks.rs", text)]).is_empty());
}
