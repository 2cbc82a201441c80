//! What is tried though it is not allowed: refused with a stable code, and without a trace in the log.

use crate::almanac::{Number, day, quarter, week};
use crate::intervening::{path, plan};
use crate::persisting::ABANDONED;
use crate::picturing::{adoption, section};
use crate::play::Play;
use crate::prioritising::statement;
use crate::reporting::silent;
use serde_json::{Value, json};
use tests::cast::informant;
use tests::client::Ask;

const WHY: &str = "Så blev det.";

/// Of the week, and of its priorities.
pub(crate) fn on_monday(play: &mut Play) {
    let (first, number) = (quarter(play.number).0, play.number);
    let early = json!({ "unit": play.sent.units[6].id, "calm": true });
    let early = Ask::post(play.week(number + 1, "reports"), &early);
    play.refused(&informant("schools"), early, (409, "cycle.not-opened"));
    let again = Ask::post(play.here("cycle"), &json!({}));
    play.refused("coordinator-2", again, (409, "cycle.already-opened"));
    let hasty = Ask::post(play.here("phases"), &json!({ "phase": "follow_up" }));
    play.refused("coordinator-1", hasty, (409, "cycle.phase-out-of-order"));
    let at = |play: &Play, step: &str| play.cast.at(&format!("priorities/{}/{step}", week(first)));
    let decides = Ask::post(at(play, "decision"), &json!({}));
    play.refused("coordinator-1", decides.clone(), (403, "function.missing"));
    play.refused("steering", decides, (409, "prioritisation.already-decided"));
    let prioritised = play.sent.prioritised(number);
    let beside = (0..play.sent.areas.len()).find(|area| !prioritised.contains(area)).unwrap();
    let change = |play: &Play, displaced: usize, instead: usize| {
        let areas = &play.sent.areas;
        let changes = json!({ "displaced": areas[displaced], "instead": areas[instead], "from": week(number),
            "review": day(number, 5), "reason": WHY });
        Ask::post(at(play, "changes"), &changes)
    };
    // Where an area has another's place, and is not of the quarter's, neither may be touched.
    let stands = play.sent.periods.last().unwrap().chosen.iter().copied();
    let [one, other] =
        [0, 1].map(|place| stands.clone().filter(|area| prioritised.contains(area)).nth(place).unwrap());
    let (absent, twice) = (change(play, beside, one), change(play, one, other));
    play.refused("steering", absent, (409, "prioritisation.area-not-prioritised"));
    play.refused("steering", twice, (409, "prioritisation.area-already-prioritised"));
    let restores = json!({ "displaced": play.sent.areas[one], "from": week(number), "reason": WHY });
    let restores = Ask::post(at(play, "restorations"), &restores);
    play.refused("coordinator-2", restores, (409, "prioritisation.area-not-displaced"));
}

/// Of a week that is skipped.
pub(crate) fn when_skipped(play: &mut Play) {
    let calm = json!({ "unit": play.sent.units[6].id, "calm": true });
    let calm = Ask::post(play.here("reports"), &calm);
    play.refused(&informant("schools"), calm, (409, "cycle.skipped"));
    let drafts = Ask::post(play.here("picture"), &json!({}));
    play.refused("coordinator-1", drafts, (409, "cycle.skipped"));
    let opens = Ask::post(play.here("cycle"), &json!({}));
    play.refused("coordinator-2", opens, (409, "cycle.already-opened"));
}

/// Of reports that are awaited, and of those that have been given.
pub(crate) fn on_reports(play: &mut Play) {
    let all = 0..play.sent.units.len();
    let awaited = silent(play, play.number);
    if let Some(unit) = awaited.first() {
        on_awaited(play, *unit);
    }
    let Some(given) = all.into_iter().find(|unit| !awaited.contains(unit)) else { return };
    let its = play.sent.units[given].clone();
    let again = Ask::post(play.here("reports"), &json!({ "unit": its.id, "calm": true }));
    play.refused(&informant(its.slug), again.clone(), (409, "report.already-given"));
    let other = if its.slug == "schools" { "youth" } else { "schools" };
    play.refused(&informant(other), again, (403, "function.missing"));
    let reminders = play.here(&format!("reports/{}/reminders", its.id));
    let reminds = Ask::post(reminders.as_str(), &json!({ "hour": 0 }));
    play.refused("coordinator-1", reminds, (409, "report.already-given"));
    let odd = Ask::post(reminders, &json!({ "hour": 5 }));
    play.refused("coordinator-2", odd, (409, "report.not-a-reminder"));
}

