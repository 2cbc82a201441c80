//! The clock and the randomness: arguments that only the binary, and a test, can make.

use jiff::Timestamp;
use uuid::Uuid;

/// Where time and chance enter.
pub trait Rim: Send + Sync + 'static {
    fn now(&self) -> Timestamp;

    /// 32 random bytes, from a source fit for secrets.
    fn draw(&self) -> [u8; 32];

    /// A new identity, ordered by time (UUID version 7).
    fn identity(&self) -> Uuid {
        let mut random = [0; 10];
        random.iter_mut().zip(self.draw()).for_each(|(to, from)| *to = from);
        let milliseconds = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }
}
