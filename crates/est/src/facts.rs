//! What is settled in a programme, folded from its lasting streams: what other decisions take for granted.

use crate::decision::{Aggregate, stream};
use crate::event::{Event, Happened};
use crate::guard::Guard;
use crate::identity::{
    AreaId, FunctionId, InterventionId, OrganisationId, PledgeId, ProblemId, ProgrammeId, Subject, UnitId,
};
use crate::indicator::Indicator;
use crate::item::Item;
use crate::method::Method;
use crate::permission::FunctionKind;
use crate::problem::Observation;
use crate::week::Week;
use crate::{
    analysis, area, cycle, distribution, function, intervention, organisation, pledge, prioritisation,
    problem, programme, text,
};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The kinds of streams that facts are folded from.
pub const KINDS: &[&str] = &[
    "programme",
    "area",
    "organisation",
    "function",
    "cycle",
    "problem",
    "prioritisation",
    "analysis",
    "intervention",
    "pledge",
    "distribution",
    "text",
];

/// The settled state of one programme.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    id: Uuid,
    pub programme: programme::State,
    pub areas: BTreeMap<AreaId, area::State>,
    pub organisations: BTreeMap<OrganisationId, organisation::State>,
    pub functions: BTreeMap<FunctionId, function::State>,
    pub cycles: BTreeMap<Week, cycle::State>,
    pub problems: BTreeMap<ProblemId, problem::State>,
    /// The observations that have been seen to be a problem, and whether they repeat what was known.
    pub gathered: BTreeMap<Observation, Repeat>,
    /// By their first weeks.
    pub prioritisations: BTreeMap<Week, prioritisation::State>,
    pub analyses: BTreeMap<analysis::Key, analysis::State>,
    pub interventions: BTreeMap<InterventionId, intervention::State>,
    pub pledges: BTreeMap<PledgeId, pledge::State>,
    pub distribution: distribution::State,
    /// The texts that have been erased, struck in or sealed; all others are as they were written.
    pub texts: BTreeMap<Uuid, text::State>,
    units: BTreeMap<UnitId, OrganisationId>,
    /// The week that was opened or skipped before all others: the cadence is counted from it.
    pub first_week: Option<Week>,
    versions: BTreeMap<String, i32>,
    /// Made when it is first asked for after a change of what it is made of.
    guard: OnceLock<Arc<Guard>>,
}

/// What is known of an observation that belongs to a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// It is counted as known, and not as new.
    pub repeats: bool,
    indicator: Indicator,
    date: Date,
}

/// A function that somebody holds now.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub kind: FunctionKind,
    pub organisation: OrganisationId,
    pub unit: Option<UnitId>,
}

impl Facts {
    /// Takes in one event; those of passing streams leave the facts as they are.
    pub fn follow(&mut self, happened: &Happened) {
        if !Self::concern(happened.event.kind()) {
            return;
        }
        self.id = happened.programme;
        self.versions.insert(happened.stream.clone(), happened.version);
        let key = happened.key();
        if let Event::Programme(_) | Event::Area(_) | Event::Organisation(_) = happened.event {
            self.guard = OnceLock::new();
        }
        match &happened.event {
            Event::Programme(event) => evolve(&mut self.programme, event),
            Event::Area(event) => evolve_at(&mut self.areas, key, event),
            Event::Organisation(event) => {
                evolve_at(&mut self.organisations, key, event);
                if let (organisation::Event::UnitAdded { unit, .. }, Ok(organisation)) = (event, key.parse())
                {
                    self.units.insert(*unit, organisation);
                }
            }
            Event::Function(event) => evolve_at(&mut self.functions, key, event),
            Event::Cycle(event) => {
                evolve_at(&mut self.cycles, key, event);
                self.first_week = self.first_week.or_else(|| key.parse().ok());
            }
            Event::Problem(event) => {
                evolve_at(&mut self.problems, key, event);
                self.gather(key);
            }
            Event::Prioritisation(event) => evolve_at(&mut self.prioritisations, key, event),
            Event::Analysis(event) => evolve_at(&mut self.analyses, key, event),
            Event::Intervention(event) => evolve_at(&mut self.interventions, key, event),
            Event::Pledge(event) => evolve_at(&mut self.pledges, key, event),
            Event::Distribution(event) => evolve(&mut self.distribution, event),
            Event::Text(event) => evolve_at(&mut self.texts, key, event),
            Event::Report(_)
            | Event::Compilation(_)
            | Event::Picture(_)
            | Event::Addendum(_)
            | Event::Rescreening(_) => {}
        }
    }

    /// Of what was gathered to a problem the first is new, where the problem was not known before it.
    fn gather(&mut self, problem: &str) {
        let about = problem.parse().ok().and_then(|problem: ProblemId| self.problems.get(&problem)?.about());
        let Some(about) = about else { return };
        let first = about.gathered.iter().map(|its| its.observation).min();
        for its in &about.gathered {
            let begins = first == Some(its.observation) && its.observation.week <= about.first_week;
            let repeat = Repeat { repeats: !begins, indicator: its.indicator, date: its.date };
            self.gathered.insert(its.observation, repeat);
        }
    }

    /// Whether an observation of a report is of something known: it says so, or has been seen to be.
    pub fn is_known<T>(&self, observation: Observation, item: &Item<T>) -> bool {
        item.problem.is_some() || self.repeats(observation, item.indicator, item.date)
    }

    /// Whether an observation has been seen to repeat what was known; of another indicator or day it is another.
    pub fn repeats(&self, observation: Observation, indicator: Indicator, date: Date) -> bool {
        let gathered = self.gathered.get(&observation);
        gathered.is_some_and(|its| its.repeats && its.indicator == indicator && its.date == date)
    }

