//! Waiting for a condition: the only place that may pause.

use std::thread;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(10);
const PAUSES_MAX: u32 = 1_000;

/// Looks until the condition holds; after ten seconds it will not.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..PAUSES_MAX {
        if holds() {
            return;
        }
        thread::sleep(PAUSE);
    }
    assert!(holds(), "waited in vain until {what}");
}
