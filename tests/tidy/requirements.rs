//! The page of what the method asks names every row once, and what it names is there: operation, type, file, test.
//! A row that a test says it proves is not said to be unproved.

use std::collections::BTreeMap;

use crate::{
    Told, none,
    reading::Reading,
    tree::{self, Source},
};

const PAGE: &str = "docs/requirements.md";
const CONTRACT: &str = "openapi/samlad.json";
const METHOD: &str = "crates/est/src/";
const LAST: u16 = 139;
const UNPROVED: &str = "not yet";
const ORGANISATIONAL: &str = "organisational: not software";
const PARTLY: &str = "partly: ";

/// A row as the page has it.
struct Row<'a> {
    line: usize,
    number: u16,
    asks: &'a str,
    met_by: &'a str,
    proved_by: &'a str,
}

impl<'a> Row<'a> {
    fn read(number: usize, line: &'a str) -> Option<Self> {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let ["", row, asks, met_by, proved_by, ""] = cells.as_slice() else { return None };
        Some(Self { line: number + 1, number: numbered(row)?, asks, met_by, proved_by })
    }

    fn is_unproved(&self) -> bool {
        self.proved_by.starts_with(UNPROVED) || self.proved_by.starts_with(ORGANISATIONAL)
    }

    fn breach(&self, what: &str, why: &str) -> String {
        format!("{PAGE}:{} R{}: {what} — {why}", self.line, self.number)
    }
}

fn page(sources: &[Source]) -> &str {
    text(sources, PAGE).unwrap_or_default()
}

fn text<'a>(sources: &'a [Source], path: &str) -> Option<&'a str> {
    sources.iter().find(|source| source.path == path).map(|source| source.text.as_str())
}

fn rows(page: &str) -> impl Iterator<Item = Row<'_>> {
    page.lines().enumerate().filter_map(|(number, line)| Row::read(number, line))
}

/// `R52` is 52.
fn numbered(word: &str) -> Option<u16> {
    word.strip_prefix('R')?.parse().ok()
}

/// What stands between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn not_once(sources: &[Source]) -> Vec<String> {
    let mut times: BTreeMap<u16, usize> = (1..=LAST).map(|number| (number, 0)).collect();
    let mut breaches = Vec::new();
    for (number, line) in page(sources).lines().enumerate().filter(|(_, line)| line.starts_with("| R")) {
        match Row::read(number, line) {
            Some(row) => {
                *times.entry(row.number).or_default() += 1;
                if row.asks.is_empty() || row.met_by.is_empty() {
                    breaches.push(row.breach("an empty cell", "a row says what it asks and what meets it"));
                }
            }
            None => breaches.push(format!("{PAGE}:{} cells — a row is | R1 | … | … | … |", number + 1)),
        }
    }
    let wrong = times.into_iter().filter(|(number, times)| *times != 1 || !(1..=LAST).contains(number));
    let told =
        |(number, times)| format!("{PAGE}:1 R{number} {times} times — each row to R{LAST} stands once");
    breaches.extend(wrong.map(told));
    breaches
}

fn unmet(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for row in rows(page(sources)) {
        for name in quoted(row.met_by) {
            let missing = match name.split("::").collect::<Vec<_>>().as_slice() {
                ["est", module, declared] => {
                    (!declares(sources, module, declared)).then_some("crates/est does not declare it there")
                }
                [path] if path.contains(['/', '.']) => {
                    text(sources, path).is_none().then_some("there is no such file")
                }
                [operation] => (!serves(sources, operation)).then_some("the contract has no such operation"),
                _ => Some("neither an operation, est::module::Type nor a file"),
            };
            breaches.extend(missing.map(|why| row.breach(name, why)));
        }
    }
    breaches
}

