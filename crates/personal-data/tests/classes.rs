//! The classes beside identity numbers, phones and addresses: what is found, what follows, and what passes.
//! All texts are our own; numbers come from series published for tests and fiction.

use personal_data::{Action, Class, Context, OwnWords, screen};

/// What the guard finds, as the words themselves with class and action.
fn found(text: &str, context: &Context<'_>) -> Vec<(String, Class, Action)> {
    let covered = |start, end| text.chars().skip(start).take(end - start).collect();
    let findings = screen(text, context).findings;
    findings.iter().map(|found| (covered(found.start, found.end), found.class, found.action)).collect()
}

/// Each text marks what must be found with ‹ and ›, and nothing else may be.
fn finds(class: Class, action: Action, texts: &[&str]) {
    for marked in texts {
        let text = marked.replace(['‹', '›'], "");
        let wanted = marked.split('‹').skip(1).filter_map(|rest| rest.split('›').next());
        let wanted: Vec<_> = wanted.map(|words| (words.to_owned(), class, action)).collect();
        assert_eq!(found(&text, &Context::base()), wanted, "{text:?}");
    }
}

fn passes(texts: &[&str]) {
    for text in texts {
        assert_eq!(found(text, &Context::base()), [], "{text:?}");
    }
}

#[test]
fn a_registration_number_is_refused_and_a_room_is_not() {
    let texts = [
        "Skåpbilen med skylt ‹MLB 12A› stod kvar",
        "En epa, ‹mlb-123›, körde runt på planen",
        "Den parkerade bilen ‹M L B 1 2 3› är stulen",
        "‹MLB123› har stått på gräset i en vecka",
    ];
    finds(Class::VehiclePlate, Action::Refuse, &texts);
    passes(&["Möte i sal 214 och rum 316", "BUS 412 var försenad", "Sprayat NRK i hörnet"]);
}

#[test]
fn cards_and_accounts_are_refused_and_giros_warn() {
    finds(
        Class::PaymentCard,
        Action::Refuse,
        &["Kort ‹4111-1111-1111-1111› hittat", "Ett kort, ‹5555555555554444›, låg där"],
    );
    let accounts =
        ["Sätt in på ‹SE35 5000 0000 0549 1000 0003›", "Swish går inte, konto ‹5491 0000003› används"];
    finds(Class::BankAccount, Action::Refuse, &accounts);
    finds(Class::BankAccount, Action::Warn, &["Betala till bankgiro ‹123-4567›"]);
    passes(&["Ordernummer 4111111111111112", "Skåp SE35"]);
}

#[test]
fn public_addresses_of_machines_are_refused() {
    finds(
        Class::IpAddress,
        Action::Refuse,
        &["Inloggning från ‹203.0.113.7› i natt", "Från ‹2001:db8::17› kom hotet"],
    );
    passes(&[
        "Routern på 192.168.1.1 är trasig",
        "Version 12.4.0.1 är installerad",
        "Kl. 12:30:45",
        "Se 4.3.2.1",
    ]);
}

#[test]
fn accounts_in_social_media_are_refused_with_their_platform_and_warn_alone() {
    let texts = ["Insta: ‹norr.exempel› sprider bilder", "Kontot ‹@norr.exempel› lägger ut filmer"];
    finds(Class::SocialHandle, Action::Refuse, &texts);
    finds(Class::SocialHandle, Action::Warn, &["Hälsningar från ‹@norrgruppen›"]);
    passes(&[
        "Möt oss @ torget klockan tre",
        "Bilder spreds på Snapchat under kvällen.",
        "Instagram: bilder spreds kl.22",
        "Kontoret: stängt",
    ]);
}

#[test]
fn a_home_is_refused_with_street_and_apartment_and_warns_with_one() {
    finds(
        Class::Dwelling,
        Action::Refuse,
        &["Fest på ‹Skolvägen 8 B, lgh 1102› igen", "Brand i ‹lägenhet 1203 på Ekgatan 4›"],
    );
    finds(Class::Dwelling, Action::Warn, &["Oljud från ‹lgh 1102› varje natt", "Hon ‹bor på Ekgatan 12›"]);
    passes(&[
        "Klotter på Ekgatan 12",
        "Trapphuset på Skolvägen 8 B är mörkt",
        "Boende på Ekgatan är oroliga",
    ]);
}

#[test]
fn a_date_is_refused_when_it_is_somebodys_birth() {
    let texts =
        ["Flickan, född ‹12 april 2011›, var där", "Han är f. ‹110412›", "Födelsedatum: ‹2011-04-12›"];
    for text in texts {
        let plain = text.replace(['‹', '›'], "");
        let classes: Vec<_> =
            found(&plain, &Context::base()).into_iter().map(|(_, class, action)| (class, action)).collect();
        assert_eq!(classes, [(Class::Birthdate, Action::Refuse)], "{plain:?}");
    }
    passes(&["Mötet den 12 april 2026", "Parken invigdes 2011-04-12"]);
}

