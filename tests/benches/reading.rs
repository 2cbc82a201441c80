//! Reading: the week's overview and the picture, beside a handler that asks `SELECT 1`, in the same run.

use crate::load;
use crate::server::Bench;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tests::large::first_week;

const CONNECTIONS: u64 = 16;
const SECONDS: u64 = 5;

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let Some(programme) = bench.programmes.first() else { return Ok(()) };
    println!("READING ({CONNECTIONS} connections)");
    let (week, root) = (first_week().plus(3), format!("/samlad/v1/programmes/{}", programme.id));
    let priorities: Vec<_> = programme.areas.iter().take(3).collect();
    post(bench, &format!("{root}/weeks/{week}/picture"), &serde_json::json!({ "priorities": priorities }))?;
    let mut bare = None;
    for (name, path) in [
        ("SELECT 1 (/readyz)", "/readyz".to_owned()),
        ("nothing (/livez)", "/livez".to_owned()),
        ("week overview, 4 weeks before", format!("{root}/weeks/{week}/overview")),
        ("weekly picture", format!("{root}/weeks/{week}/picture")),
        ("reporting of a week", format!("{root}/weeks/{week}/reporting")),
    ] {
        let token = bench.coordinator.clone();
        let ask = format!("GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n")
            .into_bytes();
        let request: Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync> = Arc::new(move |_| ask.clone());
        let counter = Arc::new(AtomicU64::new(0));
        let lasting = Duration::from_secs(SECONDS);
        let read =
            bench.runtime.block_on(load::run(&bench.address, CONNECTIONS, lasting, request, &counter))?;
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
