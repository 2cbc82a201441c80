//! One transaction: lock the heads, load the streams, decide in order, append, let the views follow, commit.

use crate::Rows;
use crate::append::{self, Appended, StoredKey};
use crate::database::Fault;
use crate::lane::Lane;
use crate::loaded;
use crate::standing::{self, Seen};
use crate::writer::{Expected, IdempotencyKey, NotRecorded, Receipt, Submission};
use deadpool_postgres::{Client, Object};
use est::event::Happened;
use est::{Facts, Kind};
use futures_util::future;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// How far a failed batch had come.
pub(crate) enum Unfinished {
    BeforeCommit(Fault),
    /// Whether it was recorded is not known.
    InCommit(Arc<Fault>),
}

impl From<Fault> for Unfinished {
    fn from(fault: Fault) -> Self {
        Self::BeforeCommit(fault)
    }
}

type KeyOf = (Uuid, String, String);

/// What a batch has loaded and decided so far; later commands see what earlier ones did.
struct Batch<'a> {
    lane: &'a Lane,
    now: Timestamp,
    programmes: BTreeMap<Uuid, Seen>,
    streams: HashMap<(Uuid, String), Vec<Happened>>,
    keys: HashMap<KeyOf, StoredKey>,
    appended: Vec<Appended>,
    texts: Vec<(Uuid, &'a est::FreeText)>,
    new_keys: Vec<KeyOf>,
}

/// Decides and records; one outcome for each submission, in their order. Three round trips: what is asked in one
/// is sent without waiting for the answers before it, and PostgreSQL answers in order.
pub(crate) async fn record(
    lane: &Lane,
    submissions: &[Submission],
) -> Result<Vec<Result<Receipt, NotRecorded>>, Unfinished> {
    let client = lane.database.connection().await?;
    let recorded = transact(lane, &client, submissions).await;
    // A connection whose transaction may still be open must not be lent to the next.
    if recorded.is_err() && client.batch_execute("ROLLBACK").await.is_err() {
        drop(Object::take(client));
    }
    recorded
}

async fn transact(
    lane: &Lane,
    client: &Client,
    submissions: &[Submission],
) -> Result<Vec<Result<Receipt, NotRecorded>>, Unfinished> {
    let mut batch = Batch::load(lane, client, submissions).await?;
    let outcomes: Vec<_> = submissions.iter().map(|submission| batch.settle(submission)).collect();
    if batch.appended.is_empty() {
        client.batch_execute("ROLLBACK").await.map_err(Fault::doing("ending a transaction"))?;
        return Ok(outcomes);
    }
    let rows = batch.write(client).await?;
    for rows in &rows {
        rows.prepare(client).await?;
    }
    let puts = future::join_all(rows.iter().map(|rows| rows.put(client)));
    let (puts, committed) = future::join(puts, client.batch_execute("COMMIT")).await;
    // After a failed statement PostgreSQL takes COMMIT for ROLLBACK, so a failed put is a failure before it.
    puts.into_iter().collect::<Result<(), Fault>>()?;
    committed.map_err(|error| Unfinished::InCommit(Arc::new(Fault::new("committing", error))))?;
    for (programme, seen) in batch.programmes {
        lane.standing.keep(programme, seen);
    }
    Ok(outcomes)
}

