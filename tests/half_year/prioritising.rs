//! The quarter's areas: proposed, decided by the steering group, analysed, changed for a time and restored.

use crate::almanac::{Number, QUARTERS, day, week};
use crate::play::Play;
use crate::priorities::{Change, Period};
use crate::sent::Analysed;
use crate::trespasses;
use serde_json::{Value, json};
use tests::client::Ask;

const CAUSES: [[&str; 2]; 4] = [
    ["absent_guardian", "poor_lighting"],
    ["neglected_maintenance", "easy_target"],
    ["attractor", "lack_of_activities"],
    ["poor_sightlines", "unclear_ownership"],
];

/// Proposes a quarter's areas, thinks again and proposes others; the steering group decides on the last.
pub(crate) fn propose(play: &mut Play, (first, last): (Number, Number), ranked: &[usize]) {
    let path = play.cast.at(&format!("priorities/{}/proposals", week(first)));
    let mut thought: Vec<usize> = ranked.to_vec();
    thought.rotate_left(1);
    for order in [&thought, ranked] {
        let proposes = proposal(play, last, order);
        trespasses::on_proposal(play, (first, last), &proposes);
        play.coordinates(Ask::post(path.as_str(), &proposes));
    }
    let chosen = ranked[..3].to_vec();
    play.sent.periods.push(Period { first, last, chosen, decided: false, change: None });
}

/// Three areas, and the nearest not chosen.
fn proposal(play: &mut Play, last: Number, order: &[usize]) -> Value {
    let weighed = |area: &usize| {
        let (need, influence) = (play.chance.between(2, 5), play.chance.between(1, 5));
        json!({ "area": play.sent.areas[*area], "need": need, "influenceability": influence,
            "reason": "Efter vad som har rapporterats." })
    };
    let weighed: Vec<Value> = order.iter().map(weighed).collect();
    json!({ "lastWeek": week(last), "chosen": weighed[..3], "next": weighed[3..] })
}

/// The steering group decides; with two at once, one of them does.
pub(crate) fn decide(play: &mut Play, at_once: bool) {
    let period = play.sent.periods.len() - 1;
    let first = play.sent.periods[period].first;
    let path = play.cast.at(&format!("priorities/{}/decision", week(first)));
    let ask = Ask::post(path, &json!({ "reason": "Enligt förslaget." }));
    if at_once {
        let sendings = [("steering".to_owned(), ask.clone()), ("steering".to_owned(), ask)];
        play.at_once(sendings, (409, "prioritisation.already-decided"));
    } else {
        play.does("steering", ask);
    }
    play.sent.periods[period].decided = true;
}

/// Another area takes a prioritised one's place from this week on.
pub(crate) fn change(play: &mut Play) {
    let displaced = *play.chance.pick(&play.sent.periods[0].chosen.clone()).unwrap();
    let chosen = play.sent.periods[0].chosen.clone();
    let others: Vec<usize> = (0..play.sent.areas.len()).filter(|area| !chosen.contains(area)).collect();
    let (instead, from) = (*play.chance.pick(&others).unwrap(), play.number);
    let path = play.cast.at(&format!("priorities/{}/changes", week(0)));
    let areas = &play.sent.areas;
    let changes = json!({ "displaced": areas[displaced], "instead": areas[instead], "from": week(from),
        "review": day(from + 3, 5), "reason": "Upprepade bränder i papperskorgar." });
    play.does("steering", Ask::post(path, &changes));
    play.sent.periods[0].change = Some(Change { displaced, instead, from, until: None });
}

/// From this week on the displaced area has its place again.
pub(crate) fn restore(play: &mut Play) {
    let displaced = play.sent.periods[0].change.unwrap().displaced;
    let path = play.cast.at(&format!("priorities/{}/restorations", week(0)));
    let (area, from) = (&play.sent.areas[displaced], week(play.number));
    let restores = json!({ "displaced": area, "from": from, "reason": "Det är lugnt igen." });
    play.coordinates(Ask::post(path, &restores));
    play.sent.periods[0].change.as_mut().unwrap().until = Some(play.number);
}

/// Each prioritised area is analysed: for the quarter in its first week, and at each weekly meeting.
pub(crate) fn analyse(play: &mut Play, of_period: bool) {
    let number = play.number;
    for area in play.sent.prioritised(number) {
        let causes = *play.chance.pick(&CAUSES).unwrap();
        let problems = play.sent.open_in(area);
        let statement = statement(play, causes, &problems);
        let kind = if of_period { "period" } else { "week" };
        let path = play.cast.at(&format!("analyses/{kind}/{}/{}", week(number), play.sent.areas[area]));
        play.does("analyst", Ask::put(path.as_str(), 0, &statement));
        if play.chance.percent(10) {
            let amends = json!({ "statement": statement, "reason": "Ett ord fattades." });
            play.does("analyst", Ask::post(format!("{path}/amendments"), &amends));
        }
        play.sent.analyses.push(Analysed { number, of_period, area, causes, problems });
    }
}

pub(crate) fn statement(play: &mut Play, causes: [&str; 2], problems: &[usize]) -> Value {
    let problems: Vec<&String> = problems.iter().map(|problem| &play.sent.problems[*problem].id).collect();
    json!({
        "context": "Mest kvällstid fredag och lördag.", "unease": "Det är mörkt på vägen hem.",
        "conditions": "Få vuxna är på plats.", "causes": causes, "need": play.chance.between(2, 5),
        "influenceability": play.chance.between(1, 5), "bestEffect": "Närvaro tidigt på kvällen.",
        "forecast": "Mer folk i rörelse efter löning.", "problems": problems,
    })
}

/// At the quarter's end those that go on are followed up for the whole of it.
pub(crate) fn follow_up_quarter(play: &mut Play) {
    let first = QUARTERS[usize::from(play.number > QUARTERS[0].1)].0;
    for course in 0..play.sent.interventions.len() {
        let its = &play.sent.interventions[course];
        // The one that nobody minds is not minded now either.
        if its.status == "active" && course != crate::persisting::ABANDONED {
            let afterwards = play.chance.word(&["less", "unchanged"]);
            crate::intervening::follow_up(play, course, (first, true), afterwards);
        }
    }
}
