//! The method itself, pure: what may happen in an EST programme, decided from what has happened.
//! One file per aggregate, in the order of the method's year.

pub mod addendum;
pub mod analysis;
pub mod area;
pub mod compilation;
pub mod cycle;
pub mod distribution;
pub mod function;
pub mod intervention;
pub mod organisation;
pub mod picture;
pub mod pledge;
pub mod prioritisation;
pub mod problem;
pub mod programme;
pub mod report;
pub mod rescreening;

pub mod accumulation;
pub mod catalogue;
pub mod checklist;
pub mod decision;
pub mod designation;
pub mod draft;
pub mod event;
pub mod facts;
pub mod guard;
pub mod identity;
pub mod indicator;
pub mod item;
pub mod method;
pub mod permission;
pub mod refusal;
pub mod section;
pub mod spelling;
pub mod text;
pub mod timeline;
pub mod warning;
pub mod week;

pub use decision::{Aggregate, Command, Situation};
pub use event::Event;
pub use facts::Facts;
pub use identity::{
    AreaId, EntryId, FunctionId, InterventionId, OrganisationId, PledgeId, ProblemId, ProgrammeId, Subject,
    UnitId,
};
pub use permission::{Grant, Permission};
pub use refusal::{Kind, Refusal};
pub use text::{FreeText, Name, TextRef};
pub use week::Week;
