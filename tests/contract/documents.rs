//! The documents that people read, as they are made of data that stands still.

use est::indicator::Indicator;
use est::intervention::EvidenceLevel;
use est::timeline::{Counts, Mark, Milestone, Role, Series, Timeline, weeks};
use est::{AreaId, InterventionId, Name, Week};
use serde_json::Value;
use tests::snapshot;
use uuid::Uuid;

fn read<T: serde::de::DeserializeOwned>(value: &str) -> T {
    let read = est::text::Gate {
        screen: std::sync::Arc::new(|text| personal_data::screen(text, &personal_data::Context::base())),
        draw: std::sync::Arc::new(|| [7; 32]),
    }
    .guard(|| serde_json::from_value(Value::from(value)))
    .0;
    assert!(read.is_ok(), "{value} does not read");
    read.unwrap_or_else(|_| unreachable!("asserted above"))
}

fn series(number: u128, name: &str, role: Role, counts: &[(u32, u32, u32)]) -> Series {
    let counts = counts.iter().map(|(new, known, reported)| Counts {
        new: *new,
        known: *known,
        expected: 3,
        reported: *reported,
    });
    Series { area: AreaId(Uuid::from_u128(number)), name: read::<Name>(name), role, counts: counts.collect() }
}

/// Twenty weeks about an intervention: much before, less while it lasted, and weeks when partners
/// were silent or not yet there.
fn timeline() -> Timeline {
    let week = |week: &str| read::<Week>(week);
    let weeks = weeks(Some(week("2026-W36")), Some(week("2026-W44")), week("2026-W47"), (8, 8));
    let own: [(u32, u32, u32); 20] = [
        (4, 1, 3),
        (5, 1, 3),
        (3, 2, 3),
        (6, 2, 2),
        (5, 3, 3),
        (7, 1, 3),
        (4, 2, 3),
        (6, 2, 3),
        (5, 2, 3),
        (3, 2, 3),
        (3, 1, 3),
        (2, 1, 2),
        (0, 0, 0),
        (2, 1, 3),
        (1, 1, 3),
        (2, 0, 3),
        (1, 1, 3),
        (2, 1, 3),
        (1, 0, 3),
        (3, 0, 2),
    ];
    let other = own.map(|(new, known, reported)| (new.div_ceil(2), known / 2, reported));
    let marks = [
        ("2026-W33", Milestone::Proposed),
        ("2026-W34", Milestone::Decided),
        ("2026-W36", Milestone::Started),
        ("2026-W40", Milestone::FollowedUp),
        ("2026-W40", Milestone::Continued),
        ("2026-W44", Milestone::ReportedBack),
        ("2026-W44", Milestone::Ended),
    ];
    let mut timeline = Timeline {
        intervention: InterventionId(Uuid::from_u128(1)),
        title: read("Vakter & belysning vid <torget>"),
        indicators: vec![Indicator::Vandalism, Indicator::OtherDisorder],
        series: vec![
            series(1, "Centrum", Role::Own, &own),
            series(2, "Norrstad", Role::Neighbour, &other),
            series(3, "Söderbo", Role::Comparison, &other),
        ],
        marks: marks.into_iter().map(|(at, what)| Mark { week: week(at), what }).collect(),
        weeks,
        evidence_level: EvidenceLevel::Description,
    };
    // In the first week no unit answered for the areas yet.
    for first in timeline.series.iter_mut().filter_map(|series| series.counts.first_mut()) {
        *first = Counts::default();
    }
    timeline
}

/// R27, R59: drawn in black and white, told in words beside, and saying of nothing what caused it.
#[test]
fn the_timelines_picture_is_the_one_in_git() {
    let drawn = documents::timeline::svg(&timeline());
    assert!(drawn.contains("visar inte vad som orsakat vad"), "the text equivalent is missing");
    assert!(drawn.contains("Vakter &amp; belysning vid &lt;torget&gt;"), "a name is no markup");
    snapshot::check("timeline.svg", &drawn);
}

/// R27
#[test]
fn the_timelines_sheet_is_the_one_in_git() {
    snapshot::check("timeline.csv", &documents::timeline::csv(&timeline()));
}
