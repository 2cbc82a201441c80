//! Feeds the guard with whatever the fuzzer thinks of; coverage leads it. Run with `make fuzz`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use personal_data::{Context, OwnWords, screen};

fuzz_target!(|text: &str| {
    let own = OwnWords::new(["Karl Johans torg", "Ängskolan", "S:t Eriks plan"]);
    let context = Context::base().with_own_numbers(&["019-21 10 00"]).with_own_places(&own);
    let verdict = screen(text, &context);
    let length = text.chars().count();
    for finding in &verdict.findings {
        assert!(finding.start < finding.end && finding.end <= length, "a place outside the text");
    }
    assert!(verdict.findings.is_sorted(), "findings out of order");
    assert_eq!(verdict, screen(text, &context), "a second screening says something else");
});
