//! The weekly picture: drafted from the reports, written by several, adopted, distributed, acknowledged,
//! corrected.

use crate::cast::*;
use crate::given::{Programme, read, then, then_nothing};
use est::permission::FUNCTION_MISSING;
use est::{Event, area, cycle, distribution, picture};
use serde_json::{Value, json};

fn adopting() -> picture::Adopt {
    read(json!({ "attended": [MUNICIPALITY, POLICE] }))
}

fn correcting() -> picture::Correct {
    read(json!({ "reason": "Fel område angavs för branden." }))
}

fn acknowledging() -> picture::Acknowledge {
    picture::Acknowledge { entry: HOUSING_ENTRY }
}

fn overall() -> Value {
    json!({ "kind": "overall_situation", "text": "Lugnt, men mer klotter än vanligt." })
}

fn distributed() -> Programme {
    Programme::adopted().given("coordinator", week(), picture::Distribute {})
}

/// R85, R95
#[test]
fn a_picture_is_drafted_once_a_week_with_the_prioritised_areas() {
    let mut programme = Programme::in_week();
    let told = programme.when("coordinator", week(), drafting(&[SODER, NORR, CENTRUM]));
    then!(told, Event::Picture(picture::Event::Drafted { priorities, .. })
        if *priorities == [SODER, NORR, CENTRUM]);
    let again = programme.when("coordinator", week(), drafting(&[SODER, NORR, CENTRUM]));
    assert_eq!(again, Err(picture::ALREADY_DRAFTED));
    let adopted = Programme::adopted().when("coordinator", week(), drafting(&[SODER, NORR, CENTRUM]));
    assert_eq!(adopted, Err(picture::ALREADY_DRAFTED));
}

/// R102: three different areas in the handbook.
#[test]
fn the_number_of_priorities_is_that_of_the_method() {
    let all = [vec![], vec![CENTRUM, NORR], vec![CENTRUM, NORR, NORR], vec![CENTRUM, NORR, SODER, VASTER]];
    for priorities in all {
        let told = Programme::in_week().when("coordinator", week(), drafting(&priorities));
        assert_eq!(told, Err(picture::PRIORITIES_MISCOUNTED), "{priorities:?}");
    }
}

/// R95
#[test]
fn a_prioritised_area_is_drawn() {
    let mut programme = Programme::in_week().given("coordinator", SODER, area::Retire {});
    let told = programme.when("coordinator", week(), drafting(&[CENTRUM, NORR, SODER]));
    assert_eq!(told, Err(picture::AREA_UNKNOWN));
}

/// R3
#[test]
fn a_picture_belongs_to_an_opened_week() {
    let told = Programme::active().when("coordinator", week(), drafting(&[CENTRUM, NORR, SODER]));
    assert_eq!(told, Err(cycle::NOT_OPENED));
}

/// R91-R98
#[test]
fn each_section_of_the_template_is_written() {
    let mut programme = Programme::drafted();
    let out = json!({ "organisation": POLICE, "area": NORR, "from": "2026-11-20T18:00:00Z",
        "until": "2026-11-21T02:00:00Z", "worksAgainst": "Vårdslös körning." });
    let market =
        json!({ "name": "Marknad", "area": NORR, "firstDay": "2026-11-21", "lastDay": "2026-11-21" });
    let block = json!({ "kind": "priority", "situation": "Klotter.", "interventions": ["Belysning lagas."] });
    let all = [
        (
            "important-information",
            0,
            json!({ "kind": "important_information", "entries": ["Lov på måndag."] }),
        ),
        ("weekend-weather", 0, json!({ "kind": "weekend_weather", "text": "Regn." })),
        ("overall-situation", 0, overall()),
        ("priority-3", 0, block),
        ("other-areas", 0, json!({ "kind": "other_areas", "areas": [{ "area": VASTER, "text": "Lugnt." }] })),
        ("public-events", 0, json!({ "kind": "public_events", "events": [market] })),
        ("field-deployments", 0, json!({ "kind": "field_deployments", "deployments": [out] })),
    ];
    for (section, edits, content) in all {
        let told = programme.when("coordinator", week(), edit(section, edits, &content));
        then!(told, Event::Picture(picture::Event::SectionEdited { section: edited, .. })
            if edited.to_string() == section);
    }
}

