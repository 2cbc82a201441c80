//! A draft gathered anew: what came meanwhile gets its place, and nobody's words go.

use crate::cast::*;
use crate::given::{Programme, read, then, then_nothing};
use crate::prioritisation::{deciding, proposing};
use est::section::{Section, SectionName};
use est::{AreaId, Event, UnitId, picture, report};
use serde_json::json;

fn renewing(priorities: &[AreaId]) -> picture::Renew {
    read(json!({ "priorities": priorities }))
}

fn seen(unit: UnitId, area: AreaId) -> report::Submit {
    let item = json!({ "indicator": "vandalism", "area": area, "date": "2026-11-16", "timeBand": "evening" });
    read(json!({ "unit": unit, "items": [item] }))
}

fn draft(programme: &Programme) -> picture::Edition {
    match programme.state::<picture::State>(&week()) {
        picture::State::Draft(edition) => edition,
        picture::State::Undrafted | picture::State::Adopted(_) => picture::Edition::default(),
    }
}

/// The rows of the other areas, and whether each has words.
fn rows(edition: &picture::Edition) -> Vec<(AreaId, bool)> {
    match edition.sections.get(&SectionName::OtherAreas) {
        Some((_, Section::OtherAreas { areas })) => {
            areas.iter().map(|row| (row.area, row.text.is_some())).collect()
        }
        _ => Vec::new(),
    }
}

fn edits(edition: &picture::Edition) -> u32 {
    edition.sections.get(&SectionName::OtherAreas).map_or(0, |(edits, _)| *edits)
}

/// R27, R100: who reports after the draft was begun is not told to be missing.
#[test]
fn what_was_reported_meanwhile_is_in_the_basis() {
    let mut programme = Programme::drafted();
    let before = draft(&programme).basis;
    programme = programme.given("caretaker", of(EAST), seen(EAST, VASTER));
    let told = programme.when("coordinator", week(), renewing(&[]));
    then!(told, Event::Picture(picture::Event::Renewed { .. }));
    let after = draft(&programme);
    assert_eq!((after.basis.missing, after.basis.reported), (before.missing - 1, before.reported + 1));
    assert_eq!(rows(&after), [(VASTER, false)]);
    assert_eq!(edits(&after), 1, "whoever is writing there is told");
    then_nothing(&programme.when("coordinator", week(), renewing(&[])));
}

/// R96: two coordinators' words are never lost to a third who renews.
#[test]
fn what_has_been_written_stays_and_what_is_new_stands_beside_it() {
    let written = json!({ "kind": "other_areas", "areas": [{ "area": VASTER, "text": "Lugnare." }] });
    let programme = Programme::drafted()
        .given("coordinator", week(), edit("other-areas", 0, &written))
        .given("caretaker", of(EAST), seen(EAST, SODER))
        .given("coordinator", week(), renewing(&[VASTER, CENTRUM, NORR]));
    assert_eq!(rows(&draft(&programme)), [(VASTER, true), (SODER, false)]);
    assert_eq!(edits(&draft(&programme)), 2);
}

/// R95: the words of a block go with their area.
#[test]
fn a_block_follows_its_area() {
    let block = json!({ "kind": "priority", "situation": "Klotter.", "interventions": [] });
    let programme = Programme::drafted();
    let first = draft(&programme).priorities;
    let moved = [first[1], VASTER, first[0]];
    let programme = programme.given("coordinator", week(), edit("priority-1", 0, &block)).given(
        "coordinator",
        week(),
        renewing(&moved),
    );
    let edition = draft(&programme);
    assert_eq!(edition.priorities, moved);
    let written =
        |slot| edition.sections.get(&SectionName::Priority(slot)).is_some_and(|(edits, _)| *edits > 0);
    assert_eq!([1, 2, 3].map(written), [false, false, true]);
}

/// R95, R96: what was written of an area that is prioritised no more stands among the other areas, and once.
#[test]
fn the_words_of_a_block_that_goes_stand_among_the_other_areas() {
    let block = json!({ "kind": "priority", "situation": "Klotter.", "interventions": ["Rondering."] });
    let mut programme = Programme::drafted().given("coordinator", week(), edit("priority-1", 0, &block));
    let first = draft(&programme).priorities;
    let others = [VASTER, first[1], first[2]];
    programme = programme.given("coordinator", week(), renewing(&others));
    let words = |programme: &Programme| {
        rows(&draft(programme)).iter().filter(|row| **row == (first[0], true)).count()
    };
    assert_eq!(words(&programme), 2);
    then_nothing(&programme.when("coordinator", week(), renewing(&others)));
    programme = programme.given("coordinator", week(), renewing(&first));
    assert_eq!(words(&programme), 2, "they stay where they are when the area comes back");
}

#[test]
fn only_a_draft_is_renewed() {
    let told = Programme::in_week().when("coordinator", week(), renewing(&[]));
    assert_eq!(told, Err(picture::NO_DRAFT));
    let told = Programme::adopted().when("coordinator", week(), renewing(&[]));
    assert_eq!(told, Err(picture::ALREADY_ADOPTED));
    let told = Programme::drafted().when("coordinator", week(), renewing(&[CENTRUM]));
    assert_eq!(told, Err(picture::PRIORITIES_MISCOUNTED));
}

/// R95, R104: a picture is not adopted with blocks that the steering group has put others in the place of.
#[test]
fn a_picture_of_other_areas_than_those_decided_is_renewed_first() {
    let adopting = || read::<picture::Adopt>(json!({ "attended": [] }));
    let mut programme = Programme::written()
        .given("coordinator", quarter(), proposing(&[CENTRUM, NORR, VASTER], &[SODER]))
        .given("steering", quarter(), deciding());
    let told = programme.when("coordinator", week(), adopting());
    assert_eq!(told, Err(picture::PRIORITIES_CHANGED));
    programme = programme.given("coordinator", week(), renewing(&[]));
    assert_eq!(draft(&programme).priorities, [CENTRUM, NORR, VASTER]);
    let told = programme.when("coordinator", week(), adopting());
    assert_eq!(told, Err(picture::SITUATION_MISSING), "the new area's block is not written");
}
