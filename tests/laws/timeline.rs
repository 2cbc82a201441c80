//! The outcome timeline: which areas may stand beside the intervention's own.

use crate::cast::*;
use crate::given::Programme;
use crate::intervention::disposing;
use est::indicator::Indicator;
use est::timeline::{Role, TimelineWeek, beside, weeks};
use serde_json::json;

/// R59: an area where something was at work against the same is nothing to compare with, in just those weeks.
#[test]
fn an_area_is_compared_with_only_while_nothing_was_at_work_there() {
    let programme = Programme::active_intervention();
    let compared = |programme: &Programme, weeks: &[TimelineWeek], indicator| {
        let beside = beside(programme.facts(), NORR, weeks, &[indicator]);
        beside.contains(&(CENTRUM, Role::Comparison))
    };
    let lasting = |first: i32, last: i32| weeks(Some(week().plus(first)), None, week().plus(last), (0, 0));
    let alike = Indicator::Vandalism;
    assert!(!compared(&programme, &lasting(0, 4), alike));
    assert!(compared(&programme, &lasting(-8, -1), alike), "before it began");
    assert!(compared(&programme, &lasting(0, 4), Indicator::PublicEvent), "against something else");
    let ended = programme.given("steering", GUARDS, disposing(&json!("end")));
    assert!(!compared(&ended, &lasting(-2, 4), alike));
    assert!(compared(&ended, &lasting(1, 4), alike), "after it ended");
}

/// What is decided and has not begun changes nothing yet.
#[test]
fn what_has_not_begun_is_at_work_nowhere() {
    let programme = Programme::unanchored();
    let beside =
        beside(programme.facts(), NORR, &weeks(None, None, week().plus(4), (8, 0)), &[Indicator::Vandalism]);
    assert!(beside.contains(&(CENTRUM, Role::Comparison)));
}
