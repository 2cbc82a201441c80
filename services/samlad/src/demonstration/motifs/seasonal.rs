//! What the time of year brings: gatherings, fireworks, breaks and holidays.

use super::{Beside, DAY, EVENING, Motif, PLAIN, Sign};
use crate::demonstration::almanac::Occasion;
use crate::demonstration::areas::Ground::{Building, Open, Shore, Sports};
use est::indicator::{Indicator, TimeBand};
use est::organisation::OrganisationKind as Kind;

const HOSTS: &[Kind] = &[
    Kind::Municipality,
    Kind::YouthCentre,
    Kind::SocialServices,
    Kind::School,
    Kind::Police,
    Kind::Association,
];

pub(super) static MOTIFS: [Motif; 14] = [
    Motif {
        indicator: Indicator::Fire,
        subtypes: &["fireworks"],
        texts: &[
            "Raketer avfyrades mot fasader och balkonger vid {plats}.",
            "Smällare kastades bland folk vid {plats}.",
            "Fyrverkerier avfyrades oförsiktigt vid {plats}.",
        ],
        tails: &["", "Skadad fasad.", "Flera boende och hundägare oroliga.", "Avtog efter klockan ett."],
        season: [120; 4],
        occasion: Some(Occasion::NewYear),
        bands: EVENING,
        strength: (3, 5),
        count_max: 6,
        beside: Beside::Fire { major: false, arson: false, object: "Fyrverkeri" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["other_damage"],
        grounds: &[Building],
        texts: &["Sprängd brevlåda vid {plats}.", "Papperskorgar sönderslagna av smällare vid {plats}."],
        season: [50; 4],
        occasion: Some(Occasion::NewYear),
        bands: &[TimeBand::Night],
        strength: (2, 3),
        count_max: 5,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["youth_party"],
        sign: Sign::Ahead,
        grounds: &[Open, Shore],
        texts: &["Många väntas samlas vid {plats} efter brasan."],
        season: [60; 4],
        occasion: Some(Occasion::Walpurgis),
        bands: EVENING,
        strength: (2, 4),
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Valborgsfirande", days: 1, crowd: 1200 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["youth_party"],
        sign: Sign::Ahead,
        grounds: &[Open, Shore],
        texts: &["Skolavslutningen brukar samla många vid {plats} på kvällen."],
        season: [80; 4],
        occasion: Some(Occasion::SchoolEnd),
        bands: EVENING,
        strength: (2, 4),
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Skolavslutningskväll", days: 1, crowd: 600 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::YouthGatheringPlace,
        subtypes: &["disorderly_gathering"],
        grounds: &[Open, Shore],
        texts: &["Stor samling vid {plats} i samband med skolavslutningen, mycket alkohol och glas."],
        season: [60; 4],
        occasion: Some(Occasion::SchoolEnd),
        bands: EVENING,
        strength: (3, 4),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["area_event"],
        sign: Sign::GoodAhead,
        grounds: &[Open, Shore],
        texts: &["Midsommarfirande för alla åldrar vid {plats}."],
        season: [70; 4],
        occasion: Some(Occasion::Midsummer),
        bands: DAY,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Midsommar i parken", days: 1, crowd: 900 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["youth_party"],
        sign: Sign::Ahead,
        grounds: &[Open, Building],
        texts: &["Luciavaka kan samla många vid {plats} under natten."],
        season: [60; 4],
        occasion: Some(Occasion::Lucia),
        bands: &[TimeBand::Night],
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Luciavaka", days: 1, crowd: 400 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["area_event"],
        sign: Sign::GoodAhead,
        grounds: &[Sports, Open],
        texts: &["Lovaktiviteter hela veckan vid {plats}, öppet till klockan 20."],
        season: [50; 4],
        occasion: Some(Occasion::SportsBreak),
        bands: DAY,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Sportlovsaktiviteter", days: 5, crowd: 250 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["area_event"],
        sign: Sign::GoodAhead,
        grounds: &[Building, Sports],
        texts: &["Höstlovsprogram med kvällsöppet vid {plats}."],
        season: [50; 4],
        occasion: Some(Occasion::AutumnBreak),
        bands: EVENING,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Höstlov i Lysvinge", days: 5, crowd: 250 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["other_damage"],
        texts: &["Ägg och smällare kastade mot fasader vid {plats}."],
        season: [50; 4],
        occasion: Some(Occasion::AutumnBreak),
        bands: EVENING,
        strength: (1, 3),
        count_max: 3,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["sport"],
        sign: Sign::Ahead,
        grounds: &[Sports],
        texts: &[
            "Match med stor publik vid {plats}.",
            "Derby på lördag, tillresta supportrar väntas vid {plats}.",
        ],
        season: [2, 4, 3, 4],
        bands: DAY,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Seriematch", days: 1, crowd: 1500 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["concert"],
        sign: Sign::Ahead,
        grounds: &[Open, Shore],
        texts: &["Utomhuskonsert vid {plats}, många väntas stanna kvar efteråt."],
        season: [0, 1, 7, 1],
        bands: EVENING,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Sommarkonsert", days: 1, crowd: 800 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::PublicEvent,
        subtypes: &["area_event"],
        sign: Sign::GoodAhead,
        grounds: &[Open],
        texts: &[
            "Gårdsfest vid {plats} med boende och föreningar.",
            "Trygghetsvandring med boende vid {plats}.",
        ],
        season: [1, 5, 4, 5],
        bands: DAY,
        told_by: HOSTS,
        beside: Beside::Gathering { name: "Områdesdag", days: 1, crowd: 150 },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::YouthGatheringPlace,
        subtypes: &["noise"],
        grounds: &[Shore],
        texts: &[
            "Bad och musik till långt in på natten vid {plats}.",
            "Många bilar och hög musik vid {plats}.",
        ],
        season: [0, 2, 12, 0],
        bands: EVENING,
        strength: (1, 3),
        ..PLAIN
    },
];
