//! The real server over a real database, with a clock that a test sets and tokens from the built-in issuer.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]

use crate::client::Caller;
use crate::cluster::{self, RUNTIME};
use crate::issuer::Issuer;
use crate::{logged, wait};
use actix_web::dev::ServerHandle;
use api::{KeySource, Listening, Parts, QuotaSettings, Settings, TokenSettings, Tokens};
use est::Subject;
use event_log::{Database, Followers, Rim, Writer};
use jiff::Timestamp;
use metrics_exporter_prometheus::PrometheusBuilder;
use rand::Rng;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io, process};
use tokio::task::JoinHandle;
use uuid::Uuid;
use views::{Reader, Views};

/// Who may open programmes.
pub const OPERATOR: &str = "operator";
/// The longest body that the server of the tests takes, as the real one.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
const ISSUER: &str = "https://issuer.test";
const AUDIENCE: &str = "samlad-tests";
const LIFETIME: Duration = Duration::from_hours(1);

static MIGRATED: LazyLock<&str> = LazyLock::new(|| {
    cluster::migrated("migrated");
    "migrated"
});
static SIGNER: LazyLock<Issuer> = LazyLock::new(signer);

/// A clock that stands still until it is set.
pub struct Clock(Mutex<Timestamp>);

impl Clock {
    pub fn set(&self, moment: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment.parse().unwrap();
    }
}

impl Rim for Clock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

/// A database and the server over it; both are the test's own.
pub struct World {
    pub clock: Arc<Clock>,
    pub database: Database,
    /// Where the server listens.
    pub base: String,
    name: String,
    handle: ServerHandle,
    running: Option<Running>,
}

/// The server, and the writer's lanes.
type Running = (JoinHandle<io::Result<()>>, Vec<JoinHandle<()>>);

impl World {
    /// With the schema, and nothing in it.
    pub fn empty() -> Self {
        Self::copied(&MIGRATED)
    }

    /// With what stands in the database of that name.
    pub fn copied(template: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("world_{}", MADE.fetch_add(1, Ordering::Relaxed));
        cluster::copied(template, &name);
        logged::begin();
        RUNTIME.block_on(open(name))
    }

    /// Ends, and leaves its database to be copied.
    pub fn template(self) -> String {
        let name = self.name.clone();
        drop(self);
        cluster::left(&name);
        name
    }

    /// Somebody who calls with a token of their own.
    pub fn caller(&self, subject: &str) -> Caller {
        Caller::new(&self.base, Some(subject), &self.clock)
    }

    /// Somebody without a token.
    pub fn nobody(&self) -> Caller {
        Caller::new(&self.base, None, &self.clock)
    }

    /// The address of the database, with the owner's rights.
    pub fn url(&self) -> String {
        cluster::url(&self.name)
    }

    /// Asks the database as its owner.
    pub fn sql(&self, statements: &str) -> Result<Vec<String>, tokio_postgres::Error> {
        cluster::sql(&self.name, statements)
    }

    /// How many events all logs hold.
    pub fn events(&self) -> usize {
        self.sql("SELECT count(*) FROM event").unwrap().concat().parse().unwrap()
    }

    /// One round of the service's own duties, at the clock's time.
    pub fn round_of_duties(&self) {
        let rim: Arc<dyn Rim> = Arc::<Clock>::clone(&self.clock);
        let followers: Arc<dyn Followers> = Arc::new(Views);
        self.run(async {
            let (writer, lanes) = Writer::start(&self.database, &followers, &rim, 1);
            let (database, reader) = (self.database.clone(), Reader::new(&self.database));
            worker::round(&worker::Office { writer, database, reader, rim }).await.unwrap();
            for lane in lanes {
                lane.await.unwrap();
            }
        });
    }

    /// Waits for something of the log, the views or the duties.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        RUNTIME.block_on(future)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let Some((server, lanes)) = self.running.take() else { return };
        RUNTIME.block_on(self.handle.stop(false));
        wait::until("the server has stopped", || server.is_finished());
        wait::until("what was submitted is recorded", || lanes.iter().all(JoinHandle::is_finished));
    }
}

async fn open(name: String) -> World {
    let clock = Arc::new(Clock(Mutex::new("2026-10-05T08:00:00Z".parse().unwrap())));
    let rim: Arc<dyn Rim> = Arc::<Clock>::clone(&clock);
    let settings = event_log::Settings { url: cluster::url(&name), connections: 8 };
    let database = Database::open(&settings).unwrap();
    let followers: Arc<dyn Followers> = Arc::new(Views);
    let (writer, lanes) = Writer::start(&database, &followers, &rim, 2);
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    let tokens = TokenSettings {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        keys: KeySource::Set(SIGNER.jwks()),
        leeway_seconds: TokenSettings::LEEWAY_SECONDS,
    };
    let operators = vec![Subject::new(OPERATOR).unwrap()];
    let parts = Parts {
        writer,
        database: database.clone(),
        reader: Reader::new(&database),
        tokens: Tokens::open(tokens).await.unwrap(),
        rim,
        settings: Settings {
            base_url: base.clone(),
            operators,
            proxies: Vec::new(),
            body_bytes_max: BODY_BYTES_MAX,
            backup_days: 30,
            threads: 2,
        },
        quota: QuotaSettings { requests: 1_000_000, window_seconds: 60 },
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    };
    let Listening { server, handle } = api::listen(parts, socket).unwrap();
    let running = Some((tokio::spawn(server), lanes));
    World { clock, database, base, name, handle, running }
}

/// A token for a subject, good for an hour.
pub fn token(subject: &str, now: Timestamp) -> String {
    let subject = Subject::new(subject).unwrap();
    let jti = Uuid::from_bytes(rand::random()).to_string();
    SIGNER.token(&subject, "tests", AUDIENCE, ISSUER, now, LIFETIME, &jti).unwrap()
}

/// The issuer keeps its key in a folder; the tests need it no longer than they run.
fn signer() -> Issuer {
    let folder = std::env::temp_dir().join(format!("samlad-tests-issuer-{}", process::id()));
    let issuer = Issuer::load_or_create(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    issuer
}
