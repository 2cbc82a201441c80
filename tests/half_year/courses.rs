//! The fifteen courses that interventions take: what is done of each in which week, drawn once at the outset.

use crate::almanac::{Number, SKIPPED, WEEKS};
use crate::chance::Chance;

/// What is done of an intervention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Propose,
    Decline,
    Decide,
    /// Both coordinators decide at the same moment.
    DecideAtOnce,
    Settle(bool),
    FollowUp(&'static str),
    Dispose(&'static str),
    /// Both coordinators end it at the same moment.
    EndAtOnce,
    /// Another course takes its place.
    Replace(usize),
    Start,
    ReportBack(&'static str),
}

/// Where it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// In a prioritised area, by its block.
    Block(usize),
    /// Beside the prioritised areas, with a reason.
    Beside,
    /// In the area that is prioritised for a time.
    Instead,
    /// Where another course was.
    As(usize),
}

/// A course from its proposal on.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) place: Where,
    pub(crate) kind: &'static str,
    pub(crate) anchored: bool,
    pub(crate) embargo: bool,
    pub(crate) long: bool,
    pub(crate) acts: Vec<(Number, Act)>,
}

impl Course {
    fn of(place: Where, kind: &'static str, acts: Vec<(Number, Act)>) -> Self {
        let anchored = !acts.iter().any(|(_, act)| matches!(act, Act::Settle(_)));
        Self { place, kind, anchored, embargo: false, long: false, acts: open_weeks(acts) }
    }
}

/// Nothing is decided in the week that is skipped: what must be done is done a week later, the rest is left out.
fn open_weeks(acts: Vec<(Number, Act)>) -> Vec<(Number, Act)> {
    let weekly = |act: &Act| matches!(act, Act::FollowUp(_) | Act::Dispose("continue" | "expand"));
    let kept = acts.into_iter().filter(|(number, act)| *number != SKIPPED || !weekly(act));
    let mut acts: Vec<(Number, Act)> =
        kept.map(|(number, act)| (number + i32::from(number == SKIPPED), act)).collect();
    acts.retain(|(number, _)| *number < WEEKS);
    acts.sort_by_key(|(number, _)| *number);
    acts
}

/// Begun in a week and looked after until another, as people do: not every week.
fn looked_after(begun: Number, until: Number, chance: &mut Chance) -> Vec<(Number, Act)> {
    let mut acts = vec![(begun, Act::Start)];
    for number in begun + 1..until {
        if chance.percent(40) {
            acts.push((number, Act::FollowUp(chance.word(&["less", "unchanged", "more", "gone"]))));
        }
        if chance.percent(70) {
            acts.push((number, Act::Dispose(chance.word(&["continue", "continue", "expand"]))));
        }
    }
    acts.push((until, Act::FollowUp(chance.word(&["less", "unchanged", "moved", "unknown"]))));
    acts.push((until, Act::ReportBack(chance.word(&["as_decided", "modified"]))));
    acts
}

/// Proposed in a week, decided in it or the next, begun and looked after until it is over.
fn ending(first: Number, weeks: Number, last: Act, chance: &mut Chance) -> Vec<(Number, Act)> {
    let decided = first + Number::from(chance.percent(50));
    let begun = decided + Number::from(chance.percent(50));
    let mut acts = vec![(first, Act::Propose), (decided, Act::Decide)];
    acts.extend(looked_after(begun, begun + weeks, chance));
    acts.push((begun + weeks, last));
    acts
}

/// The fifteen; `changed` is the week in which an area is prioritised for a time.
pub(crate) fn all(changed: Number, chance: &mut Chance) -> Vec<Course> {
    use Act::{
        Decide, DecideAtOnce, Decline, Dispose, EndAtOnce, Propose, Replace, ReportBack, Settle, Start,
    };
    let course = Course::of;
    let mut expanded = ending(1, 9, Dispose("end"), chance);
    expanded.extend([(4, Dispose("expand"))]);
    let mut replaced = ending(2, 5, Replace(3), chance);
    let over = replaced.last().map(|(number, _)| *number).unwrap();
    replaced.retain(|(number, act)| *number < over || *act == Replace(3));
    let replacing = ending(over, 7, Dispose("end"), chance);
    let mut waiting = vec![(13, Propose), (13, Decide), (15, Settle(true))];
    waiting.extend(looked_after(16, 22, chance));
    let mut covert = vec![(14, Propose), (15, Decide)];
    covert.extend(looked_after(17, 20, chance));
    covert.push((20, Dispose("end")));
    let mut at_once = vec![(17, Propose), (18, DecideAtOnce)];
    at_once.extend(looked_after(18, 23, chance));
    at_once.push((23, EndAtOnce));
    let unanchored = [Propose, Decide].map(|act| (6, act)).into_iter();
    let unanchored = unanchored.chain([(8, Settle(false)), (9, ReportBack("not_done")), (9, Dispose("end"))]);
    let temporary = ending(changed, 2, Dispose("end"), chance);
    vec![
        course(Where::Block(0), "lighting", ending(0, WEEKS, Dispose("continue"), chance)),
        course(Where::Block(1), "youth_activity", expanded),
        course(Where::Block(2), "field_group", replaced),
        course(Where::As(2), "cleaning", replacing),
        course(Where::Instead, "night_walkers", temporary),
        course(Where::Block(1), "redesign", vec![(3, Propose), (4, Decline)]),
        course(Where::Beside, "information", vec![(15, Propose), (15, Decline)]),
        course(Where::Block(0), "access_control", unanchored.collect()),
        course(Where::Block(1), "security_guards", waiting),
        Course { embargo: true, ..course(Where::Block(2), "police_operation", covert) },
        course(Where::Block(0), "repair", vec![(9, Propose), (9, Decide), (10, Start)]),
        Course {
            long: true,
            ..course(Where::Block(2), "clearing", ending(1, 20, Dispose("expand"), chance))
        },
        course(Where::Beside, "resident_dialogue", ending(16, 5, Dispose("end"), chance)),
        course(Where::Block(0), "traffic_measure", at_once),
        course(Where::Block(1), "social_outreach", vec![(24, Propose)]),
    ]
}
