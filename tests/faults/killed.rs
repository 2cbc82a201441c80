//! The server is killed in the middle of ten thousand reports, and all of them are sent again.

use crate::load::{Door, Load, Taken};
use std::thread;
use tests::served::Served;
use tests::wait;

const REPORTS: usize = 10_000;

/// Each report is there exactly once, positions have no gap, and the views are equal to their rebuild.
#[test]
fn a_kill_in_the_middle_of_ten_thousand_reports_loses_and_doubles_none() {
    let load = Load::prepare("killed", REPORTS);
    let mut first = Served::start(&load.url).unwrap();
    let (door, taken) = (Door::of(&first), Taken::default());
    thread::scope(|scope| {
        let sending = scope.spawn(|| load.send(&door, &taken));
        wait::until("a third of the reports is taken", || taken.count() > REPORTS / 3);
        first.kill().unwrap();
        taken.stop();
        sending.join().unwrap();
    });
    assert!(taken.count() < REPORTS, "the kill came too late");
    assert!(load.recorded() >= taken.count(), "what was answered is not there");

    let second = Served::start(&load.url).unwrap();
    let taken = Taken::default();
    load.send(&Door::of(&second), &taken);
    assert_eq!(taken.count(), REPORTS, "a retry with the same key was refused");
    load.assert_each_is_there_once();
}
