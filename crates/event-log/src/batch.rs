//! A batch: submissions that are decided one after another and recorded together, while the next one gathers.

use crate::append;
use crate::database::Fault;
use crate::decided::Decided;
use crate::erasing;
use crate::lane::{Job, Lane};
use crate::writer::{NotRecorded, Receipt};
use deadpool_postgres::{Object, Transaction};
use futures_util::future;
use std::sync::Arc;
use uuid::Uuid;

type Outcome = Result<Receipt, NotRecorded>;

/// How far a failed batch had come.
enum Unfinished {
    BeforeCommit(Fault),
    /// Whether it was recorded is not known.
    InCommit(Fault),
}

impl From<Fault> for Unfinished {
    fn from(fault: Fault) -> Self {
        Self::BeforeCommit(fault)
    }
}

impl Unfinished {
    /// A statement that PostgreSQL refuses is undone; an answer that does not come may be that of a commit.
    fn recording(error: tokio_postgres::Error) -> Self {
        let refused = error.as_db_error().is_some();
        let fault = Fault::new("recording a batch", error);
        if refused { Self::BeforeCommit(fault) } else { Self::InCommit(fault) }
    }
}

/// Submissions that are being decided, with where their answers go.
#[derive(Default)]
pub(crate) struct Batch {
    jobs: Vec<Job>,
    outcomes: Vec<Outcome>,
    decided: Decided,
    /// Whether recording it takes more than one statement.
    pub(crate) alone: bool,
}

/// A batch that is complete, and what has been decided in it, which the next batch builds upon.
pub(crate) struct Complete {
    jobs: Vec<Job>,
    outcomes: Vec<Outcome>,
    decided: Arc<Decided>,
    pub(crate) alone: bool,
}

impl Batch {
    pub(crate) fn len(&self) -> usize {
        self.jobs.len()
    }

    /// Reads what the jobs look at and decides them, on top of what the batches ahead are about to record. What cannot
    /// be read harms nobody but those who asked for it.
    pub(crate) async fn take(&mut self, lane: &Lane, ahead: &[Arc<Decided>], jobs: Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        match self.decide(lane, ahead, &jobs).await {
            Ok(outcomes) => {
                self.outcomes.extend(outcomes);
                self.jobs.extend(jobs);
                self.alone = goes_alone(lane, &self.decided);
            }
            Err(fault) if jobs.len() == 1 => fail(jobs, fault),
            Err(_) => {
                for job in jobs {
                    Box::pin(self.take(lane, ahead, vec![job])).await;
                }
            }
        }
    }

    async fn decide(
        &mut self,
        lane: &Lane,
        ahead: &[Arc<Decided>],
        jobs: &[Job],
    ) -> Result<Vec<Outcome>, Fault> {
        let submissions = || jobs.iter().map(|job| &job.submission);
        let client = lane.database.connection().await?;
        self.decided.load(lane, &client, ahead, submissions()).await?;
        let now = lane.now();
        let mut settle = |submission| self.decided.settle(lane, ahead, submission, now);
        let mut outcomes: Vec<Outcome> = submissions().map(&mut settle).collect();
        // What comes to something finds out by its key, when it is recorded, whether it has been answered before.
        // Only what comes to nothing may have come to something the first time.
        let idle = |outcome: &Outcome| !matches!(outcome, Ok(receipt) if receipt.events > 0);
        let unsure = || {
            jobs.iter().zip(&outcomes).filter(|(job, outcome)| job.submission.key.is_some() && idle(outcome))
        };
        if unsure().next().is_some() {
            // What has been decided stands, so a failure here concerns only those whose answer is not sure.
            let recalled = self.decided.recall(&client, unsure().map(|(job, _)| &job.submission)).await;
            let fault = recalled.err().map(Arc::new);
            for (job, outcome) in jobs.iter().zip(&mut outcomes) {
                if job.submission.key.is_none() || !idle(outcome) {
                    continue;
                }
                if let Some(fault) = &fault {
                    *outcome = Err(NotRecorded::Failed(Arc::clone(fault)));
                } else if let Some(before) = self.decided.replay(&job.submission) {
                    *outcome = before;
                }
            }
        }
        Ok(outcomes)
    }

