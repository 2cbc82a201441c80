//! What the tests share: snapshots of what must be reviewed, and lists of the method written out.

pub mod permissions;
pub mod snapshot;
