//! A week as it is read on its Sunday, beside what was sent.

use crate::almanac::{SKIPPED, deadline, quarter, week};
use crate::interventions::Undertaking;
use crate::play::Play;
use crate::problems::Place;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::cast::{COORDINATORS, informant};

/// Each member that is wanted is read so; null is that it is absent.
#[track_caller]
pub(crate) fn assert_tells(read: &Value, wanted: &Value, of: &str) {
    for (member, value) in wanted.as_object().unwrap() {
        assert_eq!(read[member], *value, "{member} of {of}: {read}");
    }
}

/// All items of a list, as somebody reads it.
pub(crate) fn listed(play: &Play, who: &str, path: &str) -> Vec<Value> {
    let joined = if path.contains('?') { '&' } else { '?' };
    let page = play.world.caller(who).get(play.cast.at(&format!("{path}{joined}limit=200"))).ok().body;
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["_meta"]["totalRecords"], items.len(), "{path} has more than a page");
    items
}

fn read(play: &Play, path: &str) -> Value {
    play.world.caller(COORDINATORS[0]).get(path).ok().body
}

pub(crate) fn look(play: &Play) {
    cycle(play);
    priorities(play);
    overview(play);
    reporting(play);
    report(play);
    overlaps(play);
    problems(play);
    form(play);
    if play.number != SKIPPED {
        picture(play);
    }
    interventions(play);
}

fn cycle(play: &Play) {
    let skipped = play.number == SKIPPED;
    let wanted = json!({
        "status": if skipped { "skipped" } else { "closed" },
        "deadlineAt": (!skipped).then(|| deadline(play.number)),
    });
    assert_tells(&read(play, &play.here("cycle")), &wanted, &play.here("cycle"));
}

/// Three each week, also in the week that is skipped, and while an area has another's place.
fn priorities(play: &Play) {
    let areas: Vec<&String> =
        play.sent.prioritised(play.number).iter().map(|area| &play.sent.areas[*area]).collect();
    assert_eq!(areas.iter().collect::<BTreeSet<_>>().len(), 3);
    let told = play.world.caller(&informant("schools")).get(play.here("priorities")).ok().body;
    assert_eq!(told["areas"], json!(areas), "{}", week(play.number));
}

/// The week, and the week before, of which some reported in this one.
fn overview(play: &Play) {
    for number in [play.number - 1, play.number] {
        let path = play.week(number, "overview?previous=4");
        let read = play.world.caller("analyst").get(path.as_str()).ok().body;
        assert_tells(&read, &play.sent.overview(number), &path);
        let turnout = &read["reporting"];
        let sum: i64 =
            ["problems", "calm", "missing"].iter().map(|its| turnout[*its].as_i64().unwrap()).sum();
        assert_eq!(turnout["expected"], sum, "missing is neither calm nor problems: {turnout}");
    }
}

fn reporting(play: &Play) {
    let path = play.here("reporting");
    let read = read(play, &path);
    assert_tells(&read["summary"], &play.sent.turnout(play.number), &path);
    let organisations = read["organisations"].as_array().unwrap();
    let units = organisations.iter().flat_map(|its| its["units"].as_array().unwrap());
    let units: BTreeMap<&str, &Value> = units.map(|unit| (unit["unit"].as_str().unwrap(), unit)).collect();
    for (unit, its) in play.sent.units.iter().enumerate() {
        let told = play.sent.reports.get(&(play.number, unit)).cloned().unwrap_or_default();
        let wanted = json!({
            "status": told.status(), "late": told.late, "amendments": told.amendments,
            "reminders": told.reminders.len(), "receivedAt": told.received,
        });
        assert_tells(units[its.id.as_str()], &wanted, its.slug);
    }
}