fn on_awaited(play: &mut Play, unit: usize) {
    let its = play.sent.units[unit].clone();
    let (area, date) = (&play.sent.areas[0], day(play.number, 1));
    let item = json!({ "indicator": "fire", "area": area, "date": date, "timeBand": "night" });
    let with = |member: &str, value: Value| {
        let mut item = item.clone();
        item[member] = value;
        json!({ "unit": its.id, "items": [item] })
    };
    let mut timeless = with("count", json!(1));
    timeless["items"][0]["timeBand"] = Value::Null;
    let mut tried = vec![
        (json!({ "unit": its.id }), (409, "report.nothing-said")),
        (
            json!({ "unit": its.id, "calm": true, "calmAreas": [play.sent.areas[0]] }),
            (409, "report.calm-excludes"),
        ),
        (with("setting", json!("private_home")), (409, "item.private-home")),
        (with("description", json!("Ring 070-174 06 05 om branden.")), (422, "text.personal-data")),
        (with("subtypes", json!(["graffiti"])), (409, "item.subtype-unknown")),
        (timeless, (409, "item.time-missing")),
    ];
    let closed = play.sent.problems.iter().find(|problem| !problem.open);
    tried.extend(closed.map(|problem| (with("problem", json!(problem.id)), (409, "item.problem-unknown"))));
    for (body, refusal) in tried {
        let ask = Ask::post(play.here("reports"), &body);
        play.refused(&informant(its.slug), ask, refusal);
    }
    let told = play.sent.reports.get(&(play.number, unit)).cloned().unwrap_or_default();
    let path = play.here(&format!("reports/{}", its.id));
    if let Some(hour) = told.reminders.last() {
        let again = Ask::post(format!("{path}/reminders"), &json!({ "hour": hour }));
        play.refused("coordinator-1", again, (409, "report.reminded-already"));
        let amends = json!({ "reason": WHY, "report": { "unit": its.id, "calm": true } });
        let amends = Ask::put(path, told.version, &amends);
        play.refused(&informant(its.slug), amends, (409, "report.not-given"));
    }
}

/// Of a picture that is a draft.
pub(crate) fn on_draft(play: &mut Play) {
    let again = Ask::post(play.here("picture"), &json!({}));
    play.refused("coordinator-1", again, (409, "picture.already-drafted"));
    let hasty = adoption(play);
    play.refused("coordinator-2", hasty, (409, "picture.situation-missing"));
    let says = json!({ "kind": "priority", "situation": "Lugnt.", "interventions": [] });
    let fourth = section(play, "priority-4", 0, &says);
    play.refused("coordinator-1", fourth, (409, "picture.section-misplaced"));
    let sends = Ask::post(play.here("picture/distributions"), &json!({}));
    play.refused("coordinator-1", sends, (409, "picture.not-adopted"));
}

/// Of a picture that has been adopted and sent.
pub(crate) fn on_adopted(play: &mut Play) {
    let says = json!({ "kind": "overall_situation", "text": "Efteråt." });
    let late = section(play, "overall-situation", 1, &says);
    play.refused("coordinator-2", late, (409, "picture.already-adopted"));
    let sends = Ask::post(play.here("picture/distributions"), &json!({}));
    play.refused("coordinator-1", sends, (409, "picture.already-distributed"));
}

