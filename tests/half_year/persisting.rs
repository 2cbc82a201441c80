//! The coordinators mind the problems: open them, gather what was told twice, close what has fallen silent, and open
//! again what comes back.

use crate::almanac::{Number, week};
use crate::play::Play;
use crate::problems::{Observed, Persisting, Place};
use crate::trespasses;
use serde_json::{Value, json};
use tests::client::Ask;

/// What each area is known for at the outset.
const KNOWN: [&str; 5] =
    ["vandalism", "unsafe_place", "youth_gathering_place", "other_disorder", "vandalism"];
/// Silent for so many weeks, a problem may be closed.
const SILENCE: Number = 3;
/// When the problem of the intervention that nobody minds is closed.
pub(crate) const GONE: Number = 16;
/// That intervention, among the courses.
pub(crate) const ABANDONED: usize = 10;

pub(crate) fn open_known(play: &mut Play) {
    for (area, indicator) in KNOWN.into_iter().enumerate() {
        open(play, area, indicator);
    }
}

fn open(play: &mut Play, area: usize, indicator: &'static str) -> usize {
    let (problem, first) = (play.sent.problems.len(), play.number);
    let opens = json!({
        "title": format!("Problem {problem}"), "indicator": indicator, "area": play.sent.areas[area],
        "firstWeek": week(first), "description": "Har rapporterats flera gånger.",
    });
    let id = play.coordinates(Ask::post(play.cast.at("problems"), &opens)).id();
    play.sent.problems.push(Persisting { id, indicator, area, first, open: true, gathered: Vec::new() });
    problem
}

/// What several units told of is one problem: the known one, or a new one.
pub(crate) fn gather(play: &mut Play) {
    for ((area, indicator, date), places) in play.sent.overlaps(play.number) {
        if !play.chance.percent(70) || indicator == "public_event" {
            continue;
        }
        let known =
            play.sent.open_in(area).into_iter().find(|its| play.sent.problems[*its].indicator == indicator);
        let problem = known.unwrap_or_else(|| open(play, area, indicator));
        let told: Vec<Value> = places.iter().map(|place| observation(play, *place)).collect();
        let path = play.cast.at(&format!("problems/{}/observations", play.sent.problems[problem].id));
        play.coordinates(Ask::post(path, &json!({ "observations": told })));
        let observed = places.into_iter().map(|place| Observed { place, indicator, date });
        play.sent.problems[problem].gathered.extend(observed);
    }
}

fn observation(play: &Play, (number, unit, item): Place) -> Value {
    json!({ "week": week(number), "unit": play.sent.units[unit].id, "item": item })
}

/// Closes what has fallen silent, and opens again some of what was closed.
pub(crate) fn mind(play: &mut Play) {
    for problem in 0..play.sent.problems.len() {
        if play.chance.percent(20) {
            trespasses::on_problem(play, problem);
        }
        let last = play.sent.spoken_of(problem).keys().next_back().copied();
        let silent = play.number - last.unwrap_or(play.sent.problems[problem].first);
        let spared = problem == play.sent.interventions[ABANDONED].problem;
        let gone = spared && play.number == GONE;
        if play.sent.problems[problem].open {
            if gone || (silent >= SILENCE && play.chance.percent(40)) {
                close(play, problem);
            }
        } else if !(spared && play.number >= GONE) && play.chance.percent(15) {
            let path = play.cast.at(&format!("problems/{}/reopening", play.sent.problems[problem].id));
            play.coordinates(Ask::post(path, &json!({ "reason": "Det har kommit tillbaka." })));
            play.sent.problems[problem].open = true;
            play.sent.reopened += 1;
        }
    }
}

fn close(play: &mut Play, problem: usize) {
    let path = play.cast.at(&format!("problems/{}/closure", play.sent.problems[problem].id));
    play.coordinates(Ask::post(path, &json!({ "reason": "Ingen har sett det på länge." })));
    play.sent.problems[problem].open = false;
}
