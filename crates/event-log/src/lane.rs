//! A lane: one batch is recorded while the next one gathers and is decided.

use crate::batch::{Batch, Complete, Recorded};
use crate::database::{Database, Fault};
use crate::decided::Decided;
use crate::followers::Followers;
use crate::rim::Rim;
use crate::standing::Standing;
use crate::writer::{NotRecorded, Receipt, Submission};
use deadpool_postgres::Object;
use futures_util::FutureExt;
use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How many submissions a batch takes at the most.
const BATCH_LENGTH_MAX: usize = 512;

/// How many submissions are worth a reading and a recording of their own while others are under way.
pub(crate) const WORTHWHILE_LENGTH: usize = 24;
/// How many batches are under way to the database at once, so that it has the next when it is done with one. They go
/// over one connection, where what is sent first is recorded first; the later fails with the earlier.
const UNDER_WAY: usize = 2;

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
    /// Told when enough wait to be worth a batch while others are under way.
    pub(crate) enough: Arc<Notify>,
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

    /// What the next batch goes over: the same connection as the one before it, while that is open.
    async fn way(&self, before: Option<&Ahead>) -> Result<Arc<Object>, Fault> {
        let open = before.and_then(|before| before.way.as_ref()).filter(|way| !way.is_closed());
        if let Some(way) = open {
            return Ok(Arc::clone(way));
        }
        self.database.connection().await.map(Arc::new)
    }
}

/// A batch that is being recorded, while the next is decided on top of it.
struct Ahead {
    decided: Arc<Decided>,
    recording: JoinHandle<Recorded>,
    /// What it goes over, where the next may follow it; none for one that goes alone.
    way: Option<Arc<Object>>,
}

impl Ahead {
    /// Begins to record a batch, behind the one that is recorded already if there is one.
    async fn record(lane: &Arc<Lane>, batch: Complete, before: Option<&Self>) -> Self {
        let way = if batch.alone { None } else { Some(lane.way(before).await) };
        let (lane, decided) = (Arc::clone(lane), batch.decided());
        let kept = way.as_ref().and_then(|way| way.as_ref().ok().cloned());
        let mut recording = Box::pin(async move { batch.record(&lane, way).await });
        // Asked once before it is left to itself: what is sent first is recorded first.
        let done = recording.as_mut().now_or_never();
        let recording =
            tokio::spawn(async move { if let Some(done) = done { done } else { recording.await } });
        Self { decided, recording, way: kept }
    }
}

/// Runs until the queue is closed and empty.
pub(crate) async fn run(lane: Lane, queue: mpsc::Receiver<Job>) {
    let lane = Arc::new(lane);
    let mut gathering = Gathering { queue, waiting: Vec::new(), ahead: VecDeque::new() };
    while let Some(batch) = gathering.batch(&lane).await {
        let ahead = Ahead::record(&lane, batch.complete(), gathering.ahead.back()).await;
        gathering.ahead.push_back(ahead);
    }
}

/// What comes to a lane, and what it has under way.
struct Gathering {
    queue: mpsc::Receiver<Job>,
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
            if batch.len() >= worthwhile && self.may_go(&batch) {
                return Some(batch);
            }
            let room = BATCH_LENGTH_MAX.saturating_sub(batch.len() + self.waiting.len());
            let at_hand = self.waiting.len() + self.queue.len().min(room);
            if at_hand >= worthwhile {
                if at_hand > self.waiting.len() {
                    self.queue.recv_many(&mut self.waiting, room).await;
                }
                let ahead: Vec<_> = self.ahead.iter().map(|ahead| Arc::clone(&ahead.decided)).collect();
                batch.take(lane, &ahead, std::mem::take(&mut self.waiting)).await;
                continue;
            }
            if self.ahead.is_empty() {
                if self.queue.recv_many(&mut self.waiting, room).await == 0 {
                    return None;
                }
                continue;
            }
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
                () = lane.enough.notified(), if room > 0 => {}
            }
        }
    }

    /// Whether a batch can be recorded beside what is being recorded. One that reads first goes alone.
    fn may_go(&self, batch: &Batch) -> bool {
        let Some(last) = self.ahead.back() else { return true };
        self.ahead.len() < UNDER_WAY && last.way.is_some() && !batch.alone
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
