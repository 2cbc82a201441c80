//! The phrases that a week's texts are put together from.

use crate::demonstration::almanac::Occasion;
use est::indicator::Indicator;

pub(super) const QUIET: [&str; 5] = [
    "Inga nya rapporter. Området följs.",
    "Lugnt i rapporterna den här veckan.",
    "Inget nytt. Insatserna fortsätter som planerat.",
    "Inga iakttagelser från enheterna i området den här veckan.",
    "Lugnt läge, i linje med förra veckan.",
];
pub(super) const UNEASY: [&str; 3] = [
    "Veckan har varit orolig.",
    "Många rapporter den här veckan, fler än vanligt.",
    "Läget är ansträngt i flera områden.",
];
pub(super) const MIXED: [&str; 4] = [
    "Blandad bild den här veckan.",
    "Läget är i stort sett oförändrat.",
    "Helgen var livlig men veckan i övrigt lugn.",
    "Bilden skiljer sig mellan områdena.",
];
pub(super) const CALM: [&str; 3] =
    ["Veckan har varit lugn.", "Lugnt läge i kommunen som helhet.", "Färre rapporter än vanligt."];
pub(super) const COMPILED: [&str; 4] = [
    "Sammanställning av veckans rapporter.",
    "Genomgång med enheterna under onsdagen.",
    "Bilden bygger på rapporter från alla tider på dygnet.",
    "Uppgifterna är avstämda med dem som rapporterat.",
];
pub(super) const PRESENCE: [&str; 8] = [
    "Fältgruppen och polisen går gemensamt fredag kväll.",
    "Nattvandring lördag kväll med start på torget.",
    "Väktarna lägger om sin rond till klockan 20–24.",
    "Bovärdarna är ute extra under fredagen och pratar med boende.",
    "Fritidsgården har öppet en timme längre på lördag.",
    "Kommunpolisen och trygghetsenheten besöker platsen på fredag.",
    "Föregående veckas insatser fortsätter oförändrade.",
    "Trygghetsvandring planeras tillsammans med de boende.",
];
pub(super) const OUTSIDE: [&str; 6] = [
    "Gatuarbete vid resecentrum ger omvägar för gående under två veckor.",
    "Rykten i sociala medier om bråk i helgen. Inget är bekräftat.",
    "Kortare öppettider på biblioteken den här veckan.",
    "Ny belysning monteras längs gångvägarna med start på måndag.",
    "Hemmamatch på lördag med fler besökare än vanligt i centrum.",
    "Elavbrott planeras i delar av kommunen natten mot söndag.",
];
pub(super) const FOCUS: [&str; 4] = [
    "synlig närvaro till fots",
    "samtal med boende och handlare",
    "trafikkontroller på gångvägar och torg",
    "tidig kontakt med arrangörer och vuxna på plats",
];

/// A sentence of the season, or none: winter, spring, summer, autumn.
pub(super) const OF_SEASON: [&[&str]; 4] = [
    &["", "", "Mörkret gör att belysningen nämns ofta.", "Kylan gör att färre rör sig ute på kvällarna."],
    &["", "", "Fler rör sig ute när kvällarna blir ljusare.", "Mopeder och cyklar är åter i rörelse."],
    &["", "", "Badplatser och parker samlar många.", "Semestertider ger färre vuxna på vissa platser."],
    &["", "", "Höstmörkret märks i rapporterna.", "Skolstarten har gett nya samlingsplatser."],
];

pub(super) const WEATHER: [&[&str]; 4] = [
    &[
        "Snöfall fredag, kallt och klart lördag.",
        "Töväder och regn hela helgen.",
        "Kallt, ned mot minus tio.",
        "Mulet och blåsigt, risk för halka.",
    ],
    &[
        "Soligt och milt, upp mot femton grader.",
        "Växlande molnighet, regnskurar lördag.",
        "Kyligt men klart.",
        "Regn fredag, uppehåll resten av helgen.",
    ],
    &[
        "Varmt och soligt hela helgen.",
        "Varma kvällar, risk för åska lördag.",
        "Omkring tjugo grader, någon skur.",
        "Mulet och svalt.",
    ],
    &[
        "Regn och blåst.",
        "Klart och kyligt, frost på natten.",
        "Milt och mulet.",
        "Dimma på morgonen, sedan uppehåll.",
    ],
];

pub(super) fn about(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Vandalism => "skadegörelse",
        Indicator::Fire => "bränder",
        Indicator::IncidentAgainstStaff => "incidenter mot anställda",
        Indicator::PublicEvent => "kommande arrangemang",
        Indicator::YouthGatheringPlace => "stökiga samlingar kvällstid",
        Indicator::OtherDisorder => "ordningsstörningar",
        Indicator::UnsafePlace => "otrygga platser",
        Indicator::Other => "allmän oro",
    }
}

