//! Every command of the method, put together at random over the small cast: what random lives are made of.

mod quarterly;
mod settled;
mod texts;
mod weekly;

use crate::cast::*;
use crate::given::{Programme, actor};
use est::decision::{Decide, Order};
use est::permission::Actor;
use est::{Aggregate, AreaId, Command, OrganisationId, UnitId, Week};

/// One thing that somebody tries; the numbers choose among the cast.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) act: usize,
    pub(crate) who: u8,
    pub(crate) hours: u8,
    pub(crate) week: u8,
    pub(crate) place: u8,
    pub(crate) thing: u8,
    pub(crate) detail: u8,
    pub(crate) longitude: f64,
}

/// A command with who is meant to give it.
pub(crate) struct Act {
    pub(crate) name: &'static str,
    by: &'static str,
    order: MakeOrder,
}

type MakeOrder = fn(&Step, &Programme, Actor) -> Box<dyn Decide>;

/// All there are, in the order of the method's files.
pub(crate) fn acts() -> impl Iterator<Item = &'static Act> + Clone {
    settled::ACTS.iter().chain(weekly::ACTS).chain(quarterly::ACTS).chain(texts::ACTS)
}

/// Who else may try; none of them is a stranger.
const OTHERS: [&str; 8] =
    ["coordinator", "hub", "caretaker", "administrator", "leader", "patrol", "steering", "duty"];

impl Step {
    /// What the step asks for, now and then by somebody who should not.
    pub(crate) fn order(&self, programme: &Programme) -> (&'static Act, Box<dyn Decide>) {
        let act = chosen(acts(), self.act);
        let who = if self.who < 7 { act.by } else { pick(OTHERS, self.who) };
        (act, self.by(who, act, programme))
    }

    /// The same act by somebody.
    pub(crate) fn by(&self, who: &str, act: &Act, programme: &Programme) -> Box<dyn Decide> {
        (act.order)(self, programme, actor(who))
    }

    fn week(&self) -> Week {
        week().plus(pick([0, 0, 0, 1, 2], self.week))
    }

    fn area(&self) -> AreaId {
        pick([CENTRUM, NORR, SODER, VASTER, ELSEWHERE], self.place)
    }

    fn organisation(&self) -> OrganisationId {
        pick([HOUSING, MUNICIPALITY, POLICE, NOBODY], self.place)
    }

    fn unit(&self) -> UnitId {
        pick([EAST, PATROL, WEST, NO_UNIT], self.thing)
    }
}

fn order<C: Command>(actor: Actor, key: <C::State as Aggregate>::Key, command: C) -> Box<dyn Decide> {
    Box::new(Order { actor, key, command })
}

fn pick<T: Clone, const N: usize>(all: [T; N], number: u8) -> T {
    chosen(all.into_iter(), number.into())
}

/// Any number chooses something.
pub(crate) fn chosen<T>(all: impl Iterator<Item = T> + Clone, number: usize) -> T {
    all.cycle().nth(number).unwrap_or_else(|| unreachable!("there is always something to choose"))
}
