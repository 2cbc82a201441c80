//! The only writer of the log: append, read, follow, prove. It names no aggregate of the method.

mod append;
mod batch;
mod database;
mod lane;
mod leaf;
mod loaded;
mod reading;
mod rim;
mod standing;
mod verification;
mod writer;

pub use database::{Database, Fault, Settings, migrate};
pub use leaf::{Entry, leaf};
pub use reading::Log;
pub use rim::Rim;
pub use standing::Standing;
pub use verification::{Verified, verify};
pub use writer::{Expected, IdempotencyKey, NotRecorded, Receipt, Submission, Writer};

use est::event::Happened;
use futures_util::future::BoxFuture;

/// What follows the log in the transaction that records it.
pub trait Followers: Send + Sync + 'static {
    fn follow<'a>(
        &'a self,
        transaction: &'a deadpool_postgres::Transaction<'_>,
        events: &'a [Happened],
    ) -> BoxFuture<'a, Result<(), Fault>>;
}
