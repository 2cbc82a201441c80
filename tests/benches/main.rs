//! Measures intake, reading and rebuild of a durable server beside their yardsticks, in one run; prints ratios.

#![expect(clippy::print_stdout, reason = "the figures are what a bench is for")]
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "figures are printed, not computed with"
)]

mod intake;
mod load;
mod reading;
mod rebuild;
mod server;
mod yardstick;

use server::Bench;

fn main() -> anyhow::Result<()> {
    let bench = Bench::start()?;
    println!(
        "PostgreSQL with fsync and synchronous_commit; server, load and database share the machine's cores.\n"
    );
    // One figure can be had alone: `bench 64`.
    if let Some(connections) = std::env::args().nth(1).and_then(|only| only.parse().ok()) {
        intake::measure(&bench, &[connections])?;
        return bench.stop();
    }
    intake::measure(&bench, &intake::CONNECTIONS)?;
    reading::measure(&bench)?;
    rebuild::measure(&bench)?;
    bench.stop()
}
