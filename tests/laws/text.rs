//! What becomes of a text after it was written: erased on a ground, struck in, sealed.

use crate::cast::*;
use crate::given::{Programme, read, texts, then, then_nothing};
use est::decision::Decide;
use est::event::Taken;
use est::permission::FUNCTION_MISSING;
use est::text::{
    Erase, FreeText, Ground, Place, Rest, Seal, SealReason, Span, State, StruckClass, Unseal,
    before_striking, struck,
};
use est::{Event, Refusal, function, picture, report, text};
use serde_json::{Value, json};
use uuid::Uuid;

type Told = Result<Vec<Event>, Refusal>;

const REGISTRY: est::FunctionId = est::FunctionId(Uuid::from_u128(0xF7));

/// Somebody is the registrar.
fn with_registrar(programme: Programme) -> Programme {
    let establish = establishing("registrar", MUNICIPALITY, None);
    programme.given("coordinator", REGISTRY, establish).given::<function::AppointHolder>(
        "coordinator",
        REGISTRY,
        appointing("registrar"),
    )
}

/// The last text of the kind of stream.
fn last(programme: &Programme, kind: &str) -> (Uuid, Place) {
    let mut all = programme.log().iter().flat_map(texts).filter(|(_, place)| place.stream.starts_with(kind));
    all.next_back().unwrap_or_else(|| unreachable!("there is a text in {kind}"))
}

fn decision() -> Ground {
    read(json!({ "kind": "disposal_decision", "reference": "KS 2026/88" }))
}

fn statute() -> Ground {
    read(json!({ "kind": "statute", "reference": "Dataskyddsförordningen artikel 17" }))
}

fn whole(ground: Ground, place: &Place) -> Erase {
    Erase { ground, spans: Vec::new(), place: Some(place.clone()), rest: None }
}

fn span(start: u32, end: u32) -> Span {
    Span { start, end, class: StruckClass::PersonName }
}

fn striking(spans: Vec<Span>, of: Uuid, place: &Place) -> Erase {
    let rest = Some(Rest { of, text: left() });
    Erase { ground: decision(), spans, place: Some(place.clone()), rest }
}

fn left() -> FreeText {
    read(Value::from("[struket: namn] än förra veckan."))
}

fn seal(place: &Place) -> Seal {
    Seal { reason: SealReason::Secrecy, place: Some(place.clone()) }
}

fn erased(told: &Told) -> Option<&text::Erasure> {
    match told.as_deref() {
        Ok([Event::Text(text::Event::Erased(erasure))]) => Some(erasure),
        _ => None,
    }
}

/// A picture that is not adopted is working material, and its texts are erased freely.
#[test]
fn a_text_of_a_draft_is_erased_without_more_ground() {
    let mut programme = Programme::written();
    let (id, place) = last(&programme, "picture");
    let told = programme.when("coordinator", id, whole(Ground::Draft {}, &place));
    then!(told, Event::Text(text::Event::Erased(its)) if its.erased == id && its.replacement.is_none());
}

/// Arkivlagen 10 §: what has been adopted is a public record, and is disposed of by a decision or a statute alone.
#[test]
fn a_text_of_an_adopted_picture_is_erased_by_a_decision_or_a_statute() {
    for ground in [decision(), statute()] {
        let mut programme = Programme::adopted();
        let (id, place) = last(&programme, "picture");
        let told = programme.when("coordinator", id, whole(Ground::Draft {}, &place));
        assert_eq!(told, Err(text::NOT_A_DRAFT));
        then!(programme.when("coordinator", id, whole(ground, &place)), Event::Text(text::Event::Erased(_)));
    }
}