fn declares(sources: &[Source], module: &str, name: &str) -> bool {
    let (file, folder) = (format!("{METHOD}{module}.rs"), format!("{METHOD}{module}/"));
    let mut theirs = sources.iter().filter(|its| its.path == file || its.lies_in(&[&folder]));
    theirs.any(|source| {
        let reading = Reading::of(&source.text);
        let types = reading.declared.iter().map(|declared| declared.what.as_str());
        types.chain(reading.functions.iter().map(|function| function.name.as_str())).any(|its| its == name)
    })
}

fn serves(sources: &[Source], operation: &str) -> bool {
    let id = format!("\"operationId\": \"{operation}\"");
    text(sources, CONTRACT).is_some_and(|contract| contract.contains(&id))
}

fn unproved(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for row in rows(page(sources)) {
        let proofs: Vec<_> = quoted(row.proved_by).collect();
        if row.is_unproved() != proofs.is_empty() {
            let why = "a row names its tests, or says that it has none";
            breaches.push(row.breach(row.proved_by, why));
        }
        if row.proved_by.contains("partly") && !row.proved_by.contains(PARTLY) {
            breaches.push(row.breach(row.proved_by, "partly says what is missing"));
        }
        let lost = proofs.into_iter().filter(|proof| !tests(sources, proof));
        breaches.extend(lost.map(|proof| row.breach(proof, "there is no such test")));
    }
    breaches
}

/// Whether `path::name` is a function of that file, marked as a test.
fn tests(sources: &[Source], proof: &str) -> bool {
    let Some((path, name)) = proof.split_once("::") else { return false };
    let mut marked = false;
    for line in text(sources, path).unwrap_or_default().lines().map(str::trim_start) {
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        let declared = function.and_then(|function| function.strip_prefix(name));
        if declared.is_some_and(|rest| rest.starts_with('(')) {
            return marked;
        }
        // Other attributes and comments may stand between the mark and the function.
        let above = line.starts_with("#[") || line.starts_with("//");
        marked = line.starts_with("#[") && line.contains("test") || marked && above;
    }
    false
}

/// The rows that tests say they prove, each with where one says so.
fn claimed(sources: &[Source]) -> Vec<(u16, String)> {
    let tests = sources.iter().filter(|source| {
        let within = source.path.contains("/tests/") || source.path.ends_with("/tests.rs");
        source.is_rust() && (within || source.lies_in(&["tests/"])) && !source.lies_in(&["tests/tidy/"])
    });
    let mut claimed = Vec::new();
    for source in tests {
        for (number, line) in source.text.lines().enumerate() {
            let comment = line.trim_start();
            if comment.starts_with("///") || comment.starts_with("//!") {
                let place = format!("{}:{}", source.path, number + 1);
                claimed.extend(mentioned(comment).into_iter().map(|row| (row, place.clone())));
            }
        }
    }
    claimed
}

/// The rows that a comment names, one by one or as `R37-R45`.
fn mentioned(comment: &str) -> Vec<u16> {
    let words = comment.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let rows = words.filter_map(|word| match word.split_once('-') {
        Some((first, last)) => Some(numbered(first)?..=numbered(last)?),
        None => numbered(word).map(|row| row..=row),
    });
    rows.flatten().collect()
}

fn contradicted(sources: &[Source]) -> Vec<String> {
    let unproved: BTreeMap<_, _> = rows(page(sources)).map(|row| (row.number, row.is_unproved())).collect();
    let told = |(row, place): (u16, String)| match unproved.get(&row) {
        Some(false) => None,
        Some(true) => Some(format!("{place} R{row} — {PAGE} says that no test proves it")),
        None => Some(format!("{place} R{row} — there is no such row in {PAGE}")),
    };
    claimed(sources).into_iter().filter_map(told).collect()
}

#[test]
fn every_row_of_the_method_stands_once() -> Result<(), Told> {
    none(&not_once(&tree::sources()?))
}

#[test]
fn what_meets_a_row_is_there() -> Result<(), Told> {
    none(&unmet(&tree::sources()?))
}

#[test]
fn every_row_names_its_tests_or_says_that_it_has_none() -> Result<(), Told> {
    none(&unproved(&tree::sources()?))
}

