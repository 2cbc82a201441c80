//! `samlad rescreen`: reads all stored texts by the present policy of the guard, and queues what is new to it.
//! Nothing is deleted.

use crate::office::{self, Office};
use crate::settings::OfProgramme;
use crate::system::say;
use anyhow::{Context, anyhow};
use est::Facts;
use est::decision::Order;
use est::permission::Actor;
use est::rescreening::{Queue, beside};
use est::text::Screen;
use event_log::{Expected, Log, Submission, Writer};
use indicatif::{ProgressBar, ProgressStyle};
use personal_data::Verdict;
use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::task::{JoinSet, spawn_blocking};
use uuid::Uuid;

/// Who queues, in the events.
const CALLER: &str = "rescreen";
/// How many texts are held in memory at a time.
const BATCH_LENGTH: u16 = 5_000;
/// Submissions under way at once: two of the writer's batches, so that one is decided while the other is recorded.
const AT_ONCE: usize = 1_024;
const CONNECTIONS: usize = 4;

/// What was found, by text; and what it took.
#[derive(Default)]
struct Found {
    texts: u64,
    screening: Duration,
    verdicts: Vec<(Uuid, Verdict)>,
}

pub(crate) async fn perform(order: &OfProgramme) -> anyhow::Result<()> {
    let office = Office::open(&order.database.database_url, CONNECTIONS, 1)?;
    let log = Log::new(&office.database);
    for (programme, _) in log.heads().await? {
        if order.programme.is_none_or(|only| only == programme) {
            let facts = office.writer.standing().current(&office.database, programme).await?;
            let facts = facts.context("a programme has no events; run verify")?;
            let found = screened(&log, programme, office::gate(facts.guard()).screen).await?;
            let Found { texts, screening, .. } = found;
            let with_findings = found.verdicts.len();
            let queued = queue(&office, &log, programme, &found.verdicts).await?;
            let seconds = screening.as_secs_f64();
            #[expect(
                clippy::as_conversions,
                clippy::cast_precision_loss,
                reason = "a figure for people to read"
            )]
            let rate = texts as f64 / seconds.max(0.001);
            say(&format!(
                "{programme}: {texts} texts screened in {seconds:.2} s ({rate:.0} texts/s), \
                 {with_findings} with findings, {queued} queued"
            ))?;
        }
    }
    office.close().await
}

/// Screens all texts of a programme, batch by batch; the next is on its way while one is screened.
async fn screened(log: &Log, programme: Uuid, screen: Arc<Screen>) -> anyhow::Result<Found> {
    let bar = ProgressBar::new(u64::try_from(log.text_count(programme).await?)?);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} texts, {per_sec}, {eta} left")?);
    let mut found = Found::default();
    let mut batch = log.texts_after(programme, Uuid::nil(), BATCH_LENGTH.into()).await?;
    while let Some((last, _)) = batch.last() {
        let (last, log, screen) = (*last, log.clone(), Arc::clone(&screen));
        let next = tokio::spawn(async move { log.texts_after(programme, last, BATCH_LENGTH.into()).await });
        let length = u64::try_from(batch.len())?;
        let began = Instant::now();
        found.verdicts.extend(spawn_blocking(move || on_all_cores(&batch, screen.as_ref())).await?);
        found.screening += began.elapsed();
        found.texts += length;
        bar.inc(length);
        batch = next.await??;
    }
    bar.finish_and_clear();
    Ok(found)
}

/// The verdicts that are not clean, screened on all cores.
fn on_all_cores(texts: &[(Uuid, String)], screen: &Screen) -> Vec<(Uuid, Verdict)> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let read = |part: &[(Uuid, String)]| {
        let verdicts = part.iter().map(|(id, body)| (*id, screen(body)));
        verdicts.filter(|(_, verdict)| !verdict.is_clean()).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let parts = texts.chunks(texts.len().div_ceil(cores).max(1));
        let readers: Vec<_> = parts.map(|part| scope.spawn(move || read(part))).collect();
        readers
            .into_iter()
            .flat_map(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// Queues what the texts' own records do not have; how many texts were new to the queue, or have something new.
async fn queue(
    office: &Office,
    log: &Log,
    programme: Uuid,
    verdicts: &[(Uuid, Verdict)],
) -> anyhow::Result<u64> {
    let (mut queued, mut under_way) = (0, JoinSet::new());
    for page in verdicts.chunks(BATCH_LENGTH.into()) {
        let wanted: HashSet<Uuid> = page.iter().map(|(text, _)| *text).collect();
        let references = log.references(programme, &wanted).await?;
        // Asked for after the texts were read: what they were left as by then is known to it.
        let facts = office.writer.standing().current(&office.database, programme).await?;
        let facts = facts.context("a programme has no events; run verify")?;
        for (read, verdict) in page {
            // What has been erased since it was read has nothing to be handled.
            let Some((stands_in, record)) = references.get(read) else { continue };
            let Some((text, stands_in)) = original(&facts, *read, stands_in) else { continue };
            let findings = beside(record, verdict);
            if findings.is_empty() {
                continue;
            }
            if under_way.len() >= AT_ONCE {
                queued += under_way.join_next().await.transpose()?.transpose()?.unwrap_or(0);
            }
            let command = Queue { read: *read, stands_in, policy: verdict.policy_version.0, findings };
            under_way.spawn(submit(office.writer.clone(), submission(programme, text, command)));
        }
    }
    while let Some(done) = under_way.join_next().await {
        queued += done??;
    }
    Ok(queued)
}

async fn submit(writer: Writer, submission: Submission) -> anyhow::Result<u64> {
    let receipt = writer.submit(submission).await.map_err(|reason| anyhow!("{reason:?}"))?;
    Ok(u64::from(receipt.events > 0))
}

/// What is left of a text that was struck in is known by the id of that text, and stands where it stood.
fn original(facts: &Facts, text: Uuid, stands_in: &str) -> Option<(Uuid, String)> {
    let Some(struck) = stands_in.strip_prefix("text/") else { return Some((text, stands_in.to_owned())) };
    let struck: Uuid = struck.parse().ok()?;
    let place = facts.texts.get(&struck)?.place()?;
    Some((struck, place.stream.clone()))
}

fn submission(programme: Uuid, text: Uuid, command: Queue) -> Submission {
    Submission {
        programme,
        opens: false,
        decision: Box::new(Order { actor: Actor::Duty(CALLER), key: text, command }),
        texts: Vec::new(),
        trace: None,
        expected: Expected::Any,
        key: None,
        location: format!("programmes/{programme}/rescreening"),
        rehearsal: false,
    }
}
