//! The facts of each programme as they stand, kept in memory and caught up with the log.

use crate::database::{Database, Fault};
use crate::loaded;
use deadpool_postgres::Object;
use est::Facts;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// The facts that this process has seen, by programme, with the position they were seen at.
#[derive(Clone, Default)]
pub struct Standing {
    programmes: Arc<RwLock<HashMap<Uuid, Seen>>>,
}

/// Facts as of a position.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub(crate) position: i64,
    pub(crate) facts: Arc<Facts>,
}

impl Standing {
    pub(crate) fn seen(&self, programme: Uuid) -> Seen {
        let programmes = self.programmes.read().unwrap_or_else(PoisonError::into_inner);
        programmes.get(&programme).cloned().unwrap_or_default()
    }

    /// Keeps what was seen, unless something later is kept already.
    pub(crate) fn keep(&self, programme: Uuid, seen: Seen) {
        let mut programmes = self.programmes.write().unwrap_or_else(PoisonError::into_inner);
        let kept = programmes.entry(programme).or_default();
        if kept.position < seen.position {
            *kept = seen;
        }
    }

    /// The facts as the log has them now, whichever process wrote last; none if there is no such programme.
    pub async fn current(&self, database: &Database, programme: Uuid) -> Result<Option<Arc<Facts>>, Fault> {
        let client = database.connection().await?;
        self.read(&client, programme).await.map(|read| read.map(|(_, facts)| facts))
    }

    /// The facts and the position they stand at.
    pub async fn read(&self, client: &Object, programme: Uuid) -> Result<Option<(i64, Arc<Facts>)>, Fault> {
        let doing = "reading the head of the log";
        let statement = client.prepare_cached("SELECT position FROM head WHERE programme = $1").await;
        let statement = statement.map_err(Fault::doing(doing))?;
        let head = client.query_opt(&statement, &[&programme]).await.map_err(Fault::doing(doing))?;
        let Some(head) = head else { return Ok(None) };
        let mut seen = self.seen(programme);
        let position = head.try_get(0).map_err(Fault::doing(doing))?;
        if seen.position < position {
            catch_up(client, programme, &mut seen, position).await?;
            self.keep(programme, seen.clone());
        }
        Ok(Some((seen.position, seen.facts)))
    }
}

/// Takes in what the log's lasting streams say between what has been seen and a position.
pub(crate) async fn catch_up(
    client: &impl deadpool_postgres::GenericClient,
    programme: Uuid,
    seen: &mut Seen,
    position: i64,
) -> Result<(), Fault> {
    let happened = loaded::lasting(client, programme, seen.position, position).await?;
    // Others hold the facts too: they are copied when they change, not whenever the log has grown.
    if !happened.is_empty() {
        let facts = Arc::make_mut(&mut seen.facts);
        for happened in &happened {
            facts.follow(happened);
        }
    }
    seen.position = position;
    Ok(())
}
