//! What holds for every text: disguises change nothing, places lie within the text, and nothing panics.

use personal_data::{Class, Context, Language, Verdict, message, screen};
use proptest::prelude::*;

const NUMBERS: [&str; 7] = [
    "900101-2385",
    "19900101-2385",
    "701063-2391",
    "070-174 06 05",
    "08-465 004 04",
    "+46 70 174 06 23",
    "20110412-T123",
];

fn sees(text: &str) -> Verdict {
    screen(text, &Context::base())
}

fn class_and_action(verdict: &Verdict) -> Vec<(&'static str, &'static str)> {
    verdict.findings.iter().map(|finding| (finding.class.key(), finding.action.key())).collect()
}

fn invisible() -> impl Strategy<Value = char> {
    prop::sample::select(vec![
        '\u{AD}', '\u{200B}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{FE0F}', '\u{20E3}',
    ])
}

/// The zero of a way to write digits: full width, Arabic-Indic, Devanagari, mathematical bold and double-struck.
fn zero() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![0xFF10_u32, 0x0660, 0x0966, 0x1D7CE, 0x1D7D8])
}

proptest! {
    #[test]
    fn invisible_characters_change_no_verdict(
        number in prop::sample::select(NUMBERS.to_vec()),
        hidden in invisible(),
        at in 1_usize..16,
    ) {
        let disguised: String = number
            .chars()
            .enumerate()
            .flat_map(|(index, sign)| [sign].into_iter().chain((index + 1 == at).then_some(hidden)))
            .collect();
        prop_assert_eq!(class_and_action(&sees(&disguised)), class_and_action(&sees(number)));
    }

    #[test]
    fn other_digits_change_no_verdict(number in prop::sample::select(NUMBERS.to_vec()), zero in zero()) {
        let disguised: String = number
            .chars()
            .map(|sign| match sign.to_digit(10) {
                Some(value) => char::from_u32(zero + value).unwrap(),
                None => sign,
            })
            .collect();
        let (plain, other) = (sees(number), sees(&disguised));
        prop_assert_eq!(plain, other);
    }

    #[test]
    fn dashes_and_spaces_change_no_verdict(
        number in prop::sample::select(NUMBERS.to_vec()),
        dash in prop::sample::select(vec!['\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}', '\u{2212}', '\u{FF0D}']),
        space in prop::sample::select(vec!['\u{A0}', '\u{2009}', '\u{202F}', '\u{3000}', '\n', '\t']),
    ) {
        let disguised: String = number
            .chars()
            .map(|sign| match sign {
                '-' => dash,
                ' ' => space,
                other => other,
            })
            .collect();
        prop_assert_eq!(sees(number), sees(&disguised));
    }

    #[test]
    fn words_around_a_number_move_it_and_change_nothing_else(
        number in prop::sample::select(NUMBERS.to_vec()),
        before in "[a-zåäö]{3,9} ",
        after in " [a-zåäö]{3,9}",
    ) {
        let (alone, among) = (sees(number), sees(&format!("x{before}{number}{after}")));
        prop_assert_eq!(alone.findings.len(), among.findings.len());
        prop_assert!(among.findings.iter().all(|finding| finding.start >= before.chars().count()));
    }

    #[test]
    fn any_text_is_screened_and_every_place_lies_within_it(text in "\\PC{0,200}") {
        let length = text.chars().count();
        let verdict = sees(&text);
        prop_assert!(verdict.findings.iter().all(|found| found.start < found.end && found.end <= length));
        prop_assert!(verdict.findings.is_sorted());
    }

    #[test]
    fn texts_of_digits_and_signs_are_screened(text in "[0-9OlSB|+@()./, \u{300}\u{200b}åÅa-t-]{0,300}") {
        let length = text.chars().count();
        prop_assert!(sees(&text).findings.iter().all(|found| found.start < found.end && found.end <= length));
    }

    #[test]
    fn controls_and_marks_are_screened(text in proptest::collection::vec(any::<char>(), 0..120)) {
        let text: String = text.into_iter().collect();
        let length = text.chars().count();
        prop_assert!(sees(&text).findings.iter().all(|found| found.start < found.end && found.end <= length));
    }

    #[test]
    fn a_verdict_never_tells_what_was_written(number in prop::sample::select(NUMBERS.to_vec())) {
        let told = format!("{:?}", sees(number));
        prop_assert!(!told.contains(number));
    }
}

#[test]
fn every_class_has_a_key_and_two_messages_of_its_own() {
    let keys: std::collections::HashSet<&str> = Class::ALL.iter().map(|class| class.key()).collect();
    assert_eq!(keys.len(), Class::ALL.len());
    for class in Class::ALL {
        assert_ne!(message(class, Language::Swedish), message(class, Language::English));
    }
}
