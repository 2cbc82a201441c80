//! A lane: one batch is recorded while the next one gathers and is decided.

use crate::batch::{Batch, Complete, Recorded};
use crate::database::Database;
use crate::decided::Decided;
use crate::followers::Followers;
use crate::rim::Rim;
use crate::standing::Standing;
use crate::writer::{NotRecorded, Receipt, Submission};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How many submissions a batch takes at the most.
const BATCH_LENGTH_MAX: usize = 512;

/// How many submissions are worth a reading and a recording of their own while others are under way.
const WORTHWHILE_LENGTH: usize = 16;
/// How many batches are recorded at once: while one waits for the disk, the next is written. The later waits at the
/// programme's head for the earlier, and fails with it.
const RECORDING_AT_ONCE: usize = 2;

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

/// A batch that is being recorded, while the next is decided on top of it.
struct Ahead {
    decided: Arc<Decided>,
    recording: JoinHandle<Recorded>,
}

impl Ahead {
    fn record(lane: &Arc<Lane>, batch: Complete) -> Self {
        let (lane, decided) = (Arc::clone(lane), batch.decided());
        Self { decided, recording: tokio::spawn(async move { batch.record(&lane).await }) }
    }
}

/// Runs until the queue is closed and empty.
pub(crate) async fn run(lane: Lane, queue: mpsc::Receiver<Job>) {
    let lane = Arc::new(lane);
    let mut gathering = Gathering { queue, open: true, waiting: Vec::new(), ahead: VecDeque::new() };
    while let Some(batch) = gathering.batch(&lane).await {
        gathering.ahead.push_back(Ahead::record(&lane, batch.complete()));
    }
}

/// What comes to a lane, and what it has under way.
struct Gathering {
    queue: mpsc::Receiver<Job>,
    open: bool,
    /// Taken from the queue and not decided yet.
    waiting: Vec<Job>,
    ahead: VecDeque<Ahead>,
}

impl Gathering {
    /// Takes and decides what comes, until it is worth recording. None when nothing will come any more.
    async fn batch(&mut self, lane: &Lane) -> Option<Batch> {
        let mut batch = Batch::default();
        loop {
            let worthwhile = if self.ahead.is_empty() { 1 } else { WORTHWHILE_LENGTH };
            if batch.len() >= worthwhile && self.ahead.len() < RECORDING_AT_ONCE {
                return Some(batch);
            }
            if self.waiting.len() >= worthwhile {
                let ahead: Vec<_> = self.ahead.iter().map(|ahead| Arc::clone(&ahead.decided)).collect();
                batch.take(lane, &ahead, std::mem::take(&mut self.waiting)).await;
                continue;
            }
            if self.ahead.is_empty() && !self.open {
                return None;
            }
            let room = BATCH_LENGTH_MAX.saturating_sub(batch.len() + self.waiting.len());
            tokio::select! {
                biased;
                Some(recorded) = first(&mut self.ahead) => {
                    self.ahead.pop_front();
                    let as_decided = recorded.as_decided;
                    recorded.answer();
                    if !as_decided {
                        self.settle().await;
                        batch = batch.anew(lane).await;
                    }
                }
                taken = self.queue.recv_many(&mut self.waiting, room), if self.open && room > 0 => {
                    self.open = taken > 0;
                }
            }
        }
    }

    /// Waits for all that is under way on top of what is void. What was recorded is so for all that, since its heads
    /// stood where they were seen; the rest is decided anew.
    async fn settle(&mut self) {
        while let Some(recorded) = first(&mut self.ahead).await {
            self.ahead.pop_front();
            self.waiting.extend(recorded.answer_recorded());
        }
    }
}

/// What becomes of the first of the batches.
async fn first(ahead: &mut VecDeque<Ahead>) -> Option<Recorded> {
    let first = ahead.front_mut()?;
    Some((&mut first.recording).await.unwrap_or_default())
}
