//! Random lives of a programme: from a beginning, one step after another.

use crate::acts::{Act, Step, acts, chosen};
use crate::cast::{GRAFFITI, week};
use crate::given::Programme;
use est::decision::Decide;
use est::{Event, Refusal};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Where a life begins: it would take chance too long to get that far.
static BEGINNINGS: LazyLock<[Programme; 9]> = LazyLock::new(|| {
    [
        Programme::unopened(),
        Programme::active(),
        Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening()),
        Programme::written().given("coordinator", GRAFFITI, crate::problem::opening()),
        crate::silence::silent(),
        crate::warning::warned(),
        Programme::unanchored(),
        Programme::active_intervention(),
        Programme::adopted().given("coordinator", week(), est::picture::Distribute {}),
    ]
});

/// A beginning and what is tried from there.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    beginning: usize,
    steps: Vec<Step>,
}

/// One thing that was tried, with what was told and the programme before and after.
pub(crate) struct Tried<'a> {
    pub(crate) act: &'static Act,
    pub(crate) order: &'a dyn Decide,
    pub(crate) before: &'a Programme,
    pub(crate) told: &'a Result<Vec<Event>, Refusal>,
    pub(crate) after: &'a Programme,
}

impl Life {
    /// Lives it to its end.
    pub(crate) fn lived(&self) -> Programme {
        let mut programme = self.beginning();
        for step in &self.steps {
            programme.wait(step.hours);
            let (_, order) = step.order(&programme);
            // A refusal is part of life.
            let _told = programme.take(order.as_ref());
        }
        programme
    }

    /// Lives it, and looks at each step.
    pub(crate) fn watched(
        &self,
        watch: impl Fn(Tried<'_>) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        let mut programme = self.beginning();
        for step in &self.steps {
            programme.wait(step.hours);
            let (act, order) = step.order(&programme);
            let before = programme.clone();
            let told = programme.take(order.as_ref());
            let (before, after, told, order) = (&before, &programme, &told, order.as_ref());
            watch(Tried { act, order, before, told, after })?;
        }
        Ok(())
    }

    fn beginning(&self) -> Programme {
        chosen(BEGINNINGS.iter(), self.beginning).clone()
    }
}

pub(crate) fn life() -> impl Strategy<Value = Life> {
    (0..BEGINNINGS.len(), vec(step(), 1..100)).prop_map(|(beginning, steps)| Life { beginning, steps })
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let numbers = (0..acts().count(), 0..10_u8, 0..12_u8, 0..5_u8);
    let choices = (0..8_u8, 0..8_u8, 0..8_u8, -180.0..180.0);
    (numbers, choices).prop_map(|((act, who, hours, week), (place, thing, detail, longitude))| Step {
        act,
        who,
        hours,
        week,
        place,
        thing,
        detail,
        longitude,
    })
}
