//! The pattern that every aggregate keeps: its past is folded to a state, and a command is decided on it.

use crate::event::{Event, Happened};
use crate::facts::Facts;
use crate::permission::{self, Actor, Permission, Reach};
use crate::refusal::Refusal;
use jiff::Timestamp;
use std::fmt::Display;

/// What has happened to one thing, folded; its default is the true beginning.
pub trait Aggregate: Default {
    /// The first part of its streams' names: `report` of `report/2026-W47/<unit>`.
    const KIND: &'static str;
    /// The rest of the name; what makes the thing unique in its programme.
    type Key: Display + Clone + Send + Sync + 'static;
    type Event: Into<Event>;

    /// The aggregate's own event, when it is one of its own.
    fn own(event: &Event) -> Option<&Self::Event>;

    #[must_use]
    fn evolve(self, event: &Self::Event) -> Self;
}

/// The stream of an aggregate's events.
pub fn stream<A: Aggregate>(key: &A::Key) -> String {
    format!("{}/{key}", A::KIND)
}

/// The events that a command comes to, or why it is refused.
pub type Decided<State> = Result<Vec<<State as Aggregate>::Event>, Refusal>;

/// What somebody asks for; it is the body of a request.
pub trait Command: Send + Sync + 'static {
    type State: Aggregate;
    /// Who may ask for it.
    const PERMISSION: Permission;

    /// Whose matter it is: a function that reaches only its own organisation may act only there.
    fn reach(&self, _key: &<Self::State as Aggregate>::Key, _facts: &Facts) -> Reach {
        Reach::Programme
    }

    /// Streams beside its own that the decision looks at; one that ends in `/` is a family of streams.
    fn reads(&self, _key: &<Self::State as Aggregate>::Key) -> Vec<String> {
        Vec::new()
    }

    /// Pure: state and situation in; events or a refusal out. No events: what is asked for is so already.
    fn decide(
        &self,
        state: Self::State,
        situation: &Situation<'_, <Self::State as Aggregate>::Key>,
    ) -> Decided<Self::State>;
}

/// What a decision may look at beside the state.
pub struct Situation<'a, Key> {
    pub key: &'a Key,
    pub facts: &'a Facts,
    pub now: Timestamp,
    /// The events of the streams named by `reads`, in order.
    pub past: &'a [Happened],
}

/// A command with who asks and what it concerns: what the log's writer is handed.
pub struct Order<C: Command> {
    pub actor: Actor,
    pub key: <C::State as Aggregate>::Key,
    pub command: C,
}

/// A decision whose kind no longer matters: the writer reads, asks and records.
pub trait Decide: Send + Sync {
    /// Who asks, as it stands in the event's metadata.
    fn actor(&self) -> &str;
    /// The stream that the events go to.
    fn stream(&self) -> String;
    fn reads(&self) -> Vec<String>;
    fn decide(&self, past: &[Happened], facts: &Facts, now: Timestamp) -> Result<Vec<Event>, Refusal>;
}

impl<C: Command> Decide for Order<C> {
    fn actor(&self) -> &str {
        self.actor.name()
    }

    fn stream(&self) -> String {
        stream::<C::State>(&self.key)
    }

    fn reads(&self) -> Vec<String> {
        self.command.reads(&self.key)
    }

    fn decide(&self, past: &[Happened], facts: &Facts, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        permission::permit(facts, &self.actor, C::PERMISSION, self.command.reach(&self.key, facts), now)?;
        // Where no other stream is read, all of the past is the stream's own.
        let stream = (!self.reads().is_empty()).then(|| self.stream());
        let own = past.iter().filter(|happened| stream.as_ref().is_none_or(|own| happened.stream == *own));
        let state = own
            .filter_map(|happened| C::State::own(&happened.event))
            .fold(C::State::default(), C::State::evolve);
        let situation = Situation { key: &self.key, facts, now, past };
        let events = self.command.decide(state, &situation)?;
        Ok(events.into_iter().map(Into::into).collect())
    }
}
