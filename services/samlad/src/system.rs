//! The machine: its clock, its randomness, its terminal.

use event_log::Rim;
use jiff::Timestamp;
use rand::Rng;
use std::io::Write;

/// The system's own clock and randomness.
pub(crate) struct System;

impl Rim for System {
    #[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn draw(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

/// Half of the processor's cores, one at the least.
pub(crate) fn half_the_cores() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| usize::from(cores) / 2).max(1)
}

/// Says a line to whoever runs the command.
pub(crate) fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}