/// R95
#[test]
fn a_section_says_what_belongs_in_it() {
    let mut programme = Programme::drafted();
    let told = programme.when("coordinator", week(), edit("weekend-weather", 0, &overall()));
    assert_eq!(told, Err(picture::SECTION_MISPLACED));
    let block = json!({ "kind": "priority", "situation": "Klotter.", "interventions": [] });
    let told = programme.when("coordinator", week(), edit("priority-4", 0, &block));
    assert_eq!(told, Err(picture::SECTION_MISPLACED), "there are three prioritised areas");
}

/// R96-R98
#[test]
fn a_section_names_what_exists_and_times_that_run_forward() {
    let broken_area = json!({ "kind": "other_areas", "areas": [{ "area": ELSEWHERE, "text": "Lugnt." }] });
    let market = json!({ "name": "Marknad", "firstDay": "2026-11-21", "lastDay": "2026-11-20" });
    let broken_days = json!({ "kind": "public_events", "events": [market] });
    let out = |organisation, until| {
        let deployment = json!({ "area": NORR, "organisation": organisation, "from": "2026-11-20T18:00:00Z",
            "until": until, "worksAgainst": "Oro." });
        json!({ "kind": "field_deployments", "deployments": [deployment] })
    };
    let broken_hours = out(POLICE, "2026-11-20T18:00:00Z");
    let broken_organisation = out(NOBODY, "2026-11-20T19:00:00Z");
    let all = [
        ("other-areas", broken_area),
        ("public-events", broken_days),
        ("field-deployments", broken_hours),
        ("field-deployments", broken_organisation),
    ];
    for (section, content) in all {
        let told = Programme::drafted().when("coordinator", week(), edit(section, 0, &content));
        assert_eq!(told, Err(picture::SECTION_BROKEN), "{content}");
    }
}

/// R85: several write at the same time, and nobody's text is lost.
#[test]
fn a_section_is_not_written_over_unread() {
    let mut programme =
        Programme::drafted().given("coordinator", week(), edit("overall-situation", 0, &overall()));
    let told = programme.when("coordinator", week(), edit("overall-situation", 0, &overall()));
    assert_eq!(told, Err(picture::SECTION_STALE));
    assert!(programme.when("coordinator", week(), edit("overall-situation", 1, &overall())).is_ok());
}

/// R94, R95
#[test]
fn a_picture_is_adopted_with_its_situations_written() {
    let told = Programme::drafted().when("coordinator", week(), adopting());
    assert_eq!(told, Err(picture::SITUATION_MISSING));
    let mut one_written =
        Programme::drafted().given("coordinator", week(), edit("overall-situation", 0, &overall()));
    assert_eq!(one_written.when("coordinator", week(), adopting()), Err(picture::SITUATION_MISSING));
    let told = Programme::written().when("coordinator", week(), adopting());
    then!(told, Event::Picture(picture::Event::Adopted { edition: 1, attended }) if attended.len() == 2);
}

/// R90: who took part is known.
#[test]
fn only_an_organisation_of_the_programme_has_attended() {
    let with_nobody = read::<picture::Adopt>(json!({ "attended": [POLICE, NOBODY] }));
    let told = Programme::written().when("coordinator", week(), with_nobody);
    assert_eq!(told, Err(picture::ATTENDANT_UNKNOWN));
}

/// R138: an adopted picture is a public record.
#[test]
fn an_adopted_picture_is_neither_adopted_nor_edited_again() {
    let mut programme = Programme::adopted();
    assert_eq!(programme.when("coordinator", week(), adopting()), Err(picture::ALREADY_ADOPTED));
    let told = programme.when("coordinator", week(), edit("overall-situation", 1, &overall()));
    assert_eq!(told, Err(picture::ALREADY_ADOPTED));
}

/// R85
#[test]
fn without_a_draft_there_is_nothing_to_edit_or_adopt() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("coordinator", week(), adopting()), Err(picture::NO_DRAFT));
    let told = programme.when("coordinator", week(), edit("overall-situation", 0, &overall()));
    assert_eq!(told, Err(picture::NO_DRAFT));
}

