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

use deadpool_postgres::{Client, GenericClient};
use est::event::Happened;
use futures_util::future::BoxFuture;
use uuid::Uuid;

/// What follows the log in the transaction that records it.
pub trait Followers: Send + Sync + 'static {
    /// The rows that the events change, as they are to be put; within the transaction that records the events.
    fn follow<'a>(
        &'a self,
        client: &'a Client,
        events: &'a [Happened],
    ) -> BoxFuture<'a, Result<Vec<Rows>, Fault>>;
}

/// Rows of a view's table, to be put in the place of those with the same keys; the lists go side by side.
pub struct Rows {
    pub table: &'static str,
    pub programmes: Vec<Uuid>,
    pub keys: Vec<String>,
    pub bodies: Vec<String>,
}

impl Rows {
    fn sql(&self) -> String {
        format!(
            "INSERT INTO {} (programme, key, body) SELECT p, k, b::json FROM unnest($1::uuid[], $2::text[], \
             $3::text[]) AS t(p, k, b) ON CONFLICT (programme, key) DO UPDATE SET body = excluded.body",
            self.table
        )
    }

    /// Puts the rows.
    pub async fn put(&self, client: &impl GenericClient) -> Result<(), Fault> {
        let doing = "writing a view";
        let statement = client.prepare_cached(&self.sql()).await.map_err(Fault::doing(doing))?;
        let put = client.execute(&statement, &[&self.programmes, &self.keys, &self.bodies]).await;
        put.map(drop).map_err(Fault::doing(doing))
    }

    /// Prepares what `put` needs, so that it sends at once when it is called.
    pub(crate) async fn prepare(&self, client: &Client) -> Result<(), Fault> {
        client.prepare_cached(&self.sql()).await.map(drop).map_err(Fault::doing("preparing to write a view"))
    }
}