/// Who reported reads what they said, item by item.
fn report(play: &Play) {
    let unit = usize::try_from(play.number).unwrap() % play.sent.units.len();
    let its = &play.sent.units[unit];
    let Some(told) = play.sent.reports.get(&(play.number, unit)) else { return };
    let read =
        play.world.caller(&informant(its.slug)).get(play.here(&format!("reports/{}", its.id))).ok().body;
    let said = told.said.clone().unwrap_or_default();
    let sent = said.json(unit, &play.sent);
    let none = json!([]);
    let list = |name: &str| sent.get(name).cloned().unwrap_or_else(|| none.clone());
    let wanted = json!({
        "status": told.status(), "version": told.version, "calmAreas": list("calmAreas"),
        "stillThere": list("stillThere"), "late": told.late, "receivedAt": told.received,
    });
    assert_tells(&read, &wanted, its.slug);
    assert_eq!(read["items"].as_array().unwrap().len(), said.items.len(), "{}", its.slug);
    for (read, sent) in read["items"].as_array().unwrap().iter().zip(list("items").as_array().unwrap()) {
        for member in
            ["indicator", "subtypes", "area", "date", "count", "signalStrength", "problem", "polarity"]
        {
            assert_eq!(read[member], sent[member], "{member} of {}", its.slug);
        }
        assert_eq!(read["description"]["body"], sent["description"], "{}", its.slug);
    }
}

fn overlaps(play: &Play) {
    let of = |its: &Value| {
        let observation = |its: &Value| {
            let unit = play.sent.units.iter().position(|unit| its["unit"] == unit.id.as_str()).unwrap();
            (unit, its["item"].as_u64().unwrap())
        };
        let told: BTreeSet<_> = its["observations"].as_array().unwrap().iter().map(observation).collect();
        ([&its["area"], &its["indicator"], &its["date"]].map(Value::to_string), told)
    };
    let read: BTreeMap<_, _> =
        listed(play, "analyst", &format!("weeks/{}/overlaps", week(play.number))).iter().map(of).collect();
    let wanted = play.sent.overlaps(play.number).into_iter().map(|((area, indicator, date), places)| {
        let told = |(_, unit, item): Place| (unit, u64::try_from(item).unwrap());
        let alike = [json!(play.sent.areas[area]), json!(indicator), json!(date)].map(|its| its.to_string());
        (alike, places.into_iter().map(told).collect())
    });
    assert_eq!(read, wanted.collect::<BTreeMap<_, BTreeSet<_>>>(), "overlaps of {}", week(play.number));
}

fn problems(play: &Play) {
    let read = listed(play, COORDINATORS[1], "problems");
    assert_eq!(read.len(), play.sent.problems.len());
    for (problem, its) in play.sent.problems.iter().enumerate() {
        let told = read.iter().find(|told| told["id"] == its.id.as_str()).unwrap();
        assert_tells(
            told,
            &play.sent.problem(problem),
            &format!("problem {problem} in {}", week(play.number)),
        );
    }
}

/// A unit is asked about the open problems of its area, also about those that nobody has spoken of for long.
fn form(play: &Play) {
    let unit = usize::try_from(play.number).unwrap() % play.sent.units.len();
    let its = &play.sent.units[unit];
    let form = play.world.caller(&informant(its.slug)).get(play.here(&format!("forms/{}", its.id))).ok().body;
    let asked = form["questions"].as_array().unwrap().iter();
    let asked: BTreeMap<String, i64> = asked
        .map(|its| (its["problem"]["id"].as_str().unwrap().to_owned(), its["silentWeeks"].as_i64().unwrap()))
        .collect();
    let wanted = play.sent.open_in(its.area).into_iter().map(|problem| {
        let last = play.sent.spoken_of(problem).keys().next_back().copied();
        let silent = play.number - last.unwrap_or(play.sent.problems[problem].first);
        (play.sent.problems[problem].id.clone(), i64::from(silent))
    });
    assert_eq!(asked, wanted.collect(), "the form of {} in {}", its.slug, week(play.number));
}

