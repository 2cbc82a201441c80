//! A week of the half-year from Monday to Sunday, as the method means it.

use crate::almanac::{QUARTERS, SKIPPED, WEEKS, ends_month};
use crate::courses;
use crate::interventions::Undertaking;
use crate::look_back::Remembered;
use crate::play::Play;
use crate::reporting::{self, Conducts};
use crate::{intervening, look_back, persisting, picturing, prioritising, quarterly, trespasses, weekly};
use serde_json::json;
use tests::client::Ask;

/// The weeks in which an area is prioritised for a time, and has its place no more.
#[derive(Clone, Copy)]
struct ForATime {
    changed: i32,
    restored: i32,
}

/// Plays the half-year.
pub(crate) fn live(seed: u64, looking: bool) -> Play {
    let mut play = Play::begin(seed, looking);
    let changed = 4 + i32::try_from(play.chance.between(0, 1)).unwrap();
    let restored = changed + 3 + i32::try_from(play.chance.between(0, 1)).unwrap();
    let courses = courses::all(changed, &mut play.chance);
    play.sent.interventions = courses.into_iter().map(Undertaking::of).collect();
    let mut remembered = Vec::new();
    for number in 0..WEEKS {
        play.number = number;
        if number == SKIPPED {
            skip(&mut play);
        } else {
            monday(&mut play, ForATime { changed, restored });
            until_the_meeting(&mut play);
            meet(&mut play);
            after_the_meeting(&mut play);
        }
        sunday(&mut play, &mut remembered);
    }
    play
}

fn monday(play: &mut Play, time: ForATime) {
    play.at(1, "08:30");
    if play.number == 0 {
        persisting::open_known(play);
        let ranked = drawn(play);
        prioritising::propose(play, QUARTERS[0], &ranked);
        prioritising::decide(play, false);
    }
    play.coordinates(Ask::post(play.here("cycle"), &json!({})));
    if play.number == time.changed {
        prioritising::change(play);
    }
    if play.number == time.restored {
        prioritising::restore(play);
    }
    persisting::mind(play);
    trespasses::on_monday(play);
    if QUARTERS.iter().any(|(first, _)| *first == play.number) {
        prioritising::analyse(play, true);
    }
}

/// The areas in an order of chance: nobody has reported yet.
fn drawn(play: &mut Play) -> Vec<usize> {
    let mut left: Vec<usize> = (0..play.sent.areas.len()).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let place = usize::try_from(play.chance.between(0, 99)).unwrap() % left.len();
        order.push(left.remove(place));
    }
    order
}

/// A week that is skipped stays visible, with its reason.
fn skip(play: &mut Play) {
    play.at(1, "08:30");
    play.coordinates(Ask::post(play.here("skip"), &json!({ "reason": "Julveckan." })));
    trespasses::when_skipped(play);
}

fn until_the_meeting(play: &mut Play) {
    let conducts = Conducts::drawn(play);
    reporting::in_time(play, &conducts);
    play.at(3, "07:00");
    reporting::remind(play, -24);
    reporting::around_the_deadline(play, &conducts);
    trespasses::on_reports(play);
    play.at(4, "08:00");
    phase(play, "analysis");
    for (hub, unit) in [("hub", 0), ("hub-police", 1)] {
        let path = play.here(&format!("compilations/{}", play.sent.units[unit].organisation));
        let says = json!({ "situation": "Veckan i våra rapporter.", "areas": [] });
        play.does(hub, Ask::put(path, 0, &says));
    }
    persisting::gather(play);
}

fn meet(play: &mut Play) {
    play.at(4, "09:00");
    prioritising::analyse(play, false);
    trespasses::on_analyses(play);
    picturing::draft(play);
    trespasses::on_draft(play);
    phase(play, "interventions");
    intervening::propose(play);
    intervening::act(play, false);
    play.at(4, "10:00");
    picturing::write(play, 0);
    play.at(4, "11:00");
    picturing::answer_for(play);
    picturing::adopt(play);
    play.at(4, "12:00");
    picturing::distribute(play);
    trespasses::on_adopted(play);
    if QUARTERS.iter().any(|(_, last)| *last == play.number) {
        prioritising::follow_up_quarter(play);
    }
    if play.number == QUARTERS[0].1 {
        let ranked = quarterly::ranked(play);
        prioritising::propose(play, QUARTERS[1], &ranked);
        prioritising::decide(play, true);
    }
}

fn after_the_meeting(play: &mut Play) {
    play.at(5, "06:30");
    reporting::remind(play, 24);
    play.at(5, "08:00");
    phase(play, "follow_up");
    intervening::act(play, true);
    trespasses::on_interventions(play);
    reporting::a_week_late(play);
    let before = play.sent.corrected_calm;
    reporting::amend(play);
    reporting::withdraw(play);
    if play.sent.corrected_calm > before && play.chance.percent(50) {
        play.at(5, "10:00");
        picturing::correct(play);
    }
    play.at(5, "13:00");
    phase(play, "feedback");
    phase(play, "closed");
}

fn sunday(play: &mut Play, remembered: &mut Vec<Remembered>) {
    play.at(7, "18:00");
    let alerts =
        play.sent.interventions.iter().flat_map(|its| its.alerts(&play.sent, play.number, play.today()));
    let alerts: Vec<String> = alerts.map(|alert| alert["alert"].as_str().unwrap().to_owned()).collect();
    play.sent.alerted.extend(alerts);
    if !play.looking {
        return;
    }
    weekly::look(play);
    if ends_month(play.number) || QUARTERS.iter().any(|(_, last)| *last == play.number) {
        quarterly::look(play);
        look_back::look(play, remembered);
        remembered.extend(look_back::remember(play));
    }
}

fn phase(play: &mut Play, phase: &str) {
    let ask = Ask::post(play.here("phases"), &json!({ "phase": phase }));
    play.coordinates(ask);
}
