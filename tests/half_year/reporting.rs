//! A week's reports: told in time, at the last moment, late, the week after or never; calm that was not, and reports
//! taken back.

use crate::almanac::{Number, SKIPPED, day, deadline};
use crate::play::{Play, Sending};
use crate::reports::{CONCERT, HOURS, KINDS, Kind, Said, Seen, Told};
use serde_json::json;
use std::collections::BTreeSet;
use tests::cast::informant;
use tests::client::Ask;

/// What people write; nothing that the guard has a word about.
const DESCRIPTIONS: [&str; 5] = [
    "Lampan vid gångtunneln är släckt.",
    "Samma vägg som förra helgen.",
    "Bråk vid kiosken.",
    "Många samlade vid lekplatsen, hög musik.",
    "Skräp efter helgen vid busshållplatsen.",
];
/// The night walkers, who often forget.
const FORGETFUL: usize = 11;
/// Two who answer for the same area.
const NEIGHBOURS: [usize; 2] = [0, 5];

/// When a unit reports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conduct {
    InTime,
    AtTheLastMoment,
    Late,
    Silent,
}

/// Drawn for each unit at the week's beginning.
pub(crate) struct Conducts(Vec<Conduct>);

impl Conducts {
    pub(crate) fn drawn(play: &mut Play) -> Self {
        let draw = |unit: usize| match play.chance.between(0, 99) {
            0..12 => Conduct::Silent,
            12..40 if unit == FORGETFUL => Conduct::Silent,
            12..22 => Conduct::Late,
            22..30 => Conduct::AtTheLastMoment,
            _ => Conduct::InTime,
        };
        Self((0..play.sent.units.len()).map(draw).collect())
    }

    fn those(&self, conduct: Conduct) -> Vec<usize> {
        (0..self.0.len()).filter(|unit| self.0[*unit] == conduct).collect()
    }
}

/// Most report on the Tuesday, several at the same moment.
pub(crate) fn in_time(play: &mut Play, conducts: &Conducts) {
    play.at(2, "09:00");
    let mut sendings = Vec::new();
    for unit in conducts.those(Conduct::InTime) {
        let said = if contradicts(play, unit) { Said::default() } else { said(play, unit) };
        sendings.push(told(play, play.number, unit, said));
    }
    play.together(sendings);
}

/// In every third week one of two neighbours has seen a problem still there, and the other nothing at all.
fn contradicts(play: &Play, unit: usize) -> bool {
    unit == NEIGHBOURS[1] && play.number % 3 == 0
}

/// Some report on the stroke of the deadline, which is in time, others half an hour after, which is not.
pub(crate) fn around_the_deadline(play: &mut Play, conducts: &Conducts) {
    let deadline = deadline(play.number);
    let hour = &deadline[11..16];
    play.at(4, hour);
    for unit in conducts.those(Conduct::AtTheLastMoment) {
        report(play, play.number, unit);
    }
    remind(play, 0);
    play.at(4, &hour.replace(":00", ":30"));
    for unit in conducts.those(Conduct::Late) {
        report(play, play.number, unit);
    }
}

/// Reminds most of those who are silent.
pub(crate) fn remind(play: &mut Play, hour: i32) {
    for unit in silent(play, play.number) {
        if play.chance.percent(80) {
            let path = play.here(&format!("reports/{}/reminders", play.sent.units[unit].id));
            play.coordinates(Ask::post(path, &json!({ "hour": hour })));
            let told = play.sent.reports.entry((play.number, unit)).or_default();
            told.reminders.push(hour);
            told.version += 1;
        }
    }
}

pub(crate) fn silent(play: &Play, number: Number) -> Vec<usize> {
    let told = |unit: &usize| play.sent.reports.get(&(number, *unit)).is_some_and(|told| told.said.is_some());
    (0..play.sent.units.len()).filter(|unit| !told(unit)).collect()
}

/// Some of those who forgot the week before report it now, though its cycle is closed.
pub(crate) fn a_week_late(play: &mut Play) {
    let before = play.number - 1;
    if before < 0 || before == SKIPPED {
        return;
    }
    for unit in silent(play, before) {
        if play.chance.percent(40) {
            report(play, before, unit);
        }
    }
}

fn report(play: &mut Play, number: Number, unit: usize) {
    let said = said(play, unit);
    let (who, ask) = told(play, number, unit, said);
    play.does(&who, ask);
}

/// Notes what a unit says, and makes the request of it.
fn told(play: &mut Play, number: Number, unit: usize, said: Said) -> Sending {
    let body = said.json(unit, &play.sent);
    let (now, late) = (play.now().to_owned(), play.now() > deadline(number).as_str());
    let told = play.sent.reports.entry((number, unit)).or_default();
    (told.said, told.late, told.received) = (Some(said), late, Some(now));
    told.version += 1;
    (informant(play.sent.units[unit].slug), Ask::post(play.week(number, "reports"), &body))
}

