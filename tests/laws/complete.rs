//! No refusal and no event of the method without a law that comes to it.

use est::refusal;

/// The laws that are said as given, when, then.
const LAWS: &[&str] = &[
    include_str!("programme.rs"),
    include_str!("area.rs"),
    include_str!("organisation.rs"),
    include_str!("function.rs"),
    include_str!("cycle.rs"),
    include_str!("report.rs"),
    include_str!("item.rs"),
    include_str!("problem.rs"),
    include_str!("silence.rs"),
    include_str!("prioritisation.rs"),
    include_str!("analysis.rs"),
    include_str!("intervention.rs"),
    include_str!("pledge.rs"),
    include_str!("compilation.rs"),
    include_str!("picture.rs"),
    include_str!("renewal.rs"),
    include_str!("distribution.rs"),
    include_str!("addendum.rs"),
    include_str!("text.rs"),
    include_str!("warning.rs"),
    include_str!("rescreening.rs"),
];

/// The names of all events, such as `report.calm-reported`: each has a stored sample.
pub(crate) fn event_names() -> impl Iterator<Item = String> {
    include_str!("../contract/stored-events.jsonl").lines().filter_map(|sample| {
        let (kind, rest) = sample.strip_prefix(r#"{"kind":""#)?.split_once('"')?;
        let (_, data) = rest.split_once(r#""data":"#)?;
        Some(est::event::name(kind, data.as_bytes()))
    })
}

fn stated(path: &str) -> bool {
    let ends = |after: &str| !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    LAWS.iter().any(|law| law.match_indices(path).any(|(at, _)| law.get(at + path.len()..).is_some_and(ends)))
}

/// The constant of a refusal: `area::NAME_TAKEN` of `area.name-taken`.
fn constant(code: &str) -> String {
    match code {
        "programme.unknown" => "NO_SUCH_PROGRAMME".to_owned(),
        "function.missing" => "FUNCTION_MISSING".to_owned(),
        code => {
            let (file, fact) = code.split_once('.').unwrap_or_default();
            format!("{file}::{}", fact.replace('-', "_").to_uppercase())
        }
    }
}

/// The variant of an event: `report::Event::CalmReported` of `report.calm-reported`.
fn variant(name: &str) -> String {
    let (kind, tag) = name.split_once('.').unwrap_or_default();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    format!("{kind}::Event::{}", tag.split('-').map(capital).collect::<String>())
}

#[test]
fn every_refusal_has_a_law() {
    let without: Vec<_> =
        refusal::all().map(|refusal| constant(refusal.code)).filter(|path| !stated(path)).collect();
    assert!(without.is_empty(), "no law comes to {without:?}");
}

#[test]
fn every_event_has_a_law() {
    let without: Vec<_> = event_names().map(|name| variant(&name)).filter(|path| !stated(path)).collect();
    assert!(without.is_empty(), "no law comes to {without:?}");
}

#[test]
fn every_refusal_has_a_code_of_its_own_and_speaks_both_languages() {
    let mut codes: Vec<_> = refusal::all().map(|refusal| refusal.code).collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
    assert!(refusal::all().all(|refusal| refusal.swedish.ends_with('.') && refusal.english.ends_with('.')));
}
