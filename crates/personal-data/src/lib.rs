//! Finds personal data in Swedish free text before it is stored: pure, without state, in linear time.
//! It knows texts and a policy; what a report or a picture is, it does not know.

mod admission;
mod area_codes;
mod calendar;
mod candidate;
mod check_digit;
mod class;
mod context;
mod decision;
mod digit_groups;
mod digit_window;
mod email_address;
mod identity_number;
mod lookalikes;
mod message;
mod normal_text;
mod own_words;
mod phone_number;
mod policy;
mod reserve_number;
mod verdict;
mod words_before;

pub use class::Class;
pub use context::Context;
pub use message::{Language, message};
pub use own_words::OwnWords;
pub use policy::{Policy, PolicyVersion};
pub use verdict::{Action, Finding, Verdict};

use digit_groups::DigitGroups;
use normal_text::NormalText;

/// Looks through a text and tells all that the policy has a word about, or nothing.
pub fn screen(text: &str, context: &Context<'_>) -> Verdict {
    let mut found = Vec::new();
    if let Some(excess) = admission::excess(text) {
        found.push(excess);
        return decision::verdict(found, context);
    }
    admission::invalid_characters(text, &mut found);
    let normal = NormalText::new(text);
    let mut candidates = Vec::new();
    email_address::find(&normal, &mut candidates);
    let numbers = DigitGroups::of(&normal);
    reserve_number::find(&numbers, &mut candidates);
    identity_number::find(&numbers, context, &mut candidates);
    phone_number::find(&numbers, context, &mut candidates);
    decision::settle(candidates, &normal, &mut found);
    decision::verdict(found, context)
}
