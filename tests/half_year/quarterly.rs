//! A quarter as it is gone through, what the reports led to, and the timelines, beside what was sent.

use crate::almanac::{Number, QUARTERS, week};
use crate::interventions::Undertaking;
use crate::play::Play;
use crate::reports::Totals;
use crate::sent::Sent;
use crate::weekly::{assert_tells, listed};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use tests::cast::informant;

/// An area's quarter.
struct Ranked {
    area: usize,
    totals: [u32; 2],
    expected: usize,
    reported: usize,
}

impl Ranked {
    fn weight(&self) -> u32 {
        self.totals[0] + self.totals[1]
    }
}

/// The areas, the most reported first; those with as much by their names.
fn in_order(sent: &Sent, (first, last): (Number, Number)) -> Vec<Ranked> {
    let of = |area: usize| {
        let totals = (first..=last).map(|number| sent.totals(number, |seen| seen.area == area));
        let counted = |sum: [u32; 2], its: Totals| [sum[0] + its.new, sum[1] + its.known];
        let reported = || (first..=last).map(|number| sent.reported_of(number, area));
        Ranked {
            area,
            totals: totals.fold([0, 0], counted),
            expected: reported().map(|its| its[0]).sum(),
            reported: reported().map(|its| its[1]).sum(),
        }
    };
    let mut ranked: Vec<Ranked> = (0..sent.areas.len()).map(of).collect();
    ranked.sort_by_key(|its| (Reverse(its.weight()), sent.names[its.area].clone()));
    ranked
}

/// The areas in the order in which the first quarter leaves them.
pub(crate) fn ranked(play: &Play) -> Vec<usize> {
    in_order(&play.sent, QUARTERS[0]).into_iter().map(|its| its.area).collect()
}

/// Signals fade by half in four weeks, counted here week by week.
fn accumulated(sent: &Sent, (first, last): (Number, Number), area: usize) -> f64 {
    let mut sum = 0.0;
    for number in first..=last {
        let faded = 0.5_f64.powf(f64::from(last - number) / 4.0);
        let seen = sent.seen(number).into_iter().map(|(seen, _)| seen);
        for seen in seen.filter(|seen| seen.area == area && !seen.kind.2) {
            sum += f64::from(seen.strength.unwrap_or(2)) * f64::from(seen.count) * faded;
        }
    }
    sum
}

pub(crate) fn look(play: &Play) {
    // As far as each has come; the first is gone through again in the second: what was reported then stands.
    let begun = QUARTERS.into_iter().filter(|(first, _)| *first <= play.number);
    for (number, (first, last)) in begun.enumerate() {
        digest(play, number, (first, last.min(play.number)));
    }
    outcomes(play);
    for its in play.sent.interventions.iter().filter(|its| its.started.is_some()) {
        timeline(play, its);
    }
}

fn digest(play: &Play, number: usize, quarter: (Number, Number)) {
    let (first, last) = quarter;
    let path = play.cast.at(&format!("priorities/{}/digest", week(first)));
    let read = play.world.caller("steering").get(path.as_str()).ok().body;
    let period = &play.sent.periods[number];
    let changes = read["prioritisations"][0]["changes"].as_array().unwrap();
    for (read, wanted) in changes.iter().zip(period.changes(&play.sent).as_array().unwrap()) {
        assert_tells(read, wanted, &path);
    }
    assert_eq!(changes.len(), usize::from(period.change.is_some()), "{path}");
    let pictures: Vec<Value> = (first..=last).map(|number| pictured(&play.sent, number)).collect();
    assert_eq!(read["pictures"], json!(pictures), "{path}");
    // Also who had another's place for a time was prioritised.
    let chosen: Vec<usize> = (first..=last).flat_map(|number| play.sent.prioritised(number)).collect();
    let belongs = |its: &&Undertaking| its.is_proposed() && its.belongs_to(first, last);
    let done: Vec<&Undertaking> = play.sent.interventions.iter().filter(belongs).collect();
    assert_eq!(read["interventions"].as_array().unwrap().len(), done.len(), "{path}");
    for its in done {
        let told =
            read["interventions"].as_array().unwrap().iter().find(|told| told["id"] == its.id.as_str());
        assert_tells(told.unwrap(), &its.done(&play.sent, &chosen), &path);
        assert_eq!(told.unwrap()["answers"]["afterwards"], json!(its.afterwards), "{path}");
    }
    areas(play, &read, quarter, &chosen);
}

fn pictured(sent: &Sent, number: Number) -> Value {
    let Some(picture) = sent.pictures.get(&number) else { return json!({ "week": week(number) }) };
    json!({ "week": week(number), "edition": picture.editions.len(), "adoptedAt": picture.adopted })
}

