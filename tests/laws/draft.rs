//! What the reports of a week add up to in the draft of its picture.

use crate::cast::*;
use crate::given::{Programme, read, with};
use crate::intervention::{deciding, proposing};
use est::draft::{AreaFigures, Basis};
use est::indicator::Indicator;
use est::section::{Section, SectionName};
use est::{AreaId, Event, TextRef, UnitId, intervention, picture, report};
use serde_json::{Value, json};

fn reporting(who: &str, unit: UnitId, said: &Value, programme: Programme) -> Programme {
    programme.given(who, of(unit), read::<report::Submit>(with(json!({ "unit": unit }), said)))
}

type Sections = Vec<(SectionName, Section<TextRef>)>;

fn drafted(mut programme: Programme) -> (Basis, Sections) {
    let told = programme.when("coordinator", week(), drafting(&[CENTRUM, NORR, SODER]));
    if let Ok(Some(Event::Picture(picture::Event::Drafted { basis, sections, .. }))) =
        told.map(|mut events| events.pop())
    {
        return (basis, sections);
    }
    (Basis::default(), Vec::new())
}

fn observation(indicator: &str, area: AreaId, count: u16) -> Value {
    json!({ "indicator": indicator, "area": area, "count": count, "date": "2026-11-16", "timeBand": "night" })
}

fn figures(basis: &Basis, area: Option<AreaId>) -> AreaFigures {
    basis.areas.iter().find(|figures| figures.area == area).cloned().unwrap_or_default()
}

/// R53, R100: calm is counted, and silence is not calm.
#[test]
fn silence_is_not_calm() {
    let programme = reporting("caretaker", EAST, &json!({ "calm": true }), Programme::in_week());
    let (basis, _) = drafted(programme);
    let told = (basis.expected, basis.reported, basis.calm, basis.missing);
    assert_eq!(told, (3, 0, 1, 2));
    assert_eq!((figures(&basis, Some(CENTRUM)).calm, figures(&basis, Some(NORR)).calm), (1, 1));
    assert_eq!(basis.sources, [HOUSING]);
}

/// R52: known problems are never added to the new.
#[test]
fn what_is_new_and_what_is_known_are_counted_apart() {
    let programme = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening());
    let mut known = observation("vandalism", CENTRUM, 2);
    known["problem"] = json!(GRAFFITI);
    let items = json!([observation("vandalism", CENTRUM, 3), observation("fire", CENTRUM, 1), known]);
    let said = json!({ "items": items, "stillThere": [GRAFFITI], "calmAreas": [NORR] });
    let (basis, _) = drafted(reporting("caretaker", EAST, &said, programme));
    let centre = figures(&basis, Some(CENTRUM));
    assert_eq!(centre.new.into_iter().collect::<Vec<_>>(), [(Indicator::Vandalism, 3), (Indicator::Fire, 1)]);
    assert_eq!(centre.known.into_iter().collect::<Vec<_>>(), [(Indicator::Vandalism, 2)]);
    assert_eq!((centre.still_there, figures(&basis, Some(NORR)).calm), (1, 1));
}

/// R15: a sign of safety is told, and adds to nothing that is wrong.
#[test]
fn a_sign_of_safety_is_counted_apart() {
    let mut mended = observation("vandalism", NORR, 2);
    mended["polarity"] = json!("positive");
    let said = json!({ "items": [mended, observation("vandalism", NORR, 1)] });
    let (basis, _) = drafted(reporting("caretaker", EAST, &said, Programme::in_week()));
    let north = figures(&basis, Some(NORR));
    assert_eq!(north.positive.into_iter().collect::<Vec<_>>(), [(Indicator::Vandalism, 2)]);
    assert_eq!(north.new.into_iter().collect::<Vec<_>>(), [(Indicator::Vandalism, 1)]);
    assert_eq!(north.known.len(), 0);
}

/// R27: the report as it is said now counts, not as it was said first.
#[test]
fn an_amended_report_counts_once_and_a_withdrawn_not_at_all() {
    let first = reporting(
        "caretaker",
        EAST,
        &json!({ "items": [observation("fire", NORR, 9)] }),
        Programme::in_week(),
    );
    let report = json!({ "unit": EAST, "items": [observation("fire", NORR, 1)] });
    let amend = read::<report::Amend>(json!({ "reason": "Fel antal.", "report": report }));
    let amended = first.given("caretaker", of(EAST), amend);
    let (basis, _) = drafted(amended.clone());
    assert_eq!(figures(&basis, Some(NORR)).new.get(&Indicator::Fire), Some(&1));
    let withdraw = read::<report::Withdraw>(json!({ "reason": "Fel enhet." }));
    let (basis, _) = drafted(amended.given("caretaker", of(EAST), withdraw));
    assert_eq!((basis.areas.len(), basis.missing), (0, 3));
}

/// The areas that have rows beside the prioritised.
fn rows(sections: &Sections) -> Vec<AreaId> {
    let other_areas = sections.iter().find_map(|(_, section)| {
        let Section::OtherAreas { areas } = section else { return None };
        Some(areas.iter().map(|row| row.area).collect())
    });
    other_areas.unwrap_or_default()
}