/// Amends: what was calm was not, and what was seen was seen otherwise. What has been gathered to a problem stands.
pub(crate) fn amend(play: &mut Play) {
    for unit in 0..play.sent.units.len() {
        let key = (play.number, unit);
        let Some(before) = play.sent.reports.get(&key).and_then(|told| told.said.clone()) else { continue };
        let likely = if before.is_calm() { 25 } else { 8 };
        if play.sent.is_gathered(play.number, unit) || !play.chance.percent(likely) {
            continue;
        }
        let mut said = said(play, unit);
        if before.is_calm() && said.is_calm() {
            said.items.push(something(play, play.sent.units[unit].area));
        }
        play.sent.corrected_calm += u32::from(before.is_calm());
        let amends = json!({ "reason": "Vi hade inte hört alla.", "report": said.json(unit, &play.sent) });
        let version = play.sent.reports[&key].version;
        let path = play.here(&format!("reports/{}", play.sent.units[unit].id));
        play.does(&informant(play.sent.units[unit].slug), Ask::put(path, version, &amends));
        let told = play.sent.reports.get_mut(&key).unwrap();
        (told.said, told.amendments, told.version) = (Some(said), told.amendments + 1, version + 1);
    }
}

/// A report is taken back; half of them are given anew, and late.
pub(crate) fn withdraw(play: &mut Play) {
    for unit in 0..play.sent.units.len() {
        let key = (play.number, unit);
        let given = play.sent.reports.get(&key).is_some_and(|told| told.said.is_some());
        if !given || play.sent.is_gathered(play.number, unit) || !play.chance.percent(4) {
            continue;
        }
        let reason = json!({ "reason": "Rapporten gällde en annan vecka." });
        let path = play.here(&format!("reports/{}/withdrawal", play.sent.units[unit].id));
        play.does(&informant(play.sent.units[unit].slug), Ask::post(path, &reason));
        let told = play.sent.reports.get_mut(&key).unwrap();
        *told = Told { version: told.version + 1, ..Told::default() };
        play.sent.withdrawn += 1;
        if play.chance.percent(50) {
            report(play, play.number, unit);
        }
    }
}

/// What a unit has to say.
fn said(play: &mut Play, unit: usize) -> Said {
    let own = play.sent.units[unit].area;
    let mut said = Said::default();
    if unit != NEIGHBOURS[0] && play.chance.percent(35) {
        return said;
    }
    for _ in 0..play.chance.between(0, 3) {
        let elsewhere = usize::try_from(play.chance.between(0, 4)).unwrap();
        let area = if play.chance.percent(75) { own } else { elsewhere };
        said.items.push(something(play, area));
    }
    let spoken: BTreeSet<usize> = said.problems().collect();
    for problem in play.sent.open_in(own) {
        if !spoken.contains(&problem) && (unit == NEIGHBOURS[0] || play.chance.percent(35)) {
            said.still_there.push(problem);
        }
    }
    let named: BTreeSet<usize> = said.items.iter().map(|seen| seen.area).chain([own]).collect();
    let calm = usize::try_from(play.chance.between(0, 4)).unwrap();
    if !said.is_calm() && !named.contains(&calm) {
        said.calm_areas.push(calm);
    }
    said
}

/// An observation: what another has told already, more of a known problem, or something new.
fn something(play: &mut Play, area: usize) -> Seen {
    let new = |seen: &&Seen| !seen.kind.2 && seen.problem.is_none() && seen.area == area;
    let told: Vec<Seen> =
        play.sent.seen(play.number).into_iter().map(|(seen, _)| seen).filter(new).cloned().collect();
    if play.chance.percent(20)
        && let Some(seen) = play.chance.pick(&told)
    {
        return seen.clone();
    }
    let weekend = 5 + i8::try_from(play.chance.between(0, 2)).unwrap();
    let open = play.sent.open_in(area);
    let known = if play.chance.percent(30) { play.chance.pick(&open).copied() } else { None };
    let kind = match known {
        Some(problem) => kind_of(play.sent.problems[problem].indicator),
        None => drawn(play),
    };
    Seen {
        kind,
        area,
        date: day(play.number - 1, weekend),
        hour: *play.chance.pick(&HOURS).unwrap(),
        count: play.chance.between(1, 4),
        strength: play.chance.percent(60).then(|| play.chance.between(1, 5)),
        problem: known,
        described: play.chance.percent(30).then(|| play.chance.word(&DESCRIPTIONS)),
    }
}

fn drawn(play: &mut Play) -> Kind {
    if play.chance.percent(6) {
        CONCERT
    } else {
        *play.chance.weighted(&KINDS, |kind| if kind.2 { 1 } else { 2 }).unwrap()
    }
}

/// The first kind of an indicator.
fn kind_of(indicator: &str) -> Kind {
    KINDS.into_iter().find(|kind| kind.0 == indicator).unwrap()
}
