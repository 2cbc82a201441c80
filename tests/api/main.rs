//! The boundary: what a caller over HTTP may do, sees and is told; the real server over a real database.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]
#![expect(clippy::indexing_slicing, reason = "what is absent from an answer fails the test")]

mod addendum;
mod area_alerts;
mod bodies;
mod duties;
mod extract;
mod functions;
mod guard;
mod intake;
mod log;
mod look_back;
mod nowhere;
mod picture;
mod problems;
mod quarter;
mod reasons;
mod restored;
mod sheets;
mod struck;
mod tenancy;
mod texts;
mod warnings;
mod week;
mod worked_example;
