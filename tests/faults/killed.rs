//! The server is killed in the middle of ten thousand reports, and all of them are sent again.

use event_log::{Database, Followers, Rim, Settings, Writer};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use tests::cluster::{self, RUNTIME};
use tests::large::{self, INFORMANT, Programme};
use tests::served::{Present, Served};
use tests::wait;
use ureq::Agent;
use views::Views;

const REPORTS: usize = 10_000;
const SENDERS: usize = 16;

/// Each report is there exactly once, positions have no gap, and the views are equal to their rebuild.
#[test]
fn a_kill_in_the_middle_of_ten_thousand_reports_loses_and_doubles_none() {
    cluster::migrated("killed");
    let url = cluster::url("killed");
    let programme = RUNTIME.block_on(prepare(&url));
    let begun = events(&programme);
    let mut first = Served::start(&url).unwrap();
    let (taken, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let token = first.token(INFORMANT).unwrap();
    let address = first.address.clone();
    thread::scope(|scope| {
        let sending = scope.spawn(|| send(&address, &token, &programme, &taken, &stopped));
        wait::until("a third of the reports is taken", || taken.load(Ordering::Relaxed) > REPORTS / 3);
        first.kill().unwrap();
        stopped.store(true, Ordering::Relaxed);
        sending.join().unwrap();
    });
    let answered = taken.load(Ordering::Relaxed);
    assert!(answered < REPORTS, "the kill came too late");
    assert!(events(&programme) - begun >= answered, "what was answered is not there");

    let second = Served::start(&url).unwrap();
    let (taken, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    send(&second.address, &second.token(INFORMANT).unwrap(), &programme, &taken, &stopped);
    assert_eq!(taken.load(Ordering::Relaxed), REPORTS, "a retry with the same key was refused");
    assert_eq!(events(&programme) - begun, REPORTS, "a report is lost or doubled");
    RUNTIME.block_on(async {
        let database = Database::open(&Settings { url, connections: 4 }).unwrap();
        let verified = event_log::verify(&database, programme.id).await.unwrap();
        assert_eq!(verified.breaches, Vec::<String>::new());
        let rebuilt = views::rebuild(&database, programme.id, false, |_| ()).await.unwrap();
        assert!(rebuilt.iter().all(|view| view.differing.is_empty()), "{rebuilt:?}");
    });
}

async fn prepare(url: &str) -> Programme {
    let database = Database::open(&Settings { url: url.to_owned(), connections: 4 }).unwrap();
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let rim: Arc<dyn Rim> = Arc::new(Present);
    let (writer, _lanes) = Writer::start(&database, &followers, &rim, 2);
    let weeks = i32::try_from(REPORTS / large::UNITS + 1).unwrap();
    large::prepare(&writer, &Present, weeks).await.unwrap()
}

fn events(programme: &Programme) -> usize {
    let counted = format!("SELECT count(*) FROM event WHERE programme = '{}'", programme.id);
    cluster::sql("killed", &counted).unwrap().concat().parse().unwrap()
}

/// Sends every report with the key of its number; counts those that are taken, now or before.
fn send(address: &str, token: &str, programme: &Programme, taken: &AtomicUsize, stopped: &AtomicBool) {
    let next = AtomicU64::new(0);
    let agent: Agent = Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent();
    thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                while !stopped.load(Ordering::Relaxed) {
                    let number = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap();
                    if number >= REPORTS {
                        break;
                    }
                    let answered = report(&agent, address, token, programme, number);
                    taken.fetch_add(usize::from(answered == Some(201)), Ordering::Relaxed);
                }
            });
        }
    });
}

/// The status, or nothing when the server is gone.
fn report(agent: &Agent, address: &str, token: &str, programme: &Programme, number: usize) -> Option<u16> {
    let week = large::first_week().plus(i32::try_from(number / large::UNITS).unwrap());
    let body = if number.is_multiple_of(3) {
        json!({ "unit": programme.units[number % large::UNITS], "items": [{
            "indicator": "unsafe_place", "area": programme.areas[0], "date": "2026-11-17",
            "timeBand": "evening", "description": "Lampan vid gångtunneln är släckt.",
        }] })
    } else {
        json!({ "unit": programme.units[number % large::UNITS], "calm": true })
    };
    let url = format!("http://{address}/samlad/v1/programmes/{}/weeks/{week}/reports", programme.id);
    let asked = agent
        .post(url)
        .header("Authorization", format!("Bearer {token}"))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", format!("report-{number:06}"))
        .send(body.to_string());
    asked.ok().map(|answer| answer.status().as_u16())
}
