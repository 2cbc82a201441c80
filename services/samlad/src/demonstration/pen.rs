//! The pen: commands are read from JSON past the guard, as those of a request are.

use super::Act;
use est::decision::{Aggregate, Command, Order};
use est::permission::Actor;
use est::text::{FreeText, Gate};
use est::{Subject, programme};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(super) struct Pen<'a> {
    gate: &'a Gate,
}

/// What was read, with the texts that the guard admitted.
pub(super) struct Written<C> {
    command: C,
    texts: Vec<FreeText>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(gate: &'a Gate) -> Self {
        Self { gate }
    }

    pub(super) fn write<C: DeserializeOwned>(&self, json: Value) -> Result<Written<C>, serde_json::Error> {
        let (command, texts) = self.gate.guard(|| serde_json::from_value(json));
        Ok(Written { command: command?, texts })
    }
}

impl<C> Written<C> {
    /// What was read, made into or filled up to the command it belongs in.
    pub(super) fn into<D>(self, command: impl FnOnce(C) -> D) -> Written<D> {
        Written { command: command(self.command), texts: self.texts }
    }
}

impl<C: Command> Written<C>
where
    C::State: Aggregate,
{
    pub(super) fn by(self, holder: &Subject, key: <C::State as Aggregate>::Key) -> Act {
        act(Actor::Holder(holder.clone()), key, self)
    }
}

impl Written<programme::Open> {
    /// The first act of all.
    pub(super) fn opening(self, operator: Subject) -> Act {
        Act { opens: true, ..act(Actor::Operator(operator), programme::Itself, self) }
    }
}

/// An act without free text.
pub(super) fn plain<C: Command>(actor: Actor, key: <C::State as Aggregate>::Key, command: C) -> Act {
    act(actor, key, Written { command, texts: Vec::new() })
}

fn act<C: Command>(actor: Actor, key: <C::State as Aggregate>::Key, written: Written<C>) -> Act {
    let Written { command, texts } = written;
    Act { order: Box::new(Order { actor, key, command }), texts, opens: false }
}
