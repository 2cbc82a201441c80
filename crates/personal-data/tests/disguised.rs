//! Numbers and names written in unusual ways, each beside its everyday double that passes.
//! All texts are our own; numbers come from series published for tests and fiction.

use personal_data::{Action, Class, Context, screen};

/// Each text marks what must be found with ‹ and ›, and nothing else may be.
fn finds(class: Class, action: Action, texts: &[&str]) {
    for marked in texts {
        let text = marked.replace(['‹', '›'], "");
        let covered = |start, end| text.chars().skip(start).take(end - start).collect::<String>();
        let wanted: Vec<_> = marked.split('‹').skip(1).filter_map(|rest| rest.split('›').next()).collect();
        let verdict = screen(&text, &Context::base());
        let found: Vec<_> = verdict.findings.iter().map(|its| covered(its.start, its.end)).collect();
        assert_eq!(found, wanted, "{text:?}");
        assert!(verdict.findings.iter().all(|its| (its.class, its.action) == (class, action)), "{verdict:?}");
    }
}

fn passes(texts: &[&str]) {
    for text in texts {
        let verdict = screen(text, &Context::base());
        assert!(verdict.is_clean(), "{text:?} gave {verdict:?}");
    }
}

#[test]
fn a_colon_parts_numbers_and_times_alike() {
    finds(Class::Personnummer, Action::Refuse, &["Uppgav ‹900101:2385› för vakten"]);
    finds(Class::Phone, Action::Refuse, &["Nummer ‹070:174:06:12› på väggen"]);
    finds(Class::PaymentCard, Action::Refuse, &["Kort ‹4111:1111:1111:1111› låg kvar"]);
    finds(Class::BankAccount, Action::Refuse, &["Till ‹SE35:5000:0000:0549:1000:0003› i går"]);
    passes(&[
        "Larm 12:30:45, 12:31:10 och 12:33:00 samma dag",
        "2026-01-12 12:30:45 larm, 2026-01-12 12:31:02 åter",
        "07:30 08:15 09:00 10:10",
        "10:11:12 2025",
    ]);
}

#[test]
fn an_account_is_refused_with_odd_signs_and_slips() {
    let texts = [
        "‹SE35  5000  0000  0549  1000  0003› stod i meddelandet",
        "Till ‹SE35*5000*0000*0549*1000*0003›",
        "IBAN ‹SE35 SOOO 0000 0549 l000 0003›",
        "Tyskt konto ‹DE89 3704 0044 0532 0130 00› användes",
    ];
    finds(Class::BankAccount, Action::Refuse, &texts);
    let cards = ["Kort ‹4lll llll llll llll› låg kvar", "‹41 11 11 11 11 11 11 11› på handen"];
    finds(Class::PaymentCard, Action::Refuse, &cards);
    passes(&["Lotto 41 12 13 14 15 16 17 18", "Bilder på ill. 4 och 5"]);
}

#[test]
fn an_address_of_a_machine_is_refused_with_its_dots_spelled() {
    let texts = [
        "server ‹203 . 0 . 113 . 9›",
        "ip ‹203[dot]0[dot]113[dot]9›",
        "adressen ‹203 punkt 0 punkt 113 punkt 9› syns",
        "loggen visar ‹2O3.O.113.9›",
    ];
    finds(Class::IpAddress, Action::Refuse, &texts);
    passes(&["Punkt 12 punkt 4 punkt 3 punkt 2", "Se 12. 14. 16. 18.", "192 . 168 . 1 . 10"]);
}

#[test]
fn a_plate_with_letters_for_digits_takes_a_word_for_a_vehicle() {
    let texts = ["Bilen hade skylt ‹MLB l2S› på kvällen", "Mopedbilen ‹MLB I23› körde på gräset"];
    finds(Class::VehiclePlate, Action::Refuse, &texts);
    passes(&["Rummet MLB l2S är låst"]);
}

#[test]
fn a_reservnummer_is_refused_with_other_signs_before_its_serial() {
    let texts = [
        "Patient ‹19850312.T123› enligt armband",
        "reservnr ‹19850312_TF12›",
        "id ‹19850312:Tl23› på sjukhuset",
        "reserv-nr ‹480617-S123› på remissen",
        "Patient ‹1 9 8 5 0 3 1 2 T 1 2 3›",
    ];
    finds(Class::Reservnummer, Action::Refuse, &texts);
    passes(&["Rum reserverat 20260812 T4", "Mätning 20260812/kl12"]);
}

#[test]
fn a_home_is_refused_with_slips_and_without_spaces() {
    let texts = [
        "Oljud på ‹Björkvägen 7 lgh 12O3› i natt",
        "‹Storgatan 14, lgh l203› är tom",
        "‹Storgatan14lgh1203› störde igen",
        "Fest på ‹Storgatan 14 lgh1203›",
    ];
    finds(Class::Dwelling, Action::Refuse, &texts);
}

#[test]
fn case_numbers_and_homes_on_the_map_warn() {
    let cases = ["Tvistemålet ‹T 881-24› gäller staketet", "Brottmål ‹B 446-26›", "Se ‹5000 - K 91234 - 25›"];
    finds(Class::CaseNumber, Action::Warn, &cases);
    finds(Class::Coordinates, Action::Warn, &["Hem till henne: N ‹59.2753 E 15.2134›"]);
    passes(&["Hållplats T 12-25 flyttas", "N 59.2741 E 15.2066 vid bron"]);
}

#[test]
fn a_role_and_its_unit_pass_and_a_person_in_a_role_does_not() {
    passes(&["Frågor till media.nord@example.se", "Skriv till press.vast@example.se"]);
    finds(Class::Email, Action::Refuse, &["Till ‹bostad.anna@example.se›"]);
}

#[test]
fn a_quoted_account_right_after_its_platform_is_refused() {
    let texts = ["Facebookprofilen \"‹Nattens Exempel›\" sprider bilder", "Kontot heter \"‹Norra Natten›\""];
    finds(Class::SocialHandle, Action::Refuse, &texts);
    passes(&["På Instagram skriver kommunen om \"Vår Park\" och vill ha förslag"]);
}

#[test]
fn names_warn_after_an_initial_alone_and_in_small_letters() {
    let texts = [
        "Enligt ‹A. Forsman› och ‹M. Holmqvist› är det lugnt",
        "‹Lindqvists› hund skäller",
        "‹Johanssons› katt är borta",
        "Vi talade med ‹Forsberg› om ljuset",
        "pratade med ‹agneta› i går",
        "kiosken, ‹Bassam›, har stängt",
    ];
    finds(Class::PersonName, Action::Warn, &texts);
    passes(&[
        "Cyklar stals vid Lindqvists bageri och Johanssons målarfirma",
        "En så kallad SOL14 skrevs",
        "Rött ljus i höjd med Adolfsberg",
        "Trapphus B. Lamporna är trasiga",
        "festen firas på torget",
    ]);
}
