//! What a new policy finds in stored texts is queued once, handled once, and touches no text.

use crate::given::{Programme, then, then_nothing};
use est::permission::FUNCTION_MISSING;
use est::rescreening::{self, Action, Finding, Handle, Outcome, Queue};
use est::{Event, OrganisationId};
use uuid::Uuid;

const TEXT: Uuid = Uuid::from_u128(0x7E);

fn finding(start: u32) -> Finding {
    Finding { start, end: start + 5, class: "phone".to_owned(), action: Action::Refuse }
}

fn queuing(policy: u32, starts: &[u32]) -> Queue {
    let findings = starts.iter().map(|start| finding(*start)).collect();
    Queue { stands_in: "report/2026-W47/x".to_owned(), policy, findings }
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
