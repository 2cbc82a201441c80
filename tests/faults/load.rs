//! Many reports, each sent with a key of its own, so that sending again is safe.

use event_log::{Database, Followers, Rim, Settings, Writer};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use tests::cluster::{self, RUNTIME};
use tests::large::{self, INFORMANT, Programme};
use tests::served::{Present, Served};
use ureq::Agent;
use views::Views;

const SENDERS: usize = 16;

/// The reports that are sent, and where they belong.
pub(crate) struct Load {
    pub(crate) url: String,
    database: &'static str,
    programme: Programme,
    reports: usize,
    begun: usize,
}

/// The way in to a server.
pub(crate) struct Door {
    address: String,
    token: String,
}

impl Door {
    pub(crate) fn of(served: &Served) -> Self {
        Self { address: served.address.clone(), token: served.token(INFORMANT).unwrap() }
    }
}

/// How many reports have been taken, now or before; and whether to go on.
#[derive(Default)]
pub(crate) struct Taken {
    count: AtomicUsize,
    stopped: AtomicBool,
}

impl Taken {
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

impl Load {
    /// A database of that name, with a programme that awaits so many reports.
    pub(crate) fn prepare(database: &'static str, reports: usize) -> Self {
        cluster::migrated(database);
        let url = cluster::url(database);
        let programme = RUNTIME.block_on(prepare(&url, reports));
        let load = Self { url, database, programme, reports, begun: 0 };
        Self { begun: load.events(), ..load }
    }

    fn events(&self) -> usize {
        let counted = format!("SELECT count(*) FROM event WHERE programme = '{}'", self.programme.id);
        cluster::sql(self.database, &counted).unwrap().concat().parse().unwrap()
    }

    /// How many reports have been recorded.
    pub(crate) fn recorded(&self) -> usize {
        self.events() - self.begun
    }

    /// Each report once, positions without a gap, and the views equal to their rebuild.
    pub(crate) fn assert_each_is_there_once(&self) {
        assert_eq!(self.recorded(), self.reports, "a report is lost or doubled");
        RUNTIME.block_on(async {
            let database = Database::open(&Settings { url: self.url.clone(), connections: 4 }).unwrap();
            let verified = event_log::verify(&database, self.programme.id).await.unwrap();
            assert_eq!(verified.breaches, Vec::<String>::new());
            let rebuilt = views::rebuild(&database, self.programme.id, false, |_| ()).await.unwrap();
            assert!(rebuilt.iter().all(|view| view.differing.is_empty()), "{rebuilt:?}");
        });
    }

    /// Sends every report with the key of its number.
    pub(crate) fn send(&self, door: &Door, taken: &Taken) {
        let next = AtomicU64::new(0);
        let agent: Agent =
            Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent();
        thread::scope(|scope| {
            for _ in 0..SENDERS {
                scope.spawn(|| {
                    while !taken.stopped.load(Ordering::Relaxed) {
                        let number = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap();
                        if number >= self.reports {
                            break;
                        }
                        let answered = self.report(&agent, door, number);
                        taken.count.fetch_add(usize::from(answered == Some(201)), Ordering::Relaxed);
                    }
                });
            }
        });
    }

    /// The status, or nothing when the server is gone.
    fn report(&self, agent: &Agent, Door { address, token }: &Door, number: usize) -> Option<u16> {
        let Programme { id, units, areas } = &self.programme;
        let week = large::first_week().plus(i32::try_from(number / large::UNITS).unwrap());
        let body = if number.is_multiple_of(3) {
            json!({ "unit": units[number % large::UNITS], "items": [{
                "indicator": "unsafe_place", "area": areas[0], "date": "2026-11-17",
                "timeBand": "evening", "description": "Lampan vid gångtunneln är släckt.",
            }] })
        } else {
            json!({ "unit": units[number % large::UNITS], "calm": true })
        };
        let asked = agent
            .post(format!("http://{address}/samlad/v1/programmes/{id}/weeks/{week}/reports"))
            .header("Authorization", format!("Bearer {token}"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", format!("report-{number:06}"))
            .send(body.to_string());
        asked.ok().map(|answer| answer.status().as_u16())
    }
}

async fn prepare(url: &str, reports: usize) -> Programme {
    let database = Database::open(&Settings { url: url.to_owned(), connections: 4 }).unwrap();
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let rim: Arc<dyn Rim> = Arc::new(Present);
    let (writer, _lanes) = Writer::start(&database, &followers, &rim, 2);
    let weeks = i32::try_from(reports / large::UNITS + 1).unwrap();
    large::prepare(&writer, &Present, weeks).await.unwrap()
}
