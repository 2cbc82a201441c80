//! What the services of the test process have written to their log.

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};
use tracing_subscriber::EnvFilter;

/// The house's own rooms tell more than they do in service; the rest as in service.
const FILTER: &str = "info,api=debug,est=debug,event_log=debug,views=debug,tokio_postgres=debug";

static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static BEGUN: Once = Once::new();

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps the log from now on, once for the process.
pub(crate) fn begin() {
    BEGUN.call_once(|| {
        let log = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(FILTER)).with_ansi(false);
        log.with_writer(|| Kept).init();
    });
}

/// Everything that has been logged, of every test so far.
pub fn all() -> String {
    String::from_utf8_lossy(&WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