/// A sentence on how it shows, or none.
pub(super) fn pattern(indicator: Indicator) -> &'static [&'static str] {
    match indicator {
        Indicator::Vandalism => &[
            "",
            "Det mesta upptäcks på måndagar.",
            "Samma platser återkommer.",
            "Sker nattetid, när få är i rörelse.",
        ],
        Indicator::Fire => {
            &["", "Mindre bränder i kärl, släckta utan spridning.", "Kärl står för nära fasad."]
        }
        Indicator::IncidentAgainstStaff => &["", "Händelserna gäller kvällspass.", "Ensamarbete ses över."],
        Indicator::PublicEvent => {
            &["", "Arrangörerna har egna värdar på plats.", "Kontakt finns med arrangörerna."]
        }
        Indicator::YouthGatheringPlace => &[
            "",
            "Fredag och lördag efter klockan 21.",
            "Få vuxna på plats och ingen annan lokal öppen.",
            "Ljudnivån är det som stör mest.",
        ],
        Indicator::OtherDisorder => &[
            "",
            "Koncentrerat till helgkvällar.",
            "Sker i anslutning till parkeringen.",
            "Platsen är svår att överblicka.",
        ],
        Indicator::UnsafePlace => {
            &["", "Belysning och sikt är det som nämns.", "Gäller vägen mellan buss och bostad."]
        }
        Indicator::Other => &["", "Oron bygger på hörsägen.", "Få egna iakttagelser."],
    }
}

/// What is done about it.
pub(super) fn against(indicator: Indicator) -> &'static [&'static str] {
    match indicator {
        Indicator::Vandalism => &[
            "Sanering inom två dygn, bostadsbolaget svarar.",
            "Gata och park städar extra fredag och måndag.",
            "Väktare kontrollerar de drabbade fasaderna nattetid.",
        ],
        Indicator::Fire => &[
            "Kärlen flyttas från fasad, räddningstjänsten går igenom gårdarna.",
            "Låsen till miljöhusen byts.",
            "Räddningstjänsten besöker skolan och samtalar om brand.",
        ],
        Indicator::IncidentAgainstStaff => &[
            "Dubbelbemanning på kvällspass till och med söndag.",
            "Arbetsgivarna går igenom rutiner tillsammans med polisen.",
        ],
        Indicator::PublicEvent => &[
            "Värdar och fältgrupp på plats under arrangemanget.",
            "Samråd med arrangören om städning och hemgång.",
        ],
        Indicator::YouthGatheringPlace => &[
            "Fältgruppen är på plats torsdag till lördag.",
            "Fritidsgården flyttar en aktivitet till platsen.",
            "Vuxna från föreningarna bemannar platsen på lördag.",
        ],
        Indicator::OtherDisorder => &[
            "Polisen prioriterar platsen fredag och lördag kväll.",
            "Bommar ställs ut vid gångvägen.",
            "Väktare förstärker mellan klockan 19 och 01.",
        ],
        Indicator::UnsafePlace => &[
            "Belysningen felsöks, klart senast onsdag.",
            "Buskar klipps och sikten öppnas upp.",
            "Platsen läggs in i nattvandrarnas runda.",
        ],
        Indicator::Other => &[
            "Samlad information till boende i entréerna.",
            "Trygghetsenheten svarar på frågor vid torget på fredag.",
        ],
    }
}

pub(super) fn comes(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::NewYear => "Nyår: öka uppmärksamheten på fyrverkerier och kärl nära fasader.",
        Occasion::SportsBreak => "Sportlov: lovaktiviteter och kvällsöppet på fritidsgårdarna.",
        Occasion::Walpurgis => "Valborg: brasa vid badplatsen, många i rörelse sent.",
        Occasion::SchoolEnd => "Skolavslutning: samlad bemanning i centrum och vid badplatsen.",
        Occasion::Midsummer => "Midsommar: firande i parken, lägre bemanning i verksamheterna.",
        Occasion::AutumnBreak => "Höstlov: program på gårdarna, kvällar med bus och smällare.",
        Occasion::Lucia => "Lucia: vaknatt kan samla många ute.",
        Occasion::Christmas => "Jul: begränsade öppettider, beredskapen nås genom trygghetsenheten.",
    }
}

pub(super) fn works_against(slug: &str) -> &'static [&'static str] {
    match slug {
        "polisen" => &[
            "Ordningsstörningar och öppen narkotikahandel.",
            "Bråk i samband med stängning.",
            "Buskörning på gångvägarna.",
        ],
        "falt" => &["Stökiga samlingar, tidig kontakt.", "Alkohol på offentlig plats.", "Oro inför helgen."],
        "vakt" => &["Skadegörelse på fasader och garage.", "Nattlig nedskräpning och inbrott i förråd."],
        "nattvandring" => &["Ödsliga platser, fler vuxna ute.", "Oro på vägen hem."],
        _ => &["Brist på mötesplatser kvällstid.", "Samlingar utan vuxna."],
    }
}