/// Of analyses.
pub(crate) fn on_analyses(play: &mut Play) {
    let prioritised = play.sent.prioritised(play.number);
    let beside = (0..play.sent.areas.len()).find(|area| !prioritised.contains(area)).unwrap();
    for (area, refusal) in
        [(prioritised[0], "analysis.already-recorded"), (beside, "analysis.area-not-prioritised")]
    {
        let path = play.cast.at(&format!("analyses/week/{}/{}", week(play.number), play.sent.areas[area]));
        let says = statement(play, ["traffic", "other"], &[]);
        play.refused("analyst", Ask::put(path, 0, &says), (409, refusal));
    }
}

/// Of a plan that the analysis does not bear.
pub(crate) fn on_plan(play: &mut Play, course: usize) {
    let proposed = plan(play, course);
    let area = play.sent.interventions[course].area;
    let with = |member: &str, value: Value| {
        let mut other = proposed.clone();
        other[member] = value;
        other
    };
    let elsewhere = play.sent.problems.iter().find(|problem| problem.area != area).unwrap();
    let mut tried = vec![
        (with("problems", json!([elsewhere.id])), "intervention.problem-unknown"),
        (with("horizon", json!({ "short": { "until": week(-1) } })), "intervention.horizon-broken"),
    ];
    if play.sent.prioritised(play.number).contains(&area) {
        let mut unfounded = proposed.clone();
        unfounded.as_object_mut().unwrap().remove("analysis");
        tried.push((unfounded, "intervention.analysis-missing"));
        tried.push((with("causes", json!(["traffic"])), "intervention.causes-not-analysed"));
    } else {
        let mut silent = proposed.clone();
        silent.as_object_mut().unwrap().remove("outsideReason");
        tried.push((silent, "intervention.area-not-prioritised"));
    }
    for (body, refusal) in tried {
        play.refused("analyst", Ask::post(play.cast.at("interventions"), &body), (409, refusal));
    }
}

/// Of terms that cannot be kept.
pub(crate) fn on_terms(play: &mut Play, course: usize, terms: &Value) {
    let nobody = json!("01930000-0000-7000-8000-00000000abce");
    let stranger = json!([{ "organisation": nobody, "share": WHY }]);
    let mut tried = vec![
        ("responsible", nobody, "intervention.function-unknown"),
        ("reportBack", json!(day(play.number, 1)), "intervention.report-back-broken"),
        ("contributors", stranger, "intervention.contributor-unknown"),
    ];
    if ["security_guards", "police_operation"].contains(&play.sent.interventions[course].course.kind) {
        tried.push(("legalBasis", Value::Null, "intervention.legal-basis-missing"));
    }
    for (member, value, refusal) in tried {
        let mut other = terms.clone();
        other[member] = value;
        play.refused("steering", Ask::post(path(play, course, "decision"), &other), (409, refusal));
    }
    let decides = Ask::post(path(play, course, "decision"), terms);
    play.refused("analyst", decides, (403, "function.missing"));
}

/// Of a proposal of areas that is no proposal by the method.
pub(crate) fn on_proposal(play: &mut Play, (first, last): (Number, Number), proposal: &Value) {
    let with = |member: &str, value: Value| {
        let mut other = proposal.clone();
        other[member] = value;
        other
    };
    let chosen = proposal["chosen"].as_array().unwrap();
    for (body, refusal) in [
        (with("next", json!([])), "prioritisation.next-missing"),
        (with("chosen", json!(chosen[..2])), "prioritisation.miscounted"),
        (with("lastWeek", json!(week(first - 1))), "prioritisation.period-broken"),
        (with("lastWeek", json!(week(last + 60))), "prioritisation.period-broken"),
    ] {
        let path = play.cast.at(&format!("priorities/{}/proposals", week(first)));
        play.refused("steering", Ask::post(path, &body), (409, refusal));
    }
}

