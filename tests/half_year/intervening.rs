//! The week's acts on interventions, each by somebody who may.

use crate::almanac::{Number, day, week};
use crate::courses::{Act, Where};
use crate::interventions::{Lasting, Undertaking, occasion};
use crate::play::Play;
use crate::trespasses;
use serde_json::{Value, json};
use tests::cast::COORDINATORS;
use tests::client::Ask;

/// Whose functions answer for interventions.
const RESPONSIBLE: [&str; 4] = ["guards", "field", "housing", "youth"];
const ALREADY_DECIDED: (u16, &str) = (409, "intervention.already-decided");
const ENDED: (u16, &str) = (409, "intervention.ended");

/// What the courses want of this week at the meeting, or in the field after it.
pub(crate) fn act(play: &mut Play, in_the_field: bool) {
    for course in 0..play.sent.interventions.len() {
        let mut acts = play.sent.interventions[course].course.acts.clone();
        acts.retain(|(number, _)| *number == play.number);
        for (_, act) in acts {
            let field = matches!(act, Act::Start | Act::ReportBack(_));
            // Proposals have been made before all else: one may be to take another's place.
            if act != Act::Propose && field == in_the_field {
                take(play, course, act);
            }
        }
    }
}

/// What is to be proposed this week.
pub(crate) fn propose(play: &mut Play) {
    for course in 0..play.sent.interventions.len() {
        if play.sent.interventions[course].course.acts.contains(&(play.number, Act::Propose)) {
            planned(play, course);
            trespasses::on_plan(play, course);
            let proposed = plan(play, course);
            let who = play.chance.word(&["coordinator-1", "steering", "analyst"]);
            let id = play.does(who, Ask::post(play.cast.at("interventions"), &proposed)).id();
            play.sent.interventions[course].id = id;
            happened(play, course, "proposed", "proposed");
        }
    }
}

/// Settles where it is made, against what and for how long.
fn planned(play: &mut Play, course: usize) {
    let area = place(play, course);
    let here = |problem: &usize| play.sent.problems[*problem].area == area;
    let mut problems: Vec<usize> = (0..play.sent.problems.len()).filter(here).collect();
    problems.sort_by_key(|problem| !play.sent.problems[*problem].open);
    let indicator = play.sent.problems[problems[0]].indicator;
    let (number, weeks) = (play.number, Number::try_from(play.chance.between(3, 8)).unwrap());
    let its = &mut play.sent.interventions[course];
    (its.area, its.problem, its.indicator) = (area, problems[0], indicator);
    its.title = format!("Insats {course}, {}", its.course.kind);
    its.lasting = if its.course.long {
        Lasting::Milestones([day(number + 4, 2), day(number + 12, 2)])
    } else {
        Lasting::Until(number + weeks)
    };
}

fn place(play: &mut Play, course: usize) -> usize {
    let prioritised = play.sent.prioritised(play.number);
    let beside: Vec<usize> = (0..play.sent.areas.len()).filter(|area| !prioritised.contains(area)).collect();
    match play.sent.interventions[course].course.place {
        Where::Block(block) => prioritised[block],
        Where::Beside => *play.chance.pick(&beside).unwrap(),
        Where::Instead => play.sent.periods[0].change.unwrap().instead,
        Where::As(other) => play.sent.interventions[other].area,
    }
}

/// The plan; it follows from the week's analysis, or says why it is made beside.
pub(crate) fn plan(play: &Play, course: usize) -> Value {
    let its = &play.sent.interventions[course];
    let horizon = match &its.lasting {
        Lasting::Until(until) => json!({ "short": { "until": week(*until) } }),
        Lasting::Milestones([one, other]) => json!({ "long": { "milestones": [
            { "name": "Röjningen är påbörjad", "due": one }, { "name": "Siktlinjerna är fria", "due": other },
        ] } }),
    };
    let mut proposed = json!({
        "title": its.title, "area": play.sent.areas[its.area], "kind": its.course.kind,
        "problems": [play.sent.problems[its.problem].id], "horizon": horizon,
        "mechanism": "Någon ser, och då lockar platsen mindre.",
    });
    let here = |analysed: &&crate::sent::Analysed| {
        analysed.area == its.area && analysed.number == play.number && !analysed.of_period
    };
    if let Some(analysed) = play.sent.analyses.iter().rfind(here) {
        proposed["analysis"] =
            json!({ "occasion": occasion(play.number, false), "area": play.sent.areas[its.area] });
        proposed["causes"] = json!([analysed.causes[0]]);
    }
    if !play.sent.prioritised(play.number).contains(&its.area) {
        proposed["outsideReason"] = json!("Beslutat sedan tidigare.");
    }
    proposed
}

fn take(play: &mut Play, course: usize, act: Act) {
    let its = &play.sent.interventions[course];
    let (active, number) = (its.status == "active", play.number);
    let disposed = its.disposed == Some(number);
    match act {
        Act::Decline => {
            let declines = json!({ "reason": "Andra insatser går före." });
            play.does("steering", Ask::post(path(play, course, "declination"), &declines));
            happened(play, course, "declined", "declined");
        }
        Act::Decide | Act::DecideAtOnce => decide(play, course, act == Act::DecideAtOnce),
        Act::Settle(approved) => settle(play, course, approved),
        Act::FollowUp(afterwards) if active => follow_up(play, course, (number, false), afterwards),
        Act::Dispose("continue" | "expand") if !active || disposed => {}
        Act::Dispose(disposition) => dispose(play, course, &json!(disposition), false),
        Act::EndAtOnce => dispose(play, course, &json!("end"), true),
        Act::Replace(other) => {
            let by = play.sent.interventions[other].id.clone();
            dispose(play, course, &json!({ "replace": { "by": by } }), false);
        }
        Act::Start => {
            let start = path(play, course, "start");
            play.coordinates(Ask::post(start, &Value::Null));
            happened(play, course, "started", "active");
            play.sent.interventions[course].started = Some(number);
        }
        Act::ReportBack(fidelity) if active || fidelity == "not_done" => report_back(play, course, fidelity),
        Act::Propose | Act::FollowUp(_) | Act::ReportBack(_) => {}
    }
}

