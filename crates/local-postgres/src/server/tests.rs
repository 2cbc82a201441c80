//! How a server is told and asked, tried without one.

use super::{Standing, options};

#[test]
fn the_servers_own_file_tells_process_and_port() {
    let text = "4242\n/srv/data\n1700000000\n54321\n\n127.0.0.1\n  1234 5\nready   \n";
    assert_eq!(Standing::parse(text), Some(Standing { pid: 4242, port: 54321 }));
}

#[test]
fn a_file_that_was_never_finished_tells_nothing() {
    assert_eq!(Standing::parse(""), None);
    assert_eq!(Standing::parse("4242\n/srv/data\n"), None);
}

#[test]
fn only_tests_give_up_what_a_power_failure_takes() {
    assert!(options(false, 1).contains("-c fsync=off"));
    assert!(!options(true, 1).contains("=off"));
}

#[test]
fn the_server_listens_on_the_loopback_only() {
    let options = options(true, 5433);
    assert!(options.contains("-c listen_addresses=127.0.0.1 "), "{options}");
    assert!(options.contains("-c unix_socket_directories= "), "{options}");
    assert!(options.contains("-c port=5433 "), "{options}");
}
