//! Stored samples of every event ever written: they must read, for ever. A new event adds lines to
//! `stored-events.jsonl`; a line that stands there is never changed.

use est::event::name;
use est::{
    Event, addendum, analysis, area, compilation, cycle, distribution, function, intervention, organisation,
    picture, pledge, prioritisation, problem, programme, report, rescreening, text,
};
use serde::Deserialize;
use serde_json::value::RawValue;

const SAMPLES: &str = include_str!("stored-events.jsonl");

/// A stored event, with the exact bytes that are hashed.
#[derive(Deserialize)]
struct Sample<'a> {
    kind: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

fn samples() -> impl Iterator<Item = Sample<'static>> {
    let read = |line: &'static str| {
        let sample = serde_json::from_str(line);
        assert!(sample.is_ok(), "no sample: {line}");
        sample.ok()
    };
    SAMPLES.lines().filter_map(read)
}

/// Writes all variants out once, as a list and as a match: a new variant compiles only when it stands here.
macro_rules! variants {
    ($($aggregate:ident $module:ident: $($variant:ident)+;)+) => {
        fn variant(event: &Event) -> (&'static str, &'static str) {
            match event {
                $(Event::$aggregate(event) => match event {
                    $($module::Event::$variant { .. } => (stringify!($module), stringify!($variant))),+
                }),+
            }
        }

        const VARIANTS: &[(&str, &str)] = &[$($((stringify!($module), stringify!($variant))),+),+];
    };
}

variants! {
    Programme programme: Opened MethodAdopted MeetingsDecided FormEntrusted LegalReviewRecorded GuardListsSet Activated;
    Area area: Drawn Renamed Redrawn Retired;
    Organisation organisation: Joined UnitAdded UnitChanged UnitClosed;
    Function function: Established HolderAppointed HolderEnded Discontinued;
    Cycle cycle: Opened Skipped PhaseBegun;
    Report report: Reminded CalmReported Submitted Amended Withdrawn;
    Prioritisation prioritisation: Proposed Decided TemporarilyChanged Restored;
    Analysis analysis: Recorded Amended;
    Intervention intervention: Proposed Decided Declined AnchoringSettled Started ReportedBack FollowedUp
        DispositionDecided;
    Pledge pledge: Given FollowedUp Ended;
    Problem problem: Opened Corroborated Closed FellSilent Reopened;
    Compilation compilation: Compiled Revised;
    Picture picture: Drafted Renewed SectionEdited WarningAcknowledged Adopted Distributed Acknowledged CorrectionBegun;
    Distribution distribution: RecipientEntered RecipientStruck;
    Addendum addendum: Written;
    Text text: Erased Sealed Unsealed;
    Rescreening rescreening: Found Handled;
}

/// The stored name of a variant: `report.calm-reported` of `CalmReported`.
fn stored_name((module, variant): (&str, &str)) -> String {
    let mut stored = format!("{module}.");
    for letter in variant.chars() {
        if letter.is_uppercase() && !stored.ends_with('.') {
            stored.push('-');
        }
        stored.extend(letter.to_lowercase());
    }
    stored
}

/// R27: what was written is read as it was meant, and its hash stays what it was.
#[test]
fn every_stored_sample_reads_and_writes_back_to_the_same_bytes() {
    for sample in samples() {
        let data = sample.data.get();
        let read = Event::read(sample.kind, data.as_bytes());
        assert!(read.is_ok(), "{} no longer reads: {read:?}\n{data}", sample.kind);
        let written = read.ok().and_then(|event| event.bytes().ok()).unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&written), data, "{}", sample.kind);
    }
}

/// R27
#[test]
fn every_event_has_a_stored_sample_under_its_name() {
    let mut without: Vec<_> = VARIANTS.iter().copied().map(stored_name).collect();
    for sample in samples() {
        let data = sample.data.get().as_bytes();
        let named = name(sample.kind, data);
        let variant = Event::read(sample.kind, data).map(|event| stored_name(variant(&event))).ok();
        assert_eq!(variant.as_ref(), Some(&named), "an event is stored under another name than its own");
        without.retain(|wanted| *wanted != named);
    }
    assert!(without.is_empty(), "add a line to stored-events.jsonl for {without:?}");
}

/// R27: only the log's own writer can have written a sample, so no sample holds free text.
#[test]
fn no_stored_sample_holds_free_text() {
    let with_body = samples().find(|sample| sample.data.get().contains(r#""body":"#));
    assert_eq!(with_body.map(|sample| sample.kind), None);
}
