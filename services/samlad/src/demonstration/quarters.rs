//! The quarters of the story: three areas proposed, decided and once changed for a time, and the interventions that
//! each quarter takes up.

use super::almanac::Almanac;
use super::areas::AREAS;
use super::interventions::Undertaking;
use super::measures::{self, Measure};
use super::pen::Pen;
use super::preparation::Written;
use super::problems::Trouble;
use super::town::{Area, Town, subject};
use super::weeks::Days;
use super::{Act, WEEKS};
use est::indicator::Indicator;
use est::prioritisation::{ChangeTemporarily, Decide, Propose, Restore};
use est::{AreaId, InterventionId, Subject, Week};
use serde_json::{Value, json};

/// The quarter in which another area takes one's place for a time: after so many weeks, for so many.
const CHANGED: i32 = 3;
const CHANGE: (i32, i32) = (4, 4);
/// How many interventions a quarter takes up, and how many weeks one needs before the quarter is over.
const TAKEN_UP: usize = 2;
const NEEDED: i32 = 3;

/// What has been thought of, with its id.
pub(super) type Thought = (&'static Measure, InterventionId);

/// A calendar quarter, or what of it lies in the story; its weeks counted as the story's.
pub(super) struct Quarter {
    pub(super) index: i32,
    pub(super) first: i32,
    pub(super) last: i32,
    areas: Vec<Area>,
    /// Those nearest to being chosen.
    nearest: Vec<Area>,
}

pub(super) struct Quarters {
    list: Vec<Quarter>,
    pub(super) undertakings: Vec<Undertaking>,
    /// For each week of the story.
    eased: Vec<Vec<(AreaId, Indicator)>>,
}

/// What an act needs besides what it says.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) town: &'a Town,
    pub(super) pen: &'a Pen<'a>,
    pub(super) almanac: &'a Almanac,
    pub(super) troubles: &'a [Trouble],
    pub(super) number: i32,
}

impl Quarter {
    fn all(town: &Town, almanac: &Almanac) -> Vec<Self> {
        // The quarter after the story is prepared in the story's last weeks.
        let numbers: Vec<i32> = (0..WEEKS + 15).collect();
        let quarter = |number: &i32| almanac.quarter(almanac.first.plus(*number));
        let weeks = numbers.chunk_by(|one, other| quarter(one) == quarter(other));
        // The last chunk is cut off.
        let whole = weeks.filter(|weeks| weeks.first().is_some_and(|first| *first < WEEKS + 3));
        whole
            .filter_map(|weeks| Self::of(town, quarter(weeks.first()?), (*weeks.first()?, *weeks.last()?)))
            .collect()
    }

    fn of(town: &Town, index: i32, (first, last): (i32, i32)) -> Option<Self> {
        let areas = town.prioritised(index);
        let mut nearest: Vec<Area> =
            AREAS.iter().filter_map(|sketch| town.area(sketch.name).copied()).collect();
        nearest.retain(|area| !areas.iter().any(|chosen| chosen.id == area.id));
        nearest.sort_by_key(|area| std::cmp::Reverse(area.sketch.unease(index)));
        nearest.truncate(3);
        (areas.len() == 3).then_some(Self { index, first, last, areas, nearest })
    }

    /// Which area takes the last one's place from which week to which, where one does.
    fn change(&self) -> Option<(Area, Area, i32, i32)> {
        let (displaced, instead) = (*self.areas.last()?, *self.nearest.first()?);
        let (after, lasts) = CHANGE;
        let (from, until) = (self.first + after, self.first + after + lasts);
        (self.index == CHANGED && until <= self.last).then_some((displaced, instead, from, until))
    }

    /// The areas of one of its weeks, in the order of their blocks.
    pub(super) fn areas(&self, number: i32) -> Vec<Area> {
        let changed = self.change().filter(|(_, _, from, until)| (*from..*until).contains(&number));
        let instead = |area: &Area| match &changed {
            Some((displaced, instead, ..)) if displaced.id == area.id => *instead,
            Some(_) | None => *area,
        };
        self.areas.iter().map(instead).collect()
    }

    /// The weeks in which its areas are proposed, decided and analysed; the story begins in the midst of one.
    fn prepared(&self) -> (i32, i32, i32) {
        ((self.first - 3).max(0), (self.first - 2).max(0), (self.first - 1).max(0))
    }

    pub(super) fn analysed_in(&self) -> i32 {
        self.prepared().2
    }
}

