//! An order to the writer, under a key made of the rows it comes from: an import that was cut off can be run
//! again.

use super::desk::{Desk, Left, Outcome};
use super::sorting::Observation;
use aws_lc_rs::digest::{SHA256, digest};
use est::cycle;
use est::decision::{Command, Order, stream};
use est::permission::Actor;
use est::text::FreeText;
use est::{Aggregate, Week};
use event_log::{Expected, IdempotencyKey, NotRecorded, Submission};
use std::fmt::Write;

/// Who the importer is, in the events and among those who hold idempotency keys.
const CALLER: &str = "import";

/// What the writer is told beside the command.
pub(super) struct Act {
    pub(super) texts: Vec<FreeText>,
    pub(super) expected: Expected,
    pub(super) request: Request,
}

/// What makes a request the same as an earlier one.
pub(super) struct Request {
    key: String,
    digest: [u8; 32],
}

/// The request of bringing in rows. The stream's version is in the key: a report that has been withdrawn may
/// be given again.
pub(super) fn request(version: i32, rows: &[Observation]) -> Request {
    let ids: Vec<&str> = rows.iter().map(|seen| seen.row.id.0.as_str()).collect();
    let whole =
        rows.iter().fold(String::new(), |mut text, Observation { row, indicator, subtypes, area }| {
            let subtypes: Vec<&str> = subtypes.iter().map(|subtype| subtype.0.as_str()).collect();
            // Writing to a string cannot fail; the text goes last, and its own length before it.
            let _ = writeln!(
                text,
                "{} {} {subtypes:?} {area:?} {} {:?} {} {}",
                row.id.0,
                indicator.key(),
                row.date,
                row.time,
                row.text.len(),
                row.text,
            );
            text
        });
    let name = first_half(sha256(&ids.join("\n")));
    Request { key: format!("{version}/{name:032x}"), digest: sha256(&whole) }
}

/// The request of opening a week.
pub(super) fn opening(week: Week) -> Request {
    let key = week.to_string();
    Request { digest: sha256(&key), key }
}

/// Half of a digest names the rows surely enough.
fn first_half(digest: [u8; 32]) -> u128 {
    digest.iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

fn sha256(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    let made = digest(&SHA256, text.as_bytes());
    bytes.iter_mut().zip(made.as_ref()).for_each(|(to, from)| *to = *from);
    bytes
}

impl Desk {
    /// Submits a command under its key, and tells whether it is this that was recorded: another run may have
    /// come first with the same rows. A rehearsal leaves no key behind.
    pub(super) async fn submit<C: Command>(
        &self,
        key: <C::State as Aggregate>::Key,
        command: C,
        act: Act,
    ) -> Result<bool, NotRecorded> {
        let Act { texts, expected, request: Request { key: name, digest } } = act;
        let location = stream::<C::State>(&key);
        let name = format!("police-extract/{location}/{name}");
        let key_of_request = IdempotencyKey { caller: CALLER.into(), key: name.into(), digest };
        let submitted = self.writer.submit(Submission {
            programme: self.programme,
            opens: false,
            decision: Box::new(Order { actor: Actor::Duty(CALLER), key, command }),
            texts,
            trace: None,
            expected,
            key: (!self.rehearsal).then_some(key_of_request),
            location,
            rehearsal: self.rehearsal,
        });
        submitted.await.map(|receipt| !receipt.replayed)
    }
}

/// What becomes of a week whose command was not recorded, in words for the operator.
pub(super) fn stopped(not_recorded: NotRecorded) -> Outcome {
    let failed = |reason: &str| Outcome::Failed(reason.to_owned());
    match not_recorded {
        NotRecorded::Refused(refusal) if refusal == cycle::OFF_CADENCE => Outcome::Left(Left::OffBeat),
        NotRecorded::Refused(refusal) if refusal == cycle::SKIPPED => Outcome::Left(Left::Skipped),
        NotRecorded::Refused(refusal) => failed(refusal.swedish),
        NotRecorded::Stale { .. } => failed("rapporten ändrades under tiden; kör importen igen"),
        NotRecorded::KeyReused => {
            failed("samma rader infördes med andra tabeller under tiden; kör importen igen")
        }
        NotRecorded::NoProgramme => failed("programmet finns inte"),
        NotRecorded::Busy => failed("skrivaren hade för mycket att göra; kör importen igen"),
        NotRecorded::Failed(fault) => failed(&format!("{fault}; kör importen igen")),
    }
}

#[cfg(test)]
mod tests {
    use super::{opening, request};
    use crate::import::drill::observation;

    #[test]
    fn the_same_rows_make_the_same_request() {
        let rows = |text| vec![observation("1", "a"), observation("2", text)];
        let first = request(3, &rows("b"));
        assert_eq!(request(3, &rows("b")).digest, first.digest);
        assert_eq!(request(3, &rows("c")).key, first.key);
        assert_ne!(request(3, &rows("c")).digest, first.digest);
        assert_ne!(request(4, &rows("b")).key, first.key);
        assert_ne!(request(3, &rows("b")[..1]).key, first.key);
        assert_eq!(opening("2026-W02".parse().unwrap()).key, "2026-W02");
    }
}
