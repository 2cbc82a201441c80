//! Rebuild of all views from a million events, beside `COPY event TO STDOUT` of the same events.

use crate::server::Bench;
use crate::yardstick;
use event_log::{Database, Settings};
use std::time::Instant;
use uuid::Uuid;

const EVENTS: i64 = 1_000_000;
const UNITS: i64 = 100;

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<()> {
    println!("REBUILD of all views from {EVENTS} events");
    let programme = Uuid::from_u128(rand::random());
    let (folder, url) = (bench.cluster.bin_folder(), bench.url.as_str());
    yardstick::psql(folder, url, &million(programme))?;
    yardstick::psql(folder, url, "ANALYZE event")?;
    let copying = Instant::now();
    let copy =
        format!("COPY (SELECT * FROM event WHERE programme = '{programme}' ORDER BY position) TO STDOUT");
    yardstick::psql(folder, url, &copy)?;
    let copied = EVENTS as f64 / copying.elapsed().as_secs_f64();
    let database = Database::open(&Settings { url: url.to_owned(), connections: 4 })?;
    let mut before = copied;
    println!("COPY event TO STDOUT          {copied:>9.0} events/s");
    for (name, replace) in [("rebuilt, all rows written", true), ("rebuilt again, compared equal", false)] {
        let rebuilding = Instant::now();
        let views = bench.runtime.block_on(views::rebuild(&database, programme, replace, |_| ()))?;
        let rate = EVENTS as f64 / rebuilding.elapsed().as_secs_f64();
        let differing: usize = views.iter().map(|view| view.differing.len()).sum();
        println!(
            "{name:<29} {rate:>9.0} events/s  {:>5.2} of COPY  {differing} rows differed",
            rate / before
        );
        before = copied;
    }
    println!();
    Ok(())
}

/// Makes the events in the database itself: a report for each of a hundred units in each of ten thousand weeks. Every
/// tenth speaks of a problem that is still there; a problem lives for twenty weeks and five are alive at once.
fn million(programme: Uuid) -> String {
    format!(
        "WITH made AS (SELECT n, (date '2000-01-10' + (7 * (n / {UNITS})))::date AS monday, n % {UNITS} AS unit \
            FROM generate_series(0, {EVENTS} - 1) AS n) \
         INSERT INTO event SELECT '{programme}', n + 1, \
            'report/' || to_char(monday, 'IYYY-\"W\"IW') || '/' || lpad(to_hex(unit), 32, '0')::uuid, 1, \
            gen_random_uuid(), 'report.submitted', json_build_object(CASE WHEN n % 2 = 0 THEN 'calm-reported' \
            ELSE 'submitted' END, CASE WHEN n % 2 = 0 THEN json_build_object('organisation', '{programme}', 'late', \
            false, 'fillSeconds', 60) ELSE json_build_object('organisation', '{programme}', 'late', false, \
            'fillSeconds', 300, 'items', json_build_array(json_build_object('indicator', 'vandalism', 'subtypes', \
            json_build_array('graffiti'), 'polarity', 'negative', 'occurrence', 'observed', 'setting', 'public_space', \
            'area', lpad(to_hex(unit % 40), 32, '0')::uuid, 'date', monday, 'time', '21:30:00', 'count', 1, \
            'signalStrength', 3, 'basis', 'observed', 'channel', 'checklist', 'policeReportMade', 'unknown', \
            'description', json_build_object('textId', lpad(to_hex(n), 32, '0')::uuid, 'length', 80, 'commitment', \
            repeat('a', 64)))), 'calmAreas', json_build_array(), 'stillThere', \
            CASE WHEN n % 10 = 1 THEN json_build_array(lpad(to_hex(n / {UNITS} / 20 * 5 + n / 10 % 5), 32, '0')::uuid) \
            ELSE json_build_array() END) END), \
            '{{\"actor\":\"bench\"}}', monday + time '10:00', ''::bytea FROM made; \
         INSERT INTO head VALUES ('{programme}', {EVENTS})"
    )
}
