//! What must be found: each line is a text of our own, its class and what follows.
//! All numbers come from series published for tests and fiction.

use personal_data::{Action, Class, Context, Finding, screen};

#[expect(clippy::indexing_slicing, reason = "the line before has counted the findings")]
fn only_finding(text: &str) -> Finding {
    let verdict = screen(text, &Context::base());
    assert_eq!(verdict.findings.len(), 1, "{text:?} gave {verdict:?}");
    verdict.findings[0]
}

/// The code points of the text that the finding covers.
fn covered(text: &str, finding: Finding) -> String {
    text.chars().skip(finding.start).take(finding.end - finding.start).collect()
}

fn refuses(class: Class, texts: &[&str]) {
    for text in texts {
        let finding = only_finding(text);
        assert_eq!((finding.class, finding.action), (class, Action::Refuse), "{text:?}");
    }
}

fn warns(class: Class, texts: &[&str]) {
    for text in texts {
        let finding = only_finding(text);
        assert_eq!((finding.class, finding.action), (class, Action::Warn), "{text:?}");
    }
}

#[test]
fn a_personnummer_is_refused_however_it_is_written() {
    refuses(
        Class::Personnummer,
        &[
            "Kvinnan (900101-2385) ringde",
            "199001012385 stod på lappen",
            "19900101-2385",
            "900101 2385",
            "90-01-01-2385",
            "1990.01.01 2385",
            "9 0 0 1 0 1 2 3 8 5",
            "pnr900101-2385",
            "900101-\n2385",
            "9001O1-23B5",
            "personnummer 900 101 2385",
            "nio noll noll ett noll ett två tre åtta fem",
            "född 19900101 och de fyra sista är 2385",
            "090103-9818",
        ],
    );
}

#[test]
fn calling_a_personnummer_something_else_does_not_excuse_it() {
    refuses(
        Class::Personnummer,
        &["orgnr 900101-2385", "löpnummer 9001012385", "momsnr SE900101238501", "SE 900101-2385 01"],
    );
}

#[test]
fn a_samordningsnummer_is_refused_also_without_month_or_day() {
    refuses(
        Class::Samordningsnummer,
        &["701063-2391", "197010632391", "20070085-2387", "samordningsnr 4100892381"],
    );
}

#[test]
fn a_reservnummer_is_refused() {
    refuses(
        Class::Reservnummer,
        &["20110412-TF12", "20110412T123", "20110412-R123", "reservnummer 110412-T123", "2008-09-01-T123"],
    );
}

#[test]
fn a_phone_number_is_refused_however_it_is_written() {
    refuses(
        Class::Phone,
        &[
            "Ring 070-174 06 05 nu",
            "0701740605",
            "07 01 74 06 05",
            "0701-740605",
            "+46 (0)70-174 06 05",
            "0046701740605",
            "(+46) 70 174 06 05",
            "46701740605",
            "tel0701740605",
            "070.174.06.05",
            "O7O-174 O6 25",
            "noll sju noll, ett sju fyra, noll sex noll fem",
            "noll sju noll 1740605",
            "08-465 004 04",
            "(08) 465 004 04",
            "031-390 06 00",
            "(040) 628 04 31",
            "0980-31 92 00",
            "0980–319–277",
            "+46 980 31 92 00",
        ],
    );
}

#[test]
fn an_email_address_is_refused_however_it_is_written() {
    refuses(
        Class::Email,
        &[
            "Skriv till eva.prov@example.com.",
            "eva.prov @ example.com",
            "eva.prov＠example.com",
            "eva.prov (at) example.com",
            "eva.prov[at]example[.]com",
            "eva punkt prov snabel-a example punkt com",
            "eva_prov@örebro.example",
            "еva.test@example.com",
        ],
    );
}

#[test]
fn a_wrong_check_digit_is_a_warning() {
    warns(Class::Personnummer, &["900101-2386", "19900101-2386"]);
}

#[test]
fn bare_digits_straight_after_a_reference_word_are_a_warning() {
    warns(Class::Personnummer, &["Ärende 9001012385", "fakturanr: 199001012385", "OCR-nummer 9001012385"]);
    warns(Class::Personnummer, &["Larm 202604220521 i hallen"]);
    warns(Class::Phone, &["Serienummer 0701740605"]);
}

#[test]
fn a_word_for_an_identity_number_outweighs_a_reference_word() {
    refuses(Class::Personnummer, &["Ärendet gäller personnummer 9001012385"]);
}

#[test]
fn ten_digits_that_fit_both_are_named_after_the_words_before() {
    let both = "0706252392";
    assert_eq!(only_finding(&format!("hon uppgav {both}")).class, Class::Personnummer);
    assert_eq!(only_finding(&format!("ring honom på {both}")).class, Class::Phone);
}

#[test]
fn offsets_count_code_points_of_the_original() {
    for (text, expected) in [
        ("🚨 Åsa: ９００１０１－２３８５!", "９００１０１－２３８５"),
        ("Tel (040) 628\u{200B} 04 31, kväll", "(040) 628\u{200B} 04 31"),
        ("ring +46 70 174 06 23.", "+46 70 174 06 23"),
        ("9️⃣0️⃣0️⃣1️⃣0️⃣1️⃣2️⃣3️⃣8️⃣5️⃣ stod där", "9️⃣0️⃣0️⃣1️⃣0️⃣1️⃣2️⃣3️⃣8️⃣5️⃣"),
        ("…é mejla l.berg (at) example.com …", "l.berg (at) example.com"),
    ] {
        assert_eq!(covered(text, only_finding(text)), expected);
    }
}

#[test]
fn all_findings_come_at_once_and_in_order() {
    let text = "Ring 070-174 06 05 eller mejla eva.prov@example.com om 900101-2385.";
    let classes: Vec<Class> =
        screen(text, &Context::base()).findings.iter().map(|finding| finding.class).collect();
    assert_eq!(classes, [Class::Phone, Class::Email, Class::Personnummer]);
}

#[test]
fn characters_that_hide_text_are_refused_and_what_they_hide_is_found() {
    let verdict = screen("900101\u{202E}-2385 \u{7}", &Context::base());
    let found: Vec<(usize, usize, Class)> =
        verdict.findings.iter().map(|finding| (finding.start, finding.end, finding.class)).collect();
    assert_eq!(
        found,
        [(0, 12, Class::Personnummer), (6, 7, Class::InvalidCharacters), (13, 14, Class::InvalidCharacters)]
    );
}

#[test]
fn a_text_beyond_the_limit_is_refused_where_it_exceeds_it() {
    let text = "å".repeat(4_003);
    let finding = only_finding(&text);
    assert_eq!((finding.start, finding.end, finding.class), (4_000, 4_003, Class::TooLong));
    assert!(screen(&"å".repeat(4_000), &Context::base()).is_clean());
}
