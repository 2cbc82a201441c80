//! Settles which of several readings of the same place stands, and asks the policy what follows from each.

use crate::candidate::{Candidate, Found};
use crate::normal_text::NormalText;
use crate::{Context, Finding, Verdict};

/// Of overlapping candidates keeps the one of the first rank, among equals the longest, then the earliest.
pub(crate) fn settle(mut candidates: Vec<Candidate>, text: &NormalText, found: &mut Vec<Found>) {
    candidates.sort_unstable_by(|one, other| {
        let length = |candidate: &Candidate| candidate.end - candidate.start;
        (one.rank.cmp(&other.rank))
            .then_with(|| length(other).cmp(&length(one)))
            .then_with(|| one.start.cmp(&other.start))
    });
    // One flag for each byte keeps the cost linear even for a text that is nothing but digits.
    let mut taken = vec![false; if candidates.is_empty() { 0 } else { text.bytes().len() }];
    for candidate in candidates {
        let Some(place) = taken.get_mut(candidate.start..candidate.end) else { continue };
        if place.contains(&true) {
            continue;
        }
        place.fill(true);
        found.push(Found {
            start: text.source_start(candidate.start),
            end: text.source_end(candidate.end),
            class: candidate.class,
            ground: candidate.ground,
        });
    }
}

/// What the policy has no row for passes.
pub(crate) fn verdict(found: Vec<Found>, context: &Context<'_>) -> Verdict {
    let policy = context.policy();
    let mut findings: Vec<Finding> = found
        .into_iter()
        .filter_map(|Found { start, end, class, ground }| {
            policy.action(class, ground).map(|action| Finding { start, end, class, action })
        })
        .collect();
    findings.sort_unstable();
    Verdict { findings, policy_version: policy.version() }
}