#[test]
fn no_row_is_unproved_that_a_test_says_it_proves() -> Result<(), Told> {
    none(&contradicted(&tree::sources()?))
}

fn made_up(met_by: &str, proved_by: &str) -> Vec<Source> {
    let code = "/// Open.\npub struct Open<T> { a: T }\npub fn prioritised() {}\n";
    let test = "/// R52: seen.\n#[test]\nfn it_is_opened() {}\n\nfn opening() {}\n";
    vec![
        Source::new(PAGE, &format!("| R52 | persistence | {met_by} | {proved_by} |\n")),
        Source::new(CONTRACT, "{ \"operationId\": \"openProblem\" }"),
        Source::new("crates/est/src/problem/life.rs", code),
        Source::new("tests/laws/problem.rs", test),
    ]
}

#[test]
fn a_row_that_is_missing_doubled_or_malformed_is_found() {
    let row = |number: u16| format!("| R{number} | a | – | {UNPROVED} |\n");
    let found = |text: String| not_once(&[Source::new(PAGE, &text)]).len();
    let all: String = (1..=LAST).map(row).collect();
    assert_eq!(found(all.clone()), 0);
    assert_eq!(found(all.replace(&row(7), "")), 1);
    assert_eq!(found(format!("{all}{}{}", row(7), row(LAST + 1))), 2);
    assert_eq!(found(format!("{all}| R7 | a | b |\n")), 1);
    assert_eq!(found(all.replace("| R7 | a ", "| R7 |  ")), 1);
    assert_eq!(not_once(&[]).len(), usize::from(LAST));
}

#[test]
fn an_operation_a_type_or_a_file_that_is_not_there_is_found() {
    let there = "`openProblem`, `est::problem::Open`, `est::problem::prioritised`, `tests/laws/problem.rs`";
    assert_eq!(unmet(&made_up(there, UNPROVED)), Vec::<String>::new());
    for gone in
        ["`shutProblem`", "`open`", "`est::problem::Ope`", "`est::area::Open`", "`docs/a.md`", "`Open::it`"]
    {
        assert_eq!(unmet(&made_up(gone, UNPROVED)).len(), 1, "{gone}");
    }
}

#[test]
fn a_row_without_its_test_is_found() {
    let found = |proved_by: &str| unproved(&made_up("–", proved_by)).len();
    let proof = "`tests/laws/problem.rs::it_is_opened`";
    for whole in [proof, &format!("{proof}; partly: no view"), UNPROVED, "not yet: built", ORGANISATIONAL] {
        assert_eq!(found(whole), 0, "{whole}");
    }
    let lost = ["`tests/laws/problem.rs::it_is_shut`", "`tests/laws/area.rs::it_is_opened`"];
    let no_test = ["`tests/laws/problem.rs::opening`", "`tests/laws/problem.rs`"];
    let untold = ["", "met", &format!("not yet, {proof}"), &format!("{proof}, partly")];
    for broken in [lost.as_slice(), no_test.as_slice(), untold.as_slice()].concat() {
        assert_eq!(found(broken), 1, "{broken}");
    }
}

#[test]
fn a_contradiction_between_page_and_test_is_found() {
    assert_eq!(mentioned("/// R85-R87, R128: each (R2) of T123, R2D2 and R9-bis"), [85, 86, 87, 128, 2]);
    assert!(contradicted(&made_up("–", "`tests/laws/problem.rs::it_is_opened`")).is_empty());
    let told = contradicted(&made_up("–", "not yet: built"));
    assert_eq!(told, [format!("tests/laws/problem.rs:1 R52 — {PAGE} says that no test proves it")]);
    let mut stray = made_up("–", "`tests/laws/problem.rs::it_is_opened`");
    stray.push(Source::new("services/samlad/src/import/tests.rs", "//! R140\n"));
    stray.push(Source::new("crates/est/src/problem.rs", "/// R53\n"));
    stray.push(Source::new("tests/tidy/requirements.rs", "/// R53\n"));
    assert_eq!(contradicted(&stray).len(), 1);
}
