//! The prioritised areas of a period: proposed by the quarterly meeting, decided by the steering group, and changed
//! for a time when something special happens elsewhere (R22, R78, R95, R102-R104).

use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::AreaId;
use crate::item::AREA_UNKNOWN;
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::{FreeText, TextRef};
use crate::week::Week;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

refusals! {
    MISCOUNTED = "prioritisation.miscounted", Conflict,
        "Antalet områden är inte det som programmets metod anger, eller ett område står två gånger.",
        "The number of areas is not the one that the programme's method states, or an area stands twice.";
    NEXT_MISSING = "prioritisation.next-missing", Conflict,
        "Ange också de områden som låg närmast att väljas, med skäl.",
        "State also the areas that were nearest to being chosen, with reasons.";
    PERIOD_BROKEN = "prioritisation.period-broken", Conflict,
        "Perioden ska sluta efter att den börjat, och får vara högst ett år.",
        "The period ends after it begins, and is a year at the most.";
    PERIOD_TAKEN = "prioritisation.period-taken", Conflict,
        "En annan prioritering är redan beslutad för någon av veckorna.",
        "Another prioritisation is decided already for some of the weeks.";
    NOT_PROPOSED = "prioritisation.not-proposed", Conflict,
        "Ingen prioritering är föreslagen för perioden.", "No prioritisation is proposed for the period.";
    ALREADY_DECIDED = "prioritisation.already-decided", Conflict,
        "Prioriteringen är redan beslutad. Ändra den tillfälligt i stället.",
        "The prioritisation is decided already. Change it temporarily instead.";
    NOT_DECIDED = "prioritisation.not-decided", Conflict,
        "Prioriteringen är inte beslutad.", "The prioritisation is not decided.";
    AREA_NOT_PRIORITISED = "prioritisation.area-not-prioritised", Conflict,
        "Området är inte prioriterat den veckan.", "The area is not prioritised that week.";
    AREA_ALREADY_PRIORITISED = "prioritisation.area-already-prioritised", Conflict,
        "Området är redan prioriterat den veckan.", "The area is prioritised already that week.";
    WEEK_OUTSIDE = "prioritisation.week-outside", Conflict,
        "Veckan eller dagen ligger utanför perioden, eller före en tidigare ändring.",
        "The week or the day lies outside the period, or before an earlier change.";
    AREA_NOT_DISPLACED = "prioritisation.area-not-displaced", Conflict,
        "Området är inte tillfälligt undanträngt.", "The area is not temporarily displaced.";
}

/// The longest period, in weeks.
const WEEKS_MAX: i32 = 53;

/// How great something is, from 1, very little, to 5, very great.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(minimum = 1, maximum = 5)]
#[serde(transparent)]
pub struct Rating(pub u8);

/// An area weighed against the others: its need, and how far the partners can influence it (R22).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Weighed<T> {
    pub area: AreaId,
    pub need: Rating,
    pub influenceability: Rating,
    pub reason: T,
}

impl Weighed<FreeText> {
    fn recorded(&self) -> Weighed<TextRef> {
        let Self { area, need, influenceability, ref reason } = *self;
        Weighed { area, need, influenceability, reason: reason.reference() }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// Areas were proposed for the period, in the order of their blocks, with those nearest to being chosen.
    Proposed { last_week: Week, chosen: Vec<Weighed<TextRef>>, next: Vec<Weighed<TextRef>> },
    /// The steering group decided on what was proposed.
    Decided { reason: Option<TextRef> },
    /// From a week on another area took a prioritised one's place, until the review at the latest.
    TemporarilyChanged { displaced: AreaId, instead: AreaId, from: Week, review: Date, reason: TextRef },
    /// From a week on the displaced area has its place again.
    Restored { displaced: AreaId, from: Week, reason: TextRef },
}

/// How far the prioritisation has come.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Unproposed,
    Proposed(Period),
    Decided(Period, Vec<Change>),
}

/// The areas of a period.
#[derive(Clone, Debug)]
pub struct Period {
    pub last_week: Week,
    /// In the order of their blocks.
    pub areas: Vec<AreaId>,
}

