//! Reading: a week's overview and picture, and what a meeting reads, beside a handler that asks `SELECT 1` in the
//! same run.

use crate::load;
use crate::server::Bench;
use crate::yardstick;
use est::Week;
use event_log::Rim;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tests::large::{self, Programme, first_week};
use tests::served::Present;

const CONNECTIONS: u64 = 16;
const SECONDS: u64 = 5;
/// Those at a meeting's table.
const MEETING: u64 = 4;
const YEARS: i32 = 5;
const INTERVENTIONS: usize = 300;

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let Some(programme) = bench.programmes.first() else { return Ok(()) };
    println!("READING ({CONNECTIONS} connections)");
    let (week, root) = (first_week().plus(3), format!("/samlad/v1/programmes/{}", programme.id));
    let priorities: Vec<_> = programme.areas.iter().take(3).collect();
    post(bench, &format!("{root}/weeks/{week}/picture"), &serde_json::json!({ "priorities": priorities }))?;
    let reads = [
        ("SELECT 1 (/readyz)", "/readyz".to_owned()),
        ("nothing (/livez)", "/livez".to_owned()),
        ("week overview, 4 weeks before", format!("{root}/weeks/{week}/overview")),
        ("weekly picture", format!("{root}/weeks/{week}/picture")),
        ("reporting of a week", format!("{root}/weeks/{week}/reporting")),
    ];
    compare(bench, CONNECTIONS, &reads)
}

/// What a meeting reads, with five years of a large programme behind it and as many interventions.
pub(crate) fn measure_meeting(bench: &Bench) -> anyhow::Result<()> {
    let Some(programme) = bench.programmes.first() else { return Ok(()) };
    println!("MEETING: {YEARS} years of reports, {INTERVENTIONS} interventions ({MEETING} connections)");
    let present = Week::of(Present.now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let (folder, url) = (bench.cluster.bin_folder(), bench.url.as_str());
    yardstick::psql(folder, url, &reports(programme, present))?;
    yardstick::psql(folder, url, "ANALYZE event")?;
    let intervention = bench.runtime.block_on(bench.writing(|writer| async move {
        large::live_quarter(&writer, &Present, programme, INTERVENTIONS).await
    }))?;
    let (root, first) = (format!("/samlad/v1/programmes/{}", programme.id), present.plus(-8));
    let reads = [
        ("SELECT 1 (/readyz)", "/readyz".to_owned()),
        ("nothing (/livez)", "/livez".to_owned()),
        ("week overview", format!("{root}/weeks/{present}/overview")),
        ("problems, a page", format!("{root}/problems?limit=50")),
        ("priorities of a week", format!("{root}/weeks/{present}/priorities")),
        ("prioritisation with reasons", format!("{root}/priorities/{first}")),
        ("interventions, a page", format!("{root}/interventions?limit=20")),
        ("an intervention", format!("{root}/interventions/{intervention}")),
        ("its timeline, a quarter", format!("{root}/interventions/{intervention}/timeline")),
        ("its timeline, two years", format!("{root}/interventions/{intervention}/timeline?before=104")),
        ("quarter digest", format!("{root}/priorities/{first}/digest")),
    ];
    compare(bench, MEETING, &reads)
}

/// Five years of reports, half of them calm: two observations where not.
fn reports(programme: &Programme, present: Week) -> String {
    let ids = |ids: Vec<String>| format!("ARRAY['{}']::text[]", ids.join("','"));
    let units = ids(programme.units.iter().map(ToString::to_string).collect());
    let areas = ids(programme.areas.iter().map(ToString::to_string).collect());
    let (id, weeks, unit_count) = (programme.id, YEARS * 52, programme.units.len());
    let monday = present.plus(-weeks).day(1);
    format!(
        "WITH made AS (SELECT n, (date '{monday}' + (7 * (n / {unit_count})))::date AS monday, \
            n % {unit_count} AS unit FROM generate_series(0, {weeks} * {unit_count} - 1) AS n), \
         at AS (SELECT position FROM head WHERE programme = '{id}') \
         INSERT INTO event SELECT '{id}', at.position + n + 1, \
            'report/' || to_char(monday, 'IYYY-\"W\"IW') || '/' || ({units})[unit + 1], 1, gen_random_uuid(), \
            'report.submitted', CASE WHEN n % 2 = 0 THEN json_build_object('calm-reported', json_build_object( \
            'organisation', '{id}', 'late', false, 'fillSeconds', 60)) ELSE json_build_object('submitted', \
            json_build_object('organisation', '{id}', 'late', false, 'fillSeconds', 300, 'items', json_build_array( \
            json_build_object('indicator', 'vandalism', 'subtypes', json_build_array('graffiti'), 'polarity', \
            'negative', 'occurrence', 'observed', 'setting', 'public_space', 'area', \
            ({areas})[unit % 40 + 1], 'date', monday, 'time', '21:30:00', 'count', 1, 'signalStrength', 3, 'basis', \
            'observed', 'channel', 'checklist', 'policeReportMade', 'unknown')), 'calmAreas', json_build_array(), \
            'stillThere', json_build_array())) END, '{{\"actor\":\"bench\"}}', monday + time '10:00', ''::bytea \
         FROM made, at; UPDATE head SET position = position + {weeks} * {unit_count} WHERE programme = '{id}'"
    )
}

/// Each read by itself, beside the first of them.
fn compare(bench: &Bench, connections: u64, reads: &[(&str, String)]) -> anyhow::Result<()> {
    let mut bare = None;
    for (name, path) in reads {
        let token = bench.coordinator.clone();
        let ask = format!("GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n")
            .into_bytes();
        let request: Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync> = Arc::new(move |_| ask.clone());
        let counter = Arc::new(AtomicU64::new(0));
        let lasting = Duration::from_secs(SECONDS);
        let read =
            bench.runtime.block_on(load::run(&bench.address, connections, lasting, request, &counter))?;
        let against = *bare.get_or_insert(read.rate);
        println!(
            "{name:<32} {:>8.0}/s  {:>5.2} of SELECT 1  p50 {:>8.2?}  p99 {:>8.2?}  failed {}",
            read.rate,
            read.rate / against,
            read.p50,
            read.p99,
            read.failed
        );
    }
    println!();
    Ok(())
}

fn post(bench: &Bench, path: &str, body: &serde_json::Value) -> anyhow::Result<()> {
    let (token, body) = (bench.coordinator.clone(), body.to_string());
    let ask = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: bench-picture-1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let request: Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync> = Arc::new(move |_| ask.clone().into_bytes());
    let counter = Arc::new(AtomicU64::new(0));
    let once = load::run(&bench.address, 1, Duration::from_millis(1), request, &counter);
    let once = bench.runtime.block_on(once)?;
    anyhow::ensure!(once.failed == 0 && once.answered > 0, "{path} was not taken");
    Ok(())
}
