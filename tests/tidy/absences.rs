//! What a room must not know: the method, the guard and the statistics have no clock, chance, waiting or
//! files; the log names no aggregate; views never write events.

use crate::{
    Told,
    graph::{self, Graph},
    none,
    reading::Reading,
    tree::{self, Source},
};

const PURE: [&str; 3] = ["est", "personal-data", "effects"];
const PURE_SOURCES: [&str; 3] = ["crates/est/src/", "crates/personal-data/src/", "crates/effects/src/"];
const AGGREGATES: &str = "crates/est/src/";
const LOG: &str = "crates/event-log/src/";
const VIEWS: &str = "crates/views/src/";

/// Packages that bring waiting, the network, a database or chance. `getrandom` and `rand_core` are not among
/// them: the UUID type draws them in, and `rims` sees to it that nobody below the binary calls them.
const IMPURE_PACKAGES: [&str; 28] = [
    "actix-rt",
    "actix-web",
    "async-std",
    "async-trait",
    "axum",
    "deadpool",
    "deadpool-postgres",
    "fastrand",
    "futures-executor",
    "futures-util",
    "http",
    "hyper",
    "mio",
    "postgres",
    "postgres-types",
    "rand",
    "rand_chacha",
    "refinery",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
    "tokio-postgres",
    "tracing",
    "ureq",
    "url",
];

const IMPURE_PATHS: [&str; 12] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "async",
    "await",
];

fn packages(graph: &Graph) -> Vec<String> {
    let mut breaches = Vec::new();
    for room in PURE {
        for (package, way) in graph::reached(graph, room) {
            if IMPURE_PACKAGES.contains(&package.as_str()) {
                breaches.push(format!("crates/{room}/Cargo.toml:1 {way} — {room} is pure"));
            }
        }
    }
    breaches
}

fn impure(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && source.lies_in(&PURE_SOURCES)) {
        let reading = Reading::of(&source.text);
        for named in IMPURE_PATHS {
            let found = reading.naming(named);
            breaches.extend(found.map(|path| source.breach(path.line, &path.what, "this room is pure")));
        }
    }
    breaches
}

/// The files of `est` whose state is an aggregate's. A word that the log has a file of its own for is not only
/// theirs.
fn aggregates(sources: &[Source]) -> Vec<&str> {
    let own: Vec<_> = sources.iter().filter(|source| source.lies_in(&[LOG])).map(Source::stem).collect();
    let is_aggregate =
        |source: &&Source| source.text.contains("impl Aggregate for State") && !own.contains(&source.stem());
    let method = sources.iter().filter(|source| source.is_rust() && source.lies_in(&[AGGREGATES]));
    method.filter(is_aggregate).map(Source::stem).collect()
}

fn named_in_the_log(sources: &[Source]) -> Vec<String> {
    let aggregates = aggregates(sources);
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && source.lies_in(&[LOG])) {
        let reading = Reading::of(&source.text);
        for path in &reading.paths {
            let said = path.what.strip_prefix("est::").unwrap_or(&path.what);
            let names = |stem: &&&str| said == **stem || said.starts_with(&format!("{stem}::"));
            if aggregates.iter().any(|stem| names(&stem) && path.what.contains("::")) {
                breaches.push(source.breach(path.line, &path.what, "the log names no aggregate"));
            }
        }
        // A stored type is `report.submitted`, a stream `report/2026-W47/…`.
        for literal in &reading.literals {
            if aggregates.iter().any(|stem| begins_a_name(&literal.what, stem)) {
                breaches.push(source.breach(literal.line, &literal.what, "the log names no aggregate"));
            }
        }
    }
    breaches
}

fn begins_a_name(literal: &str, stem: &str) -> bool {
    ['"', '\'']
        .iter()
        .any(|quote| ['.', '/'].iter().any(|joint| literal.contains(&format!("{quote}{stem}{joint}"))))
}

fn writing_views(sources: &[Source]) -> Vec<String> {
    const WHY: &str = "views follow the log and never write it";
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && source.lies_in(&[VIEWS])) {
        let reading = Reading::of(&source.text);
        for path in &reading.paths {
            let of_the_log = path.what.starts_with("event_log::");
            let last = path.what.rsplit("::").next().unwrap_or_default();
            if of_the_log && ["Writer", "append"].contains(&last) {
                breaches.push(source.breach(path.line, &path.what, WHY));
            }
        }
        for literal in reading.literals.iter().filter(|literal| writes_events(&literal.what)) {
            breaches.push(source.breach(literal.line, "writes the table event", WHY));
        }
    }
    breaches
}

fn writes_events(sql: &str) -> bool {
    let words: Vec<_> =
        sql.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    words.windows(3).any(|three| matches!(three, ["INSERT", "INTO", "event"] | ["DELETE", "FROM", "event"]))
        || words.windows(2).any(|two| matches!(two, ["UPDATE" | "COPY" | "TRUNCATE", "event"]))
}

#[test]
fn the_pure_rooms_depend_on_nothing_impure() -> Result<(), Told> {
    none(&packages(&graph::resolved()?))
}

#[test]
fn the_pure_rooms_name_nothing_impure() -> Result<(), Told> {
    none(&impure(&tree::sources()?))
}

#[test]
fn the_log_names_no_aggregate() -> Result<(), Told> {
    let sources = tree::sources()?;
    if aggregates(&sources).is_empty() {
        return Err(Told(format!("no aggregate found in {AGGREGATES}: the check would see nothing")));
    }
    none(&named_in_the_log(&sources))
}

#[test]
fn views_never_write_events() -> Result<(), Told> {
    none(&writing_views(&tree::sources()?))
}

#[test]
fn an_impure_package_is_found_however_deep() {
    let graph = graph::drawn(&[
        ("est", &["jiff"]),
        ("jiff", &["clever"]),
        ("clever", &["tokio"]),
        ("api", &["rand"]),
    ]);
    assert_eq!(packages(&graph), ["crates/est/Cargo.toml:1 est → jiff → clever → tokio — est is pure"]);
}

#[test]
fn an_impure_word_is_found_in_a_pure_room_only() {
    let text = "use std::{fs, time::SystemTime};\nasync fn f() { g().await }";
    let found =
        impure(&[Source::new("crates/est/src/week.rs", text), Source::new("services/api/src/a.rs", text)]);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|breach| breach.starts_with("crates/est/src/week.rs:")));
}

#[test]
fn an_aggregate_named_in_the_log_is_found() {
    let aggregate = "impl Aggregate for State {}";
    let named =
        "use est::report;\nfn f() { report::Event::Submitted; q(\"WHERE type = 'report.submitted'\"); }";
    let sources = [
        Source::new("crates/est/src/report.rs", aggregate),
        Source::new("crates/est/src/text.rs", aggregate),
        Source::new("crates/est/src/week.rs", "pub struct Week;"),
        Source::new("crates/event-log/src/text.rs", "fn g() { text::f(); week::f(); report() }"),
        Source::new("crates/event-log/src/read.rs", named),
    ];
    let found = named_in_the_log(&sources);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|breach| breach.starts_with("crates/event-log/src/read.rs:")));
}

#[test]
fn a_view_that_writes_events_is_found() {
    let text = "use event_log::{Follow, writer::Writer};\nconst A: &str = \"INSERT INTO\n event (a)\";\n\
                const B: &str = \"INSERT INTO event_count\";";
    let found = writing_views(&[Source::new("crates/views/src/weeks.rs", text)]);
    assert_eq!(found.len(), 2, "{found:?}");
}