impl<'a> Batch<'a> {
    async fn load(lane: &'a Lane, client: &Client, submissions: &[Submission]) -> Result<Self, Fault> {
        let mut wanted: Vec<(Uuid, String)> = Vec::with_capacity(submissions.len());
        for submission in submissions {
            let reads = submission.decision.reads();
            let all = std::iter::once(submission.decision.stream()).chain(reads);
            wanted.extend(all.map(|stream| (submission.programme, stream)));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut programmes: Vec<Uuid> = wanted.iter().map(|(programme, _)| *programme).collect();
        programmes.dedup();
        let keys = submissions.iter().filter_map(key_of).collect::<Vec<_>>();
        append::prepare_lock(client).await?;
        // What is read after the locks are held is what the heads say, whoever wrote it: so the lock is sent first.
        let ((), heads, happened, keys) = tokio::try_join!(
            biased;
            begin(client),
            append::lock(client, &programmes),
            loaded::streams(client, &wanted),
            append::keys(client, &keys),
        )?;
        let mut seen = BTreeMap::new();
        for (programme, position) in heads {
            let mut its = lane.standing.seen(programme);
            if its.position < position {
                standing::catch_up(client, programme, &mut its, position).await?;
            }
            seen.insert(programme, its);
        }
        let mut streams: HashMap<_, Vec<Happened>> = HashMap::new();
        for happened in happened {
            streams.entry((happened.programme, happened.stream.clone())).or_default().push(happened);
        }
        // PostgreSQL keeps microseconds; what is hashed must be what is kept.
        let now =
            Timestamp::from_microsecond(lane.rim.now().as_microsecond()).unwrap_or(Timestamp::UNIX_EPOCH);
        let (appended, texts, new_keys) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { lane, now, programmes: seen, streams, keys, appended, texts, new_keys })
    }

    fn settle(&mut self, submission: &'a Submission) -> Result<Receipt, NotRecorded> {
        if let Some(replayed) = self.replay(submission)? {
            return Ok(replayed);
        }
        let programme = submission.programme;
        if !submission.opens && !self.programmes.contains_key(&programme) {
            return Err(NotRecorded::NoProgramme);
        }
        let stream = submission.decision.stream();
        let past = self.past(submission, &stream);
        let own = past.iter().rev().find(|happened| happened.stream == stream);
        let version = own.map_or(0, |happened| happened.version);
        let nothing = Arc::new(Facts::default());
        let seen = self.programmes.get(&programme);
        let facts = seen.map_or(&nothing, |seen| &seen.facts);
        let decided = submission.decision.decide(&past, facts, self.now);
        let stale = matches!(submission.expected, Expected::Version(expected) if expected != version);
        let decided = match decided {
            // Whoever may not ask is not told which version there is.
            Err(refusal) if matches!(refusal.kind, Kind::Forbidden | Kind::Unknown) => {
                return Err(NotRecorded::Refused(refusal));
            }
            _ if stale => return Err(NotRecorded::Stale { version }),
            decided => decided.map_err(NotRecorded::Refused)?,
        };
        let position = seen.map_or(0, |seen| seen.position);
        let mut receipt =
            Receipt { position, version, events: 0, location: submission.location.clone(), replayed: false };
        if !submission.rehearsal {
            for event in decided {
                self.append(submission, &stream, event, &mut receipt)?;
            }
            self.keep_texts(submission, receipt.events);
            self.keep_key(submission, &receipt);
        }
        Ok(receipt)
    }

    /// The answer already given under the submission's key.
    fn replay(&self, submission: &Submission) -> Result<Option<Receipt>, NotRecorded> {
        let (Some(key), Some(its)) = (&submission.key, key_of(submission)) else { return Ok(None) };
        let Some(stored) = self.keys.get(&its) else { return Ok(None) };
        if stored.digest != salted(&stored.salt, key) {
            return Err(NotRecorded::KeyReused);
        }
        Ok(Some(Receipt { replayed: true, ..stored.receipt.clone() }))
    }

