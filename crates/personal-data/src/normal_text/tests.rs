//! The map back to the original.

use super::NormalText;

fn reads(text: &str, expected: &str) {
    assert_eq!(String::from_utf8_lossy(NormalText::new(text).bytes()), expected, "{text:?}");
}

#[test]
fn each_thing_is_written_one_way() {
    reads("Åsa sa – ”nej”\u{A0}…", "Åsa sa - \"nej\" ...");
    reads("A\u{30A}sa e\u{301}", "Åsa é");
    reads("１２ ٣٤ ⑤ 6️⃣ ❼", "12 34 5 6 7");
    reads("а\u{200B}Ο1", "aO1");
    reads("20 °C 🚨", "20 \u{1A}C \u{1A}");
}

#[test]
fn marks_alone_and_marks_on_digits_vanish() {
    reads("\u{301}", "");
    reads("1\u{332}2\u{20E3}", "12");
}

#[test]
fn every_byte_leads_back_to_its_cluster() {
    let text = "aé½\u{200B}bA\u{30A}c";
    let normal = NormalText::new(text);
    assert_eq!(normal.bytes(), "aé1/2bÅc".as_bytes());
    let places: Vec<(usize, usize)> = (0..normal.bytes().len())
        .map(|byte| (normal.source_start(byte), normal.source_end(byte + 1)))
        .collect();
    let half = (2, 3);
    assert_eq!(places, [(0, 1), (1, 2), (1, 2), half, half, half, (4, 5), (5, 7), (5, 7), (7, 8)]);
}
