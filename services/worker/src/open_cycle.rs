//! Opens the cycle of the week, every week all year round (R3).

use crate::Desk;
use est::{Week, cycle};
use event_log::Fault;

pub(crate) async fn perform(desk: &Desk<'_>) -> Result<(), Fault> {
    let facts = &desk.facts;
    let today = desk.office.rim.now().to_zoned(facts.method().zone()).date();
    let week = Week::of(today);
    // The first cycle sets the beat; a programme begins with the week in which it is activated.
    if facts.cycles.contains_key(&week) || !facts.on_cadence(week) {
        return Ok(());
    }
    desk.submit("open-cycle", week, cycle::Open {}).await
}
