//! What happens when something breaks in the middle.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test ends where something is not as it should"
)]

mod alone;
mod killed;
mod load;
mod together;
