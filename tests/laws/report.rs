//! The weekly report: awaited, reminded of, given, amended, withdrawn; calm is as important as what was seen.

use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::permission::FUNCTION_MISSING;
use est::{Event, UnitId, area, cycle, item, report};
use serde_json::{Value, json};

fn calm(unit: UnitId) -> report::Submit {
    read(json!({ "unit": unit, "calm": true, "fillSeconds": 20 }))
}

fn seen(unit: UnitId, said: &Value) -> report::Submit {
    read(with(json!({ "unit": unit }), said))
}

fn graffiti() -> Value {
    json!({ "items": [{ "indicator": "vandalism", "subtypes": ["graffiti"], "area": CENTRUM,
        "date": "2026-11-16", "timeBand": "evening", "description": "Klotter på gångtunneln." }] })
}

fn amending(report: report::Submit) -> report::Amend {
    report::Amend { reason: read("Vi hade missat en händelse.".into()), report }
}

fn withdrawing() -> report::Withdraw {
    read(json!({ "reason": "Rapporten gällde en annan enhet." }))
}

fn remind(hour: i16) -> report::Remind {
    read(json!({ "hour": hour }))
}

/// R53
#[test]
fn a_unit_reports_that_it_was_calm() {
    let told = Programme::in_week().when("caretaker", of(EAST), calm(EAST));
    then!(told, Event::Report(report::Event::CalmReported { organisation: HOUSING, late: false, .. }));
}

/// R47: one request for the whole week.
#[test]
fn a_unit_reports_what_it_has_seen_where_it_was_calm_and_what_is_still_there() {
    let programme = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening());
    let mut said = graffiti();
    said["calmAreas"] = json!([NORR]);
    said["stillThere"] = json!([GRAFFITI]);
    let told = programme.clone().when("caretaker", of(EAST), seen(EAST, &said));
    then!(told, Event::Report(report::Event::Submitted { items, calm_areas, still_there, .. })
        if (items.len(), calm_areas.as_slice(), still_there.as_slice()) == (1, &[NORR], &[GRAFFITI]));
}

/// R52: "still there" is a report.
#[test]
fn a_known_problem_is_reported_without_anything_new() {
    let mut programme = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening());
    let told = programme.when("caretaker", of(EAST), seen(EAST, &json!({ "stillThere": [GRAFFITI] })));
    then!(told, Event::Report(report::Event::Submitted { .. }));
}

/// R52
#[test]
fn a_problem_that_is_not_open_is_not_still_there() {
    let still_there = || seen(EAST, &json!({ "stillThere": [GRAFFITI] }));
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("caretaker", of(EAST), still_there()), Err(item::PROBLEM_UNKNOWN));
    let mut programme = programme.given("coordinator", GRAFFITI, crate::problem::opening()).given(
        "coordinator",
        GRAFFITI,
        crate::problem::closing(),
    );
    assert_eq!(programme.when("caretaker", of(EAST), still_there()), Err(item::PROBLEM_UNKNOWN));
}

/// R52: what is said of a problem while it was open may still be corrected when it has closed.
#[test]
fn a_report_keeps_the_problem_it_named() {
    let still_there = |reason: &Value| seen(EAST, &with(json!({ "stillThere": [GRAFFITI] }), reason));
    let mut programme = Programme::in_week()
        .given("coordinator", GRAFFITI, crate::problem::opening())
        .given("caretaker", of(EAST), still_there(&json!({})))
        .given("coordinator", GRAFFITI, crate::problem::closing());
    let amended = amending(still_there(&json!({ "calmAreas": [NORR] })));
    assert!(programme.when("caretaker", of(EAST), amended).is_ok());
    let told =
        programme.when("caretaker", of(EAST), amending(still_there(&json!({ "calmAreas": [CENTRUM] }))));
    assert_eq!(told, Err(report::CALM_EXCLUDES));
    let told = programme.when("patrol", of(PATROL), seen(PATROL, &json!({ "stillThere": [GRAFFITI] })));
    assert_eq!(told, Err(item::PROBLEM_UNKNOWN), "it had not named it");
}

/// R53: what is said twice is said once.
#[test]
fn an_area_is_calm_once() {
    let told =
        Programme::in_week().when("caretaker", of(EAST), seen(EAST, &json!({ "calmAreas": [NORR, NORR] })));
    then!(told, Event::Report(report::Event::Submitted { calm_areas, .. }) if *calm_areas == [NORR]);
}

/// R53
#[test]
fn calm_excludes_everything_else_of_the_unit() {
    let mut said = graffiti();
    said["calm"] = json!(true);
    let all = [
        said,
        json!({ "calm": true, "calmAreas": [NORR] }),
        json!({ "calm": true, "stillThere": [GRAFFITI] }),
    ];
    for said in all {
        let told = Programme::in_week().when("caretaker", of(EAST), seen(EAST, &said));
        assert_eq!(told, Err(report::CALM_EXCLUDES), "{said}");
    }
}

