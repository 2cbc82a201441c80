//! What a new policy finds in stored texts is queued once, handled once, and touches no text.

use crate::given::{Programme, read, texts, then, then_nothing};
use est::permission::FUNCTION_MISSING;
use est::rescreening::{self, Action, Finding, Handle, Outcome, Queue};
use est::text::{Erase, Place, Rest, Span, StruckClass};
use est::{Event, FreeText, OrganisationId};
use serde_json::json;
use uuid::Uuid;

const TEXT: Uuid = Uuid::from_u128(0x7E);

fn finding(start: u32) -> Finding {
    Finding { start, end: start + 5, class: "phone".to_owned(), action: Action::Refuse }
}

fn queuing(policy: u32, starts: &[u32]) -> Queue {
    let findings = starts.iter().map(|start| finding(*start)).collect();
    Queue { read: TEXT, stands_in: "report/2026-W47/x".to_owned(), policy, findings }
}

fn handling(owner: Option<OrganisationId>) -> Handle {
    Handle { outcome: Outcome::Justified, owner }
}

/// R131: running it again changes nothing, before and after somebody has handled it.
#[test]
fn what_is_found_is_queued_once() {
    let mut programme = Programme::active();
    then_nothing(&programme.when("duty", TEXT, queuing(2, &[])));
    let told = programme.when("duty", TEXT, queuing(2, &[4]));
    then!(told, Event::Rescreening(rescreening::Event::Found { policy: 2, .. }));
    then_nothing(&programme.when("duty", TEXT, queuing(2, &[4])));
    let told = programme.when("coordinator", TEXT, handling(None));
    then!(told, Event::Rescreening(rescreening::Event::Handled { outcome: Outcome::Justified }));
    then_nothing(&programme.when("duty", TEXT, queuing(3, &[4])));
    let told = programme.when("duty", TEXT, queuing(3, &[4, 20]));
    then!(told, Event::Rescreening(rescreening::Event::Found { findings, .. }) if *findings == [finding(20)]);
}

/// R131
#[test]
fn what_does_not_wait_is_not_handled() {
    let mut programme = Programme::active();
    let told = programme.when("coordinator", TEXT, handling(None));
    assert_eq!(told, Err(rescreening::NOTHING_QUEUED));
    let mut programme =
        programme.given("duty", TEXT, queuing(2, &[4])).given("coordinator", TEXT, handling(None));
    let told = programme.when("coordinator", TEXT, handling(None));
    assert_eq!(told, Err(rescreening::NOTHING_QUEUED));
}

/// R89: what stands in an addendum is its owner's to handle.
#[test]
fn a_hub_handles_what_stands_in_its_own_addendum_alone() {
    use crate::cast::{MUNICIPALITY, POLICE};
    let own =
        |organisation| Queue { stands_in: format!("addendum/2026-W47/{organisation}"), ..queuing(2, &[4]) };
    let mut programme = Programme::active().given("duty", TEXT, own(MUNICIPALITY));
    assert_eq!(programme.when("hub", TEXT, handling(None)), Err(FUNCTION_MISSING));
    assert_eq!(programme.when("hub", TEXT, handling(Some(POLICE))), Err(FUNCTION_MISSING));
    let told = programme.when("coordinator", TEXT, handling(None));
    assert_eq!(told, Err(rescreening::NOTHING_QUEUED), "not as if it were everybody's");
    assert!(programme.when("hub", TEXT, handling(Some(MUNICIPALITY))).is_ok());
}

/// R131: what has been found before is known where it stands after parts of the text were struck, whichever of the two
/// was read.
#[test]
fn what_was_found_before_a_text_was_struck_in_is_not_queued_anew() {
    let mut programme = Programme::written();
    let (text, place) = last(&programme);
    let found = |read: Uuid, starts: &[u32]| Queue { read, ..queuing(2, starts) };
    programme =
        programme.given("duty", text, found(text, &[1, 20])).given("coordinator", text, handling(None));
    let span = Span { start: 0, end: 4, class: StruckClass::PersonName };
    let rest = Rest { of: text, text: read::<FreeText>("[struket: namn] än förra veckan.".into()) };
    let erase = Erase {
        ground: read(json!({ "kind": "draft" })),
        spans: vec![span],
        place: Some(place),
        rest: Some(rest.clone()),
    };
    programme = programme.given("coordinator", text, erase);
    let left = rest.text.id();
    then_nothing(&programme.when("duty", text, found(left, &[31])));
    then_nothing(&programme.when("duty", text, found(text, &[1, 20])));
    let told = programme.when("duty", text, found(left, &[1, 31]));
    then!(told, Event::Rescreening(rescreening::Event::Found { findings, left: Some(id), .. })
        if *findings == [finding(1)] && *id == left);
    then_nothing(&programme.when("duty", text, found(left, &[1])));
}

/// The last text of the picture.
fn last(programme: &Programme) -> (Uuid, Place) {
    let mut all =
        programme.log().iter().flat_map(texts).filter(|(_, place)| place.stream.starts_with("picture"));
    all.next_back().unwrap_or_else(|| unreachable!("there is a text"))
}
