//! A lane: one batch is recorded while the next one gathers and is decided.

use crate::batch::{Batch, Complete, Recorded};
use crate::database::Database;
use crate::decided::Decided;
use crate::followers::Followers;
use crate::rim::Rim;
use crate::standing::Standing;
use crate::writer::{NotRecorded, Receipt, Submission};
use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How many submissions a batch takes at the most.
const BATCH_LENGTH_MAX: usize = 512;

/// How many submissions are worth a reading of their own while the batch ahead is still being recorded.
const READING_LENGTH_MIN: usize = 16;

/// A submission with where its answer goes.
pub(crate) struct Job {
    pub(crate) submission: Submission,
    pub(crate) answer: oneshot::Sender<Result<Receipt, NotRecorded>>,
}

/// What a lane works with.
pub(crate) struct Lane {
    pub(crate) database: Database,
    pub(crate) followers: Arc<dyn Followers>,
    pub(crate) rim: Arc<dyn Rim>,
    pub(crate) standing: Standing,
    pub(crate) announce: Arc<watch::Sender<u64>>,
}

impl Lane {
    /// To the microsecond, as PostgreSQL keeps it: what is hashed must be what is kept.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.rim.now().as_microsecond()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Keeps what has been recorded in mind, and tells those who wait for it.
    pub(crate) fn keep(&self, decided: &Decided) {
        for (programme, seen) in decided.seen() {
            self.standing.keep(programme, seen);
        }
        self.announce.send_modify(|batches| *batches += 1);
    }
}

/// The batch ahead: while it is recorded, the next is decided on top of it.
#[derive(Default)]
struct Ahead {
    decided: Option<Arc<Decided>>,
    recording: Option<JoinHandle<Recorded>>,
}

impl Ahead {
    fn record(lane: &Arc<Lane>, batch: Complete) -> Self {
        let (lane, decided) = (Arc::clone(lane), batch.decided());
        let recording = tokio::spawn(async move { batch.record(&lane).await });
        Self { decided: Some(decided), recording: Some(recording) }
    }

    fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    /// Waits until the batch is recorded.
    async fn recorded(&mut self) -> Recorded {
        let Some(recording) = &mut self.recording else { return Recorded::default() };
        let recorded = recording.await.unwrap_or_default();
        *self = Self::default();
        recorded
    }
}

/// Runs until the queue is closed and empty.
pub(crate) async fn run(lane: Lane, mut queue: mpsc::Receiver<Job>) {
    let (lane, mut waiting, mut ahead) = (Arc::new(lane), Vec::new(), Ahead::default());
    while let Some((batch, before)) = gather(&lane, &mut queue, &mut waiting, &mut ahead).await {
        ahead = Ahead::record(&lane, batch.complete());
        // The next batch is on its way to the database before the one ahead of it is answered.
        tokio::task::yield_now().await;
        before.answer();
    }
}

/// Takes and decides what comes, until the batch ahead is recorded; what is not yet decided then waits for the next
/// time. Comes back with the batch and with what became of the one ahead, or with nothing when nothing will come.
async fn gather(
    lane: &Lane,
    queue: &mut mpsc::Receiver<Job>,
    waiting: &mut Vec<Job>,
    ahead: &mut Ahead,
) -> Option<(Batch, Recorded)> {
    let (mut batch, mut open) = (Batch::default(), true);
    loop {
        let worth_reading = if ahead.is_recording() { READING_LENGTH_MIN } else { 1 };
        if waiting.len() >= worth_reading {
            batch.take(lane, ahead.decided.as_deref(), std::mem::take(waiting)).await;
        }
        if !ahead.is_recording() && (batch.len() > 0 || !open) {
            return (batch.len() > 0).then(|| (batch, Recorded::default()));
        }
        let room = BATCH_LENGTH_MAX.saturating_sub(batch.len() + waiting.len());
        tokio::select! {
            biased;
            recorded = ahead.recorded(), if ahead.is_recording() => {
                if !recorded.as_decided {
                    batch = batch.anew(lane).await;
                }
                if batch.len() > 0 {
                    return Some((batch, recorded));
                }
                recorded.answer();
            }
            taken = queue.recv_many(waiting, room), if open && room > 0 => open = taken > 0,
        }
    }
}