/// R53
#[test]
fn an_area_is_not_calm_where_something_was_seen() {
    let mut said = graffiti();
    said["calmAreas"] = json!([NORR, CENTRUM]);
    let told = Programme::in_week().when("caretaker", of(EAST), seen(EAST, &said));
    assert_eq!(told, Err(report::CALM_EXCLUDES));
    said["calmAreas"] = json!([ELSEWHERE]);
    let told = Programme::in_week().when("caretaker", of(EAST), seen(EAST, &said));
    assert_eq!(told, Err(item::AREA_UNKNOWN));
}

/// R52, R53: a problem that is still there, or seen again, is no calm in its area.
#[test]
fn an_area_is_not_calm_while_its_problem_is_still_there() {
    let programme = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening());
    let told = |said| programme.clone().when("caretaker", of(EAST), seen(EAST, &said));
    let still_there = |calm| json!({ "stillThere": [GRAFFITI], "calmAreas": [calm] });
    assert_eq!(told(still_there(CENTRUM)), Err(report::CALM_EXCLUDES));
    assert!(told(still_there(NORR)).is_ok());
    let item = json!({ "indicator": "vandalism", "area": NORR, "date": "2026-11-16", "timeBand": "night",
        "problem": GRAFFITI });
    let seen_again = json!({ "items": [item], "calmAreas": [CENTRUM] });
    assert_eq!(told(seen_again), Err(report::CALM_EXCLUDES));
}

/// R53: silence is not calm.
#[test]
fn a_report_that_says_nothing_is_refused() {
    let told = Programme::in_week().when("caretaker", of(EAST), seen(EAST, &json!({})));
    assert_eq!(told, Err(report::NOTHING_SAID));
}

/// R28: late is better than never, also when the week is closed.
#[test]
fn a_closed_week_still_takes_a_report() {
    use cycle::Phase::{Analysis, Closed, Feedback, FollowUp, Interventions};
    let phases = [Analysis, Interventions, FollowUp, Feedback, Closed];
    let mut closed = phases.into_iter().fold(Programme::in_week(), |programme, phase| {
        programme.given("coordinator", week(), cycle::BeginPhase { phase })
    });
    let told = closed.when("caretaker", of(EAST), calm(EAST));
    then!(told, Event::Report(report::Event::CalmReported { .. }));
}

/// R28: late is better than not at all.
#[test]
fn a_report_after_the_deadline_is_marked_late() {
    let on_time = Programme::in_week().at("2026-11-19T07:00:00Z").when("caretaker", of(EAST), calm(EAST));
    then!(on_time, Event::Report(report::Event::CalmReported { late: false, .. }));
    let late = Programme::in_week().at("2026-11-19T07:00:01Z").when("caretaker", of(EAST), calm(EAST));
    then!(late, Event::Report(report::Event::CalmReported { late: true, .. }));
}

/// R48: one report for a unit and week.
#[test]
fn a_unit_reports_a_week_once() {
    let mut programme = Programme::in_week().given("caretaker", of(EAST), calm(EAST));
    let told = programme.when("caretaker", of(EAST), seen(EAST, &graffiti()));
    assert_eq!(told, Err(report::ALREADY_GIVEN));
    let after_amendment = amending(seen(EAST, &graffiti()));
    let mut programme = programme.given("caretaker", of(EAST), after_amendment);
    assert_eq!(programme.when("caretaker", of(EAST), calm(EAST)), Err(report::ALREADY_GIVEN));
}

/// R3
#[test]
fn a_week_is_reported_while_it_is_opened() {
    let told = Programme::active().when("caretaker", of(EAST), calm(EAST));
    assert_eq!(told, Err(cycle::NOT_OPENED));
    let skip = read::<cycle::Skip>(json!({ "reason": "Strömavbrott." }));
    let mut skipped = Programme::active().given("coordinator", week(), skip);
    assert_eq!(skipped.when("caretaker", of(EAST), calm(EAST)), Err(cycle::SKIPPED));
}

/// R114
#[test]
fn only_a_unit_that_is_awaited_reports() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("duty", of(NO_UNIT), calm(NO_UNIT)), Err(report::UNIT_UNKNOWN));
    assert_eq!(programme.when("caretaker", of(EAST), calm(WEST)), Err(report::UNIT_UNKNOWN), "two units");
    let before_its_time = report::Key { week: read("2026-W39".into()), unit: EAST };
    assert_eq!(programme.when("caretaker", before_its_time, calm(EAST)), Err(report::UNIT_UNKNOWN));
    assert_eq!(programme.when("coordinator", of(NO_UNIT), remind(0)), Err(report::UNIT_UNKNOWN));
}

/// R27: what was said first is not lost.
#[test]
fn a_report_is_amended_with_a_reason() {
    let mut programme = Programme::in_week().given("caretaker", of(EAST), calm(EAST));
    let told = programme.when("caretaker", of(EAST), amending(seen(EAST, &graffiti())));
    then!(told, Event::Report(report::Event::Amended { statement: report::Statement::Seen { .. }, .. }));
    let told = programme.when("caretaker", of(EAST), amending(calm(EAST)));
    then!(told, Event::Report(report::Event::Amended { statement: report::Statement::Calm, .. }));
}

