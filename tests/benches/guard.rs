//! What a screening costs, text by text, beside the plain regular expressions that a guard is often made of; how it
//! grows with the text; and a hundred thousand stored texts screened again.

use crate::server::Bench;
use crate::yardstick;
use personal_data::{Context, screen};
use regex::Regex;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

const ROUNDS: usize = 2_000;
const STORED: u32 = 100_000;

const CLEAN: &str = "Ungdomar samlades vid torget på fredagskvällen, hög musik men ingen skadegörelse. Mörkt och \
    dålig sikt i gångtunneln; buskarna behöver klippas och lampan vid trappan är trasig. Åtgärdas nästa vecka. ";
const NUMBERS: &str = "Klotter på skolans norra vägg, upptäckt 12.11.2026 kl. 08.45. Öppettiderna är 08.00–16.30. \
    Sanering beställd för 4 500 kronor, faktura 9355061848. Ring 114 14. ";
const HIDDEN: &str =
    "Granne Anna Lindqvist, 900101-2385 och 070-174 06 05, såg skåpbilen MLB 12A på Ekgatan 12. ";

/// A naive guard: what a search for "regex personnummer" and the like brings, with the classes of Unicode.
const NAIVE: [&str; 12] = [
    r"\b(?:\d{2})?\d{6}\s?[-+–]?\s?\d{4}\b",
    r"(?:\+46|\b0)\s?\(?\d{1,3}\)?[\s\-–]?\d{2,3}(?:[\s\-–]?\d{2}){2}\b",
    r"\b[\w.%+-]+(?:@|\s*\(at\)\s*)[\w-]+(?:\.[\w-]+)+\b",
    r"(?i)\b\p{L}{3}\s?\d{2}[\d\p{L}]\b",
    r"\b(?:\d[\s-]?){13,19}\b",
    r"(?i)\b\p{L}{2}\d{2}(?:\s?\w{4}){3,8}\b",
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b",
    r"(?i)\b\w+(?:gatan|vägen|gränd|torget)\s\d+\s?\w?,?\s(?:lgh|lägenhet)\s\d{4}\b",
    r"(?i)\b(?:född|f\.)\s(?:den\s)?\d{1,2}[\s/.-]\w+[\s/.-]\d{2,4}\b",
    r"\b\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+(?:sson|ström|berg|lund|qvist)\b",
    r"(?i)\b(?:\w+-)?K\d{3,}-\d{2}\b",
    r"(?i)\b(?:insta|instagram|snap|snapchat|tiktok)\b\W{0,3}@?\w[\w.]+\b",
];

/// Prints cost, worst cases, growth and ratio; needs no server.
pub(crate) fn measure_screening() -> anyhow::Result<()> {
    println!("GUARD, one core              bytes    p50 µs    p99 µs");
    let texts = [
        ("clean, 1 kB", CLEAN.repeat(5)),
        ("dates and times, 1 kB", NUMBERS.repeat(6)),
        ("persons and numbers, 1 kB", HIDDEN.repeat(10)),
        ("spaced digits, worst", "0 7 ".repeat(1_000)),
        ("digits and dashes, worst", "0-12-90-".repeat(500)),
        ("valid numbers, worst", "9001012385 ".repeat(363)),
        ("at-signs, worst", "@".repeat(4_000)),
        ("addresses, worst", "a@b.c".repeat(800)),
        ("\"det är\", worst", "det är han som ".repeat(266)),
        ("names, worst", "Anna Karin Lind ".repeat(250)),
        ("marks, worst", "a\u{30a}\u{301}\u{302}".repeat(1_000)),
        ("full width, worst", "\u{ff10}\u{ff17}\u{2013}\u{a0}".repeat(1_000)),
    ];
    for (name, text) in &texts {
        let took = sorted(text);
        println!("{name:<27} {:>6} {:>9.1} {:>9.1}", text.len(), at(&took, 50), at(&took, 99));
    }
    println!("\nwhen the text doubles, the time grows by");
    for (name, text) in texts.iter().skip(3) {
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        println!("{name:<27} {:>6.2}", at(&sorted(text), 0) / at(&sorted(&half), 0));
    }
    beside_regular_expressions()
}

fn beside_regular_expressions() -> anyhow::Result<()> {
    let naive = NAIVE.iter().map(|pattern| Regex::new(pattern)).collect::<Result<Vec<_>, _>>()?;
    println!("\nbeside {} plain regular expressions with the classes of Unicode", naive.len());
    for (name, text) in [("clean, 1 kB", CLEAN.repeat(5)), ("dates and times, 1 kB", NUMBERS.repeat(6))] {
        let plain = times(ROUNDS / 10, || {
            black_box(naive.iter().map(|regex| regex.find_iter(black_box(&text)).count()).sum::<usize>());
        });
        let (plain, ours) = (at(&plain, 50), at(&sorted(&text), 50));
        println!(
            "{name:<27} plain {plain:>8.1} µs, Samlad {ours:>6.1} µs: {:>5.1} times as fast",
            plain / ours
        );
    }
    println!();
    Ok(())
}

/// Screens stored texts again, by the operator's command; it says itself what it took.
pub(crate) fn measure_rescreening(bench: &Bench) -> anyhow::Result<()> {
    println!("RESCREEN of {STORED} stored texts");
    let programme = bench.programmes.first().map(|programme| programme.id).unwrap_or_default();
    let store = format!(
        "INSERT INTO text (programme, text_id, salt, body) SELECT '{programme}', gen_random_uuid(), ''::bytea, \
         left('{CLEAN}', 80 + n % 40) || n FROM generate_series(1, {STORED}) AS n"
    );
    yardstick::psql(bench.cluster.bin_folder(), &bench.url, &store)?;
    let began = Instant::now();
    let mut rescreen = Command::new(tests::served::binary()?);
    rescreen.args(["rescreen", "--programme", &programme.to_string(), "--database-url", &bench.url]);
    anyhow::ensure!(rescreen.status()?.success(), "rescreen failed");
    println!("whole command {:.2} s\n", began.elapsed().as_secs_f64());
    Ok(())
}

fn sorted(text: &str) -> Vec<f64> {
    times(ROUNDS, || {
        black_box(screen(black_box(text), &Context::base()));
    })
}

/// Microseconds of each round, the shortest first.
fn times(rounds: usize, mut round: impl FnMut()) -> Vec<f64> {
    let mut took: Vec<f64> = (0..rounds)
        .map(|_| {
            let began = Instant::now();
            round();
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    took.sort_unstable_by(f64::total_cmp);
    took
}

fn at(sorted: &[f64], share: usize) -> f64 {
    sorted.get(sorted.len() * share / 100).copied().unwrap_or_default()
}
