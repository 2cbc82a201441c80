//! What never comes in: personal data in a text or a name, and text that no guard has read.

use crate::given::{gate, read, try_read};
use est::guard::OwnNumber;
use est::text::commitment;
use est::{FreeText, Name, Subject};
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::json;

/// R131
#[test]
fn personal_data_is_refused_in_texts_and_names() {
    for written in ["Ring 070-174 06 05.", "Född 19121212-1212.", "Skriv till anna@exempel.se"] {
        assert!(try_read::<FreeText>(written.into()).is_err(), "{written}");
        assert!(try_read::<Name>(written.into()).is_err(), "{written}");
    }
}

/// R131: no text without a guard, not even a harmless one.
#[test]
fn a_text_that_no_guard_has_read_does_not_exist() {
    assert!(serde_json::from_value::<FreeText>("Lugnt.".into()).is_err());
    assert!(try_read::<FreeText>("Lugnt.".into()).is_ok());
    assert!(serde_json::from_value::<FreeText>("Lugnt.".into()).is_err(), "the guard has gone");
}

/// R131: what the guard let through is handed over, so that it can be stored beside the log.
#[test]
fn the_guard_hands_over_the_texts_it_let_through() {
    let (read, texts) =
        gate().guard(|| serde_json::from_value::<Vec<FreeText>>(json!(["Lugnt.", "Klotter."])));
    assert_eq!(texts.iter().map(FreeText::body).collect::<Vec<_>>(), ["Lugnt.", "Klotter."]);
    let ids = |texts: &[FreeText]| texts.iter().map(FreeText::id).collect::<Vec<_>>();
    assert_eq!(read.map(|read| ids(&read)).ok(), Some(ids(&texts)));
}

/// R131: an event has the text's length and commitment, never its words.
#[test]
fn a_text_is_kept_out_of_events_and_out_of_what_is_printed() {
    let text = read::<FreeText>("Klotter på skolan.".into());
    let stored = serde_json::to_string(&text.reference()).unwrap_or_default();
    assert!(!stored.contains("Klotter") && !format!("{text:?}").contains("Klotter"));
    assert_eq!(text.reference().length, 18);
    assert_eq!(text.reference().commitment, commitment(text.salt(), "Klotter på skolan."));
    assert_ne!(text.reference().commitment, commitment(text.salt(), "Klotter på skolan"));
}

/// R47: bounds are those that the form says.
#[test]
fn an_empty_or_endless_text_is_refused() {
    for broken in [String::new(), " \n".to_owned(), "å".repeat(4001)] {
        assert!(try_read::<FreeText>(broken.into()).is_err());
    }
    assert!(try_read::<FreeText>("å".repeat(4000).into()).is_ok());
    for broken in [String::new(), "två\nrader".to_owned(), "å".repeat(121)] {
        assert!(try_read::<Name>(broken.into()).is_err());
    }
}

/// R2: a subject is a pseudonym of the identity provider.
#[test]
fn a_subject_is_short_and_plain() {
    for broken in ["", "två ord", "å", &"a".repeat(129)] {
        assert!(Subject::new(broken).is_none(), "{broken}");
    }
    assert!(Subject::new("idp|3f1c-9a@exempel").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    /// R131: what the contract allows as a programme's own number is one that the guard reads as such.
    #[test]
    fn every_number_that_the_contract_allows_may_be_listed(
        number in string_regex(OwnNumber::pattern().trim_matches(['^', '$'])).unwrap(),
    ) {
        prop_assert!(OwnNumber::may_be_own(&number), "{number}");
        prop_assert!(try_read::<OwnNumber>(number.into()).is_ok());
    }
}
