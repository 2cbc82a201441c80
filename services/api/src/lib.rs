//! The HTTP service: routes, callers, problems, the contract. It holds no rule of the method.

mod answer;
mod as_of;
mod body;
mod caller;
mod contract;
mod envelope;
mod language;
mod measure;
mod panicking;
mod peer;
mod problem;
mod quota;
mod route_table;
mod routes;
mod server;
mod sheet;
mod site;
mod span;
pub mod spreadsheet;
mod tokens;
mod trace;
mod violation;
mod writing;

pub use contract::contract;
pub use measure::{recorder, upkeep};
pub use panicking::note_panics;
pub use quota::QuotaSettings;
pub use server::{Listening, Parts, listen};
pub use site::Settings;
pub use tokens::{KeySource, TokenSettings, Tokens};

/// The version of the API, by semantic versioning.
pub const VERSION: &str = "1.0.0";
/// The day that the version was released.
pub const RELEASED: &str = "2026-11-23";
