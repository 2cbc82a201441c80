//! A clock for rehearsals: it is the moment that a file says, so that a past year can be worked through day by day.

use crate::system::System;
use anyhow::{Context, anyhow};
use event_log::Rim;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The demonstration's clock: what the file says, or where there is none the machine's.
pub(crate) fn of(file: Option<&Path>) -> anyhow::Result<Arc<dyn Rim>> {
    Ok(match file {
        None => Arc::new(System),
        Some(file) => Arc::new(Told { last: Mutex::new(read(file)?), file: file.to_owned() }),
    })
}

struct Told {
    file: PathBuf,
    last: Mutex<Timestamp>,
}

impl Rim for Told {
    /// While the file is being written it may not read; then it is still what it was.
    fn now(&self) -> Timestamp {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(moment) = read(&self.file) {
            *last = moment;
        }
        *last
    }

    fn draw(&self) -> [u8; 32] {
        System.draw()
    }
}

fn read(file: &Path) -> anyhow::Result<Timestamp> {
    let named = || format!("the clock {}", file.display());
    let text = std::fs::read_to_string(file).with_context(named)?;
    text.trim().parse().map_err(|error| anyhow!("{error}")).with_context(named)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn it_is_what_the_file_says_last() {
        let file = std::env::temp_dir().join(format!("samlad-clock-{}", std::process::id()));
        assert!(of(Some(&file)).is_err(), "a clock that is not there is no clock");
        std::fs::write(&file, "2025-05-22T10:00:00+02:00\n").unwrap();
        let clock = of(Some(&file)).unwrap();
        assert_eq!(clock.now().to_string(), "2025-05-22T08:00:00Z");
        std::fs::write(&file, "2025-06").unwrap();
        assert_eq!(clock.now().to_string(), "2025-05-22T08:00:00Z");
        std::fs::write(&file, "2025-06-02T08:00:00Z").unwrap();
        assert_eq!(clock.now().to_string(), "2025-06-02T08:00:00Z");
        std::fs::remove_file(&file).unwrap();
    }
}
