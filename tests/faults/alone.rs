//! One writer has a log to itself.

use event_log::{Database, Followers, Rim, Settings, Writer};
use std::sync::Arc;
use tests::cluster::{self, RUNTIME};
use tests::served::Present;
use tests::{large, wait};
use tokio_postgres::NoTls;
use views::Views;

const DATABASE: &str = "alone";
const WEEKS: i32 = 200;

/// While PostgreSQL is at one batch the next is sent to it. That one is recorded in its turn: nothing is undone, and
/// decided twice.
#[test]
fn what_is_sent_behind_a_batch_waits_for_it() {
    cluster::migrated(DATABASE);
    let database = Database::open(&Settings { url: cluster::url(DATABASE), connections: 4 }).unwrap();
    RUNTIME.block_on(async {
        let followers: Arc<dyn Followers> = Arc::new(Views);
        let rim: Arc<dyn Rim> = Arc::new(Present);
        let (writer, _lanes) = Writer::start(&database, &followers, &rim, 1);
        let programme = large::prepare(&writer, &Present, 1).await.unwrap().id;
        let (holder, connection) = tokio_postgres::connect(&cluster::url(DATABASE), NoTls).await.unwrap();
        tokio::spawn(connection);
        holder.batch_execute("BEGIN; LOCK TABLE event IN SHARE MODE").await.unwrap();
        let opening =
            tokio::spawn(async move { large::open_weeks(&writer, programme, 1..WEEKS).await.unwrap() });
        tokio::task::spawn_blocking(|| wait::until("the next batch has been read for", next_is_read_for))
            .await
            .unwrap();
        holder.batch_execute("ROLLBACK").await.unwrap();
        opening.await.unwrap();
    });
    drop(database);
    // Those who leave a database count what they have done as they go.
    wait::until("the connections are gone", || {
        asked("SELECT count(*) FROM pg_stat_activity WHERE datname = $1") == 0
    });
    assert_eq!(
        asked("SELECT xact_rollback - 1 FROM pg_stat_database WHERE datname = $1"),
        0,
        "beside the holder's"
    );
}

/// Whether somebody has read since the batch that waits for the table was sent.
fn next_is_read_for() -> bool {
    asked(
        "SELECT count(*) FROM pg_stat_activity waits JOIN pg_stat_activity reads USING (datname) \
         WHERE datname = $1 AND waits.wait_event_type = 'Lock' AND reads.query LIKE 'SELECT e.programme%' \
         AND reads.query_start > waits.query_start",
    ) > 0
}

fn asked(count: &str) -> i64 {
    let count = count.replace("$1", &format!("'{DATABASE}'"));
    cluster::sql("postgres", &count).unwrap().concat().parse().unwrap()
}
