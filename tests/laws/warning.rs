//! Warnings of the guard: kept beside a text, acknowledged before adoption or written away.

use crate::cast::*;
use crate::given::{Programme, read, texts, then, then_nothing, with};
use est::section::SectionName;
use est::text::{Erase, Rest, Span, StruckClass, TextRef};
use est::warning::{AcknowledgeWarning, Acknowledgement, Reason, Warned, Words};
use est::{Event, FreeText, picture, text};
use serde_json::{Value, json};
use uuid::Uuid;

/// A wrong check digit: the guard warns and does not refuse.
const WARNED: &str = "Lapp med 080820-2393 på dörren.";
/// The same words, moved by what was written before them.
const MOVED: &str = "I går: lapp med 080820-2393 på dörren.";

fn says(text: &str) -> Value {
    json!({ "kind": "overall_situation", "text": text })
}

/// All is written that must be, and the situation with a warning.
pub(crate) fn warned() -> Programme {
    Programme::written().given("coordinator", week(), edit("overall-situation", 1, &says(WARNED)))
}

fn edition(programme: &Programme) -> picture::Edition {
    match programme.state::<picture::State>(&week()) {
        picture::State::Draft(edition) | picture::State::Adopted(edition) => edition,
        picture::State::Undrafted => picture::Edition::default(),
    }
}

fn standing(programme: &Programme) -> Vec<Warned> {
    edition(programme).warned(programme.facts()).map(|(warned, _)| warned).collect()
}

/// Lets the only warning stand.
fn acknowledging(programme: &Programme) -> AcknowledgeWarning {
    let all = standing(programme);
    assert_eq!(all.len(), 1);
    let body = json!(all.first());
    read(with(body, &json!({ "reason": "not_a_person" })))
}

/// An edit by somebody who has read the text with this body.
fn rewriting(programme: &Programme, body: &str, edits: u32, text: &str) -> picture::EditSection {
    let edition = edition(programme);
    let written = edition.sections.get(&SectionName::OverallSituation);
    let texts = written.into_iter().flat_map(|(_, content)| content.texts());
    let replaced = texts.flat_map(|(_, text)| Words::of(Warned::of(text), body)).collect();
    picture::EditSection { replaced, ..edit("overall-situation", edits, &says(text)) }
}

fn adopting() -> picture::Adopt {
    read(json!({}))
}

