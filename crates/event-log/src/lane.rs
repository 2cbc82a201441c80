//! A lane: one transaction after another, each with all that queued during the one before.

use crate::Followers;
use crate::batch::{self, Unfinished};
use crate::database::{Database, Fault};
use crate::rim::Rim;
use crate::standing::Standing;
use crate::writer::{NotRecorded, Receipt, Submission};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// How many submissions a transaction takes at the most.
const BATCH_LENGTH_MAX: usize = 512;

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

/// Runs until the queue is closed and empty.
pub(crate) async fn run(lane: Lane, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(BATCH_LENGTH_MAX);
    while queue.recv_many(&mut jobs, BATCH_LENGTH_MAX).await > 0 {
        let (submissions, answers): (Vec<_>, Vec<_>) =
            jobs.drain(..).map(|job| (job.submission, job.answer)).unzip();
        let outcomes = outcomes(&lane, &submissions).await;
        lane.announce.send_modify(|batches| *batches += 1);
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // A caller that has gone away finds the answer by its key.
            drop(answer.send(outcome));
        }
    }
}

async fn outcomes(lane: &Lane, submissions: &[Submission]) -> Vec<Result<Receipt, NotRecorded>> {
    match batch::record(lane, submissions).await {
        Ok(outcomes) => outcomes,
        Err(unfinished) if submissions.len() == 1 => vec![failed(unfinished)],
        Err(unfinished) => {
            tracing::warn!(error = %unfinished.fault(), "a batch failed; its commands are run one by one");
            let mut outcomes = Vec::with_capacity(submissions.len());
            for submission in submissions {
                outcomes.push(alone(lane, submission, &unfinished).await);
            }
            outcomes
        }
    }
}

/// A command of a failed batch, run alone so that one fault harms nobody else.
async fn alone(
    lane: &Lane,
    submission: &Submission,
    unfinished: &Unfinished,
) -> Result<Receipt, NotRecorded> {
    // The commit may have gone through although its answer was lost: only a key makes it safe to run again.
    if let (Unfinished::InCommit(fault), None) = (unfinished, &submission.key) {
        return Err(NotRecorded::Failed(Arc::clone(fault)));
    }
    let outcome = batch::record(lane, std::slice::from_ref(submission)).await;
    outcome.map_or_else(failed, |outcomes| outcomes.into_iter().next().unwrap_or(Err(NotRecorded::Busy)))
}

fn failed(unfinished: Unfinished) -> Result<Receipt, NotRecorded> {
    Err(NotRecorded::Failed(unfinished.into_fault()))
}

impl Unfinished {
    fn fault(&self) -> &Fault {
        match self {
            Self::BeforeCommit(fault) => fault,
            Self::InCommit(fault) => fault,
        }
    }

    fn into_fault(self) -> Arc<Fault> {
        match self {
            Self::BeforeCommit(fault) => Arc::new(fault),
            Self::InCommit(fault) => fault,
        }
    }
}
