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

/// One text or more of every class that disguise could be tried on.
const TELLING: [&str; 28] = [
    "Pojken har 900101-2385 som nummer",
    "Samordningsnummer 701063-2391 uppgavs",
    "Reservnummer 20110412-T123 noterades",
    "Ring 070-174 06 05 i kväll",
    "Skriv till norr.exempel@example.com i dag",
    "Skåpbilen med skylt MLB 12A stod kvar",
    "Kort 4111-1111-1111-1111 hittades",
    "Sätt in på SE35 5000 0000 0549 1000 0003",
    "Betala till bankgiro 123-4567",
    "Inloggning från 203.0.113.7 i natt",
    "Insta: norr.exempel sprider bilder",
    "Hälsningar från @norrgruppen",
    "Fest på Skolvägen 8 B, lgh 1102 igen",
    "Hon bor på Ekgatan 12",
    "Oljud från lgh 1102 varje natt",
    "Han är född 2011-04-12",
    "Ett pass, nr 12345678, hittades i busken",
    "Granne Anna Lindqvist klagade",
    "Det var Mohammed som ropade",
    "Det var romer som tiggde",
    "Granntjejen säljer knark",
    "Polisen gör razzia på torsdag",
    "Ärende 5000-K123456-26 gäller samma sak",
    "Han är schizofren",
    "Kvinnan har skyddad identitet",
    "Barnet är omhändertaget enligt LVU",
    "Hans bostad ligger vid 59.2741, 15.2066",
    "Killen med rullstol är utvecklingsstörd",
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

fn telling() -> impl Strategy<Value = &'static str> {
    prop::sample::select(TELLING.to_vec())
}

/// Letters of other alphabets that look like ours.
const fn alike(letter: char) -> Option<char> {
    Some(match letter {
        'a' => '\u{430}',
        'c' => '\u{441}',
        'e' => '\u{435}',
        'i' => '\u{456}',
        'o' => '\u{43E}',
        'p' => '\u{440}',
        'x' => '\u{445}',
        'A' => '\u{391}',
        'B' => '\u{392}',
        'K' => '\u{39A}',
        'M' => '\u{39C}',
        'T' => '\u{422}',
        _ => return None,
    })
}

proptest! {
    #[test]
    fn invisible_characters_change_no_verdict(text in telling(), hidden in invisible(), places in any::<u64>()) {
        // A mark before the first sign would have none to hang on.
        let disguised: String = text
            .chars()
            .enumerate()
            .flat_map(|(at, sign)| [sign].into_iter().chain(((places >> (at % 64)) & 1 == 1).then_some(hidden)))
            .collect();
        prop_assert_eq!(class_and_action(&sees(&disguised)), class_and_action(&sees(text)), "{}", disguised);
    }

    #[test]
    fn letters_that_look_alike_change_no_verdict(text in telling(), places in any::<u64>()) {
        let disguised: String = text
            .chars()
            .enumerate()
            .map(|(at, sign)| alike(sign).filter(|_| (places >> (at % 64)) & 1 == 1).unwrap_or(sign))
            .collect();
        prop_assert_eq!(sees(&disguised), sees(text), "{}", disguised);
    }

    #[test]
    fn full_width_changes_no_verdict(text in telling()) {
        let disguised: String = text
            .chars()
            .map(|sign| match sign {
                ' ' => '\u{3000}',
                '!'..='~' => char::from_u32(u32::from(sign) + 0xFEE0).unwrap(),
                other => other,
            })
            .collect();
        prop_assert_eq!(sees(&disguised), sees(text), "{}", disguised);
    }

    #[test]
    fn accents_written_apart_change_no_verdict(text in telling()) {
        let apart = text.replace('å', "a\u{30A}").replace('ä', "a\u{308}").replace('ö', "o\u{308}");
        prop_assert_eq!(class_and_action(&sees(&apart)), class_and_action(&sees(text)), "{}", apart);
    }

    #[test]
    fn screening_twice_says_the_same(text in "[A-Za-z0-9åäöÅÄÖ@.,:;!?()/ \u{200b}\u{301}-]{0,200}") {
        prop_assert_eq!(sees(&text), sees(&text));
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
        text in telling(),
        dash in prop::sample::select(vec!['\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}', '\u{2212}', '\u{FF0D}']),
        space in prop::sample::select(vec!['\u{A0}', '\u{2009}', '\u{202F}', '\u{3000}', '\n', '\t']),
    ) {
        let disguised: String = text
            .chars()
            .map(|sign| match sign {
                '-' => dash,
                ' ' => space,
                other => other,
            })
            .collect();
        prop_assert_eq!(sees(text), sees(&disguised), "{}", disguised);
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

#[test]
fn the_telling_texts_are_of_every_class() {
    let told: std::collections::HashSet<Class> = TELLING
        .iter()
        .flat_map(|text| {
            let findings = sees(text).findings;
            assert!(!findings.is_empty(), "{text}");
            findings
        })
        .map(|finding| finding.class)
        .collect();
    let of_content = |class: &&Class| !matches!(class, Class::InvalidCharacters | Class::TooLong);
    let missing: Vec<_> =
        Class::ALL.iter().filter(of_content).filter(|class| !told.contains(class)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