    /// The same jobs decided anew, on what the database shows.
    pub(crate) async fn anew(self, lane: &Lane) -> Self {
        let mut batch = Self::default();
        batch.take(lane, &[], self.jobs).await;
        batch
    }

    pub(crate) fn complete(self) -> Complete {
        Complete {
            jobs: self.jobs,
            outcomes: self.outcomes,
            decided: Arc::new(self.decided),
            alone: self.alone,
        }
    }
}

impl Complete {
    pub(crate) fn decided(&self) -> Arc<Decided> {
        Arc::clone(&self.decided)
    }

    /// Records the batch; what it cannot record as it was decided it decides anew, and answers. It goes by the given
    /// way, or alone over a connection of its own.
    pub(crate) async fn record(self, lane: &Lane, way: Option<Result<Arc<Object>, Fault>>) -> Recorded {
        match record(lane, &self.decided, way).await {
            Ok(()) => {
                lane.keep(&self.decided);
                Recorded { as_decided: true, jobs: self.jobs, outcomes: self.outcomes }
            }
            Err(unfinished) => {
                again(lane, self.jobs, unfinished).await;
                Recorded::default()
            }
        }
    }
}

/// What became of a batch.
#[derive(Default)]
pub(crate) struct Recorded {
    /// If not, what has been decided on top of it is void.
    pub(crate) as_decided: bool,
    jobs: Vec<Job>,
    outcomes: Vec<Outcome>,
}

impl Recorded {
    /// Gives the answers that are due.
    pub(crate) fn answer(self) {
        answer(self.jobs, self.outcomes);
    }

    /// Gives the answers of what was recorded, and hands back what came to nothing, or had come to something ahead.
    pub(crate) fn answer_recorded(self) -> Vec<Job> {
        let new =
            |outcome: &Outcome| matches!(outcome, Ok(receipt) if receipt.events > 0 && !receipt.replayed);
        let all = self.jobs.into_iter().zip(self.outcomes);
        let (recorded, others): (Vec<_>, Vec<_>) = all.partition(|(_, outcome)| new(outcome));
        let (jobs, outcomes) = recorded.into_iter().unzip();
        answer(jobs, outcomes);
        others.into_iter().map(|(job, _)| job).collect()
    }
}

fn answer(jobs: Vec<Job>, outcomes: Vec<Outcome>) {
    for (job, outcome) in jobs.into_iter().zip(outcomes) {
        // A caller that has gone away finds the answer by its key.
        drop(job.answer.send(outcome));
    }
}

fn fail(jobs: Vec<Job>, fault: Fault) {
    let fault = Arc::new(fault);
    let outcomes = jobs.iter().map(|_| Err(NotRecorded::Failed(Arc::clone(&fault)))).collect();
    answer(jobs, outcomes);
}

/// Whether rows must be read before what was decided is recorded, or texts be taken away.
fn goes_alone(lane: &Lane, decided: &Decided) -> bool {
    let happened = decided.happened();
    // What is to be deleted may be written by the batch ahead: it is seen only once its head is let go.
    !lane.followers.touched(&happened).is_empty() || erasing::takes_any(&happened)
}

/// Records what was decided without holding the heads meanwhile: it is refused if another process came before.
async fn record(
    lane: &Lane,
    decided: &Decided,
    way: Option<Result<Arc<Object>, Fault>>,
) -> Result<(), Unfinished> {
    if decided.appended.is_empty() {
        return Ok(());
    }
    if let Some(way) = way {
        let views = lane.followers.follow(&decided.happened(), &[])?;
        return append::record(way?.as_ref(), decided, &views).await.map_err(Unfinished::recording);
    }
    // Rows are read only under the heads' locks, so that no rebuild puts others in their place meanwhile.
    let programmes: Vec<Uuid> = decided.advances().iter().map(|advance| advance.programme).collect();
    let mut client = lane.database.connection().await?;
    let transaction = begin(&mut client, &programmes).await?;
    finish(lane, transaction, decided).await
}

