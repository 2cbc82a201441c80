//! The programme: opened by the operator, prepared by its founder, activated when the checklist is met.

use crate::cast::*;
use crate::given::{Programme, read, then, then_nothing, try_read, with};
use est::checklist::checklist;
use est::permission::{FUNCTION_MISSING, NO_SUCH_PROGRAMME};
use est::programme::{self, Itself};
use est::{Event, area, function, picture};
use serde_json::{Value, json};

fn method(settings: &Value) -> programme::AdoptMethod {
    read(with(serde_json::to_value(est::method::Method::default()).unwrap_or_default(), settings))
}

/// R5
#[test]
fn the_operator_opens_a_programme_once() {
    let mut programme = Programme::unopened();
    let told = programme.when("operator", Itself, opening());
    then!(told, Event::Programme(programme::Event::Opened { scope: programme::Scope::Municipality, .. }));
    assert_eq!(programme.when("operator", Itself, opening()), Err(programme::ALREADY_OPENED));
}

/// R2
#[test]
fn nobody_but_the_operator_opens_a_programme() {
    assert_eq!(Programme::unopened().when("founder", Itself, opening()), Err(NO_SUCH_PROGRAMME));
    assert_eq!(Programme::active().when("coordinator", Itself, opening()), Err(FUNCTION_MISSING));
}

/// R2: opening is all that an operator may.
#[test]
fn the_operator_is_a_stranger_to_what_it_opened() {
    let told = Programme::opened().when("operator", Itself, meetings());
    assert_eq!(told, Err(NO_SUCH_PROGRAMME));
}

/// R5
#[test]
fn nothing_is_settled_of_a_programme_that_is_not_opened() {
    let none = || Programme::unopened();
    assert_eq!(none().when("duty", Itself, method(&json!({}))), Err(programme::NOT_OPENED));
    assert_eq!(none().when("duty", Itself, meetings()), Err(programme::NOT_OPENED));
    assert_eq!(none().when("duty", Itself, entrusting()), Err(programme::NOT_OPENED));
    assert_eq!(none().when("duty", Itself, reviewing(POLICE)), Err(programme::NOT_OPENED));
    assert_eq!(none().when("duty", Itself, programme::Activate {}), Err(programme::NOT_OPENED));
}

/// R4
#[test]
fn a_method_version_is_adopted_as_a_whole_and_once() {
    let mut programme = Programme::opened();
    let four = method(&json!({ "version": "Exempelstad 2027", "priorities": 4 }));
    let told = programme.when("founder", Itself, four.clone());
    then!(told, Event::Programme(programme::Event::MethodAdopted { .. }));
    assert_eq!(programme.facts().method().priorities, 4);
    then_nothing(&programme.when("founder", Itself, four));
}

/// R4: a name means the same settings for ever, for the weeks that were opened under it.
#[test]
fn a_method_version_keeps_its_name_to_itself() {
    let two = || method(&json!({ "version": "Exempelstad 2027", "priorities": 2 }));
    let mut programme = Programme::in_week();
    let told = programme.when("coordinator", Itself, method(&json!({ "priorities": 2 })));
    assert_eq!(told, Err(programme::METHOD_VERSION_TAKEN), "that is what the version in force is called");
    let mut programme = programme.given("coordinator", Itself, two());
    let other = method(&json!({ "version": "Exempelstad 2027", "priorities": 4 }));
    assert_eq!(programme.when("coordinator", Itself, other), Err(programme::METHOD_VERSION_TAKEN));
    let handbook = programme.when("coordinator", Itself, method(&json!({})));
    then!(handbook, Event::Programme(programme::Event::MethodAdopted { .. }));
    assert!(programme.when("coordinator", Itself, two()).is_ok(), "one may go back to what one had");
}

/// R4: earlier weeks keep the method that they were opened under.
#[test]
fn an_opened_week_keeps_its_method_version() {
    let two = method(&json!({ "version": "Exempelstad 2027", "priorities": 2 }));
    let mut programme = Programme::in_week().given("coordinator", Itself, two).given(
        "coordinator",
        week().plus(1),
        est::cycle::Open {},
    );
    let both = drafting(&[CENTRUM, NORR]);
    assert_eq!(programme.when("coordinator", week(), both.clone()), Err(picture::PRIORITIES_MISCOUNTED));
    assert!(programme.when("coordinator", week(), drafting(&[CENTRUM, NORR, SODER])).is_ok());
    assert!(programme.when("coordinator", week().plus(1), both).is_ok());
}