/// R131: class and place are kept beside the text, never the words; a text without warnings has nothing of it.
#[test]
fn a_warning_is_kept_beside_its_text_without_the_words() {
    let stored = |text: &str| serde_json::to_string(&read::<FreeText>(text.into()).reference()).unwrap();
    let told = stored(WARNED);
    assert!(told.contains(r#""warnings":[{"start":9,"end":20,"class":"personnummer"}]"#), "{told}");
    assert!(told.contains("\"policy\":") && !told.contains("080820"), "{told}");
    let plain = stored("Lugnt.");
    assert!(!plain.contains("policy") && !plain.contains("warnings"), "{plain}");
    assert_eq!(serde_json::to_string(&serde_json::from_str::<TextRef>(&told).unwrap()).unwrap(), told);
}

/// R131: nothing that the guard warned of is adopted unseen.
#[test]
fn a_picture_is_not_adopted_while_a_warning_is_unanswered() {
    let mut programme = warned();
    let told = programme.when("coordinator", week(), adopting());
    assert_eq!(told, Err(picture::WARNINGS_UNACKNOWLEDGED));
    let told = programme.when("coordinator", week(), acknowledging(&programme));
    then!(
        told,
        Event::Picture(picture::Event::WarningAcknowledged(Acknowledgement {
            reason: Reason::NotAPerson,
            ..
        }))
    );
    then_nothing(&programme.when("coordinator", week(), acknowledging(&programme)));
    let told = programme.when("coordinator", week(), adopting());
    then!(told, Event::Picture(picture::Event::Adopted { .. }));
    let again = acknowledging(&programme);
    assert_eq!(programme.when("coordinator", week(), again), Err(picture::ALREADY_ADOPTED));
}

/// R131: or the text is rewritten; then there is nothing to answer.
#[test]
fn a_rewritten_text_needs_no_acknowledgement() {
    let programme = warned();
    let gone = acknowledging(&programme);
    let rewritten = rewriting(&programme, WARNED, 2, "Lapp på dörren.");
    let mut programme = programme.given("coordinator", week(), rewritten);
    assert_eq!(programme.when("coordinator", week(), gone), Err(picture::WARNING_UNKNOWN));
    assert!(programme.when("coordinator", week(), adopting()).is_ok());
}

/// R131: what is acknowledged stays so while its words do, also when they have moved.
#[test]
fn an_edit_elsewhere_in_the_text_keeps_the_acknowledgement() {
    let programme = warned();
    let acknowledged = acknowledging(&programme);
    let programme = programme.given("coordinator", week(), acknowledged);
    let moved = rewriting(&programme, WARNED, 2, MOVED);
    let mut programme = programme.given("coordinator", week(), moved);
    assert_eq!(standing(&programme).len(), 1);
    let adopted = programme.clone().when("coordinator", week(), adopting());
    then!(adopted, Event::Picture(picture::Event::Adopted { .. }));
    let other = rewriting(&programme, MOVED, 3, "Lapp med 080820-2395 på dörren.");
    let told = programme.when("coordinator", week(), other);
    then!(told, Event::Picture(picture::Event::SectionEdited { carried, .. }) if carried.is_empty());
    assert_eq!(programme.when("coordinator", week(), adopting()), Err(picture::WARNINGS_UNACKNOWLEDGED));
}

/// R131: one acknowledged stands for one, and an unanswered one is carried over unanswered.
#[test]
fn the_same_words_written_twice_are_one_acknowledged_and_one_new() {
    let programme = warned();
    let acknowledged = acknowledging(&programme);
    let programme = programme.given("coordinator", week(), acknowledged);
    let twice = rewriting(&programme, WARNED, 2, &format!("{WARNED} {WARNED}"));
    let mut programme = programme.given("coordinator", week(), twice);
    let of = |programme: &Programme| {
        let edition = edition(programme);
        edition.warned(programme.facts()).filter(|(_, reason)| reason.is_some()).count()
    };
    assert_eq!((standing(&programme).len(), of(&programme)), (2, 1));
    assert_eq!(programme.when("coordinator", week(), adopting()), Err(picture::WARNINGS_UNACKNOWLEDGED));
    let unread = edit("overall-situation", 3, &says(WARNED));
    let programme = programme.given("coordinator", week(), unread);
    assert_eq!((standing(&programme).len(), of(&programme)), (1, 0), "words that nobody compared are new");
}

/// R138: a correction begins from what was acknowledged; its reason is a text that readers see.
#[test]
fn a_correction_keeps_what_was_acknowledged_and_its_reason_is_read_too() {
    let programme = warned();
    let acknowledged = acknowledging(&programme);
    let mut programme =
        programme.given("coordinator", week(), acknowledged).given("coordinator", week(), adopting());
    let reason = read::<picture::Correct>(json!({ "reason": "Numret 080820-2395 var fel." }));
    assert!(programme.when("coordinator", week(), reason).is_ok());
    assert_eq!(standing(&programme).len(), 2);
    assert_eq!(programme.when("coordinator", week(), adopting()), Err(picture::WARNINGS_UNACKNOWLEDGED));
}

/// R131: an acknowledgement follows its own warning when a span before it is struck, and answers no other that comes
/// to stand in its old place.
#[test]
fn an_acknowledgement_answers_no_warning_that_comes_to_stand_in_its_place() {
    let text = format!("{:20}080820-2393{:29}080820-2395 på dörren.", "Lapp", "");
    let programme =
        Programme::written().given("coordinator", week(), edit("overall-situation", 1, &says(&text)));
    let all = standing(&programme);
    assert_eq!(all.iter().map(|warned| warned.warning.start).collect::<Vec<_>>(), [20, 60]);
    for (place, adopted) in [(0, false), (1, true)] {
        let acknowledged = read(with(json!(all[place]), &json!({ "reason": "not_a_person" })));
        let programme = programme.clone().given::<AcknowledgeWarning>("coordinator", week(), acknowledged);
        let mut programme = struck(programme, all[0].text, &text, (4, 59));
        assert_eq!(standing(&programme).iter().map(|warned| warned.warning.start).collect::<Vec<_>>(), [20]);
        assert_eq!(programme.when("coordinator", week(), adopting()).is_ok(), adopted);
    }
}

/// With a span of a draft's text struck.
fn struck(programme: Programme, id: Uuid, body: &str, (start, end): (u32, u32)) -> Programme {
    let spans = vec![Span { start, end, class: StruckClass::PersonName }];
    let left = text::struck(body, &spans).unwrap_or_else(|refusal| unreachable!("{refusal:?}"));
    let rest = Some(Rest { of: id, text: read(left.into()) });
    let place = programme.log().iter().flat_map(texts).find(|(text, _)| *text == id).map(|(_, place)| place);
    let erase = Erase { ground: read(json!({ "kind": "draft" })), spans, place, rest };
    programme.given("coordinator", id, erase)
}

/// R131: the words are compared and let go.
#[test]
fn words_under_a_warning_are_never_printed() {
    let command = rewriting(&warned(), WARNED, 2, MOVED);
    assert!(!format!("{command:?}").contains("080820"));
}

/// R85
#[test]
fn without_a_draft_there_is_nothing_to_acknowledge() {
    let acknowledging = acknowledging(&warned());
    assert_eq!(Programme::in_week().when("coordinator", week(), acknowledging), Err(picture::NO_DRAFT));
}