    /// Whether an event of this kind of stream changes the facts.
    pub fn concern(kind: &str) -> bool {
        KINDS.contains(&kind)
    }

    /// The version of a lasting stream; 0 while it has no event.
    pub fn version<A: Aggregate>(&self, key: &A::Key) -> i32 {
        self.versions.get(&stream::<A>(key)).copied().unwrap_or(0)
    }

    /// Grows with every event that the facts take in.
    pub fn revision(&self) -> i32 {
        self.versions.values().sum()
    }

    /// Grows with every event of one kind of stream that the facts take in.
    pub fn revision_of<A: Aggregate>(&self) -> i32 {
        let (first, past) = (format!("{}/", A::KIND), format!("{}0", A::KIND));
        self.versions.range(first..past).map(|(_, version)| version).sum()
    }

    pub fn id(&self) -> ProgrammeId {
        ProgrammeId(self.id)
    }

    /// The programme's guard: its own lists, and the names that its coordinators have given areas and organisations.
    pub fn guard(&self) -> &Arc<Guard> {
        self.guard.get_or_init(|| {
            let areas = self.areas.values().filter_map(area::State::drawn);
            let areas = areas.flat_map(|drawn| std::iter::once(&drawn.name).chain(&drawn.also_called));
            let organisations = self.organisations.values().filter_map(organisation::State::joined);
            let names = areas.chain(organisations.map(|joined| &joined.name));
            let lists = self.programme.preparation().map(|preparation| &preparation.guard_lists);
            Arc::new(Guard::of(lists, names))
        })
    }

    /// The method version in force; the handbook's before any is adopted.
    pub fn method(&self) -> &Method {
        self.programme.method()
    }

    /// The method version of a week: the one it was opened under, or else the one in force.
    pub fn method_of(&self, week: Week) -> &Method {
        let running = cycle::opened(self, week).ok();
        let kept = running.and_then(|running| self.programme.adopted(&running.method));
        kept.unwrap_or_else(|| self.method())
    }

    /// The week that a moment falls in where the programme is.
    pub fn week_of(&self, now: Timestamp) -> Week {
        Week::of(now.to_zoned(self.method().zone()).date())
    }

    /// Whether a week is on the programme's cadence, counted both ways from the first.
    pub fn on_cadence(&self, week: Week) -> bool {
        let cadence = i32::from(self.method().cadence_weeks).max(1);
        self.first_week.is_none_or(|first| week.since(first) % cadence == 0)
    }

    /// The organisation that a unit belongs to.
    pub fn organisation_of(&self, unit: UnitId) -> Option<OrganisationId> {
        self.units.get(&unit).copied()
    }

    /// A unit, open or closed.
    pub fn unit(&self, unit: UnitId) -> Option<&organisation::Unit> {
        self.organisations.get(self.units.get(&unit)?)?.joined()?.units.get(&unit)
    }

    /// An area that is drawn and not retired.
    pub fn area(&self, area: AreaId) -> Option<&area::Drawn> {
        self.areas.get(&area)?.drawn()
    }

    /// Whose body is read under a text's id, by those who do not read what is sealed.
    pub fn shown(&self, text: Uuid) -> Option<Uuid> {
        let Some(state) = self.texts.get(&text) else { return Some(text) };
        if state.seal().is_some() { None } else { state.standing(text) }
    }

    /// What has been struck in a text of which something is left, the first first.
    pub fn erasures(&self, text: Uuid) -> &[text::Erasure] {
        self.texts.get(&text).map_or(&[], text::State::erasures)
    }

    /// The functions that a subject holds at a moment.
    pub fn held_by<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> impl Iterator<Item = Held> + 'a {
        // Somebody must appoint the first coordinator, and one when the time of the last has run out.
        let opened = self.programme.preparation().is_some_and(|preparation| preparation.founder == *subject);
        let founds = opened && !(self.programme.active() && self.is_coordinated(now));
        let founder = founds.then_some(Held {
            kind: FunctionKind::Coordinator,
            organisation: OrganisationId(Uuid::nil()),
            unit: None,
        });
        let held = self.functions.values().filter_map(move |function| {
            let established = function.established()?;
            let holds =
                established.holders.iter().any(|holder| holder.subject == *subject && holder.holds_at(now));
            holds.then_some(Held {
                kind: established.kind,
                organisation: established.organisation,
                unit: established.unit,
            })
        });
        founder.into_iter().chain(held)
    }

    /// Whether anybody coordinates at a moment.
    pub fn is_coordinated(&self, now: Timestamp) -> bool {
        let established = self.functions.values().filter_map(function::State::established);
        let mut coordinating = established.filter(|its| its.kind == FunctionKind::Coordinator);
        coordinating.any(|its| its.holders.iter().any(|holder| holder.holds_at(now)))
    }

    /// The units that are expected to report in a week, with their organisations.
    pub fn expected(
        &self,
        week: Week,
    ) -> impl Iterator<Item = (OrganisationId, UnitId, &organisation::Unit)> {
        self.organisations.iter().filter_map(|(id, state)| Some((*id, state.joined()?))).flat_map(
            move |(id, joined)| {
                let units = joined.units.iter().filter(move |(_, unit)| unit.reports_in(week));
                units.map(move |(unit_id, unit)| (id, *unit_id, unit))
            },
        )
    }
}

fn evolve<A: Aggregate>(state: &mut A, event: &A::Event) {
    *state = std::mem::take(state).evolve(event);
}

fn evolve_at<K: Ord + FromStr, A: Aggregate>(states: &mut BTreeMap<K, A>, key: &str, event: &A::Event) {
    if let Ok(key) = key.parse() {
        evolve(states.entry(key).or_default(), event);
    }
}