/// R4, R5: counts, cadence, times and zone are the programme's own, but one must be able to work by them.
#[test]
fn a_method_that_cannot_be_worked_by_is_refused() {
    let eleven_reminders: Vec<i16> = (0..11).collect();
    let broken = [
        json!({ "priorities": 0 }),
        json!({ "priorities": 11 }),
        json!({ "cadenceWeeks": 0 }),
        json!({ "cadenceWeeks": 9 }),
        json!({ "holdersPerFunction": 0 }),
        json!({ "timeZone": "Mars/Olympus" }),
        json!({ "reminders": [169] }),
        json!({ "reminders": eleven_reminders }),
        json!({ "reportingDeadline": { "weekday": 8, "time": "08:00:00" } }),
        json!({ "weeklyReview": { "weekday": 0, "time": "08:00:00" } }),
    ];
    for setting in broken {
        let told = Programme::opened().when("founder", Itself, method(&setting));
        assert_eq!(told, Err(programme::METHOD_UNWORKABLE), "{setting}");
    }
    let open = programme::Open { method: method(&json!({ "priorities": 0 })).0, ..opening() };
    assert_eq!(Programme::unopened().when("operator", Itself, open), Err(programme::METHOD_UNWORKABLE));
}

/// R120
#[test]
fn the_organisations_of_each_meeting_are_decided() {
    let mut programme = Programme::settled();
    let told = programme.when("founder", Itself, meetings());
    then!(told, Event::Programme(programme::Event::MeetingsDecided { .. }));
    then_nothing(&programme.when("founder", Itself, meetings()));
    let with_nobody = json!({ "weekly": [POLICE], "quarterly": [POLICE], "annual": [POLICE, NOBODY] });
    let told = programme.when("founder", Itself, read::<programme::DecideMeetings>(with_nobody));
    assert_eq!(told, Err(programme::ORGANISATION_UNKNOWN));
}

/// R120
#[test]
fn the_form_is_entrusted_to_a_function_of_the_programme() {
    let mut programme = Programme::settled();
    let told = programme.when("founder", Itself, entrusting());
    then!(told, Event::Programme(programme::Event::FormEntrusted { function: COORDINATION }));
    then_nothing(&programme.when("founder", Itself, entrusting()));
    let told = programme.when("founder", Itself, programme::EntrustForm { function: NO_FUNCTION });
    assert_eq!(told, Err(programme::FUNCTION_UNKNOWN));
}

/// R130
#[test]
fn a_legal_review_is_recorded_for_an_organisation_that_takes_part() {
    let mut programme = Programme::settled();
    let told = programme.when("founder", Itself, reviewing(POLICE));
    then!(told, Event::Programme(programme::Event::LegalReviewRecorded { organisation: POLICE, .. }));
    then_nothing(&programme.when("founder", Itself, reviewing(POLICE)));
    let told = programme.when("founder", Itself, reviewing(NOBODY));
    assert_eq!(told, Err(programme::ORGANISATION_UNKNOWN));
}

/// R131
#[test]
fn the_guards_lists_are_settled_as_a_whole_and_once() {
    let mut programme = Programme::opened();
    let lists = || listing(&["010-123 45 00"], &["Oskarsparken", "Karl Johans torg"]);
    then!(programme.when("founder", Itself, lists()), Event::Programme(programme::Event::GuardListsSet(_)));
    then_nothing(&programme.when("founder", Itself, lists()));
    then!(
        programme.when("founder", Itself, listing(&[], &[])),
        Event::Programme(programme::Event::GuardListsSet(lists)) if lists.numbers.is_empty()
    );
    let told = Programme::unopened().when("duty", Itself, lists());
    assert_eq!(told, Err(programme::NOT_OPENED));
}

/// R131: what the switchboard is called by passes; what is not listed, or no more, does not.
#[test]
fn a_listed_number_passes_the_programmes_guard_and_no_other() {
    let said = "Ring växeln, 010-123 45 00.";
    let plain = Programme::active();
    assert!(plain.facts().guard().screen(said).is_refused());
    let listed = plain.given("coordinator", Itself, listing(&["+46 10 123 45 00"], &[]));
    assert!(listed.facts().guard().screen(said).is_clean(), "written in another way than in the list");
    assert!(listed.facts().guard().screen("Ring 010-123 45 01.").is_refused());
    let struck = listed.given("coordinator", Itself, listing(&[], &[]));
    assert!(struck.facts().guard().screen(said).is_refused());
}