/// An area in another's place for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub displaced: AreaId,
    pub instead: AreaId,
    pub from: Week,
    /// The first week that it was over.
    pub until: Option<Week>,
    pub review: Date,
}

impl State {
    /// The period as it was proposed last, be it decided or not.
    pub fn period(&self) -> Option<&Period> {
        match self {
            Self::Unproposed => None,
            Self::Proposed(period) | Self::Decided(period, _) => Some(period),
        }
    }

    /// The period as it was decided, with the changes since.
    pub fn decided(&self) -> Option<(&Period, &[Change])> {
        if let Self::Decided(period, changes) = self { Some((period, changes)) } else { None }
    }

    /// The areas that are prioritised in a week, in the order of their blocks; none outside a decided period.
    pub fn areas(&self, first_week: Week, week: Week) -> Option<Vec<AreaId>> {
        let (period, changes) =
            self.decided().filter(|(period, _)| (first_week..=period.last_week).contains(&week))?;
        let in_force =
            |change: &&Change| change.from <= week && change.until.is_none_or(|until| week < until);
        let instead = |area: &AreaId| {
            let change = changes.iter().filter(in_force).rfind(|change| change.displaced == *area);
            change.map_or(*area, |change| change.instead)
        };
        Some(period.areas.iter().map(instead).collect())
    }
}

impl Aggregate for State {
    const KIND: &'static str = "prioritisation";
    /// The period's first week.
    type Key = Week;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Prioritisation(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (Self::Unproposed | Self::Proposed(_), Event::Proposed { last_week, chosen, .. }) => {
                let areas = chosen.iter().map(|weighed| weighed.area).collect();
                Self::Proposed(Period { last_week: *last_week, areas })
            }
            (Self::Proposed(period), Event::Decided { .. }) => Self::Decided(period, Vec::new()),
            (
                Self::Decided(period, mut changes),
                Event::TemporarilyChanged { displaced, instead, from, review, .. },
            ) => {
                let (displaced, instead, from, review) = (*displaced, *instead, *from, *review);
                changes.push(Change { displaced, instead, from, until: None, review });
                Self::Decided(period, changes)
            }
            (Self::Decided(period, mut changes), Event::Restored { displaced, from, .. }) => {
                let open = changes.iter_mut().filter(|change| change.until.is_none());
                open.filter(|change| change.displaced == *displaced)
                    .for_each(|change| change.until = Some(*from));
                Self::Decided(period, changes)
            }
            (
                state,
                Event::Proposed { .. }
                | Event::Decided { .. }
                | Event::TemporarilyChanged { .. }
                | Event::Restored { .. },
            ) => state,
        }
    }
}

/// The areas that are prioritised in a week by what has been decided, in the order of their blocks (R95).
pub fn prioritised(facts: &Facts, week: Week) -> Option<Vec<AreaId>> {
    // Decided periods do not overlap: the last that has begun is the week's.
    let begun = facts.prioritisations.range(..=week).rev();
    begun.filter(|(_, state)| state.decided().is_some()).find_map(|(first, state)| state.areas(*first, week))
}

/// Propose a period's areas: those chosen, and those nearest to being chosen. Until it is decided it may be proposed
/// anew.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProposePriorities)]
pub struct Propose {
    pub last_week: Week,
    /// In the order of their blocks.
    #[schema(min_items = 1, max_items = 10)]
    pub chosen: Vec<Weighed<FreeText>>,
    /// The nearest not chosen, and why.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub next: Vec<Weighed<FreeText>>,
}

impl Command for Propose {
    type State = State;
    const PERMISSION: Permission = Permission::ProposePriorities;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        if state.decided().is_some() {
            return Err(ALREADY_DECIDED);
        }
        let facts = situation.facts;
        if !(0..WEEKS_MAX).contains(&self.last_week.since(*situation.key)) {
            return Err(PERIOD_BROKEN);
        }
        let named: Vec<AreaId> = self.chosen.iter().chain(&self.next).map(|weighed| weighed.area).collect();
        let different: BTreeSet<_> = named.iter().collect();
        if self.chosen.len() != usize::from(facts.method().priorities) || different.len() != named.len() {
            return Err(MISCOUNTED);
        }
        if !named.iter().all(|area| facts.area(*area).is_some()) {
            return Err(AREA_UNKNOWN);
        }
        let drawn = facts.areas.values().filter(|area| area.drawn().is_some()).count();
        if self.next.is_empty() && drawn > self.chosen.len() {
            return Err(NEXT_MISSING);
        }
        let recorded = |weighed: &[Weighed<FreeText>]| weighed.iter().map(Weighed::recorded).collect();
        let (chosen, next) = (recorded(&self.chosen), recorded(&self.next));
        Ok(vec![Event::Proposed { last_week: self.last_week, chosen, next }])
    }
}