#[test]
fn numbers_of_identity_documents_are_refused() {
    finds(
        Class::IdDocument,
        Action::Refuse,
        &["Ett pass, nr ‹12345678›, låg i busken", "Passnummer ‹AA1234567› noterades"],
    );
    passes(&["Passet i larmsystemet 2026 byts", "Körkort saknades"]);
}

#[test]
fn names_of_persons_warn_and_names_of_places_pass() {
    let texts = [
        "Vi pratade med ‹Ahmed Hussein› vid kiosken",
        "Familjen ‹Almstedt› har flyttat",
        "Vaktmästaren ‹Göran› låste",
        "Han kallas ‹Jocke›",
        "‹anna karlsson› ringde",
    ];
    finds(Class::PersonName, Action::Warn, &texts);
    passes(&[
        "Klotter vid Hertig Karls allé och Olof Palmes torg",
        "Sten kastades mot Karlslundsgatan",
        "Inga händelser i maj",
        "Per månad kommer tio anmälningar",
        "Lucia: vaknatt kan samla många ute",
        "Valborg firas vid badplatsen",
        "Kiosken ”Karl-Johans” är stängd",
    ]);
}

#[test]
fn a_programmes_own_places_are_no_persons() {
    let own = OwnWords::new(["Ahmeds hörna", "Oskar Fredriks"]);
    let context = Context::base().with_own_places(&own);
    assert_eq!(found("Bråk vid Ahmeds hörna i går", &context), []);
    assert_eq!(found("Bråk vid Oskar Fredriks i går", &context), []);
    assert_eq!(found("Bråk vid Ahmeds moped i går", &context).len(), 1);
}

#[test]
fn attributes_of_groups_warn_and_dishes_and_houses_pass() {
    finds(
        Class::GroupAttribute,
        Action::Warn,
        &["Några ‹syriska› ungdomar stod där", "Det var ‹romer› i parken"],
    );
    passes(&[
        "Restaurangen har turkisk peppar",
        "Synagogan är klottrad",
        "Ungdomar 15-18 år samlades",
        "Svarta jackor",
    ]);
}

#[test]
fn accusations_of_somebody_known_warn_and_unknown_doers_pass() {
    for text in [
        "Alla vet att grannen tände på soprummet",
        "Den skyldige bor på gården",
        "Vi misstänker att tränaren säljer knark",
    ] {
        let found = found(text, &Context::base());
        assert!(found.iter().any(|(_, class, _)| *class == Class::Accusation), "{text:?} gave {found:?}");
    }
    passes(&[
        "Okänd gärningsperson har tänt eld",
        "Misstänkt anlagd brand",
        "Fastighetsägaren är skyldig att skotta",
    ]);
}

#[test]
fn covert_and_planned_police_work_warns_and_what_is_past_passes() {
    for text in [
        "Polisen planerar en razzia på fredag",
        "En dold kamera sitter i trädet",
        "Civila spanare står vid porten",
    ] {
        let found = found(text, &Context::base());
        assert!(
            found.iter().any(|(_, class, _)| *class == Class::PoliceOperation),
            "{text:?} gave {found:?}"
        );
    }
    passes(&["Polisen gjorde ett tillslag i lördags", "Skyltad kamera vid entrén", "Polis på plats"]);
}

#[test]
fn health_secrecy_and_case_numbers_warn() {
    finds(Class::Health, Action::Warn, &["Mannen är ‹narkoman›"]);
    finds(Class::Secrecy, Action::Warn, &["Kvinnan har ‹skyddad adress›"]);
    finds(Class::CaseNumber, Action::Warn, &["Anmält, ‹5000-K100001-25›", "Åklagarens ‹AM-12345-26›"]);
    passes(&["Dnr KS 2026/00812", "Socialtjänstens fältgrupp var ute"]);
}

#[test]
fn coordinates_warn_only_as_somebodys_home() {
    finds(Class::Coordinates, Action::Warn, &["Hans bostad ligger på ‹59.2741, 15.2066›"]);
    passes(&["Trasig bänk vid 59.2741, 15.2066"]);
}

#[test]
fn disguises_change_no_class() {
    for text in ["Bilen ＭＬＢ １２Ａ", "Bilen MLB\u{200B} 12A", "Bilen МLВ 12A", "Bilen MLB\u{A0}12A"]
    {
        let found = found(text, &Context::base());
        assert!(
            matches!(found.as_slice(), [(_, Class::VehiclePlate, Action::Refuse)]),
            "{text:?} gave {found:?}"
        );
    }
}

/// Each text warns of the class, wherever in it.
fn warns_of(class: Class, texts: &[&str]) {
    for text in texts {
        let found = found(text, &Context::base());
        assert!(
            found.iter().any(|(_, is, action)| *is == class && *action == Action::Warn),
            "{text:?} gave {found:?}"
        );
    }
}