/// R52: the problems that were spoken of and are no more are named, so that their weeks can be counted back.
#[test]
fn an_amendment_and_a_withdrawal_name_the_problems_they_drop() {
    let mut said = graffiti();
    said["stillThere"] = json!([GRAFFITI]);
    let programme = Programme::in_week().given("coordinator", GRAFFITI, crate::problem::opening()).given(
        "caretaker",
        of(EAST),
        seen(EAST, &said),
    );
    let told = programme.clone().when("caretaker", of(EAST), withdrawing());
    then!(told, Event::Report(report::Event::Withdrawn { dropped, .. }) if *dropped == [GRAFFITI]);
    let told = programme.clone().when("caretaker", of(EAST), amending(seen(EAST, &graffiti())));
    then!(told, Event::Report(report::Event::Amended { dropped, .. }) if *dropped == [GRAFFITI]);
    let told = programme.clone().when("caretaker", of(EAST), amending(seen(EAST, &said)));
    then!(told, Event::Report(report::Event::Amended { dropped, .. }) if dropped.is_empty());
}

/// R53: an amendment keeps what a report keeps.
#[test]
fn an_amendment_is_held_to_the_same_rules() {
    let mut programme = Programme::in_week().given("caretaker", of(EAST), calm(EAST));
    let told = programme.when("caretaker", of(EAST), amending(seen(EAST, &json!({}))));
    assert_eq!(told, Err(report::NOTHING_SAID));
    assert_eq!(programme.when("caretaker", of(EAST), amending(calm(WEST))), Err(report::UNIT_UNKNOWN));
}

/// R27: what was said of an area stands, though the area is retired; nothing new is said of it.
#[test]
fn an_amendment_names_the_areas_that_the_report_named() {
    let programme = Programme::in_week().given("caretaker", of(EAST), seen(EAST, &graffiti()));
    let mut retired = [CENTRUM, NORR]
        .into_iter()
        .fold(programme, |programme, area| programme.given("coordinator", area, area::Retire {}));
    let mut said = graffiti();
    said["items"][0]["count"] = json!(3);
    assert!(retired.when("caretaker", of(EAST), amending(seen(EAST, &said))).is_ok());
    said["calmAreas"] = json!([NORR]);
    let told = retired.when("caretaker", of(EAST), amending(seen(EAST, &said)));
    assert_eq!(told, Err(item::AREA_UNKNOWN));
}

/// R27
#[test]
fn a_withdrawn_report_is_awaited_again() {
    let mut programme = Programme::in_week().given("caretaker", of(EAST), calm(EAST));
    let told = programme.when("caretaker", of(EAST), withdrawing());
    then!(told, Event::Report(report::Event::Withdrawn { .. }));
    assert_eq!(programme.when("caretaker", of(EAST), withdrawing()), Err(report::NOT_GIVEN));
    assert!(programme.when("caretaker", of(EAST), seen(EAST, &graffiti())).is_ok());
}

/// R27
#[test]
fn what_was_not_given_is_neither_amended_nor_withdrawn() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("caretaker", of(EAST), amending(calm(EAST))), Err(report::NOT_GIVEN));
    assert_eq!(programme.when("caretaker", of(EAST), withdrawing()), Err(report::NOT_GIVEN));
}

/// R51: before, at and after the deadline; once at each moment.
#[test]
fn a_unit_is_reminded_once_at_each_moment() {
    let mut programme = Programme::in_week();
    let told = programme.when("duty", of(EAST), remind(-24));
    then!(told, Event::Report(report::Event::Reminded { organisation: HOUSING, .. }));
    assert_eq!(programme.when("duty", of(EAST), remind(-24)), Err(report::REMINDED_ALREADY));
    let by_default = read::<report::Remind>(json!({}));
    assert!(programme.when("coordinator", of(EAST), by_default).is_ok());
    assert_eq!(programme.when("coordinator", of(EAST), remind(0)), Err(report::REMINDED_ALREADY));
}

/// R51: at the hours of the week's method version, or at the deadline.
#[test]
fn a_unit_is_reminded_at_the_hours_of_the_method() {
    let told = Programme::in_week().when("duty", of(EAST), remind(9));
    assert_eq!(told, Err(report::NOT_A_REMINDER));
}

/// R51
#[test]
fn nobody_is_reminded_of_what_they_have_given_or_of_no_week() {
    let mut programme = Programme::in_week().given("caretaker", of(EAST), calm(EAST));
    assert_eq!(programme.when("duty", of(EAST), remind(0)), Err(report::ALREADY_GIVEN));
    assert_eq!(Programme::active().when("duty", of(EAST), remind(0)), Err(cycle::NOT_OPENED));
}

/// R2: the function of one unit reports for that unit; that of an organisation for all its units.
#[test]
fn an_informant_reports_for_their_own_unit_alone() {
    let mut programme = Programme::in_week();
    assert_eq!(programme.when("caretaker", of(WEST), calm(WEST)), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("caretaker", of(PATROL), calm(PATROL)), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("coordinator", of(EAST), calm(EAST)), Err(FUNCTION_MISSING));
    assert!(programme.when("patrol", of(PATROL), calm(PATROL)).is_ok());
}
