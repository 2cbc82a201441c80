//! Two servers share a database, and every report is sent to both at once.

use crate::load::{Door, Load, Taken};
use std::thread;
use tests::served::Served;

const REPORTS: usize = 2_000;

/// Whoever comes first records; the other finds the answer by the key. Neither breaks the other's order.
#[test]
fn two_servers_on_one_log_record_each_report_once_and_answer_both() {
    let load = Load::prepare("together", REPORTS);
    let servers = [Served::start(&load.url).unwrap(), Served::start(&load.url).unwrap()];
    let taken = [Taken::default(), Taken::default()];
    thread::scope(|scope| {
        for (server, taken) in servers.iter().zip(&taken) {
            scope.spawn(|| load.send(&Door::of(server), taken));
        }
    });
    assert_eq!(taken.each_ref().map(Taken::count), [REPORTS; 2], "a report was refused");
    load.assert_each_is_there_once();
}