    /// The events that the decision looks at, in order.
    fn past(&self, submission: &Submission, stream: &str) -> Cow<'_, [Happened]> {
        let reads = submission.decision.reads();
        if reads.is_empty() {
            let own = self.streams.get(&(submission.programme, stream.to_owned()));
            return own.map_or(Cow::Borrowed(&[]), |own| Cow::Borrowed(own.as_slice()));
        }
        let named =
            |name: &str| name == stream || reads.iter().any(|read| name == read || in_family(name, read));
        let its = self.streams.iter().filter(|((of, name), _)| *of == submission.programme && named(name));
        let mut past: Vec<Happened> = its.flat_map(|(_, happened)| happened.iter().cloned()).collect();
        past.sort_unstable_by_key(|happened| happened.position);
        Cow::Owned(past)
    }

    fn append(
        &mut self,
        submission: &Submission,
        stream: &str,
        event: est::Event,
        receipt: &mut Receipt,
    ) -> Result<(), NotRecorded> {
        let seen = self.programmes.entry(submission.programme).or_default();
        let happened = Happened {
            programme: submission.programme,
            position: seen.position + 1,
            stream: stream.to_owned(),
            version: receipt.version + 1,
            recorded_at: self.now,
            event,
        };
        let event_id = self.lane.rim.identity();
        let appended = Appended::new(&happened, event_id, submission)
            .map_err(|fault| NotRecorded::Failed(Arc::new(fault)))?;
        if Facts::concern(happened.event.kind()) {
            Arc::make_mut(&mut seen.facts).follow(&happened);
        }
        seen.position = happened.position;
        (receipt.position, receipt.version) = (happened.position, happened.version);
        receipt.events += 1;
        self.streams.entry((submission.programme, stream.to_owned())).or_default().push(happened);
        self.appended.push(appended);
        Ok(())
    }

    /// Keeps the texts that the events just appended refer to.
    fn keep_texts(&mut self, submission: &'a Submission, events: i32) {
        let recent = self.appended.iter().rev().take(usize::try_from(events).unwrap_or(0));
        let data: Vec<&str> = recent.map(|appended| appended.data.as_str()).collect();
        let referred = |text: &&est::FreeText| {
            let id = text.id().to_string();
            data.iter().any(|data| data.contains(&id))
        };
        self.texts.extend(submission.texts.iter().filter(referred).map(|text| (submission.programme, text)));
    }

    fn keep_key(&mut self, submission: &Submission, receipt: &Receipt) {
        let (Some(key), Some(its)) = (&submission.key, key_of(submission)) else { return };
        if receipt.events == 0 {
            return;
        }
        let salt = self.lane.rim.draw();
        let stored = StoredKey { salt: salt.to_vec(), digest: salted(&salt, key), receipt: receipt.clone() };
        self.keys.insert(its.clone(), stored);
        self.new_keys.push(its);
    }

    async fn write(&self, client: &Client) -> Result<Vec<Rows>, Fault> {
        let touched = self.appended.iter().map(|appended| appended.programme);
        let mut heads: Vec<(Uuid, i64)> = touched
            .filter_map(|programme| self.programmes.get(&programme).map(|seen| (programme, seen.position)))
            .collect();
        heads.dedup();
        heads.sort_unstable();
        heads.dedup();
        let happened = self.happened();
        let new_keys: Vec<_> =
            self.new_keys.iter().filter_map(|key| self.keys.get(key).map(|stored| (key, stored))).collect();
        let ((), (), (), (), rows) = tokio::try_join!(
            append::heads(client, &heads),
            append::events(client, &self.appended),
            append::texts(client, &self.texts),
            append::new_keys(client, &new_keys, self.now),
            self.lane.followers.follow(client, &happened),
        )?;
        Ok(rows)
    }

    /// What this batch recorded, in the order of each programme's positions.
    fn happened(&self) -> Vec<Happened> {
        let places: HashMap<(Uuid, i64), &Happened> = self
            .streams
            .values()
            .flatten()
            .map(|happened| ((happened.programme, happened.position), happened))
            .collect();
        let its =
            |appended: &Appended| places.get(&(appended.programme, appended.position)).copied().cloned();
        self.appended.iter().filter_map(its).collect()
    }
}

async fn begin(client: &Client) -> Result<(), Fault> {
    client.batch_execute("BEGIN").await.map_err(Fault::doing("beginning a transaction"))
}

fn in_family(name: &str, read: &str) -> bool {
    read.ends_with('/') && name.starts_with(read)
}

fn key_of(submission: &Submission) -> Option<KeyOf> {
    let key = submission.key.as_ref()?;
    Some((submission.programme, key.caller.clone(), key.key.clone()))
}

fn salted(salt: &[u8], key: &IdempotencyKey) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(key.digest).finalize().to_vec()
}
