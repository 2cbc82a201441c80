//! The writer: takes submissions, and answers when they are durable.

use crate::database::{Database, Fault};
use crate::followers::Followers;
use crate::lane::{self, Job, Lane};
use crate::rim::Rim;
use crate::standing::Standing;
use est::decision::Decide;
use est::{FreeText, Refusal};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use uuid::Uuid;

/// How many submissions may wait in a lane before the next is turned away.
const QUEUE_LENGTH: usize = 4_096;

/// Something to be decided and recorded.
pub struct Submission {
    pub programme: Uuid,
    /// The programme need not exist: this opens it.
    pub opens: bool,
    pub decision: Box<dyn Decide>,
    /// The texts admitted with the command; those that its events refer to are kept.
    pub texts: Vec<FreeText>,
    /// The trace that the request belongs to.
    pub trace: Option<String>,
    pub expected: Expected,
    pub key: Option<IdempotencyKey>,
    /// The address of what the command concerns; kept for the retry.
    pub location: String,
    /// Decide, but record nothing.
    pub rehearsal: bool,
}

/// What version of the stream the caller decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Any,
    Version(i32),
}

/// A key under which the same request gives the same answer again.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    pub caller: Arc<str>,
    pub key: Arc<str>,
    /// SHA-256 over the request; stored salted.
    pub digest: [u8; 32],
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The programme's position after it.
    pub position: i64,
    /// The stream's version after it.
    pub version: i32,
    /// How many events were recorded; none when what was asked for was so already.
    pub events: i32,
    pub location: String,
    /// The answer to an earlier request with the same key.
    pub replayed: bool,
}

/// Why nothing was recorded.
#[derive(Debug)]
pub enum NotRecorded {
    /// The method refuses.
    Refused(Refusal),
    /// The caller decided on another version than this.
    Stale { version: i32 },
    /// The key was used for another request.
    KeyReused,
    /// There is no such programme.
    NoProgramme,
    /// Too many wait; try again soon.
    Busy,
    /// Something outside the method failed. With the same key it is safe to try again.
    Failed(Arc<Fault>),
}

/// Where a lane takes in submissions.
struct Entrance {
    queue: mpsc::Sender<Job>,
    enough: Arc<Notify>,
}

/// The writer's lanes; a programme always goes by the same.
#[derive(Clone)]
pub struct Writer {
    lanes: Arc<[Entrance]>,
    standing: Standing,
    recorded: watch::Receiver<u64>,
}

impl Writer {
    /// Starts so many lanes. They end when the last clone of the writer is dropped and their queues are empty.
    pub fn start(
        database: &Database,
        followers: &Arc<dyn Followers>,
        rim: &Arc<dyn Rim>,
        lanes: usize,
    ) -> (Self, Vec<tokio::task::JoinHandle<()>>) {
        let standing = Standing::default();
        let (announce, recorded) = watch::channel(0);
        let announce = Arc::new(announce);
        let start = |_| {
            let (sender, queue) = mpsc::channel(QUEUE_LENGTH);
            let entrance = Entrance { queue: sender, enough: Arc::default() };
            let lane = Lane {
                database: database.clone(),
                followers: Arc::clone(followers),
                rim: Arc::clone(rim),
                standing: standing.clone(),
                announce: Arc::clone(&announce),
                enough: Arc::clone(&entrance.enough),
            };
            (entrance, tokio::spawn(lane::run(lane, queue)))
        };
        let (entrances, tasks): (Vec<_>, Vec<_>) = (0..lanes.max(1)).map(start).unzip();
        (Self { lanes: entrances.into(), standing, recorded }, tasks)
    }

    /// Submits, and waits until it is recorded or refused.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, NotRecorded> {
        let (answer, answered) = oneshot::channel();
        let count = u128::try_from(self.lanes.len()).unwrap_or(1);
        let lane = usize::try_from(submission.programme.as_u128() % count).unwrap_or(0);
        let lane = self.lanes.get(lane).ok_or(NotRecorded::Busy)?;
        lane.queue.try_send(Job { submission, answer }).map_err(|_full| NotRecorded::Busy)?;
        // A lane that has something under way is not woken for each.
        if lane.queue.max_capacity() - lane.queue.capacity() >= lane::WORTHWHILE_LENGTH {
            lane.enough.notify_one();
        }
        // A lane drops an answer only when the process is going down.
        answered.await.unwrap_or(Err(NotRecorded::Busy))
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Changes whenever this process has recorded something.
    pub fn recorded(&self) -> watch::Receiver<u64> {
        self.recorded.clone()
    }
}