impl Quarters {
    /// The quarters with what they take up; an intervention has the same id whatever week the story ends in.
    pub(super) fn of(town: &Town, almanac: &Almanac, troubles: &[Trouble], ids: &[InterventionId]) -> Self {
        let mut quarters =
            Self { list: Quarter::all(town, almanac), undertakings: Vec::new(), eased: Vec::new() };
        let mut waiting: Vec<Thought> = measures::all().zip(ids.iter().copied()).collect();
        for quarter in &quarters.list {
            quarters.undertakings.extend(quarter.take_up(troubles, &mut waiting));
        }
        let apart = waiting.into_iter().filter_map(|thought| quarters.apart(thought, troubles));
        let apart: Vec<_> = apart.collect();
        quarters.undertakings.extend(apart);
        let eases = |number| {
            let at_work = quarters.undertakings.iter().filter(move |its| its.eases(number));
            at_work.map(|its| (its.area.id, its.indicator)).collect()
        };
        quarters.eased = (0..WEEKS).map(eases).collect();
        quarters
    }

    /// An intervention that has a week of its own to be proposed in.
    fn apart(&self, thought: Thought, troubles: &[Trouble]) -> Option<Undertaking> {
        let (measure, _) = thought;
        let proposed = measure.course.proposed()?;
        let trouble = troubles.iter().find(|trouble| trouble.sketch.title == measure.against)?;
        Some(Undertaking::of(thought, trouble, self.at(proposed)?, (proposed, proposed + 12)))
    }

    pub(super) fn at(&self, number: i32) -> Option<&Quarter> {
        self.list.iter().find(|quarter| (quarter.first..=quarter.last).contains(&number))
    }

    /// The areas that are prioritised in a week of the story.
    pub(super) fn areas(&self, number: i32) -> Vec<Area> {
        self.at(number).map(|quarter| quarter.areas(number)).unwrap_or_default()
    }

    /// The quarters whose areas are analysed this week.
    pub(super) fn analysed(&self, number: i32) -> impl Iterator<Item = &Quarter> {
        self.list.iter().filter(move |quarter| quarter.analysed_in() == number)
    }

    /// Where something is done, or lately was: less that is new is seen of it there.
    pub(super) fn eased(&self, number: i32) -> &[(AreaId, Indicator)] {
        usize::try_from(number).ok().and_then(|number| self.eased.get(number)).map_or(&[], Vec::as_slice)
    }

    /// What is proposed, decided and changed in a week.
    pub(super) fn happen(&self, desk: Desk<'_>, days: &mut Days<'_>) -> Written<()> {
        let (mut proposals, mut decisions, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for quarter in &self.list {
            let (proposes, decides, _) = quarter.prepared();
            if proposes == desk.number {
                proposals.push(quarter.propose(desk)?);
            }
            if decides == desk.number {
                decisions.push(quarter.decide(desk)?);
            }
            changes.extend(quarter.change_temporarily(desk)?);
        }
        days.at(2, (10, 20), proposals);
        days.at(3, (11, 0), decisions);
        days.at(4, (15, 10), changes);
        Ok(())
    }
}

impl Quarter {
    /// What it takes up of what waits, each against a problem of its own.
    fn take_up(&self, troubles: &[Trouble], waiting: &mut Vec<Thought>) -> Vec<Undertaking> {
        let mut taken = Vec::new();
        for trouble in troubles {
            let place =
                waiting.iter().position(|(measure, _)| measure.is_usual_against(trouble.sketch.title));
            if let (Some(place), Some(proposed), true) =
                (place, self.takes_up(trouble), taken.len() < TAKEN_UP)
            {
                let until = (proposed + 9).min(self.last);
                taken.push(Undertaking::of(waiting.remove(place), trouble, self, (proposed, until)));
            }
        }
        taken
    }

    /// The week in which it takes something up against a problem, which must be there and leave time enough.
    fn takes_up(&self, trouble: &Trouble) -> Option<i32> {
        let begun = |(from, until): &(i32, i32)| {
            let proposed = (self.first + 1).max(from + 1);
            (proposed + 1 < *until && proposed + NEEDED <= self.last).then_some(proposed)
        };
        let proposed = trouble.sketch.open.iter().find_map(begun)?;
        self.areas(proposed).iter().any(|area| area.id == trouble.area.id).then_some(proposed)
    }

    fn key(&self, almanac: &Almanac) -> Week {
        almanac.first.plus(self.first)
    }

