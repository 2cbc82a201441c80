//! One private PostgreSQL cluster for the whole test process, and the databases that are cloned in it.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]

use crate::wait;
use local_postgres::{Cluster, Settings};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio, id};
use std::sync::{LazyLock, Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Error, NoTls, SimpleQueryMessage};

/// Where everything asynchronous of the tests runs.
pub static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

static PRIVATE: LazyLock<Private> = LazyLock::new(Private::start);
/// A template is copied by one at a time.
static COPYING: Mutex<()> = Mutex::new(());

/// The cluster, and the one who stops it: nothing runs in a process after its last test.
struct Private {
    cluster: Cluster,
    _stopper: Child,
}

/// Reads until the test process is gone, however it went; then stops the cluster and removes it.
const STOPPER: &str = r#"cat
pid=$(head -n 1 "$1/data/postmaster.pid")
kill -QUIT "$pid"
while kill -0 "$pid"; do sleep 0.1; done
rm -rf "$1"
"#;

impl Private {
    fn start() -> Self {
        let data_folder = std::env::temp_dir().join(format!("samlad-tests-{}", id()));
        let cluster = Cluster::start(&Settings { data_folder, port: None, durable: false }).unwrap();
        let stopper = stopper(cluster.data_folder());
        Self { cluster, _stopper: stopper }
    }
}

/// In a group of its own, so that an interrupt from the terminal reaches the tests alone.
fn stopper(folder: &Path) -> Child {
    let mut shell = Command::new("sh");
    shell.args(["-c", STOPPER, "stopper"]).arg(folder).process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The address of a database, with the owner's rights.
pub fn url(database: &str) -> String {
    PRIVATE.cluster.url(database)
}

/// Makes a database with the schema, empty.
pub fn migrated(database: &str) {
    sql("postgres", &format!("CREATE DATABASE {database}")).unwrap();
    RUNTIME.block_on(event_log::migrate(&url(database))).unwrap();
    left(database);
}

/// Makes a database as another one stands.
pub fn copied(template: &str, database: &str) {
    let turn = COPYING.lock().unwrap_or_else(PoisonError::into_inner);
    sql("postgres", &format!("CREATE DATABASE {database} TEMPLATE {template}")).unwrap();
    drop(turn);
}

/// Waits until nobody is connected to a database, so that it can be copied.
pub fn left(database: &str) {
    let connected = format!("SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'");
    wait::until("nobody is connected", || sql("postgres", &connected).unwrap() == ["0"]);
}

/// Asks a database as its owner; the first column of every row, as text.
pub fn sql(database: &str, statements: &str) -> Result<Vec<String>, Error> {
    RUNTIME.block_on(async {
        let (client, connection) = tokio_postgres::connect(&url(database), NoTls).await?;
        let connection = tokio::spawn(connection);
        let answered = client.simple_query(statements).await;
        drop(client);
        connection.await.unwrap()?;
        Ok(answered?.iter().filter_map(first).collect())
    })
}

fn first(message: &SimpleQueryMessage) -> Option<String> {
    if let SimpleQueryMessage::Row(row) = message { row.get(0).map(str::to_owned) } else { None }
}
