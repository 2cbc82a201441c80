//! Measures the guard, and intake, reading and rebuild of a durable server, beside their yardsticks; prints ratios.

#![expect(clippy::print_stdout, reason = "the figures are what a bench is for")]
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "figures are printed, not computed with"
)]

mod follow_up;
mod guard;
mod intake;
mod load;
mod reading;
mod rebuild;
mod server;
mod yardstick;

use server::Bench;

fn main() -> anyhow::Result<()> {
    // A part can be had alone: `bench 64`, or by its name: follow-up, guard, reading, meeting, rebuild, rescreen.
    let only = std::env::args().nth(1);
    let only = only.as_deref();
    if matches!(only, None | Some("guard")) {
        guard::measure_screening()?;
    }
    if matches!(only, None | Some("follow-up")) {
        follow_up::measure()?;
    }
    if matches!(only, Some("guard" | "follow-up")) {
        return Ok(());
    }
    let bench = Bench::start()?;
    println!(
        "PostgreSQL with fsync and synchronous_commit; server, load and database share the machine's cores.\n"
    );
    let connections = only.and_then(|only| only.parse().ok());
    if let Some(connections) = connections {
        intake::measure(&bench, &[connections])?;
    }
    if only.is_none() {
        intake::measure(&bench, &intake::CONNECTIONS)?;
    }
    if matches!(only, None | Some("reading")) {
        reading::measure(&bench)?;
    }
    if matches!(only, None | Some("meeting")) {
        reading::measure_meeting(&bench)?;
    }
    if matches!(only, None | Some("rebuild")) {
        rebuild::measure(&bench)?;
    }
    if matches!(only, None | Some("rescreen")) {
        guard::measure_rescreening(&bench)?;
    }
    bench.stop()
}