/// R131: a mobile number may be a person's, and so may what is more than a number.
#[test]
fn only_a_published_swedish_number_may_be_listed() {
    let listed =
        |number: &str| try_read::<programme::SetGuardLists>(json!({ "numbers": [number], "places": [] }));
    for number in ["010-123 45 00", "+46 10 123 45 00", "08-123 456 00", "(0510) 77 00 00", "046-12 34 56"] {
        assert!(listed(number).is_ok(), "{number}");
    }
    for number in [
        "070-174 06 05",
        "+46 70 174 06 05",
        "+46 (0)70-174 06 05",
        "0046701740605",
        "900101-2385",
        "+47 21 00 00 00",
        "0771-11 22 33",
        "112",
        "växeln 010-123 45 00",
        "010-123 45 00 (Anna)",
        "010-123 45 00, 010-123 45 01",
        "",
    ] {
        assert!(listed(number).is_err(), "{number}");
    }
}

/// R19, R120, R130
#[test]
fn the_checklist_is_met_line_by_line() {
    let open = |programme: &Programme| -> Vec<&str> {
        let lines = checklist(programme.facts(), programme.now());
        lines.iter().filter(|check| !check.met).map(|check| check.item).collect()
    };
    assert_eq!(open(&Programme::opened()).len(), 10, "nothing is met by a programme that was just opened");
    let decisions = ["weeklyMeeting", "quarterlyMeeting", "annualMeeting", "form", "legalReview"];
    assert_eq!(open(&Programme::settled()), decisions);
    let decided = Programme::settled().given("founder", Itself, meetings());
    assert_eq!(open(&decided), ["form", "legalReview"]);
    let one_reviewed =
        decided.given("founder", Itself, entrusting()).given("founder", Itself, reviewing(POLICE));
    assert_eq!(open(&one_reviewed), ["legalReview"], "each organisation needs a review of its own");
    assert!(open(&Programme::prepared()).is_empty());
}

/// R120: who held a function but does so no more does not meet the checklist.
#[test]
fn a_programme_is_not_activated_with_a_coordinator_whose_time_has_ended() {
    let end = read::<function::EndHolder>(json!({ "subject": "coordinator" }));
    let ended = Programme::prepared().given("founder", COORDINATION, end);
    assert_eq!(
        ended.clone().when("founder", Itself, programme::Activate {}),
        Err(programme::CHECKLIST_UNMET)
    );
    let later = json!({ "subject": "second", "kind": "person", "from": "2026-12-01T00:00:00Z" });
    let mut awaited = ended.given("founder", COORDINATION, read::<function::AppointHolder>(later));
    assert_eq!(awaited.when("founder", Itself, programme::Activate {}), Err(programme::CHECKLIST_UNMET));
    assert!(awaited.at("2026-12-01T00:00:00Z").when("founder", Itself, programme::Activate {}).is_ok());
}

/// R120: the function that the form was entrusted to must still be there.
#[test]
fn a_programme_is_not_activated_with_its_form_in_nobodys_care() {
    let mut programme = Programme::prepared()
        .given("founder", NO_FUNCTION, establishing("coordinator", MUNICIPALITY, None))
        .given("founder", NO_FUNCTION, appointing("second"))
        .given("founder", COORDINATION, function::Discontinue {});
    assert_eq!(programme.when("founder", Itself, programme::Activate {}), Err(programme::CHECKLIST_UNMET));
    let entrust = programme::EntrustForm { function: NO_FUNCTION };
    let mut programme = programme.given("founder", Itself, entrust);
    assert!(programme.when("founder", Itself, programme::Activate {}).is_ok());
}

/// R120
#[test]
fn a_programme_is_activated_once_and_only_with_its_checklist_met() {
    let told = Programme::settled().when("founder", Itself, programme::Activate {});
    assert_eq!(told, Err(programme::CHECKLIST_UNMET));
    let mut programme = Programme::prepared();
    then!(
        programme.when("founder", Itself, programme::Activate {}),
        Event::Programme(programme::Event::Activated)
    );
    let again = programme.when("coordinator", Itself, programme::Activate {});
    assert_eq!(again, Err(programme::ALREADY_ACTIVE));
}

/// R2: responsibility lies with functions; the one who opened the programme holds none.
#[test]
fn the_founders_time_ends_with_activation() {
    let drawing = || read::<area::Draw>(json!({ "name": "Hamnen" }));
    assert!(Programme::prepared().when("founder", ELSEWHERE, drawing()).is_ok());
    assert_eq!(Programme::active().when("founder", ELSEWHERE, drawing()), Err(NO_SUCH_PROGRAMME));
}
