//! Finds personal data in Swedish free text before it is stored: pure, without state, in linear time.
//! It knows texts and a policy; what a report or a picture is, it does not know.

mod account_number;
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
mod dwelling;
mod email_address;
mod identity_number;
mod ip_address;
mod knowledge;
mod lexicon;
mod lookalikes;
mod marks;
mod message;
mod normal_text;
mod own_words;
mod person_name;
mod phone_number;
mod phrase_book;
mod phrases;
mod policy;
mod reserve_number;
mod said_number;
mod social_handle;
mod source_map;
mod vehicle_plate;
mod verdict;
mod word_lists;
mod words;
mod words_before;

pub use area_codes::written_number_pattern;
pub use class::Class;
pub use context::Context;
pub use message::{Language, message, noun};
pub use own_words::OwnWords;
pub use policy::{Policy, PolicyVersion};
pub use verdict::{Action, Finding, Verdict};

use digit_groups::DigitGroups;
use knowledge::KNOWLEDGE;
use normal_text::NormalText;
use words::Words;

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
    let words = Words::of(&normal, &KNOWLEDGE.book.lexicon);
    let numbers = DigitGroups::of(&words, KNOWLEDGE.spoken_digit);
    email_address::find(&words, &KNOWLEDGE, &mut candidates);
    reserve_number::find(&numbers, &mut candidates);
    identity_number::find(&numbers, context, &mut candidates);
    phone_number::find(&numbers, context, &mut candidates);
    account_number::find(&numbers, &words, &KNOWLEDGE, &mut candidates);
    ip_address::find(&words, &KNOWLEDGE, &mut candidates);
    vehicle_plate::find(&words, &KNOWLEDGE, &mut candidates);
    social_handle::find(&words, &KNOWLEDGE, &mut candidates);
    dwelling::find(&words, &KNOWLEDGE, &mut candidates);
    said_number::find(&numbers, &words, &KNOWLEDGE, &mut candidates);
    person_name::find(&words, &KNOWLEDGE, context, &mut candidates);
    decision::settle(candidates, &normal, &mut found);
    phrases::find(&words, &KNOWLEDGE.book, &normal, &mut found);
    decision::verdict(found, context)
}