fn areas(play: &Play, read: &Value, quarter: (Number, Number), chosen: &[usize]) {
    let wanted = in_order(&play.sent, quarter);
    for (place, (its, read)) in wanted.iter().zip(read["areas"].as_array().unwrap()).enumerate() {
        let rank = wanted.iter().position(|other| other.weight() == its.weight()).unwrap() + 1;
        let told = json!({
            "rank": rank, "area": play.sent.areas[its.area], "prioritised": chosen.contains(&its.area),
            "expected": its.expected, "reported": its.reported,
        });
        assert_tells(read, &told, &format!("place {place}"));
        let totals = json!({ "new": its.totals[0], "known": its.totals[1] });
        assert_tells(&read["totals"], &totals, &format!("place {place}"));
        let (told, sum) =
            (read["accumulation"].as_f64().unwrap(), accumulated(&play.sent, quarter, its.area));
        assert!((told - sum).abs() <= 0.05 + 1e-6, "{told} is not {sum}");
    }
}

/// Each informant sees what their own reports led to, and nothing of what others alone have spoken of.
fn outcomes(play: &Play) {
    for (unit, its) in play.sent.units.iter().enumerate() {
        let read = listed(play, &informant(its.slug), &format!("units/{}/outcomes", its.id));
        let read: BTreeMap<&str, &Value> =
            read.iter().map(|told| (told["problem"].as_str().unwrap(), told)).collect();
        let mut told = 0;
        for problem in 0..play.sent.problems.len() {
            let spoken = play.sent.spoken_of(problem);
            let weeks: Vec<_> = spoken
                .iter()
                .filter(|(_, units)| units.contains(&unit))
                .map(|(number, _)| week(*number))
                .collect();
            if !weeks.is_empty() {
                let outcome = read[play.sent.problems[problem].id.as_str()];
                assert_eq!(outcome["reportedIn"], json!(weeks), "{}", its.slug);
                led_to(play, (problem, its.slug), outcome);
                told += 1;
            }
        }
        assert_eq!(read.len(), told, "{} is told of others' problems", its.slug);
    }
}

fn led_to(play: &Play, (problem, slug): (usize, &str), outcome: &Value) {
    let sent = &play.sent;
    let its = &sent.problems[problem];
    let units: BTreeSet<usize> = sent.spoken_of(problem).into_values().flatten().collect();
    let wanted = json!({
        "others": units.len() - 1, "status": if its.open { "open" } else { "closed" },
        "prioritised": sent.prioritised(play.number).contains(&its.area),
    });
    assert_tells(outcome, &wanted, &format!("problem {problem}"));
    let looked = sent.analyses.iter().filter(|analysed| analysed.problems.contains(&problem));
    let mut looked: Vec<Value> = looked.map(|analysed| json!(week(analysed.number))).collect();
    let mut read = outcome["analysedIn"].as_array().unwrap().clone();
    looked.sort_by_key(Value::to_string);
    read.sort_by_key(Value::to_string);
    assert_eq!(read, looked, "problem {problem}");
    // What is under embargo is told to who answers for it, and to no other.
    let seen = |its: &Undertaking| !its.is_hidden() || its.responsible == slug;
    let against = |its: &&Undertaking| its.is_proposed() && its.problem == problem && seen(its);
    let against: Vec<_> = sent.interventions.iter().filter(against).collect();
    assert_eq!(outcome["interventions"].as_array().unwrap().len(), against.len(), "problem {problem}");
    for its in against {
        let told =
            outcome["interventions"].as_array().unwrap().iter().find(|told| told["id"] == its.id.as_str());
        let wanted = json!({ "status": its.status, "afterwards": its.afterwards, "title": its.title });
        assert_tells(told.unwrap(), &wanted, &its.title);
    }
}

/// What was reported of the area before, during and after; silence stands beside the figures.
fn timeline(play: &Play, its: &Undertaking) {
    let path = play.cast.at(&format!("interventions/{}/timeline?before=6&after=4", its.id));
    let read = play.world.caller("analyst").get(path.as_str()).ok().body;
    let started = its.started.unwrap();
    let ended = its.life.last().filter(|_| its.status == "ended").map(|_| its.disposed.unwrap());
    let last = ended.map_or(play.number, |ended| (ended + 4).min(play.number));
    let weeks = (started - 6..=last).map(|number| {
        let span = match ended {
            _ if number < started => "before",
            Some(ended) if number > ended => "after",
            _ => "during",
        };
        json!({ "week": week(number), "span": span })
    });
    assert_eq!(read["weeks"], weeks.collect::<Value>(), "{path}");
    let counts = (started - 6..=last).map(|number| {
        let own = |seen: &crate::reports::Seen| seen.area == its.area && seen.kind.0 == its.indicator;
        let (totals, [expected, reported, _]) =
            (play.sent.totals(number, own), play.sent.reported_of(number, its.area));
        json!({ "new": totals.new, "known": totals.known, "expected": expected, "reported": reported })
    });
    let own = &read["series"][0];
    assert_eq!((&own["role"], &own["area"]), (&json!("own"), &json!(play.sent.areas[its.area])), "{path}");
    assert_eq!(own["counts"], counts.collect::<Value>(), "{path}");
    assert_eq!(read["evidenceLevel"], "description", "{path}");
}
