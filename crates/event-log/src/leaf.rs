//! The bytes of an event that are hashed, and the leaf they make (RFC 6962, section 2.1).

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// All that an event's leaf covers. It holds no free text, only commitments to it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub programme: Uuid,
    pub position: i64,
    pub stream: &'a str,
    pub version: i32,
    pub event_id: Uuid,
    pub kind: &'a str,
    /// To the microsecond, as PostgreSQL keeps it.
    pub recorded_at: Timestamp,
    pub meta: &'a str,
    pub data: &'a str,
}

/// The leaf: SHA-256 over 0x00 and the entry's lines. No field holds a line break, so the lines are unambiguous.
pub fn leaf(entry: &Entry<'_>) -> [u8; 32] {
    let Entry { programme, position, stream, version, event_id, kind, recorded_at, meta, data } = entry;
    let head = format!(
        "samlad-event/v1\n{programme}\n{position}\n{stream}\n{version}\n{event_id}\n{kind}\n{recorded_at:.6}\n"
    );
    let lines = [head.as_bytes(), meta.as_bytes(), b"\n", data.as_bytes()];
    lines.iter().fold(Sha256::new().chain_update([0]), Sha256::chain_update).finalize().into()
}