#[test]
fn an_accusation_is_told_by_who_and_what_in_any_order() {
    warns_of(
        Class::Accusation,
        &[
            "Det är grannens son som bränner mopeder",
            "Kvinnan i lägenhet 5 stjäl paket från entrén",
            "Kiosken på torget säljer snus till tolvåringar",
            "Ryktet säger att kassören tagit pengar ur kassan",
            "Min granne odlar cannabis på vinden",
            "Boende anklagar vaktmästaren för stölden",
            "Det var Emil som tände eld på containern",
        ],
    );
    passes(&[
        "Grannen slog larm när det rök ur tunnan",
        "Kiosken säljer glass till barn",
        "Föreningen tar hand om skräpet efter matchen",
        "Familjen bränner ljus på graven varje år",
        "Det var någon som slog sönder rutan",
        "Mannen slog en annan man i ansiktet och lämnade platsen",
    ]);
}

#[test]
fn an_accusation_goes_over_the_end_of_a_sentence() {
    warns_of(
        Class::Accusation,
        &[
            "Det är samma två bröder igen. De slog sönder skylten",
            "Rutan är krossad. Det var grannens son.",
            "Frisören stänger tidigt. Där inne säljs kokain",
            "Det luktar hasch i trappan. Det kommer från paret på vinden",
            "Inbrott i förrådet. Misstänker starkt tvillingarna på nummer 3.",
        ],
    );
    passes(&[
        "Rutan är krossad. Det var grannens son som ringde.",
        "Inbrott i förrådet. Vaktmästaren har bytt låset.",
        "Affären stänger tidigt. Där inne spelas musik",
        "Samma gäng vitsippor blommar igen. De slog ut i går",
    ]);
}

#[test]
fn who_did_it_may_come_last_and_who_suffered_or_mends_did_not() {
    warns_of(
        Class::Accusation,
        &[
            "Fönstret krossades av kompisen till pojken i 3C",
            "Det sägs att killen på andra våningen handlar med annat än kaffe",
            "Köpte sitt amfetamin av tjejen på vinden",
            "Chefen på lagret kör ut stöldgods",
            "Pojken i 4A är den som kastade flaskor",
        ],
    );
    passes(&[
        "Mannen hotade en av ordningsvakterna",
        "Hjullastaren visade sig vara stulen",
        "Åkeriet hämtar de dumpade däcken på tisdag",
        "Ungdomarna på fritidsgården tände grillen",
        "Snickaren byter ut den sparkade dörren",
        "Kvinnojouren delar ut blad om sitt arbete",
    ]);
}

#[test]
fn police_work_that_is_open_or_past_is_told_from_what_is_planned() {
    warns_of(
        Class::PoliceOperation,
        &[
            "Husrannsakan hos hyresgästen planeras till tisdag",
            "Civilpoliser ska stå vid ingången på fredag",
            "Insatsstyrkan slår till i gryningen",
            "Det sitter två spanare i skåpbilen",
            "Polisen har en uppgiftslämnare bland ungdomarna",
        ],
    );
    passes(&[
        "Civila poliser grep en man i fredags",
        "Spaning pågår efter föraren",
        "Polisen var på plats med en planerad insats",
        "Polisen kommer till skolan och informerar årskurs sex",
    ]);
}

#[test]
fn peoples_are_told_from_countries_kitchens_and_firms() {
    finds(
        Class::GroupAttribute,
        Action::Warn,
        &["Två ‹polska› hantverkare hotades", "Flera ‹bulgariska› kvinnor satt där"],
    );
    passes(&[
        "Polisens uttalande om händelsen",
        "Dansk glass såldes på marknaden",
        "Israels nationaldag firades lugnt",
        "Turkosa bänken är stulen",
        "En färgad lampa gör skillnad",
        "The letter was sent at the same time",
    ]);
}

#[test]
fn chains_storms_and_towns_are_no_persons_and_stig_is_one() {
    finds(Class::PersonName, Action::Warn, &["Vi mötte ‹Stig Andersson› där", "Det var ‹Ahmed el Masri›"]);
    passes(&[
        "Stöld på Willys i Skara",
        "Clas Ohlson anmälde ett snatteri",
        "Stormen Hans fällde träd",
        "Hala vägar väntas i morgon",
        "Del av vägen är avstängd",
        "En olycka i höjd med Adolfsberg",
    ]);
}

#[test]
fn illness_and_care_of_somebody_warn_and_general_talk_passes() {
    warns_of(
        Class::Health,
        &["Mannen hör röster", "Hon fick ett epileptiskt anfall", "Han har försökt ta sitt liv"],
    );
    warns_of(Class::Secrecy, &["Familjen är aktuell hos soc", "Syskonen är tvångsomhändertagna"]);
    passes(&[
        "Polisen dementerar ryktet",
        "Kurs om adhd för personalen",
        "Antalet orosanmälningar ökade i kommunen",
        "Överträdelse av kontaktförbud",
    ]);
}