/// Of a problem: closed again, opened again, or given what is another's.
pub(crate) fn on_problem(play: &mut Play, problem: usize) {
    let its = play.sent.problems[problem].clone();
    let at = |step: &str| play.cast.at(&format!("problems/{}/{step}", its.id));
    let (closure, reopening, observations) = (at("closure"), at("reopening"), at("observations"));
    let reason = json!({ "reason": WHY });
    let (asked, refusal) =
        if its.open { (reopening, "problem.not-closed") } else { (closure, "problem.already-closed") };
    play.refused("coordinator-2", Ask::post(asked, &reason), (409, refusal));
    let nothing = json!({ "week": week(play.number), "unit": play.sent.units[0].id, "item": 900 });
    let refusal = if its.open { "problem.observation-unknown" } else { "problem.already-closed" };
    let gathers = Ask::post(observations.as_str(), &json!({ "observations": [nothing] }));
    play.refused("coordinator-1", gathers, (409, refusal));
    if let (true, Some(observed)) = (its.open, its.gathered.first()) {
        let (number, unit, item) = observed.place;
        let taken = json!({ "week": week(number), "unit": play.sent.units[unit].id, "item": item });
        let again = Ask::post(observations, &json!({ "observations": [taken] }));
        play.refused("coordinator-1", again, (409, "problem.observation-gathered"));
    }
}

/// Of interventions: one thing that its stage forbids is tried of each.
pub(crate) fn on_interventions(play: &mut Play) {
    for course in 0..play.sent.interventions.len() {
        let its = &play.sent.interventions[course];
        if its.is_proposed() && course != ABANDONED && play.chance.percent(40) {
            let tried = match play.sent.interventions[course].status {
                "proposed" => of_proposed(play),
                "declined" => of_declined(),
                "decided" => of_decided(play, course),
                "active" => of_active(play, course),
                _ => of_ended(play),
            };
            let (step, body, refusal) = play.chance.pick(&tried).unwrap().clone();
            let ask = Ask::post(path(play, course, step), &body);
            play.refused("coordinator-1", ask, (409, refusal));
        }
    }
}

/// A step, its body, and what refuses it.
type Tried = (&'static str, Value, &'static str);

fn disposal(number: Number, disposition: &Value) -> Value {
    json!({ "week": week(number), "disposition": disposition, "reason": WHY })
}

fn of_proposed(play: &Play) -> Vec<Tried> {
    vec![
        ("start", Value::Null, "intervention.not-decided"),
        ("anchoring", json!({ "approved": true, "note": WHY }), "intervention.not-decided"),
        ("dispositions", disposal(play.number, &json!("end")), "intervention.not-decided"),
    ]
}

fn of_declined() -> Vec<Tried> {
    vec![
        ("declination", json!({ "reason": WHY }), "intervention.already-decided"),
        ("start", Value::Null, "intervention.not-decided"),
    ]
}

fn of_decided(play: &Play, course: usize) -> Vec<Tried> {
    let mut tried = vec![
        ("dispositions", disposal(play.number, &json!("continue")), "intervention.not-started"),
        ("reports", json!({ "fidelity": "as_decided", "done": WHY }), "intervention.not-started"),
        ("declination", json!({ "reason": WHY }), "intervention.already-decided"),
    ];
    match play.sent.interventions[course].anchoring {
        "pending" | "refused" => tried.push(("start", Value::Null, "intervention.not-anchored")),
        _ => {
            let settles = json!({ "approved": false, "note": WHY });
            tried.push(("anchoring", settles, "intervention.anchoring-settled"));
        }
    }
    tried
}

fn of_active(play: &Play, course: usize) -> Vec<Tried> {
    let its = &play.sent.interventions[course];
    let replaced = disposal(play.number, &json!({ "replace": { "by": its.id } }));
    let disposed = its.disposed == Some(play.number);
    let itself = if disposed { "intervention.already-disposed" } else { "intervention.replacement-broken" };
    vec![
        ("start", Value::Null, "intervention.already-started"),
        ("dispositions", replaced, itself),
        ("reports", json!({ "fidelity": "modified", "done": WHY }), "intervention.deviation-missing"),
        ("declination", json!({ "reason": WHY }), "intervention.already-decided"),
    ]
}

fn of_ended(play: &Play) -> Vec<Tried> {
    vec![
        ("start", Value::Null, "intervention.ended"),
        ("dispositions", disposal(play.number, &json!("continue")), "intervention.ended"),
    ]
}