fn decide(play: &mut Play, course: usize, at_once: bool) {
    let after = Number::try_from(play.chance.between(2, 6)).unwrap();
    let report_back = day(play.number + after, 4);
    let window = i32::try_from(play.chance.between(1, 4)).unwrap();
    let (slug, percent) = (play.chance.word(&RESPONSIBLE), play.chance.between(10, 60));
    let its = &mut play.sent.interventions[course];
    (its.report_back, its.window, its.responsible) = (Some(report_back), window, slug);
    its.anchoring = if its.course.anchored { "not_needed" } else { "pending" };
    let expected = json!({ "indicator": its.indicator, "direction": "fewer", "percent": percent,
        "windowWeeks": window });
    let terms = json!({
        "expectations": [expected], "responsible": play.cast.functions[&("informant", slug)],
        "method": "Torsdag till lördag, två och två.", "reportBack": report_back, "anchoring": its.anchoring,
        "legalBasis": "Beslut 2026-09-01", "embargo": its.course.embargo,
    });
    trespasses::on_terms(play, course, &terms);
    let ask = Ask::post(path(play, course, "decision"), &terms);
    if at_once {
        play.at_once(COORDINATORS.map(|who| (who.to_owned(), ask.clone())), ALREADY_DECIDED);
    } else {
        play.does("steering", ask);
    }
    happened(play, course, "decided", "decided");
}

fn settle(play: &mut Play, course: usize, approved: bool) {
    let settles = json!({ "approved": approved, "note": "Nämnden har svarat." });
    play.does("steering", Ask::post(path(play, course, "anchoring"), &settles));
    play.sent.interventions[course].anchoring = if approved { "approved" } else { "refused" };
    happened(play, course, "anchoring_settled", "decided");
    if !approved {
        let start = Ask::post(path(play, course, "start"), &Value::Null);
        play.refused("coordinator-1", start, (409, "intervention.not-anchored"));
    }
}

/// The three questions, on the week's occasion or the quarter's.
pub(crate) fn follow_up(play: &mut Play, course: usize, of: (Number, bool), afterwards: &'static str) {
    let fidelity = play.chance.word(&["as_decided", "modified"]);
    let occasion = occasion(of.0, of.1);
    let its = &mut play.sent.interventions[course];
    if !its.followed_up.insert(occasion.to_string()) {
        return;
    }
    (its.fidelity, its.afterwards) = (Some(fidelity), Some(afterwards));
    let status = its.status;
    let mut answers = json!({
        "why": "Mot det som har rapporterats.", "how": "Det gick att genomföra.", "fidelity": fidelity,
        "afterwards": afterwards, "problemAfterwards": "Som det beskrivs i rapporterna.",
        "evidenceLevel": "description",
    });
    if fidelity == "modified" {
        answers["deviation"] = json!("Två kvällar ställdes in.");
    }
    let follows = json!({ "occasion": occasion, "answers": answers });
    let who = play.chance.word(&["analyst", "coordinator-2"]);
    play.does(who, Ask::post(path(play, course, "follow-ups"), &follows));
    happened(play, course, "followed_up", status);
    if play.chance.percent(30) {
        let again = Ask::post(path(play, course, "follow-ups"), &follows);
        play.refused("coordinator-1", again, (409, "intervention.already-followed-up"));
        let nobodys = json!({ "occasion": crate::interventions::occasion(5, true), "answers": answers });
        let nobodys = Ask::post(path(play, course, "follow-ups"), &nobodys);
        play.refused("analyst", nobodys, (409, "prioritisation.not-decided"));
    }
}

fn dispose(play: &mut Play, course: usize, disposition: &Value, at_once: bool) {
    let disposes =
        json!({ "week": week(play.number), "disposition": disposition, "reason": "Efter uppföljningen." });
    let ask = Ask::post(path(play, course, "dispositions"), &disposes);
    if at_once {
        play.at_once(COORDINATORS.map(|who| (who.to_owned(), ask.clone())), ENDED);
    } else {
        play.does("steering", ask);
    }
    let goes_on = ["continue", "expand"].iter().any(|its| disposition == its);
    happened(play, course, "disposition_decided", if goes_on { "active" } else { "ended" });
    let its = &mut play.sent.interventions[course];
    its.disposed = Some(play.number);
    its.dispositions.push(disposition.clone());
}

fn report_back(play: &mut Play, course: usize, fidelity: &'static str) {
    let deviation = (fidelity != "as_decided").then_some("Inte alla kvällar.");
    let reports =
        json!({ "fidelity": fidelity, "done": "Enligt vad som var möjligt.", "deviation": deviation });
    play.coordinates(Ask::post(path(play, course, "reports"), &reports));
    let status = play.sent.interventions[course].status;
    happened(play, course, "reported_back", status);
    let its = &mut play.sent.interventions[course];
    (its.reported, its.fidelity) = (true, Some(fidelity));
}

pub(crate) fn path(play: &Play, course: usize, step: &str) -> String {
    play.cast.at(&format!("interventions/{}/{step}", play.sent.interventions[course].id))
}

fn happened(play: &mut Play, course: usize, what: &'static str, status: &'static str) {
    let (now, number) = (play.now().to_owned(), play.number);
    let its: &mut Undertaking = &mut play.sent.interventions[course];
    its.life.push((now, number, what));
    its.status = status;
}
