//! What a batch has read of the log and decided upon it; each command sees what the ones before it did.

use crate::answers::{self, Answer, Place};
use crate::append::Appended;
use crate::database::Fault;
use crate::erasing::Erased;
use crate::lane::Lane;
use crate::loaded::{self, Loaded};
use crate::standing::{self, Seen};
use crate::statement::Advance;
use crate::texts;
use crate::writer::{Expected, NotRecorded, Receipt, Submission};
use deadpool_postgres::GenericClient;
use est::event::Happened;
use est::{Facts, FreeText};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Decisions of a batch, to be recorded together.
#[derive(Default)]
pub(crate) struct Decided {
    programmes: BTreeMap<Uuid, Course>,
    /// By programme and name.
    streams: HashMap<Uuid, HashMap<String, Vec<Happened>>>,
    answers: HashMap<Place, Answer>,
    pub(crate) appended: Vec<Appended>,
    pub(crate) texts: Vec<Kept>,
    pub(crate) erased: Vec<Erased>,
}

/// A text to be kept, with the position of the event that brings it.
pub(crate) struct Kept {
    pub(crate) programme: Uuid,
    pub(crate) text: FreeText,
    pub(crate) position: i64,
}

/// A programme from where the batch found it to where it leaves it.
struct Course {
    before: i64,
    seen: Seen,
}

