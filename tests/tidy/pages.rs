//! The pages a reader needs exist and keep their form, and nothing in the tree names a machine or a registry.

use crate::{
    Told, none,
    tree::{self, Source},
};

const PAGES: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "GLOSSARY.md", "CHANGELOG.md"];
const README_NAMES: [&str; 2] = ["make run", "make test"];
const ARCHITECTURE_LINES_MAX: usize = 120;
const DECISIONS: &str = "docs/decisions/";
const DECISION_HEADINGS: [&str; 3] = ["Context", "Choice", "Price"];
/// In pieces, since this file is searched as well.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/t", "mp/")];
/// File and path that may stand in it, with the reason in a comment. An excuse nothing needs is a breach.
const EXCUSED_PATHS: [(&str, &str); 1] = [
    // A made-up folder that only the superuser reaches: what the choice of a folder is tested with.
    ("crates/local-postgres/src/home/tests.rs", concat!("/ro", "ot/")),
];
const REGISTRY_HOSTS: [&str; 4] = [
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("registry.npmjs", ".org"),
    concat!("deb.debian", ".org"),
];
const NAMING_REGISTRIES: [&str; 3] = ["Cargo.lock", "tests/fuzz/Cargo.lock", "deny.toml"];

fn page<'a>(sources: &'a [Source], path: &str) -> Option<&'a Source> {
    sources.iter().find(|source| source.path == path)
}

fn missing(sources: &[Source]) -> Vec<String> {
    let absent = PAGES.iter().filter(|path| page(sources, path).is_none());
    let mut breaches: Vec<_> =
        absent.map(|path| format!("{path}:1 missing — a reader looks for it")).collect();
    if let Some(readme) = page(sources, "README.md") {
        let unnamed = README_NAMES.iter().filter(|command| !readme.text.contains(**command));
        breaches.extend(unnamed.map(|command| readme.breach(1, command, "README names how to run and test")));
    }
    if let Some(architecture) = page(sources, "ARCHITECTURE.md") {
        let lines = architecture.text.lines().count();
        if lines > ARCHITECTURE_LINES_MAX {
            breaches.push(architecture.breach(lines, &format!("{lines} lines"), "the map has at most 120"));
        }
    }
    breaches
}

/// Each file of the method is a word of the method.
fn unexplained(sources: &[Source]) -> Vec<String> {
    let glossary = page(sources, "GLOSSARY.md").map(|page| page.text.to_lowercase()).unwrap_or_default();
    let glossary = glossary.replace(['-', '_'], " ");
    let of_the_method = |source: &&Source| {
        let name = source.path.strip_prefix("crates/est/src/");
        source.is_rust() && name.is_some_and(|name| !name.contains('/') && name != "lib.rs")
    };
    let modules = sources.iter().filter(of_the_method);
    modules
        .filter(|module| !stands_in(&glossary, &module.stem().replace('_', " ")))
        .map(|module| module.breach(1, module.stem(), "GLOSSARY.md does not explain the word"))
        .collect()
}

/// From the beginning of a word; its plural will do.
fn stands_in(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        text.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|letter| !letter.is_alphanumeric())
    })
}

fn decisions(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut pages: Vec<_> = sources.iter().filter(|source| source.lies_in(&[DECISIONS])).collect();
    pages.sort_by_key(|page| &page.path);
    if pages.is_empty() {
        breaches.push(format!("{DECISIONS}:1 no page — choices are written down with their price"));
    }
    for (number, page) in (1..).zip(pages) {
        if !page.path.starts_with(&format!("{DECISIONS}{number:04}-")) || !page.ends_in("md") {
            breaches.push(page.breach(
                1,
                "number",
                &format!("decisions have no gaps: this one is {number:04}-….md"),
            ));
        }
        let headings: Vec<_> = page.text.lines().filter(|line| line.starts_with('#')).collect();
        for wanted in DECISION_HEADINGS {
            if !headings.iter().any(|heading| heading.trim_start_matches('#').trim() == wanted) {
                breaches.push(page.breach(1, wanted, "a decision has the headings Context, Choice, Price"));
            }
        }
    }
    breaches
}

