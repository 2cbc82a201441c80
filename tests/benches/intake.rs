//! Durable intake over HTTP: token, contract, guard, decision, append, views, commit; beside pgbench.

use crate::load;
use crate::server::{ALONE, Bench};
use crate::yardstick::{self, Row};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tests::large::{Programme, first_week};

pub(crate) const CONNECTIONS: [u64; 4] = [1, 16, 64, 256];
const SECONDS: u64 = 5;
/// Measured in turns, so that a slow moment of the machine falls on both.
const ROUNDS: usize = 3;

pub(crate) fn measure(bench: &Bench, connections: &[u64]) -> anyhow::Result<()> {
    println!("INTAKE (reports a second; half of them calm, half with an observation and a description)");
    println!("beside pgbench: one transaction for the event of one report, and for a bare row");
    println!(
        "programmes connections    samlad     event  ratio      bare  ratio       p50       p99  failed"
    );
    let (alone, fifty) = bench.programmes.split_at(ALONE);
    let (mut one_by_one, together) = (alone.chunks(1), Arc::new(AtomicU64::new(0)));
    for is_alone in [true, false] {
        for &connections in connections {
            let own = one_by_one.next().filter(|_| is_alone);
            let counter = own.map_or_else(|| Arc::clone(&together), |_| Arc::default());
            let programmes = own.unwrap_or(fifty);
            let mut turns = Vec::new();
            for _ in 0..ROUNDS {
                let yardstick = |row| {
                    yardstick::insert(bench.cluster.bin_folder(), &bench.url, (row, connections, SECONDS))
                };
                let yardsticks = (yardstick(Row::Event)?, yardstick(Row::Bare)?);
                let request = request(bench, programmes);
                let lasting = Duration::from_secs(SECONDS);
                let loaded = load::run(&bench.address, connections, lasting, request, &counter);
                turns.push((yardsticks, bench.runtime.block_on(loaded)?));
            }
            turns.sort_by(|one, other| (one.1.rate / one.0.0).total_cmp(&(other.1.rate / other.0.0)));
            let Some(((event, bare), samlad)) = turns.get(ROUNDS / 2) else { continue };
            println!(
                "{:>10} {connections:>11} {:>9.0} {event:>9.0} {:>6.2} {bare:>9.0} {:>6.2} {:>9.2?} {:>9.2?} {:>7}",
                programmes.len(),
                samlad.rate,
                samlad.rate / event,
                samlad.rate / bare,
                samlad.p50,
                samlad.p99,
                turns.iter().map(|(_, turn)| turn.failed).sum::<u64>(),
            );
        }
    }
    println!();
    Ok(())
}

/// The n-th report: unit by unit, week by week, as on a Thursday morning.
fn request(bench: &Bench, programmes: &[Programme]) -> Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync> {
    let (token, programmes) = (bench.informant.clone(), programmes.to_vec());
    Arc::new(move |number| {
        let number = usize::try_from(number).unwrap_or(0);
        let (turn, which) = (number / programmes.len(), number % programmes.len());
        let Some(programme) = programmes.get(which) else { return Vec::new() };
        let (week, unit) = (turn / programme.units.len(), turn % programme.units.len());
        let week = first_week().plus(i32::try_from(week).unwrap_or(0));
        let area = programme.areas.get(unit % programme.areas.len());
        let Some((unit, area)) = programme.units.get(unit).zip(area) else { return Vec::new() };
        // Written out, not built: what the load costs is taken from the server that it measures.
        let body = if number.is_multiple_of(2) {
            format!(r#"{{"unit":"{unit}","calm":true,"fillSeconds":60}}"#)
        } else {
            format!(
                r#"{{"unit":"{unit}","fillSeconds":300,"items":[{{"indicator":"vandalism","subtypes":["graffiti"],
                    "area":"{area}","date":"2026-11-17","time":"21:30:00","signalStrength":3,"basis":"observed",
                    "description":"Klotter på gaveln mot parken och två krossade rutor vid busshållplatsen."}}]}}"#
            )
        };
        format!(
            "POST /samlad/v1/programmes/{}/weeks/{week}/reports HTTP/1.1\r\nHost: bench\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Idempotency-Key: bench-{number:012}\r\nContent-Length: {}\r\n\r\n{body}",
            programme.id,
            body.len(),
        )
        .into_bytes()
    })
}
