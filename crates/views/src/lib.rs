//! What is read: each file is one view, with how it follows events and its queries. Views never write events.
//! What accumulates has a table; what is settled and small is read from the facts.

pub mod addenda;
pub mod analyses;
pub mod area_alerts;
pub mod areas;
pub mod calendar;
pub mod compilations;
pub mod digests;
pub mod distribution;
pub mod fidelity;
pub mod forms;
pub mod functions;
pub mod interventions;
pub mod organisations;
pub mod outcomes;
pub mod overlaps;
pub mod patterns;
pub mod pictures;
pub mod pledges;
pub mod priorities;
pub mod problems;
pub mod programme;
pub mod reporting;
pub mod reports;
pub mod rescreening;
pub mod series;
pub mod texts;
pub mod timelines;
pub mod trends;
pub mod warnings;
pub mod weeks;

mod contributions;
mod counted;
mod follow;
mod intervention_alerts;
mod kept;
mod reading;
mod rebuild;

pub use follow::Views;
pub use intervention_alerts::Alert;
pub use reading::{Readable, Reader};
pub use rebuild::{Rebuilt, rebuild};