/// Decide on what was proposed: from its first week on the period's areas are the prioritised ones.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DecidePriorities)]
pub struct Decide {
    /// What the steering group adds to the reasons of the proposal.
    #[serde(default)]
    pub reason: Option<FreeText>,
}

impl Command for Decide {
    type State = State;
    const PERMISSION: Permission = Permission::DecidePriorities;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let period = match state {
            State::Unproposed => return Err(NOT_PROPOSED),
            State::Decided(..) => return Err(ALREADY_DECIDED),
            State::Proposed(period) => period,
        };
        let others = situation.facts.prioritisations.iter().filter(|(first, _)| *first != situation.key);
        let mut decided = others.filter_map(|(first, state)| Some((first, state.decided()?.0)));
        if decided.any(|(first, other)| *first <= period.last_week && *situation.key <= other.last_week) {
            return Err(PERIOD_TAKEN);
        }
        if !period.areas.iter().all(|area| situation.facts.area(*area).is_some()) {
            return Err(AREA_UNKNOWN);
        }
        Ok(vec![Event::Decided { reason: self.reason.as_ref().map(FreeText::reference) }])
    }
}

/// Let another area take a prioritised one's place for a time, with a day when it is looked at again (R104).
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ChangePrioritiesTemporarily)]
pub struct ChangeTemporarily {
    pub displaced: AreaId,
    pub instead: AreaId,
    /// The first week of the change.
    pub from: Week,
    #[schema(value_type = String, format = Date)]
    pub review: Date,
    pub reason: FreeText,
}

impl Command for ChangeTemporarily {
    type State = State;
    const PERMISSION: Permission = Permission::ChangePriorities;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let (period, changes) = state.decided().ok_or(NOT_DECIDED)?;
        let areas = state.areas(*situation.key, self.from).ok_or(WEEK_OUTSIDE)?;
        let reviewed = Week::of(self.review);
        let late = changes.iter().any(|change| self.from < change.from);
        if late || self.review < self.from.day(1) || reviewed > period.last_week {
            return Err(WEEK_OUTSIDE);
        }
        // Who has another's place for a time is not displaced in turn: then the first is restored.
        if !areas.contains(&self.displaced) || !period.areas.contains(&self.displaced) {
            return Err(AREA_NOT_PRIORITISED);
        }
        if areas.contains(&self.instead) || period.areas.contains(&self.instead) {
            return Err(AREA_ALREADY_PRIORITISED);
        }
        situation.facts.area(self.instead).ok_or(AREA_UNKNOWN)?;
        Ok(vec![Event::TemporarilyChanged {
            displaced: self.displaced,
            instead: self.instead,
            from: self.from,
            review: self.review,
            reason: self.reason.reference(),
        }])
    }
}

/// Give a displaced area its place again.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RestorePriority)]
pub struct Restore {
    pub displaced: AreaId,
    /// The first week that it has its place again.
    pub from: Week,
    pub reason: FreeText,
}

impl Command for Restore {
    type State = State;
    const PERMISSION: Permission = Permission::ChangePriorities;

    fn decide(&self, state: State, _: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let (period, changes) = state.decided().ok_or(NOT_DECIDED)?;
        let open = changes.iter().find(|its| its.until.is_none() && its.displaced == self.displaced);
        let change = open.ok_or(AREA_NOT_DISPLACED)?;
        if self.from < change.from || self.from > period.last_week {
            return Err(WEEK_OUTSIDE);
        }
        let (displaced, from) = (self.displaced, self.from);
        Ok(vec![Event::Restored { displaced, from, reason: self.reason.reference() }])
    }
}
