//! Measures what a screening costs, text by text; run with --release.

use std::hint::black_box;
use std::io::{Write, stdout};
use std::time::Instant;

use personal_data::{Context, screen};

const ROUNDS: usize = 2_000;

fn main() -> std::io::Result<()> {
    let clean = "Ungdomar samlades vid torget på fredagskvällen, hög musik men ingen skadegörelse. Mörkt och dålig \
                 sikt i gångtunneln; buskarna behöver klippas och lampan vid trappan är trasig. Åtgärdas nästa vecka.";
    let mixed = "Klotter på skolans norra vägg, upptäckt 12.11.2026 kl. 08.45. Öppettiderna är 08.00–16.30. Sanering \
                 beställd för 4 500 kronor, faktura 9355061848. Ring 114 14. ";
    let texts = [
        ("clean, 200 characters", clean.to_owned()),
        ("clean, 1 kB", clean.repeat(5)),
        ("dates and times, 1 kB", mixed.repeat(6)),
        ("personnummer, 1 kB", "Pnr 900101-2385 och tel 070-174 06 05. ".repeat(26)),
        ("spaced digits, 4000", "0 7 ".repeat(1_000)),
        ("digits and dashes, 4000", "0-12-90-".repeat(500)),
        ("valid numbers, 4000", "9001012385 ".repeat(363)),
        ("only at-signs, 4000", "@".repeat(4_000)),
        ("a@ without end, 4000", "a@b.c".repeat(800)),
        ("at in words, 4000", "a at b punkt ".repeat(307)),
        ("marks, 4000", "a\u{30a}\u{301}\u{302}".repeat(1_000)),
        ("full width, 4000", "\u{ff10}\u{ff17}\u{2013}\u{a0}".repeat(1_000)),
        ("one letter and 3999 marks", format!("a{}", "\u{301}\u{323}\u{300}".repeat(1_333))),
    ];
    let mut output = stdout().lock();
    for (name, text) in &texts {
        let mut nanoseconds: Vec<u128> = (0..ROUNDS).map(|_| once(text)).collect();
        nanoseconds.sort_unstable();
        let at = |share: usize| nanoseconds.get(ROUNDS * share / 100).copied().unwrap_or_default();
        writeln!(
            output,
            "{name:28} {:5} bytes  least {:7}  p50 {:7}  p99 {:7} ns",
            text.len(),
            at(0),
            at(50),
            at(99)
        )?;
    }
    Ok(())
}

fn once(text: &str) -> u128 {
    let began = Instant::now();
    black_box(screen(black_box(text), &Context::base()));
    began.elapsed().as_nanos()
}