/// What was written over before adoption is in no edition; the reason of a correction is, once that is adopted.
#[test]
fn what_stood_in_no_adopted_edition_remains_a_draft() {
    let drafted = Programme::written();
    let (first, place) = last(&drafted, "picture");
    let block = json!({ "kind": "priority", "situation": "Skrivet om.", "interventions": [] });
    let mut programme = drafted
        .given("coordinator", week(), edit("priority-3", 1, &block))
        .given("coordinator", week(), read::<picture::Adopt>(json!({ "attended": [] })))
        .given("coordinator", week(), read::<picture::Correct>(json!({ "reason": "Fel område." })));
    then!(
        programme.when("coordinator", first, whole(Ground::Draft {}, &place)),
        Event::Text(text::Event::Erased(_))
    );
    let (reason, place) = last(&programme, "picture");
    let mut meanwhile = programme.clone();
    let told = meanwhile.when("coordinator", reason, whole(Ground::Draft {}, &place));
    assert!(erased(&told).is_some(), "{told:?}");
    let mut adopted =
        programme.given("coordinator", week(), read::<picture::Adopt>(json!({ "attended": [] })));
    let told = adopted.when("coordinator", reason, whole(Ground::Draft {}, &place));
    assert_eq!(told, Err(text::NOT_A_DRAFT));
}

/// A report has come in from a partner: a public record from the beginning, also where a draft has taken it up.
#[test]
fn a_text_of_a_report_is_never_a_draft() {
    let item = json!({ "indicator": "public_event", "area": CENTRUM, "date": "2026-11-20", "timeBand": "evening",
        "publicEvent": { "name": "Konserten", "firstDay": "2026-11-20", "lastDay": "2026-11-20" },
        "description": "Många väntas." });
    let submit = read::<report::Submit>(json!({ "unit": EAST, "items": [item] }));
    let mut programme = Programme::in_week().given("caretaker", of(EAST), submit).given(
        "coordinator",
        week(),
        drafting(&[CENTRUM, NORR, SODER]),
    );
    let (id, taken_up) = last(&programme, "picture");
    let (same, brought) = last(&programme, "report");
    assert_eq!(id, same);
    for place in [taken_up, brought] {
        let told = programme.when("coordinator", id, whole(Ground::Draft {}, &place));
        assert_eq!(told, Err(text::NOT_A_DRAFT));
    }
}

/// The caller says where the text stands; that it does is looked up in what has happened.
#[test]
fn a_text_that_does_not_stand_there_is_unknown() {
    let mut programme = with_registrar(Programme::written());
    let (id, place) = last(&programme, "picture");
    let elsewhere = Place { position: place.position - 1, ..place.clone() };
    assert_eq!(programme.when("coordinator", id, whole(decision(), &elsewhere)), Err(text::UNKNOWN));
    assert_eq!(programme.when("coordinator", Uuid::nil(), whole(decision(), &place)), Err(text::UNKNOWN));
    let nowhere = Erase { place: None, ..whole(decision(), &place) };
    assert_eq!(programme.when("coordinator", id, nowhere), Err(text::UNKNOWN));
    assert_eq!(programme.when("registrar", id, seal(&elsewhere)), Err(text::UNKNOWN));
    assert_eq!(programme.when("registrar", id, Unseal { place: None }), Err(text::UNKNOWN));
}

#[test]
fn erasing_twice_does_nothing_more() {
    let mut programme = Programme::adopted();
    let (id, place) = last(&programme, "picture");
    then!(programme.when("coordinator", id, whole(decision(), &place)), Event::Text(text::Event::Erased(_)));
    then_nothing(&programme.when("coordinator", id, whole(decision(), &place)));
    then_nothing(&programme.when("coordinator", id, whole(Ground::Draft {}, &place)));
}

