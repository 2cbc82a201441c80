//! The connection to PostgreSQL: a pool that acts as the service's role, and the migrations.

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolConfig, QueueMode, RecyclingMethod, Runtime,
    Timeouts,
};
use refinery::{Migration, Runner};
use rustls::crypto::aws_lc_rs;
use std::error::Error;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(5);
/// How long what has been sent may go without a word from the other side.
const CUT_OFF: Duration = Duration::from_secs(30);
/// How long a request waits for a connection while all are taken; then it is told to come back.
const WAIT: Duration = Duration::from_secs(10);
/// How soon the database must answer for the service to call itself ready.
const READY: Duration = Duration::from_secs(3);

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `postgres://user:password@host:port/database?sslmode=…`
    pub url: String,
    pub connections: usize,
}

/// A pool of connections that may append to the log, and never change it.
#[derive(Clone)]
pub struct Database {
    pool: Pool,
}

/// Something outside the method went wrong: what was being done, and why it failed.
#[derive(Debug)]
pub struct Fault {
    doing: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl Fault {
    pub fn new(doing: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { doing, source: source.into() }
    }

    /// For `map_err`: names what was being done.
    pub fn doing<E: Into<Box<dyn Error + Send + Sync>>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::new(doing, source)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} failed", self.doing)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

impl Database {
    pub fn open(settings: &Settings) -> Result<Self, Fault> {
        let mut config: Config =
            settings.url.parse().map_err(Fault::doing("reading the database address"))?;
        // A database that is cut off without a word is found out in half a minute, and not in a quarter of an hour.
        config.application_name("samlad").connect_timeout(CONNECT).tcp_user_timeout(CUT_OFF);
        config.keepalives_idle(CUT_OFF / 2);
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = PoolConfig {
            // The connection used last is the one whose backend has everything at hand.
            queue_mode: QueueMode::Lifo,
            timeouts: Timeouts { wait: Some(WAIT), ..Timeouts::default() },
            ..PoolConfig::new(settings.connections)
        };
        let builder = Pool::builder(Manager::from_config(config, tls(), recycling)).config(pool);
        // Every query of ours goes by a key; a plan made while a table was small must not scan it when it is large.
        let as_service = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
            Box::pin(async move {
                let role = "SET ROLE samlad_service; SET plan_cache_mode = force_generic_plan; SET jit = off; \
                            SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
                client.batch_execute(role).await.map_err(HookError::Backend)
            })
        });
        let pool = builder.runtime(Runtime::Tokio1).post_create(as_service).build();
        Ok(Self { pool: pool.map_err(Fault::doing("preparing the database connections"))? })
    }

    /// Whether the database answers, soon, and has the tables that this version works with.
    pub async fn answers(&self) -> Result<(), Fault> {
        let asked = tokio::time::timeout(READY, async {
            let latest = "SELECT 1 FROM refinery_schema_history WHERE version = $1";
            let wanted = migrations().map_err(Fault::doing("reading the migrations"))?.len();
            let wanted = i32::try_from(wanted).unwrap_or(i32::MAX);
            let found = self.connection().await?.query_opt(latest, &[&wanted]).await;
            found.map_err(Fault::doing("asking the database"))
        });
        let found = asked.await.map_err(Fault::doing("asking the database"))??;
        found.map(drop).ok_or_else(|| Fault::new("asking the database", "its tables are of an older version"))
    }

    pub async fn connection(&self) -> Result<Object, Fault> {
        self.pool.get().await.map_err(Fault::doing("connecting to the database"))
    }
}

fn tls() -> MakeRustlsConnect {
    // Two crates of the tree bring their own choice of cryptography; the first to ask settles it for the process.
    drop(aws_lc_rs::default_provider().install_default());
    match MakeRustlsConnect::with_native_certs() {
        Ok((connect, unreadable)) => {
            for error in unreadable {
                tracing::warn!(%error, "a certificate of the system does not read and is passed over");
            }
            connect
        }
        // Without any certificate an encrypted connection is refused; a loopback one needs none.
        Err(_none) => {
            let roots = rustls::RootCertStore::empty();
            let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
            MakeRustlsConnect::new(config)
        }
    }
}

/// Brings the schema up to date; returns the names of the migrations it applied. Needs the owner's rights.
pub async fn migrate(url: &str) -> Result<Vec<String>, Fault> {
    let (mut client, connection) =
        tokio_postgres::connect(url, tls()).await.map_err(Fault::doing("connecting to the database"))?;
    let connection = tokio::spawn(connection);
    let migrations = migrations().map_err(Fault::doing("reading the migrations"))?;
    let report = Runner::new(&migrations).set_grouped(true).run_async(&mut client).await;
    let report = report.map_err(Fault::doing("migrating the database"))?;
    drop(client);
    let closed = connection.await.map_err(Fault::doing("closing the migration's connection"))?;
    closed.map_err(Fault::doing("closing the migration's connection"))?;
    Ok(report.applied_migrations().iter().map(|migration| migration.name().to_owned()).collect())
}

fn migrations() -> Result<Vec<Migration>, refinery::Error> {
    Ok(vec![
        Migration::unapplied("V1__log", include_str!("../../../migrations/V1__log.sql"))?,
        Migration::unapplied("V2__views", include_str!("../../../migrations/V2__views.sql"))?,
        Migration::unapplied(
            "V3__reports_are_read_from_the_log",
            include_str!("../../../migrations/V3__reports_are_read_from_the_log.sql"),
        )?,
        Migration::unapplied(
            "V4__texts_can_be_erased",
            include_str!("../../../migrations/V4__texts_can_be_erased.sql"),
        )?,
        Migration::unapplied("V5__rescreening", include_str!("../../../migrations/V5__rescreening.sql"))?,
        Migration::unapplied("V6__interventions", include_str!("../../../migrations/V6__interventions.sql"))?,
        Migration::unapplied("V7__readiness", include_str!("../../../migrations/V7__readiness.sql"))?,
    ])
}