fn machine_paths(sources: &[Source], excused: &[(&str, &str)]) -> Vec<String> {
    let mut used = vec![false; excused.len()];
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| source.path != "Cargo.lock") {
        for (number, line) in source.text.lines().enumerate() {
            for named in MACHINE_PATHS.iter().filter(|path| begins_in(line, path)) {
                let row = excused.iter().position(|(file, path)| *file == source.path && path == named);
                match row.and_then(|row| used.get_mut(row)) {
                    Some(row) => *row = true,
                    None => breaches.push(source.breach(number + 1, named, "a path of one machine")),
                }
            }
        }
    }
    let idle = excused.iter().zip(used).filter(|(_, used)| !used);
    breaches.extend(idle.map(|((file, path), _)| format!("{file}:1 {path} — an excuse that nothing needs")));
    breaches
}

/// A path begins here; in `https://example.se/home/` or `crates/x/tmp/` it only goes on.
fn begins_in(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"./_-}*".contains(letter))
    })
}

fn registries(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| !NAMING_REGISTRIES.contains(&source.path.as_str())) {
        for (number, line) in source.text.lines().enumerate() {
            let host = REGISTRY_HOSTS.iter().find(|host| line.contains(**host));
            breaches.extend(
                host.map(|host| source.breach(number + 1, host, "where packages come from is a setting")),
            );
        }
    }
    breaches
}

#[test]
fn the_pages_exist_and_keep_their_form() -> Result<(), Told> {
    let sources = tree::sources()?;
    none(&[missing(&sources), decisions(&sources)].concat())
}

#[test]
fn every_module_of_the_method_stands_in_the_glossary() -> Result<(), Told> {
    none(&unexplained(&tree::sources()?))
}

#[test]
fn the_tree_names_no_machine_and_no_registry() -> Result<(), Told> {
    let sources = tree::sources()?;
    none(&[machine_paths(&sources, &EXCUSED_PATHS), registries(&sources)].concat())
}

#[test]
fn a_missing_page_is_found() {
    let readme = Source::new("README.md", "make run");
    let architecture = Source::new("ARCHITECTURE.md", &"line\n".repeat(121));
    let found = missing(&[readme, architecture]);
    assert_eq!(found.len(), 4 + 1 + 1, "{found:?}");
}

#[test]
fn a_word_without_explanation_is_found() {
    let glossary = Source::new("GLOSSARY.md", "**Annual review**: once a year. Unreported.");
    let module = |path| Source::new(path, "");
    let found = unexplained(&[
        glossary,
        module("crates/est/src/annual_review.rs"),
        module("crates/est/src/report.rs"),
        module("crates/est/src/lib.rs"),
    ]);
    assert_eq!(found, ["crates/est/src/report.rs:1 report — GLOSSARY.md does not explain the word"]);
}

#[test]
fn a_gap_between_decisions_is_found() {
    let whole = "# 1 Title\n## Context\n## Choice\n## Price\n";
    let first = Source::new("docs/decisions/0001-one-log.md", whole);
    let third = Source::new("docs/decisions/0003-lanes.md", "# Lanes\n## Context\n## Choice\n");
    assert_eq!(decisions(&[third, first]).len(), 2);
    assert_eq!(decisions(&[]).len(), 1);
}

#[test]
fn a_machine_path_is_found_and_an_idle_excuse_too() {
    let machine = concat!("/t", "mp/");
    let named = Source::new("a.md", &format!("Look in {machine}samlad, not https://a.se{machine}x"));
    assert_eq!(machine_paths(&[Source::new("a.md", &named.text)], &[]).len(), 1);
    assert!(machine_paths(&[named], &[("a.md", machine)]).is_empty());
    assert_eq!(machine_paths(&[], &[("a.md", machine)]).len(), 1);
}

#[test]
fn a_registry_is_found_outside_the_lock_file() {
    let text = concat!("https://static.crates", ".io/x");
    let sources = [Source::new("Cargo.lock", text), Source::new("deploy/compose.yaml", text)];
    assert_eq!(registries(&sources).len(), 1);
}