/// What failed is tried again under the heads' locks, together and then one by one, so that one fault harms nobody
/// else.
async fn again(lane: &Lane, jobs: Vec<Job>, unfinished: Unfinished) {
    let jobs = repeatable(jobs, unfinished);
    let Err((jobs, unfinished)) = locked(lane, jobs).await else { return };
    for job in repeatable(jobs, unfinished) {
        if let Err((jobs, Unfinished::BeforeCommit(fault) | Unfinished::InCommit(fault))) =
            locked(lane, vec![job]).await
        {
            fail(jobs, fault);
        }
    }
}

/// The jobs that it is safe to run again. A commit may have gone through although its answer was lost: then only a
/// key makes it so.
fn repeatable(jobs: Vec<Job>, unfinished: Unfinished) -> Vec<Job> {
    match unfinished {
        Unfinished::BeforeCommit(fault) => {
            tracing::info!(%fault, "a batch was not recorded and is tried again");
            jobs
        }
        Unfinished::InCommit(fault) => {
            tracing::warn!(%fault, "a batch's commit was not answered; what has a key is tried again");
            let (keyed, others) = jobs.into_iter().partition(|job| job.submission.key.is_some());
            fail(others, fault);
            keyed
        }
    }
}

/// Locks first, then reads, decides and records; the jobs come back when it fails.
async fn locked(lane: &Lane, jobs: Vec<Job>) -> Result<(), (Vec<Job>, Unfinished)> {
    if jobs.is_empty() {
        return Ok(());
    }
    match decide_locked(lane, &jobs).await {
        Ok((decided, outcomes)) => {
            lane.keep(&decided);
            answer(jobs, outcomes);
            Ok(())
        }
        Err(unfinished) => Err((jobs, unfinished)),
    }
}

async fn decide_locked(lane: &Lane, jobs: &[Job]) -> Result<(Decided, Vec<Outcome>), Unfinished> {
    let mut programmes: Vec<Uuid> = jobs.iter().map(|job| job.submission.programme).collect();
    programmes.sort_unstable();
    programmes.dedup();
    let mut client = lane.database.connection().await?;
    let transaction = begin(&mut client, &programmes).await?;
    let mut decided = Decided::default();
    let submissions = jobs.iter().map(|job| &job.submission);
    decided.load(lane, &transaction, &[], submissions.clone()).await?;
    decided.recall(&transaction, submissions.clone()).await?;
    let now = lane.now();
    let outcomes = submissions.map(|submission| decided.settle(lane, &[], submission, now)).collect();
    finish(lane, transaction, &decided).await?;
    Ok((decided, outcomes))
}

/// Begins a transaction that holds the heads of the programmes, locked in the order of their ids, so that lanes and
/// processes never deadlock.
async fn begin<'a>(client: &'a mut Object, programmes: &[Uuid]) -> Result<Transaction<'a>, Fault> {
    const LOCK: &str = "SELECT programme FROM head WHERE programme = ANY($1) ORDER BY programme FOR UPDATE";
    let doing = "locking the heads";
    let transaction = client.transaction().await.map_err(Fault::doing(doing))?;
    let statement = transaction.prepare_cached(LOCK).await.map_err(Fault::doing(doing))?;
    transaction.query(&statement, &[&programmes]).await.map_err(Fault::doing(doing))?;
    Ok(transaction)
}

/// Lets the views follow, records and commits.
async fn finish(lane: &Lane, transaction: Transaction<'_>, decided: &Decided) -> Result<(), Unfinished> {
    let happened = decided.happened();
    let touched = lane.followers.touched(&happened);
    let standing = future::try_join_all(touched.iter().map(|keys| keys.rows(&transaction))).await?;
    let views = lane.followers.follow(&happened, &standing)?;
    append::record(&transaction, decided, &views).await.map_err(Unfinished::recording)?;
    transaction.commit().await.map_err(Unfinished::recording)
}
