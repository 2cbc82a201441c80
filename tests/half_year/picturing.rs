//! The weekly picture in the meeting: drafted and written by two who may come at once, adopted, sent, corrected.

use crate::almanac::Number;
use crate::pictures::Pictured;
use crate::play::Play;
use serde_json::{Value, json};
use tests::cast::{COORDINATORS, informant};
use tests::client::Ask;

/// With a wrong check digit: the guard warns, and does not refuse.
const WARNED: &str = " Lapp med 080820-2393 på dörren.";
const ADOPTED: (u16, &str) = (409, "picture.already-adopted");

pub(crate) fn draft(play: &mut Play) {
    let mut others = play.sent.prioritised(play.number);
    others.rotate_left(1);
    let others: Vec<&String> = others.iter().map(|area| &play.sent.areas[*area]).collect();
    let differs = Ask::post(play.here("picture"), &json!({ "priorities": others }));
    play.refused("coordinator-2", differs, (409, "picture.priorities-differ"));
    let ask = Ask::post(play.here("picture"), &json!({}));
    if play.number % 4 == 1 {
        both(play, &ask, (409, "picture.already-drafted"));
    } else {
        play.coordinates(ask);
    }
    let priorities = play.sent.prioritised(play.number);
    let basis = play.sent.basis(play.number);
    play.sent.pictures.insert(play.number, Pictured { priorities, basis, ..Pictured::default() });
}

/// The two send the same. Which of them wins is chance that no seed rules; being alike, they leave the same log.
fn both(play: &mut Play, ask: &Ask, refusal: (u16, &'static str)) {
    play.at_once(COORDINATORS.map(|who| (who.to_owned(), ask.clone())), refusal);
}

/// The whole and the three blocks are written; every third week both begin on the whole at the same moment, and who
/// comes second is told so.
pub(crate) fn write(play: &mut Play, edits: i64) {
    let mut said = Vec::new();
    let mut overall = format!("Läget vecka {}, version {}.", play.number, edits + 1);
    if edits == 0 && is_warned(play.number) {
        overall.push_str(WARNED);
    }
    let ask =
        section(play, "overall-situation", edits, &json!({ "kind": "overall_situation", "text": overall }));
    if play.number % 3 == 2 {
        both(play, &ask, (412, "picture.section-stale"));
    } else {
        play.coordinates(ask);
    }
    said.push(overall);
    let mut blocks = Vec::new();
    for (slot, area) in (1..).zip(play.sent.prioritised(play.number)) {
        let situation = format!("Område {area}: läget i block {slot}, version {}.", edits + 1);
        let here = play.sent.interventions.iter().filter(|its| its.area == area && its.status == "active");
        let done: Vec<&String> = here.map(|its| &its.title).collect();
        let says = json!({ "kind": "priority", "situation": situation, "interventions": done });
        blocks.push((
            COORDINATORS[slot % 2].to_owned(),
            section(play, &format!("priority-{slot}"), edits, &says),
        ));
        said.push(situation);
    }
    // Each in a block of their own, at the same moment: all are heard.
    play.together(blocks);
    if edits == 0 && play.chance.percent(50) {
        let weather = json!({ "kind": "weekend_weather", "text": "Regn på lördagen, klart på söndagen." });
        let ask = section(play, "weekend-weather", 0, &weather);
        play.coordinates(ask);
    }
    play.sent.pictures.get_mut(&play.number).unwrap().editions.push(said);
}

pub(crate) fn section(play: &Play, name: &str, edits: i64, says: &Value) -> Ask {
    Ask::put(play.here(&format!("picture/sections/{name}")), edits, says)
}

pub(crate) fn adoption(play: &Play) -> Ask {
    let version = play.world.caller(COORDINATORS[0]).get(play.here("picture")).ok().version();
    let attended = [&play.sent.units[0].organisation, &play.sent.units[1].organisation];
    Ask::put(play.here("picture/adoption"), version, &json!({ "attended": attended }))
}

/// Whether a week's picture says something that the guard has a word about.
fn is_warned(number: Number) -> bool {
    number % 5 == 4
}

/// What is warned of is answered for before the picture is adopted.
pub(crate) fn answer_for(play: &mut Play) {
    if !is_warned(play.number) {
        return;
    }
    let hasty = adoption(play);
    play.refused("coordinator-1", hasty, (409, "picture.warnings-unacknowledged"));
    let picture = play.world.caller(COORDINATORS[0]).get(play.here("picture")).ok().body;
    let warning = &picture["warnings"][0];
    let answers = json!({ "text": warning["text"], "start": warning["start"], "end": warning["end"],
        "class": warning["class"], "reason": "not_a_person" });
    play.coordinates(Ask::post(play.here("picture/warnings/acknowledgements"), &answers));
    play.sent.warned += 1;
}

/// Adopted; every fourth week by both at the same moment.
pub(crate) fn adopt(play: &mut Play) {
    let ask = adoption(play);
    if play.number % 4 == 3 {
        both(play, &ask, ADOPTED);
    } else {
        play.coordinates(ask);
    }
    let now = play.now().to_owned();
    play.sent.pictures.get_mut(&play.number).unwrap().adopted = now;
}

/// Sent to those on the list, some of whom acknowledge it.
pub(crate) fn distribute(play: &mut Play) {
    play.coordinates(Ask::post(play.here("picture/distributions"), &json!({})));
    let edition = play.sent.pictures[&play.number].editions.len();
    for (slug, entry) in play.cast.entries.clone() {
        if play.chance.percent(25) {
            let path = play.here(&format!("picture/receipts/{entry}/acknowledgement"));
            let ask = Ask { body: None, ..Ask::post(path, &Value::Null).without("Content-Type") };
            play.does(&informant(slug), ask);
            play.sent.pictures.get_mut(&play.number).unwrap().acknowledged.insert((edition, slug));
        }
    }
}

/// When it turns out that what was reported was not so, the picture is corrected by a new edition.
pub(crate) fn correct(play: &mut Play) {
    play.coordinates(Ask::post(
        play.here("picture/corrections"),
        &json!({ "reason": "En rapport ändrades." }),
    ));
    write(play, 1);
    adopt(play);
    distribute(play);
}
