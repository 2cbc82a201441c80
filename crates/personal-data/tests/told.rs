//! What words alone tell: who is accused, what the police plan, what a person suffers from or is protected by.
//! Each is worded in several ways that no list holds as a whole, beside what sounds alike and passes.

use personal_data::{Action, Class, Context, screen};

fn warns(class: Class, texts: &[&str]) {
    for text in texts {
        let verdict = screen(text, &Context::base());
        let told = |its: &personal_data::Finding| (its.class, its.action) == (class, Action::Warn);
        assert!(verdict.findings.iter().any(told), "{text:?} gave {verdict:?}");
    }
}

fn passes(texts: &[&str]) {
    for text in texts {
        let verdict = screen(text, &Context::base());
        assert!(verdict.is_clean(), "{text:?} gave {verdict:?}");
    }
}

#[test]
fn somebody_known_and_a_deed_are_an_accusation() {
    warns(
        Class::Accusation,
        &[
            "Grannens son har eldat i soprummet",
            "Han som hyr lokalen gömmer stöldgods",
            "Min granne har förgiftat katten",
            "Killarna i lag två har satt eld på papperskorgen",
            "Kioskägaren på hörnet säljer folköl till barn",
            "Fritidsledaren, han säljer hasch till eleverna",
            "Enligt ryktet driver krögaren en spelhåla",
            "Restaurang Solros tvättar svarta pengar",
            "Åkeriägaren dumpar schaktmassor i skogen",
        ],
    );
}

#[test]
fn somebody_known_and_suspicion_are_an_accusation() {
    warns(
        Class::Accusation,
        &[
            "Min grannes pojkvän misstänks för inbrotten",
            "Rektorns barn pekas ut som de som krossade rutorna",
            "Hyresgästen på plan fyra borde gripas",
            "Ordföranden har mutats",
            "Det är han i tvåan som slår sönder lamporna",
            "Den skyldige bor i huset bredvid",
            "Vi misstänker vaktmästaren",
        ],
    );
}

#[test]
fn nobody_known_victims_and_witnesses_are_no_accusation() {
    passes(&[
        "Okänd gärningsperson har krossat en ruta",
        "Någon har klottrat på skolans vägg",
        "Fastighetsägaren är skyldig att skotta",
        "Misstänkt anlagd brand i soprum",
        "Grannen ringde och sa att någon tänt eld",
        "Fritidsledaren såg hur ungdomar slog sönder bänken",
        "Kioskägaren blev rånad på dagskassan",
        "En man har varit inne i butiken och stulit varor",
        "Männen i 30-årsåldern är misstänkta för stöld",
        "Föreningen står bakom insamlingen",
        "Det är ägaren som ansvarar för skyltningen",
        "Butiken säljer tobak med tillstånd",
    ]);
}

#[test]
fn police_work_that_is_planned_or_covert_warns() {
    warns(
        Class::PoliceOperation,
        &[
            "I nästa vecka gör polisen husrannsakan hos familjen",
            "De ska gripa honom i gryningen",
            "Insatsstyrkan ska in i lägenheten",
            "En omärkt polisbil ska stå vid infarten",
        ],
    );
    passes(&[
        "Polisen var på plats i lördags",
        "Insats mot nedskräpning planeras av kommunen",
        "Polisen bjuder in till öppet hus på fredag",
    ]);
}

#[test]
fn illness_protection_and_origin_of_a_person_warn() {
    let ill = ["Hon mår psykiskt dåligt", "Killen tog en överdos", "Han har fått cancer"];
    warns(Class::Health, &ill);
    let protected = ["Barnen är omhändertagna", "Killen är dömd till sluten ungdomsvård"];
    warns(Class::Secrecy, &protected);
    let told = ["En kvinna med slöja gick förbi", "Flera polska byggjobbare bor där"];
    warns(Class::GroupAttribute, &told);
    passes(&[
        "Mannen omhändertogs enligt LOB",
        "Polska flaggan hissades",
        "Föreläsning om psykisk hälsa i aulan",
    ]);
}
