//! What must pass without a word: the numbers that everyday reports are full of.

use personal_data::{Context, screen};

fn passes(texts: &[&str]) {
    for text in texts {
        let verdict = screen(text, &Context::base());
        assert!(verdict.is_clean(), "{text:?} gave {verdict:?}");
    }
}

#[test]
fn times_and_opening_hours_pass() {
    passes(&[
        "Öppet 08-17 2026, stängt 08-12 2026.",
        "08.00-16.30, 08.30–16.30, 0830-1630 eller 08 30 - 16 30",
        "07.00-08.30, 09.00-12.00, 13.00-16.30",
        "Larm 2026-03-17 22:41:05 och 2026-08-12 14.30",
        "08-2026 1430",
        "10.09.24, 21.55 och 2023-04-13, 01.37",
        "18.17, 02.25, 21.05 och 19.12, 02.16, 07.58",
        "09062027 10 32",
    ]);
}

#[test]
fn dates_and_weeks_pass() {
    passes(&[
        "Vecka 08-12 2026 var lugn",
        "v. 12–14, 2026",
        "08122026, 01.12.2026, 2026-08-12, 8/12 2026",
        "260317",
    ]);
}

#[test]
fn places_and_things_pass() {
    passes(&[
        "Ekgatan 14 B, trappa 2, rum 207, plan 08",
        "Buss 8, 12, 24, 36, 17 och 50",
        "Postnummer 713 92, box 123, 701 45 Örebro",
        "59.2741, 15.2066 och 59.1212, 15.2066",
        "SWEREF 99 TM N 6584838 E 511282",
        "Vivalla 1:23, stolpe 28067, portkod 1203",
    ]);
}

#[test]
fn amounts_pass() {
    passes(&[
        "1 250 000 - 1 500 000 kr",
        "0 - 500 000 kr",
        "157 081 - 5 888 902",
        "415 070 - 9 850 674",
        "4 500,50 kr",
        "76 500:-",
    ]);
}

#[test]
fn numbers_of_companies_and_matters_pass() {
    passes(&[
        "Orgnr 556036-0793, 212000-1900, 5599981353",
        "Faktura 9355061848, EAN 7310195414379, serienr 8711253001202",
        "Dnr KS 2026/00812, INC0812345678, FA-2026-4560",
    ]);
}

#[test]
fn emergency_and_service_numbers_pass() {
    passes(&[
        "Ring 112, 114 14, 113 13, 1177, 116 111 eller 116000",
        "020-123 456, 0200-12 34 56, 0200-73 36 32, 0771-12 34 56, 077-123 45 67",
        "0900-123 45 67, 0939-123 45 67, 0944-12 34 56, 099-123 45 67",
    ]);
}

#[test]
fn role_mailboxes_and_accounts_pass_the_email_rule() {
    passes(&[
        "info@example.com, kundtjanst@example.com, felanmälan@example.com och registrator@example.com",
        "Möt oss @ torget klockan tre",
    ]);
}

#[test]
fn the_programmes_own_numbers_pass_in_every_spelling() {
    let own = ["08-465 004 04", "+46 70 174 06 05"];
    let context = Context::base().with_own_numbers(&own);
    for text in ["Växel 08-465 004 04", "+46 8 465 004 04", "0701740605", "070-174 06 05"] {
        assert!(screen(text, &context).is_clean(), "{text:?}");
    }
    assert!(screen("070-174 06 06", &context).is_refused());
}

#[test]
fn windows_line_breaks_and_swedish_punctuation_pass() {
    passes(&["Första raden\r\nandra\traden – ”citat” … é ü ½ 20 °C 🚨"]);
}

#[test]
fn a_lone_s_is_the_genitive_of_nothing() {
    passes(&["S", "S:", "s s", "Hus S"]);
}