/// What is left stands under an id of its own, and goes when more is erased.
#[test]
fn spans_are_struck_one_after_another_and_at_last_the_whole() {
    let mut programme = Programme::adopted();
    let (id, place) = last(&programme, "picture");
    let order = striking(vec![span(0, 4)], id, &place);
    let told = programme.when("coordinator", id, order.clone());
    let first = erased(&told).and_then(|erasure| erasure.replacement.clone());
    let first = first.unwrap_or_else(|| unreachable!("{told:?}")).text_id;
    assert_eq!(programme.state::<State>(&id).standing(id), Some(first));
    then_nothing(&programme.when("coordinator", id, order));
    let stale = striking(vec![span(1, 3)], id, &place);
    assert_eq!(programme.when("coordinator", id, stale), Err(text::CHANGED_MEANWHILE));
    let told = programme.when("coordinator", id, striking(vec![span(1, 3)], first, &place));
    assert_eq!(erased(&told).map(|erasure| erasure.erased), Some(first));
    let told = programme.when("coordinator", id, whole(decision(), &place));
    assert!(erased(&told).is_some_and(|erasure| erasure.replacement.is_none()));
    assert_eq!(programme.state::<State>(&id).standing(id), None);
    let taken: Vec<Taken> = programme.log().iter().filter_map(est::event::Happened::takes).collect();
    let brought: Vec<_> = taken.iter().map(|taken| taken.brought).collect();
    assert_eq!(brought, [Some(place.position), None, None], "only the text itself came by a request");
}

#[test]
fn spans_lie_in_the_text_and_beside_each_other() {
    let mut programme = Programme::adopted();
    let (id, place) = last(&programme, "picture");
    for spans in [vec![span(0, 4_000)], vec![span(3, 3)], vec![span(0, 3), span(2, 4)]] {
        let told = programme.when("coordinator", id, striking(spans, id, &place));
        assert_eq!(told, Err(text::SPANS_MISPLACED));
    }
}

#[test]
fn what_is_struck_leaves_a_mark_that_says_what_it_was() {
    let phone = Span { start: 5, end: 8, class: StruckClass::Phone };
    assert_eq!(struck("Ring åäö nu.", &[phone]), Ok("Ring [struket: telefonnummer] nu.".to_owned()));
    let both = [span(9, 11), span(0, 4)];
    assert_eq!(struck("Ring åäö nu.", &both), Ok("[struket: namn] åäö [struket: namn].".to_owned()));
    assert_eq!(struck(&"a".repeat(4_000), &[span(0, 1)]), Err(text::TOO_LONG));
    let left = struck("Ring åäö nu.", &both).unwrap_or_default();
    let at = left.chars().position(|letter| letter == 'å').unwrap_or_default();
    assert_eq!((before_striking(at, &both), before_striking(at + 3, &both)), (5, 8));
}

/// Where there is no ground to erase, the registrar hides the text, and shows it again.
#[test]
fn the_registrar_seals_a_text_and_unseals_it() {
    let mut programme = with_registrar(Programme::adopted());
    let (id, place) = last(&programme, "picture");
    let unseal = || Unseal { place: Some(place.clone()) };
    assert_eq!(programme.when("coordinator", id, seal(&place)), Err(FUNCTION_MISSING));
    then!(programme.when("registrar", id, seal(&place)), Event::Text(text::Event::Sealed(_)));
    then_nothing(&programme.when("registrar", id, seal(&place)));
    assert_eq!(programme.facts().shown(id), None);
    assert_eq!(programme.when("coordinator", id, unseal()), Err(FUNCTION_MISSING));
    then!(programme.when("registrar", id, unseal()), Event::Text(text::Event::Unsealed {}));
    then_nothing(&programme.when("registrar", id, unseal()));
    assert_eq!(programme.facts().shown(id), Some(id));
}

#[test]
fn a_sealed_text_can_be_erased_and_an_erased_one_cannot_be_sealed() {
    let mut programme = with_registrar(Programme::adopted());
    let (id, place) = last(&programme, "picture");
    then!(programme.when("registrar", id, seal(&place)), Event::Text(text::Event::Sealed(_)));
    then!(programme.when("registrar", id, whole(statute(), &place)), Event::Text(text::Event::Erased(_)));
    assert_eq!(programme.when("registrar", id, seal(&place)), Err(text::ALREADY_ERASED));
}

/// The order that is asked again after the place has moved is the same order.
#[test]
fn an_erasure_reads_the_stream_that_the_text_stands_in() {
    let programme = Programme::adopted();
    let (id, place) = last(&programme, "picture");
    let actor = crate::given::actor("coordinator");
    let order = est::decision::Order { actor, key: id, command: whole(decision(), &place) };
    assert_eq!((order.stream(), order.reads()), (format!("text/{id}"), vec![place.stream]));
}
