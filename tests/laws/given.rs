//! An EST programme in memory: it hands each command the past and the facts that the log's writer would, and
//! keeps what happened.

use est::decision::{Decide, Order, stream};
use est::event::Happened;
use est::permission::Actor;
use est::text::{Gate, Place};
use est::{Aggregate, Command, Event, Facts, Refusal, Subject};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// A programme with all that has happened in it.
#[derive(Clone)]
pub(crate) struct Programme {
    facts: Facts,
    log: Vec<Happened>,
    now: Timestamp,
}

impl Programme {
    /// Before anything has happened.
    pub(crate) fn unopened() -> Self {
        Self { facts: Facts::default(), log: Vec::new(), now: moment("2026-11-16T08:00:00Z") }
    }

    /// Asks for something, and records what happens if it is granted.
    pub(crate) fn when<C: Command>(
        &mut self,
        who: &str,
        key: <C::State as Aggregate>::Key,
        command: C,
    ) -> Result<Vec<Event>, Refusal> {
        self.take(&Order { actor: actor(who), key, command })
    }

    /// As `when`, of an order whose kind no longer matters.
    pub(crate) fn take(&mut self, order: &dyn Decide) -> Result<Vec<Event>, Refusal> {
        let told = self.ask(order);
        for event in told.iter().flatten() {
            self.record(order.stream(), event.clone());
        }
        told
    }

    /// What would be answered, with nothing recorded.
    pub(crate) fn ask(&self, order: &dyn Decide) -> Result<Vec<Event>, Refusal> {
        let (own, reads) = (order.stream(), order.reads());
        let named = |happened: &&Happened| {
            let of_family = |read: &String| read.ends_with('/') && happened.stream.starts_with(read.as_str());
            happened.stream == own || reads.iter().any(|read| *read == happened.stream || of_family(read))
        };
        let past: Vec<_> = self.log.iter().filter(named).cloned().collect();
        order.decide(&past, &self.facts, self.now)
    }

    /// What has happened already: a command that must be granted.
    #[must_use]
    pub(crate) fn given<C: Command>(
        mut self,
        who: &str,
        key: <C::State as Aggregate>::Key,
        command: C,
    ) -> Self {
        let told = self.when(who, key, command);
        assert!(told.is_ok(), "given what was refused: {told:?}");
        self
    }

    /// At another moment.
    #[must_use]
    pub(crate) fn at(mut self, time: &str) -> Self {
        self.now = moment(time);
        self
    }

    pub(crate) fn wait(&mut self, hours: u8) {
        self.now += jiff::SignedDuration::from_hours(i64::from(hours));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    pub(crate) fn log(&self) -> &[Happened] {
        &self.log
    }

    /// The state of one aggregate as its events leave it.
    pub(crate) fn state<A: Aggregate>(&self, key: &A::Key) -> A {
        let stream = stream::<A>(key);
        let own = self.log.iter().filter(|happened| happened.stream == stream);
        own.filter_map(|happened| A::own(&happened.event)).fold(A::default(), A::evolve)
    }

    fn record(&mut self, stream: String, event: Event) {
        let before = self.log.iter().filter(|happened| happened.stream == stream).count();
        let happened = Happened {
            programme: Uuid::from_u128(0xE57),
            position: i64::try_from(self.log.len()).unwrap_or(i64::MAX) + 1,
            version: i32::try_from(before).unwrap_or(i32::MAX) + 1,
            recorded_at: self.now,
            stream,
            event,
        };
        self.facts.follow(&happened);
        self.log.push(happened);
    }
}

/// The operator opens programmes, a duty is the service's own; all others are what their functions make them.
pub(crate) fn actor(who: &str) -> Actor {
    match who {
        "operator" => Actor::Operator(subject(who)),
        "duty" => Actor::Duty("duty"),
        who => Actor::Holder(subject(who)),
    }
}

pub(crate) fn subject(who: &str) -> Subject {
    read(who.into())
}

pub(crate) fn moment(time: &str) -> Timestamp {
    read(time.into())
}

/// A request's body, or a part of one, read while the guard stands: the only way to a free text.
pub(crate) fn read<T: DeserializeOwned>(body: Value) -> T {
    let told = try_read(body);
    assert!(told.is_ok(), "no such request: {:?}", told.err());
    told.unwrap_or_else(|_| unreachable!("asserted above"))
}

/// A body with some of it said otherwise.
pub(crate) fn with(mut body: Value, otherwise: &Value) -> Value {
    if let (Some(body), Some(otherwise)) = (body.as_object_mut(), otherwise.as_object()) {
        body.extend(otherwise.clone());
    }
    body
}

/// As `read`, of a body that may not be let in.
pub(crate) fn try_read<T: DeserializeOwned>(body: Value) -> Result<T, serde_json::Error> {
    gate().guard(|| serde_json::from_value(body)).0
}

/// The guard, with draws that only count: each text still has an identity of its own.
pub(crate) fn gate() -> Gate {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    let draw = || {
        let mut bytes = [0; 32];
        let count = DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(count).for_each(|(to, from)| *to = from);
        bytes
    };
    let screen = |text: &str| personal_data::screen(text, &personal_data::Context::base());
    Gate { screen: Arc::new(screen), draw: Arc::new(draw) }
}

/// The texts of an event, with where they stand.
pub(crate) fn texts(happened: &Happened) -> Vec<(Uuid, Place)> {
    let bytes = happened.event.bytes().unwrap_or_default();
    let stored = String::from_utf8_lossy(&bytes);
    let ids = stored.split("\"textId\":\"").skip(1).filter_map(|rest| rest.get(..36)?.parse().ok());
    ids.map(|id| (id, Place { stream: happened.stream.clone(), position: happened.position })).collect()
}

/// Then: what happened is just this.
macro_rules! then {
    ($told:expr, $event:pat $(if $so:expr)? $(,)?) => {
        let told = $told;
        assert!(matches!(told.as_deref(), Ok([$event]) $(if $so)?), "told instead: {told:#?}");
    };
}
pub(crate) use then;

/// Then: what is asked for is so already.
pub(crate) fn then_nothing(told: &Result<Vec<Event>, Refusal>) {
    assert!(told.as_ref().is_ok_and(Vec::is_empty), "told instead: {told:#?}");
}
