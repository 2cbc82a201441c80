//! One week of the story: the cycle opened, reports gathered, the picture written, adopted and distributed.

use super::almanac::Almanac;
use super::chance::Chance;
use super::pen::{Pen, plain};
use super::pictures::Painter;
use super::preparation::Written;
use super::problems::Trouble;
use super::quarters::{Desk, Quarters};
use super::reports::{Comes, Plan, look};
use super::town::Town;
use super::{Act, Moment, WEEKS, analyses, changes, interventions};
use est::cycle::{self, BeginPhase, Phase};
use est::permission::Actor;
use est::{Subject, Week};

pub(super) struct Story<'a> {
    pub(super) town: &'a Town,
    pub(super) chance: Chance,
    pub(super) pen: Pen<'a>,
    pub(super) almanac: &'a Almanac,
    pub(super) troubles: Vec<Trouble>,
    pub(super) quarters: &'a Quarters,
}

/// The moments of one week, in the order of time.
pub(super) struct Days<'a> {
    pub(super) week: Week,
    almanac: &'a Almanac,
    moments: Vec<Moment>,
}

impl Days<'_> {
    /// Something happened; a moment without acts is none.
    pub(super) fn at(&mut self, weekday: i8, clock: (i8, i8), acts: Vec<Act>) {
        if !acts.is_empty() {
            self.moments.push(Moment { at: self.almanac.at(self.week, weekday, clock), acts });
        }
    }

    fn in_order(mut self) -> Vec<Moment> {
        self.moments.sort_by_key(|moment| moment.at);
        self.moments
    }
}

/// The phase's beginning, by the week's coordinator.
pub(super) fn begin(phase: Phase, week: Week, coordinator: &Subject) -> Act {
    plain(Actor::Holder(coordinator.clone()), week, BeginPhase { phase })
}

impl<'a> Story<'a> {
    /// A week of the story, counted from 0; the last one is still under way.
    pub(super) fn week(&mut self, number: i32) -> Written<Vec<Moment>> {
        let week = self.almanac.first.plus(number);
        let mut days = Days { week, almanac: self.almanac, moments: Vec::new() };
        days.at(1, (6, 0), vec![plain(Actor::Duty("cycle"), week, cycle::Open {})]);
        let coordinator = self.town.coordinator(number);
        let mut acts = Vec::new();
        for trouble in &self.troubles {
            acts.extend(trouble.act(number, week, (coordinator, &self.pen))?);
        }
        days.at(1, (9, 0), acts);
        changes::happen(number, self.town, &self.pen, &mut days)?;
        self.quarter(number, &mut days)?;
        let Self { town, chance, troubles, almanac, quarters, .. } = self;
        let eased = quarters.eased(number);
        let open: Vec<_> = troubles.iter().filter(|trouble| trouble.is_open(number)).collect();
        let units = town.reporting(number);
        let plans = units
            .map(|unit| Plan::of(look(unit, week, (number, almanac.quarter(week)), eased), &open, chance));
        let mut plans: Vec<_> = plans.collect();
        if number + 1 < WEEKS {
            self.gather(number, &mut plans, &mut days)?;
            let Self { town, chance, pen, almanac, troubles, quarters } = self;
            let open = troubles.iter().filter(|trouble| trouble.is_open(number)).collect();
            let priorities = quarters.areas(number);
            let painter = Painter { town, pen, almanac, number, week, plans: &plans, open, priorities };
            painter.week(&mut days, chance)?;
        } else {
            self.begin_living_week(&plans, &mut days)?;
        }
        Ok(days.in_order())
    }

    /// What the quarter brings in a week: priorities, analyses, interventions.
    fn quarter(&self, number: i32, days: &mut Days<'_>) -> Written<()> {
        let Self { town, pen, almanac, troubles, quarters, .. } = self;
        let desk = Desk { town, pen, almanac, troubles, number };
        quarters.happen(desk, days)?;
        analyses::happen(quarters, desk, days)?;
        interventions::happen(quarters, desk, days)
    }

    /// The reports and reminders of a whole week.
    fn gather(&mut self, number: i32, plans: &mut [Plan<'a>], days: &mut Days<'_>) -> Written<()> {
        let coordinator = self.town.coordinator(number);
        let remind = |plans: &[Plan<'_>], before, hour| -> Vec<_> {
            let awaited = plans.iter().filter(|plan| plan.awaited(before));
            awaited.map(|plan| plan.remind(hour, coordinator)).collect()
        };
        days.at(2, (14, 0), self.submissions(plans, Comes::Tuesday)?);
        days.at(3, (8, 5), remind(plans, Comes::Wednesday, -24));
        let mut wednesday = self.submissions(plans, Comes::Wednesday)?;
        for plan in &*plans {
            wednesday.extend(plan.take_back(&self.pen, &mut self.chance)?);
        }
        days.at(3, (16, 0), wednesday);
        days.at(4, (8, 5), remind(plans, Comes::Late, 0));
        let mut thursday = self.submissions(plans, Comes::Late)?;
        for plan in plans {
            thursday.extend(plan.mend(&self.pen, &mut self.chance)?);
        }
        days.at(4, (8, 40), thursday);
        Ok(())
    }

    fn submissions(&self, plans: &[Plan<'_>], comes: Comes) -> Written<Vec<Act>> {
        plans.iter().filter(|plan| plan.comes == comes).map(|plan| plan.submit(&self.pen)).collect()
    }

    /// About half of the units have reported so far.
    fn begin_living_week(&mut self, plans: &[Plan<'_>], days: &mut Days<'_>) -> Written<()> {
        let mut acts = Vec::new();
        for plan in plans.iter().filter(|plan| plan.comes == Comes::Tuesday) {
            if self.chance.percent(65) {
                acts.push(plan.submit(&self.pen)?);
            }
        }
        days.at(2, (14, 0), acts);
        Ok(())
    }
}
