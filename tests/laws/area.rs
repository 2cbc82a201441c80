//! An area: drawn, renamed, redrawn, retired.

use crate::cast::*;
use crate::given::{Programme, read, then, then_nothing};
use est::permission::FUNCTION_MISSING;
use est::{Event, area};
use serde_json::{Value, json};

const SQUARE: [[f64; 2]; 5] = [[17.1, 60.6], [17.2, 60.6], [17.2, 60.7], [17.1, 60.7], [17.1, 60.6]];

fn drawing(name: &str, outline: &Value) -> area::Draw {
    read(json!({ "name": name, "alsoCalled": ["Kajen"], "outline": outline }))
}

fn renaming(name: &str) -> area::Rename {
    read(json!({ "name": name }))
}

fn redrawing(outline: &Value) -> area::Redraw {
    read(json!({ "outline": outline }))
}

fn polygon(ring: &Value) -> Value {
    json!({ "type": "Polygon", "coordinates": [ring] })
}

/// R5
#[test]
fn an_area_is_drawn_once_with_or_without_an_outline() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", ELSEWHERE, drawing("Hamnen", &polygon(&json!(SQUARE))));
    then!(told, Event::Area(area::Event::Drawn { outline: Some(area::Outline::Polygon { .. }), .. }));
    let again = programme.when("coordinator", ELSEWHERE, drawing("Hamnen", &Value::Null));
    assert_eq!(again, Err(area::ALREADY_DRAWN));
}

/// R5
#[test]
fn two_areas_never_share_a_name() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", ELSEWHERE, drawing("Norr", &Value::Null));
    assert_eq!(told, Err(area::NAME_TAKEN));
    assert_eq!(programme.when("coordinator", CENTRUM, renaming("Norr")), Err(area::NAME_TAKEN));
}

/// R5
#[test]
fn an_area_is_renamed_and_its_name_falls_free() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", CENTRUM, renaming("Stadskärnan"));
    then!(told, Event::Area(area::Event::Renamed { .. }));
    then_nothing(&programme.when("coordinator", CENTRUM, renaming("Stadskärnan")));
    assert!(programme.when("coordinator", NORR, renaming("Centrum")).is_ok());
}

/// R14: what is mapped lies on the globe.
#[test]
fn an_outline_that_is_no_polygon_on_the_globe_is_refused() {
    let open_ring = json!([[17.1, 60.6], [17.2, 60.6], [17.2, 60.7], [17.1, 60.7]]);
    let three_points = json!([[17.1, 60.6], [17.2, 60.6], [17.1, 60.6]]);
    let swapped = json!([[60.6, 97.1], [60.6, 97.2], [60.7, 97.2], [60.6, 97.1]]);
    let one_number = json!([[17.1], [17.2], [17.2], [17.1]]);
    for ring in [open_ring, three_points, swapped, one_number] {
        let broken = polygon(&ring);
        let told = Programme::active().when("coordinator", ELSEWHERE, drawing("Hamnen", &broken));
        assert_eq!(told, Err(area::OUTLINE_BROKEN), "{broken}");
        let told = Programme::active().when("coordinator", CENTRUM, redrawing(&broken));
        assert_eq!(told, Err(area::OUTLINE_BROKEN), "{broken}");
    }
    let nothing = json!({ "type": "MultiPolygon", "coordinates": [] });
    let told = Programme::active().when("coordinator", CENTRUM, redrawing(&nothing));
    assert_eq!(told, Err(area::OUTLINE_BROKEN));
}

/// R5
#[test]
fn an_area_is_redrawn() {
    let mut programme = Programme::active();
    let two_parts = json!({ "type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]] });
    let told = programme.when("coordinator", CENTRUM, redrawing(&two_parts));
    then!(told, Event::Area(area::Event::Redrawn { outline: area::Outline::MultiPolygon { .. } }));
    then_nothing(&programme.when("coordinator", CENTRUM, redrawing(&two_parts)));
}

/// R27: the history of an area stays; its name is free for a new one.
#[test]
fn a_retired_area_is_left_as_it_was() {
    let mut programme = Programme::active();
    then!(programme.when("coordinator", CENTRUM, area::Retire {}), Event::Area(area::Event::Retired));
    assert_eq!(programme.when("coordinator", CENTRUM, area::Retire {}), Err(area::RETIRED));
    assert_eq!(programme.when("coordinator", CENTRUM, renaming("Torget")), Err(area::RETIRED));
    let told = programme.when("coordinator", CENTRUM, redrawing(&polygon(&json!(SQUARE))));
    assert_eq!(told, Err(area::RETIRED));
    let told = programme.when("coordinator", CENTRUM, drawing("Centrum", &Value::Null));
    assert_eq!(told, Err(area::ALREADY_DRAWN));
    assert!(programme.when("coordinator", ELSEWHERE, drawing("Centrum", &Value::Null)).is_ok());
}

/// R5
#[test]
fn nothing_happens_to_an_area_that_was_never_drawn() {
    let mut programme = Programme::active();
    assert_eq!(programme.when("coordinator", ELSEWHERE, area::Retire {}), Err(area::NOT_DRAWN));
    assert_eq!(programme.when("coordinator", ELSEWHERE, renaming("Hamnen")), Err(area::NOT_DRAWN));
}

/// R2
#[test]
fn an_informant_draws_no_areas() {
    let told = Programme::active().when("caretaker", ELSEWHERE, drawing("Hamnen", &Value::Null));
    assert_eq!(told, Err(FUNCTION_MISSING));
}