    fn propose(&self, desk: Desk<'_>) -> Written<Act> {
        let weighed = |areas: &[Area], chosen| -> Vec<_> {
            (0..).zip(areas).map(|(slot, area)| self.weighed(*area, (chosen, slot), desk)).collect()
        };
        let (chosen, next) = (weighed(&self.areas, true), weighed(&self.nearest, false));
        let last = desk.almanac.first.plus(self.last);
        let proposed = json!({ "lastWeek": last, "chosen": chosen, "next": next });
        let coordinator = desk.town.coordinator(desk.number);
        Ok(desk.pen.write::<Propose>(proposed)?.by(coordinator, self.key(desk.almanac)))
    }

    fn weighed(&self, area: Area, (chosen, slot): (bool, usize), desk: Desk<'_>) -> Value {
        let open = desk.troubles.iter().find(|its| its.area.id == area.id && its.is_open(desk.number));
        let need = area.sketch.rating(self.index);
        let influenceability = 2 + u8::from(open.is_some()) + u8::from(chosen);
        let reasons: &[&str] = if chosen { &CHOSEN } else { &NEAREST };
        let rank = usize::try_from(self.index).unwrap_or_default() * 2 + slot;
        let general = reasons.get(rank % reasons.len()).copied().unwrap_or_default();
        let known = open.map(|trouble| format!(" Problemet ”{}” är öppet.", trouble.sketch.title));
        let reason = format!("{general}{}", known.unwrap_or_default());
        json!({ "area": area.id, "need": need, "influenceability": influenceability, "reason": reason })
    }

    fn decide(&self, desk: Desk<'_>) -> Written<Act> {
        let rank = usize::try_from(self.index).unwrap_or_default();
        let reason = DECISIONS.get(rank % DECISIONS.len()).copied().flatten();
        let member = STEERING.get(rank % STEERING.len()).copied().unwrap_or_default();
        let decided = desk.pen.write::<Decide>(json!({ "reason": reason }))?;
        Ok(decided.by(&subject(member)?, self.key(desk.almanac)))
    }

    /// The change is made the week before it begins, and so is the return to what was decided.
    fn change_temporarily(&self, desk: Desk<'_>) -> Written<Option<Act>> {
        let Some((displaced, instead, from, until)) = self.change() else { return Ok(None) };
        let coordinator: &Subject = desk.town.coordinator(desk.number);
        let week = |number| desk.almanac.first.plus(number);
        let key = self.key(desk.almanac);
        Ok(if from - 1 == desk.number {
            let changed = desk.pen.write::<ChangeTemporarily>(json!({
                "displaced": displaced.id,
                "instead": instead.id,
                "from": week(from),
                "review": week(until).day(1),
                "reason": format!("Flera oroliga kvällar i rad i {}. Fältgruppen och polisen läggs om dit.",
                    instead.sketch.name),
            }))?;
            Some(changed.by(coordinator, key))
        } else if until - 1 == desk.number {
            let restored = desk.pen.write::<Restore>(json!({
                "displaced": displaced.id,
                "from": week(until),
                "reason": format!("Lugnare i {} i tre veckor.", instead.sketch.name),
            }))?;
            Some(restored.by(coordinator, key))
        } else {
            None
        })
    }
}

const STEERING: [&str; 4] =
    ["demo-steering-safety-1", "demo-steering-police-1", "demo-steering-housing-2", "demo-steering-social-1"];

/// What the steering group adds to the proposal; nothing in some quarters.
const DECISIONS: [Option<&str>; 5] = [
    Some("Enligt förslaget. Gruppen vill se insatser mot kända problem före nya satsningar."),
    None,
    Some("Enligt förslaget. Bostadsbolaget och polisen avsätter tid i alla tre områdena."),
    Some("Enligt förslaget efter diskussion om ordningen. Uppföljning vid nästa möte."),
    None,
];

const CHOSEN: [&str; 6] = [
    "Många rapporter under kvartalet, från flera verksamheter oberoende av varandra.",
    "Samma platser återkommer vecka efter vecka, och parterna har egna medel att påverka dem.",
    "Oron ökar enligt rapporterna, även på dagtid.",
    "Området väger tungt både för boende och för dem som arbetar där.",
    "Läget har vänt åt fel håll och behöver följas tätare.",
    "Pågående arbete behöver ett kvartal till för att kunna följas upp.",
];

const NEAREST: [&str; 5] = [
    "Färre rapporter än i de valda områdena, och mest av övergående slag.",
    "Behovet är tydligt, men det mesta avgörs av en ombyggnad som parterna inte råder över.",
    "Läget är stabilt. Följs i de vanliga veckorapporterna.",
    "Säsongen påverkar mer än något annat; tas upp på nytt nästa kvartal.",
    "Bostadsbolagets egna insatser räcker enligt verksamheterna där.",
];
