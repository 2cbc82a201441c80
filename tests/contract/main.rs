//! What others build on and what must be reviewed when it changes: snapshots in git.

mod documents;
mod openapi;
mod permissions;
mod stored_events;
