//! Which room may know which: `personal-data ← est ← event-log ← views ← {api, worker} ← samlad`.
//! The table is written out, so that a new room or a new arrow is a decision that somebody reads.

use crate::{
    Told,
    graph::{self, Graph},
    none,
};

/// `event-log` knows the pattern of `est` (decisions, facts, texts) and names no aggregate: see absences.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("crates/personal-data", &[]),
    ("crates/effects", &[]),
    ("crates/est", &["personal-data"]),
    ("crates/event-log", &["est", "personal-data"]),
    ("crates/documents", &["est", "personal-data"]),
    ("crates/views", &["effects", "est", "event-log", "personal-data"]),
    ("services/api", &["documents", "effects", "est", "event-log", "personal-data", "views"]),
    ("services/worker", &["documents", "effects", "est", "event-log", "personal-data", "views"]),
    ("crates/local-postgres", &[]),
    (
        "services/samlad",
        &[
            "api",
            "documents",
            "effects",
            "est",
            "event-log",
            "local-postgres",
            "personal-data",
            "views",
            "worker",
        ],
    ),
    ("crates/xtask", &[]),
    (
        "tests",
        &[
            "api",
            "documents",
            "effects",
            "est",
            "event-log",
            "local-postgres",
            "personal-data",
            "samlad",
            "views",
            "worker",
        ],
    ),
];

fn breaches(rooms: &Graph) -> Vec<String> {
    let mut breaches = Vec::new();
    for (room, needed) in rooms {
        let Some((folder, allowed)) =
            ALLOWED.iter().find(|(folder, _)| folder.rsplit('/').next() == Some(room))
        else {
            breaches.push(format!("Cargo.toml:1 {room} — a new room has no row in tests/tidy/arrows.rs"));
            continue;
        };
        for other in needed.iter().filter(|other| !allowed.contains(&other.as_str())) {
            breaches.push(format!("{folder}/Cargo.toml:1 {room} → {other} — arrows point one way"));
        }
    }
    breaches
}

#[test]
fn arrows_point_one_way() -> Result<(), Told> {
    none(&breaches(&graph::rooms()?))
}

#[test]
fn an_arrow_that_points_back_is_found() {
    let rooms =
        graph::drawn(&[("views", &["est", "event-log"]), ("event-log", &["views"]), ("est", &["views"])]);
    let found = breaches(&rooms).join("\n");
    assert!(found.contains("event-log → views") && found.contains("est → views"), "{found}");
    assert!(!found.contains("views → "), "{found}");
}

#[test]
fn a_room_without_a_row_is_found() {
    assert_eq!(breaches(&graph::drawn(&[("attic", &[])])).len(), 1);
}