/// The blocks are the week's priorities, the basis is what had been reported, and each edition says what was written.
fn picture(play: &Play) {
    let (sent, path) = (&play.sent.pictures[&play.number], play.here("picture"));
    let read = play.world.caller("steering").get(path.as_str()).ok().body;
    let editions = read["editions"].as_array().unwrap();
    assert_eq!((editions.len(), &read["draft"]), (sent.editions.len(), &Value::Null), "{path}");
    let areas: Vec<&String> = sent.priorities.iter().map(|area| &play.sent.areas[*area]).collect();
    for (number, (read, said)) in (1..).zip(editions.iter().rev().zip(&sent.editions)) {
        let content = &read["content"];
        assert_eq!((&content["edition"], &content["priorities"]), (&json!(number), &json!(areas)), "{path}");
        assert_tells(&content["basis"], &sent.basis, &path);
        let names = ["overall-situation", "priority-1", "priority-2", "priority-3"];
        for (name, said) in names.iter().zip(said) {
            let written = &content["sections"][*name]["content"];
            let text = if *name == names[0] { &written["text"] } else { &written["situation"] };
            assert_eq!(text["body"], said.as_str(), "{name} of {path}");
        }
        let receipts = read["receipts"].as_array().unwrap();
        assert_eq!(receipts.len(), play.cast.entries.len(), "{path}");
        for (slug, entry) in &play.cast.entries {
            let receipt = receipts.iter().find(|its| its["delivery"]["entry"] == entry.as_str()).unwrap();
            let acknowledged = sent.acknowledged.contains(&(number, *slug));
            assert_eq!(receipt.get("acknowledgedAt").is_some(), acknowledged, "{slug} of {path}");
        }
    }
}

fn interventions(play: &Play) {
    let read = listed(play, COORDINATORS[0], "interventions");
    let alerting = listed(play, COORDINATORS[0], "interventions?alerts=true");
    let others = listed(play, &informant("schools"), "interventions");
    let all: Vec<_> = play.sent.interventions.iter().filter(|its| its.is_proposed()).collect();
    assert_eq!(read.len(), all.len());
    for its in all {
        let here = |list: &[Value]| list.iter().find(|told| told["id"] == its.id.as_str()).cloned();
        let told = here(&read).unwrap();
        let of = format!("{} in {}", its.title, week(play.number));
        let life = told["life"].as_array().unwrap().iter();
        let life: Vec<Value> = life.map(|its| json!({ "at": its["at"], "what": its["what"] })).collect();
        assert_eq!(life, its.lived(), "the life of {of}");
        let alerts = its.alerts(&play.sent, play.number, play.today());
        let wanted = json!({ "status": its.status, "alerts": alerts });
        assert_tells(&told, &wanted, &of);
        assert_eq!(told["plan"]["problems"], json!([play.sent.problems[its.problem].id]), "{of}");
        if its.report_back.is_some() {
            let wanted = json!({ "anchoring": its.anchoring, "reportBack": its.report_back });
            assert_tells(&told["terms"], &wanted, &of);
        }
        assert_eq!(here(&alerting).is_some(), !alerts.is_empty(), "{of} asks for attention");
        assert_eq!(here(&others).is_none(), its.is_hidden(), "{of} is under embargo");
        if its.is_hidden() {
            embargo(play, its);
        }
    }
}

/// Until it has begun it is not there for others, whichever way they look; who answers for it sees it.
fn embargo(play: &Play, its: &Undertaking) {
    let at = |step: &str| play.cast.at(&format!("interventions/{}{step}", its.id));
    for step in ["", "/timeline", "/timeline/sheet"] {
        play.world.caller(&informant("schools")).get(at(step)).refused(404, "resource.unknown");
        play.world.caller(&informant(its.responsible)).get(at(step)).ok();
    }
    let first = week(quarter(play.number).0);
    for (who, seen) in [("leader", false), ("steering", true)] {
        let digest = play.world.caller(who).get(play.cast.at(&format!("priorities/{first}/digest"))).ok();
        assert_eq!(digest.text.contains(&its.id), seen, "{who} reads {}", its.title);
    }
}