/// R85-R87, R128: each recipient is sent why they have it and how it may be used.
#[test]
fn an_adopted_picture_is_distributed_once_to_everyone_on_the_list() {
    let mut programme = Programme::adopted();
    let told = programme.when("coordinator", week(), picture::Distribute {});
    then!(told, Event::Picture(picture::Event::Distributed { edition: 1, deliveries })
        if deliveries.iter().map(|delivery| delivery.entry).eq([HOUSING_ENTRY]));
    assert_eq!(programme.when("duty", week(), picture::Distribute {}), Err(picture::ALREADY_DISTRIBUTED));
}

/// R85
#[test]
fn a_picture_is_never_distributed_before_it_is_adopted() {
    let distribute = || picture::Distribute {};
    assert_eq!(Programme::in_week().when("coordinator", week(), distribute()), Err(picture::NOT_ADOPTED));
    assert_eq!(Programme::written().when("coordinator", week(), distribute()), Err(picture::NOT_ADOPTED));
}

/// R87
#[test]
fn without_recipients_nothing_is_distributed() {
    let strike = distribution::StrikeRecipient { entry: HOUSING_ENTRY };
    let mut programme = Programme::adopted().given("coordinator", distribution::List, strike);
    assert_eq!(programme.when("coordinator", week(), picture::Distribute {}), Err(picture::NO_RECIPIENTS));
}

/// R128
#[test]
fn a_recipient_acknowledges_what_they_received_and_its_use_notice() {
    assert_eq!(Programme::active().when("duty", week(), acknowledging()), Err(picture::NOT_DELIVERED));
    assert_eq!(Programme::adopted().when("leader", week(), acknowledging()), Err(picture::NOT_DELIVERED));
    let mut programme = distributed();
    let told = programme.when("leader", week(), acknowledging());
    then!(told, Event::Picture(picture::Event::Acknowledged { edition: 1, entry: HOUSING_ENTRY }));
    then_nothing(&programme.when("caretaker", week(), acknowledging()));
    assert_eq!(programme.when("patrol", week(), acknowledging()), Err(FUNCTION_MISSING), "it was not theirs");
}

/// R128: what was sent stays sent, also to one who receives nothing more.
#[test]
fn a_struck_recipient_acknowledges_what_was_sent() {
    let strike = distribution::StrikeRecipient { entry: HOUSING_ENTRY };
    let mut programme = distributed().given("coordinator", distribution::List, strike);
    assert_eq!(programme.when("patrol", week(), acknowledging()), Err(FUNCTION_MISSING), "it was not theirs");
    let told = programme.when("leader", week(), acknowledging());
    then!(told, Event::Picture(picture::Event::Acknowledged { edition: 1, entry: HOUSING_ENTRY }));
}

/// R138: what was adopted stays; a correction is a new edition, adopted and distributed like the first.
#[test]
fn a_correction_is_a_new_edition() {
    let mut programme = distributed();
    let told = programme.when("coordinator", week(), correcting());
    then!(told, Event::Picture(picture::Event::CorrectionBegun { edition: 2, .. }));
    assert_eq!(programme.when("coordinator", week(), correcting()), Err(picture::NOT_ADOPTED));
    assert_eq!(programme.when("coordinator", week(), picture::Distribute {}), Err(picture::NOT_ADOPTED));
    let told = programme.when("coordinator", week(), adopting());
    then!(told, Event::Picture(picture::Event::Adopted { edition: 2, .. }));
    let told = programme.when("coordinator", week(), picture::Distribute {});
    then!(told, Event::Picture(picture::Event::Distributed { edition: 2, .. }));
    let told = programme.when("leader", week(), acknowledging());
    then!(told, Event::Picture(picture::Event::Acknowledged { edition: 2, .. }));
}

/// R2
#[test]
fn a_hub_does_not_adopt_the_joint_picture() {
    assert_eq!(Programme::written().when("hub", week(), adopting()), Err(FUNCTION_MISSING));
}

/// R95: the blocks are those of the areas that the steering group has decided on.
#[test]
fn the_decided_priorities_are_those_of_the_picture() {
    let mut programme = Programme::prioritised();
    let told = programme.when("coordinator", week(), drafting(&[CENTRUM, NORR, VASTER]));
    assert_eq!(told, Err(picture::PRIORITIES_DIFFER));
    let told = programme.when("coordinator", week(), drafting(&[]));
    let Ok([Event::Picture(picture::Event::Drafted { priorities, .. })]) = told.as_deref() else {
        panic!("told instead: {told:?}")
    };
    assert_eq!(priorities, &[CENTRUM, NORR, SODER]);
}
