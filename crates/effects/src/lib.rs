//! The engine of honest follow-up: which interventions went together with fewer reports, which with more, and which
//! with no change. It knows nothing of EST and does no I/O; areas, partners and weeks are numbers of the caller's.
//! `docs/effects.md` tells the method, and how often it is wrong.

#![warn(missing_docs)]

mod alerts;
mod beta_binomial;
mod change;
mod comparison;
mod controls;
mod displacement;
mod episodes;
mod false_discovery;
mod finding;
mod pooled;
mod reports;
mod review;
mod root;
mod self_check;
mod sentence;
mod series;
mod treated;
mod wdd;
mod wdq;
mod weeks;

pub use alerts::{ALERT_P, Alert, Excess, NEW_TREND_WEEKS, OVERREPRESENTED_WEEKS, alerts, excess};
pub use change::{Change, Difference};
pub use comparison::{Assessed, Comparison, Desk, Flag, Flags, NotAssessable, Question, Setting, Target};
pub use controls::ControlChange;
pub use displacement::Displacement;
pub use episodes::{Episode, Intervention, episodes};
pub use false_discovery::q_values;
pub use finding::{Doubt, EvidenceLevel, Finding, OtherBaselines, Verdict};
pub use pooled::{Pooled, PooledEpisode, pooled};
pub use reports::{Exposure, Reporting, Reports, exposure};
pub use review::{EpisodeReview, KindReview, Review, Reviewed, review};
pub use self_check::SelfCheck;
pub use sentence::{Language, Statement};
pub use series::{Cell, Counts, Series};
pub use treated::Treated;
pub use wdd::{Wdd, WddCounts, wdd};
pub use wdq::{Wdq, WdqCounts, wdq};
pub use weeks::{Weeks, Windows};

/// The version of the method, which every result carries. Another formula or constant is another version.
pub const METHOD: &str = "samlad-follow-up/1";

/// Weeks before an intervention that its area is compared with. The quarter in which the area was chosen is among
/// them: left out, an area that is falling back from its worst looks as if it rose; alone, as if the intervention did
/// it.
pub const BASELINE_WEEKS: u32 = 39;
/// The other baselines that must agree before a change is called one.
pub const ROBUST_BASELINES: [u32; 2] = [26, 52];
/// The error that is accepted when nothing happened, both ways together.
pub const ALPHA: f64 = 0.05;
/// Both other baselines must be below this, in the same direction.
pub const ROBUST_P: f64 = 0.10;
/// A finding whose share of false discoveries among the year's is below this is marked.
pub const MARKED_Q: f64 = 0.10;
/// Fewer controls than these cannot tell how areas change when nothing is done.
pub const MIN_CONTROLS: usize = 4;
/// Fewer controls than these are told of.
pub const FEW_CONTROLS: usize = 8;
/// Fewer baseline weeks of full reporting than these cannot be compared with.
pub const MIN_BASELINE_EXPOSURE: f64 = 13.0;
/// Fewer baseline weeks of full reporting than these are told of, and nothing is called a change.
pub const SHORT_BASELINE_EXPOSURE: f64 = 26.0;
/// An area whose share of weeks with interventions changed by more than this between the windows is no control.
pub const CONTROL_CONTRAST_MAX: f64 = 0.25;
/// A target's share of weeks with interventions must rise by this at least.
pub const TARGET_CONTRAST_MIN: f64 = 0.5;
/// What is believed of the variance between areas beforehand, as the square of a coefficient of variation.
pub(crate) const PRIOR_VARIANCE: f64 = 0.03;
/// How many controls that belief weighs as much as.
pub(crate) const BELIEVED_CONTROLS: u32 = 8;
/// The same as a number to reckon with.
pub(crate) const PRIOR_WEIGHT: f64 = 8.0;