impl Decided {
    /// Reads what the submissions look at, and holds it together with what the batches ahead are about to record:
    /// the database may show that already, in part, or not yet.
    pub(crate) async fn load<'a>(
        &mut self,
        lane: &Lane,
        client: &impl GenericClient,
        ahead: &[Arc<Self>],
        submissions: impl Iterator<Item = &'a Submission>,
    ) -> Result<(), Fault> {
        let wanted = self.wanted(submissions);
        let loaded = loaded::streams(client, wanted).await?;
        self.find(lane, client, ahead, &loaded).await?;
        self.hold(ahead, loaded);
        Ok(())
    }

    /// Recalls the answers that earlier requests got under the submissions' keys.
    pub(crate) async fn recall<'a>(
        &mut self,
        client: &impl GenericClient,
        submissions: impl Iterator<Item = &'a Submission>,
    ) -> Result<(), Fault> {
        let places: Vec<Place> = submissions.filter_map(answers::place).collect();
        self.answers.extend(answers::kept(client, &places).await?);
        Ok(())
    }

    /// The streams that the submissions look at and that are not held yet. A family is read anew each time.
    fn wanted<'a>(&self, submissions: impl Iterator<Item = &'a Submission>) -> Vec<(Uuid, String)> {
        let mut wanted = Vec::new();
        for submission in submissions {
            let reads = submission.decision.reads();
            let all = std::iter::once(submission.decision.stream()).chain(reads);
            wanted.extend(all.map(|stream| (submission.programme, stream)));
        }
        wanted.retain(|(programme, stream)| self.stream(*programme, stream).is_none());
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// Finds where each programme stands that is new to the batch.
    async fn find(
        &mut self,
        lane: &Lane,
        client: &impl GenericClient,
        ahead: &[Arc<Self>],
        loaded: &Loaded,
    ) -> Result<(), Fault> {
        for (programme, _) in &loaded.wanted {
            if self.programmes.contains_key(programme) {
                continue;
            }
            let head = loaded.heads.get(programme).copied().unwrap_or(0);
            let ahead = ahead.iter().rev().find_map(|ahead| ahead.programmes.get(programme));
            let mut seen = ahead.map_or_else(|| lane.standing.seen(*programme), |course| course.seen.clone());
            if ahead.is_none() && seen.position > head {
                // The log is not the one that was seen: somebody has put a backup in its place.
                seen = Seen::default();
            }
            if seen.position < head {
                standing::catch_up(client, *programme, &mut seen, head).await?;
            }
            if seen.position > 0 {
                self.programmes.insert(*programme, Course { before: seen.position, seen });
            }
        }
        Ok(())
    }

    /// Holds the streams, each with what the batches ahead add to it.
    fn hold(&mut self, ahead: &[Arc<Self>], loaded: Loaded) {
        for happened in loaded.events {
            self.hold_one(happened);
        }
        for (programme, name) in loaded.wanted {
            if name.ends_with('/') {
                let all = ahead.iter().filter_map(|ahead| ahead.streams.get(&programme)).flatten();
                let family = all.filter(|(stream, _)| stream.starts_with(&name));
                family.flat_map(|(_, stream)| stream).for_each(|happened| self.hold_one(happened.clone()));
            } else {
                let added = ahead.iter().filter_map(|ahead| ahead.stream(programme, &name)).flatten();
                added.for_each(|happened| self.hold_one(happened.clone()));
                // Held, also when there is nothing in it.
                self.streams.entry(programme).or_default().entry(name).or_default();
            }
        }
    }

    fn stream(&self, programme: Uuid, name: &str) -> Option<&Vec<Happened>> {
        self.streams.get(&programme)?.get(name)
    }

    /// Holds an event in its place, unless it is held: a family is read anew each time, and what is ahead may have
    /// come into the database meanwhile.
    fn hold_one(&mut self, happened: Happened) {
        let streams = self.streams.entry(happened.programme).or_default();
        let stream = streams.entry(happened.stream.clone()).or_default();
        let place = stream.partition_point(|held| held.version < happened.version);
        if stream.get(place).is_none_or(|held| held.version != happened.version) {
            stream.insert(place, happened);
        }
    }

    /// Decides one submission, and keeps what comes of it.
    pub(crate) fn settle(
        &mut self,
        lane: &Lane,
        ahead: &[Arc<Self>],
        submission: &Submission,
        now: Timestamp,
    ) -> Result<Receipt, NotRecorded> {
        if let Some(before) =
            self.replay(submission).or_else(|| ahead.iter().find_map(|ahead| ahead.replay(submission)))
        {
            return before;
        }
        let programme = submission.programme;
        let course = self.programmes.get(&programme);
        if !submission.opens && course.is_none() {
            return Err(NotRecorded::NoProgramme);
        }
        let stream = submission.decision.stream();
        let past = self.past(submission, &stream);
        let own = past.iter().rev().find(|happened| happened.stream == stream);
        let version = own.map_or(0, |happened| happened.version);
        let nothing = Facts::default();
        let facts = course.map_or(&nothing, |course| course.seen.facts.as_ref());
        let decided = submission.decision.decide(&past, facts, now);
        // What would be refused in any case is refused first (RFC 9110, 13.2.1); so whoever may not ask is not told
        // which version there is either.
        let decided = decided.map_err(NotRecorded::Refused)?;
        if matches!(submission.expected, Expected::Version(expected) if expected != version) {
            return Err(NotRecorded::Stale { version });
        }
        let position = course.map_or(0, |course| course.seen.position);
        let mut receipt =
            Receipt { position, version, events: 0, location: submission.location.clone(), replayed: false };
        if submission.rehearsal || decided.is_empty() {
            return Ok(receipt);
        }
        let first = self.appended.len();
        for event in decided {
            self.append((lane, submission), (&stream, now), event, &mut receipt)?;
        }
        self.keep_texts(submission, first);
        if let (Some(key), Some(place)) = (&submission.key, answers::place(submission)) {
            self.answers.insert(place, Answer::new(key, &receipt, lane.rim.as_ref(), now));
        }
        Ok(receipt)
    }

    /// The answer to an earlier request under the same key, as far as it is held here.
    pub(crate) fn replay(&self, submission: &Submission) -> Option<Result<Receipt, NotRecorded>> {
        let key = submission.key.as_ref()?;
        Some(self.answers.get(&answers::place(submission)?)?.again(key))
    }

    /// The events that the decision looks at, in order.
    fn past(&self, submission: &Submission, stream: &str) -> Cow<'_, [Happened]> {
        let Some(streams) = self.streams.get(&submission.programme) else { return Cow::Borrowed(&[]) };
        let reads = submission.decision.reads();
        if reads.is_empty() {
            return streams.get(stream).map_or(Cow::Borrowed(&[]), |own| Cow::Borrowed(own.as_slice()));
        }
        let in_family = |name: &str, read: &str| read.ends_with('/') && name.starts_with(read);
        let named =
            |name: &str| name == stream || reads.iter().any(|read| name == read || in_family(name, read));
        let its = streams.iter().filter(|(name, _)| named(name));
        let mut past: Vec<Happened> = its.flat_map(|(_, happened)| happened.iter().cloned()).collect();
        past.sort_unstable_by_key(|happened| happened.position);
        Cow::Owned(past)
    }

    fn append(
        &mut self,
        (lane, submission): (&Lane, &Submission),
        (stream, now): (&str, Timestamp),
        event: est::Event,
        receipt: &mut Receipt,
    ) -> Result<(), NotRecorded> {
        let course = self.programmes.entry(submission.programme);
        let course = course.or_insert_with(|| Course { before: 0, seen: Seen::default() });
        let happened = Happened {
            programme: submission.programme,
            position: course.seen.position + 1,
            stream: stream.to_owned(),
            version: receipt.version + 1,
            recorded_at: now,
            event,
        };
        let appended = Appended::new(&happened, lane.rim.identity(), submission)
            .map_err(|fault| NotRecorded::Failed(Arc::new(fault)))?;
        if Facts::concern(happened.event.kind()) {
            Arc::make_mut(&mut course.seen.facts).follow(&happened);
        }
        course.seen.position = happened.position;
        self.take_away(&happened);
        (receipt.position, receipt.version) = (happened.position, happened.version);
        receipt.events += 1;
        let streams = self.streams.entry(submission.programme).or_default();
        if let Some(held) = streams.get_mut(stream) {
            held.push(happened);
        } else {
            streams.insert(stream.to_owned(), vec![happened]);
        }
        self.appended.push(appended);
        Ok(())
    }

    /// Notes the text that an event takes away; one that was to be kept by the same batch is not kept at all, since a
    /// statement does not see what it writes itself.
    fn take_away(&mut self, happened: &Happened) {
        if let Some(taken) = happened.takes() {
            self.texts.retain(|kept| (kept.programme, kept.text.id()) != (taken.programme, taken.text));
            self.erased.push(taken.into());
        }
    }

    /// Keeps the texts that the events just appended refer to.
    fn keep_texts(&mut self, submission: &Submission, first: usize) {
        let appended = self.appended.get(first..).unwrap_or_default();
        let mut texts: HashMap<Uuid, &FreeText> =
            submission.texts.iter().map(|text| (text.id(), text)).collect();
        for brings in appended.iter().filter(|_| !submission.texts.is_empty()) {
            let referred = texts::spoken_of(&brings.data).filter_map(|id| texts.remove(&id));
            let (programme, position) = (submission.programme, brings.position);
            self.texts.extend(referred.map(|text| Kept { programme, text: text.clone(), position }));
        }
    }

    /// From where to where each programme's log goes on, by programme.
    pub(crate) fn advances(&self) -> Vec<Advance> {
        let all = self.programmes.iter().map(|(programme, course)| Advance {
            programme: *programme,
            before: course.before,
            after: course.seen.position,
        });
        all.filter(|advance| advance.before < advance.after).collect()
    }

    /// The answers to be kept.
    pub(crate) fn answers(&self) -> Vec<(&Place, &Answer)> {
        self.answers.iter().filter(|(_, answer)| answer.given.is_some()).collect()
    }

    /// What is to be recorded, in the order of each programme's positions.
    pub(crate) fn happened(&self) -> Vec<&Happened> {
        let mut happened: Vec<&Happened> = Vec::with_capacity(self.appended.len());
        for stream in self.streams.values().flat_map(HashMap::values) {
            let of_the_batch = |happened: &&Happened| {
                let course = self.programmes.get(&happened.programme);
                course.is_some_and(|course| happened.position > course.before)
            };
            happened.extend(stream.iter().rev().take_while(of_the_batch));
        }
        happened.sort_unstable_by_key(|happened| (happened.programme, happened.position));
        happened
    }

    /// What this process has now seen of each programme that the batch has brought on. Of the others it may have seen
    /// what a batch ahead was about to record, and did not.
    pub(crate) fn seen(&self) -> impl Iterator<Item = (Uuid, Seen)> {
        let brought_on = self.programmes.iter().filter(|(_, course)| course.before < course.seen.position);
        brought_on.map(|(programme, course)| (*programme, course.seen.clone()))
    }
}