/// R21, R96: areas that are not prioritised have their rows too.
#[test]
fn an_area_beside_the_prioritised_gets_a_row_when_something_was_seen_there() {
    let said = json!({ "items": [observation("fire", VASTER, 1), observation("fire", CENTRUM, 1)] });
    let (_, sections) = drafted(reporting("patrol", PATROL, &said, Programme::in_week()));
    assert_eq!(rows(&sections), [VASTER]);
}

/// R52, R96
#[test]
fn an_area_gets_a_row_for_a_problem_that_is_still_there() {
    let there = est::problem::Open { area: VASTER, ..crate::problem::opening() };
    let programme = Programme::in_week().given("coordinator", GRAFFITI, there);
    let (_, sections) = drafted(reporting("patrol", PATROL, &json!({ "stillThere": [GRAFFITI] }), programme));
    assert_eq!(rows(&sections), [VASTER]);
}

/// R52, R96: also when it was seen again, and nothing else was.
#[test]
fn an_area_gets_a_row_for_a_known_problem_that_was_seen_again() {
    let there = est::problem::Open { area: VASTER, ..crate::problem::opening() };
    let programme = Programme::in_week().given("coordinator", GRAFFITI, there);
    let mut known = observation("vandalism", VASTER, 1);
    known["problem"] = json!(GRAFFITI);
    let (_, sections) = drafted(reporting("patrol", PATROL, &json!({ "items": [known] }), programme));
    assert_eq!(rows(&sections), [VASTER]);
}

/// R27, R96: a retired area keeps its figures, but nobody could write in its row.
#[test]
fn a_retired_area_gets_no_row() {
    let there = est::problem::Open { area: VASTER, ..crate::problem::opening() };
    let programme = Programme::in_week().given("coordinator", GRAFFITI, there).given(
        "coordinator",
        VASTER,
        est::area::Retire {},
    );
    let said = json!({ "stillThere": [GRAFFITI] });
    let (basis, sections) = drafted(reporting("patrol", PATROL, &said, programme));
    assert!(rows(&sections).is_empty());
    assert_eq!(figures(&basis, Some(VASTER)).still_there, 1);
}

/// R40, R97
#[test]
fn indicator_four_fills_the_row_of_gatherings() {
    let mut event = observation("public_event", NORR, 1);
    event["publicEvent"] = json!({ "name": "Marknad", "firstDay": "2026-11-21", "lastDay": "2026-11-22" });
    let (_, sections) =
        drafted(reporting("patrol", PATROL, &json!({ "items": [event] }), Programme::in_week()));
    let names = sections.iter().find_map(|(_, section)| {
        let Section::PublicEvents { events } = section else { return None };
        Some(events.iter().map(|event| event.name.to_string()).collect())
    });
    assert_eq!(names, Some(vec!["Marknad".to_owned()]));
}

/// R46: counts of an extract without an area are kept apart.
#[test]
fn what_has_no_area_is_counted_of_none() {
    let extract = json!({ "items": [
        { "indicator": "other_disorder", "channel": "police_extract", "date": "2026-11-16",
            "timeBand": "unknown", "count": 14 }] });
    let (basis, _) = drafted(reporting("patrol", PATROL, &extract, Programme::in_week()));
    assert_eq!(figures(&basis, None).new.get(&Indicator::OtherDisorder), Some(&14));
}

/// R100: what comes after the draft is not in it, and the draft says up to where it read.
#[test]
fn the_draft_names_the_position_it_was_read_at() {
    let programme = reporting("caretaker", EAST, &json!({ "calm": true }), Programme::in_week());
    let last = programme.log().last().map_or(0, |happened| happened.position);
    assert_eq!(drafted(programme).0.position, last);
}

/// R71, R73, R95, R101, R132: what was analysed and is done stands in its area's block, but for what is documented
/// elsewhere or must not yet be known.
#[test]
fn an_analysed_areas_block_begins_with_the_analysis_and_what_is_done() {
    let block = |terms: &Value, begun: bool| {
        let decided = Programme::analysed().given("coordinator", GUARDS, proposing(&json!({}))).given(
            "steering",
            GUARDS,
            deciding(terms),
        );
        let programme =
            if begun { decided.given("caretaker", GUARDS, intervention::Start {}) } else { decided };
        let (_, sections) = drafted(programme);
        let block = sections.into_iter().find(|(name, _)| *name == SectionName::Priority(1));
        let Some((_, Section::Priority { situation, interventions })) = block else { return (0, 0) };
        (situation.length, interventions.len())
    };
    let (context, done) = block(&json!({}), false);
    assert!(context > 0);
    assert_eq!(done, 1);
    assert_eq!(block(&json!({ "inPicture": false }), true), (context, 0));
    assert_eq!(block(&json!({ "embargo": true }), false), (context, 0));
    assert_eq!(block(&json!({ "embargo": true }), true), (context, 1));
}

/// What nobody has analysed is not written by itself.
#[test]
fn an_area_without_analysis_has_an_empty_block() {
    let (_, sections) = drafted(Programme::prioritised());
    assert!(!sections.iter().any(|(name, _)| matches!(name, SectionName::Priority(_))));
}
