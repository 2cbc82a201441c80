//! Signs of the surroundings: damage, fire, unsafe places, and care for them.

use super::{ANY, Beside, DAY, EVENING, Motif, PLAIN, Sign};
use crate::demonstration::areas::Ground::{Building, Open, Parking, Shore, Sports, Way};
use est::indicator::{Indicator, TimeBand};
use est::organisation::OrganisationKind as Kind;

const MENDED: &[&str] = &[
    "",
    "",
    "Sanering är beställd.",
    "Åtgärdat samma dag.",
    "Felanmält till driften.",
    "Återkommande på platsen.",
];
const BURNT: &[&str] = &[
    "",
    "Släckt innan räddningstjänsten kom fram.",
    "Släckt av räddningstjänsten.",
    "Området är avspärrat och sanerat.",
    "Inte första gången på samma plats.",
];
const SEEN_TO: &[&str] = &[
    "",
    "",
    "Felanmält.",
    "Flera boende har tagit upp saken.",
    "Har påtalats tidigare.",
    "Boende uttrycker att de väljer en annan väg.",
];
const UPKEEP: &[Kind] =
    &[Kind::HousingCompany, Kind::Municipality, Kind::School, Kind::Association, Kind::Police];

pub(super) static MOTIFS: [Motif; 13] = [
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["graffiti"],
        texts: &[
            "Nytt klotter på fasader och elskåp vid {plats}.",
            "Klotter på bänkar och skyltar vid {plats}.",
            "Klotter i trapphus och på entrédörrar nära {plats}.",
        ],
        tails: MENDED,
        season: [8, 9, 8, 10],
        count_max: 4,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["broken_glass_building"],
        grounds: &[Building],
        texts: &["Krossad ruta i entrén vid {plats}.", "Trasiga fönsterrutor vid {plats}, glas på marken."],
        tails: MENDED,
        season: [6, 6, 7, 8],
        strength: (2, 4),
        count_max: 3,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["broken_glass_vehicle"],
        grounds: &[Parking, Building],
        texts: &["Krossade rutor på flera bilar vid {plats}.", "Skador på parkerade bilar vid {plats}."],
        tails: &["", "Ägarna uppmanas anmäla.", "Flera boende frågar om belysningen.", "Ronden går tätare."],
        season: [5, 4, 4, 7],
        bands: &[TimeBand::Night],
        strength: (2, 4),
        count_max: 5,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["littering"],
        grounds: &[Open, Shore, Parking, Building],
        texts: &[
            "Mycket skräp och dumpade möbler vid {plats}.",
            "Nedskräpat efter helgen vid {plats}.",
            "Överfulla kärl och skräp runt {plats}.",
        ],
        tails: MENDED,
        season: [4, 8, 12, 6],
        bands: DAY,
        strength: (1, 2),
        count_max: 2,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["other_damage"],
        grounds: &[Building],
        texts: &[
            "Sönderslagen papperskorg och vält cykelställ vid {plats}.",
            "Uppbruten förrådsdörr vid {plats}.",
            "Skadade dörrar och cykelställ vid {plats}.",
        ],
        tails: MENDED,
        season: [5, 6, 7, 6],
        strength: (1, 3),
        count_max: 2,
        semi_public: true,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Fire,
        subtypes: &["bin"],
        grounds: &[Open, Way, Shore, Building],
        texts: &["Brand i papperskorg vid {plats}.", "Antänd soptunna vid {plats}."],
        tails: BURNT,
        season: [2, 4, 4, 5],
        bands: EVENING,
        strength: (2, 4),
        beside: Beside::Fire { major: false, arson: true, object: "Papperskorg" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Fire,
        subtypes: &["vehicle"],
        grounds: &[Parking, Way],
        texts: &["Brand i parkerad bil vid {plats}.", "Moped brann vid {plats}."],
        tails: BURNT,
        season: [1, 1, 2, 2],
        bands: &[TimeBand::Night],
        strength: (4, 5),
        beside: Beside::Fire { major: true, arson: true, object: "Fordon" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Fire,
        subtypes: &["vegetation"],
        grounds: &[Open, Shore, Sports],
        texts: &[
            "Gräsbrand vid {plats}, begränsad omfattning.",
            "Engångsgrill antände torrt gräs vid {plats}.",
        ],
        tails: BURNT,
        season: [0, 5, 4, 0],
        bands: DAY,
        strength: (1, 3),
        told_by: &[Kind::RescueService, Kind::Municipality, Kind::HousingCompany, Kind::GuardCompany],
        beside: Beside::Fire { major: false, arson: false, object: "Gräs och buskar" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::UnsafePlace,
        subtypes: &["lighting"],
        grounds: &[Way, Parking, Open],
        texts: &[
            "Trasig belysning vid {plats}.",
            "Flera lyktor släckta vid {plats}, mycket mörkt.",
            "Blinkande eller släckt belysning vid {plats}.",
        ],
        tails: SEEN_TO,
        season: [13, 4, 1, 15],
        bands: EVENING,
        strength: (2, 4),
        beside: Beside::Place { lighting: "poor", sightlines: "fair", footfall: "poor" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::UnsafePlace,
        subtypes: &["sightlines", "vegetation"],
        grounds: &[Way, Open],
        texts: &["Igenvuxna buskar skymmer sikten vid {plats}.", "Högt buskage nära gångvägen vid {plats}."],
        tails: SEEN_TO,
        season: [1, 4, 8, 6],
        bands: ANY,
        strength: (1, 3),
        beside: Beside::Place { lighting: "fair", sightlines: "poor", footfall: "fair" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::UnsafePlace,
        subtypes: &["few_people"],
        grounds: &[Way, Building, Parking],
        texts: &[
            "Ödsligt efter stängning vid {plats}, få människor i rörelse.",
            "Personal känner sig utsatt på väg till bussen vid {plats}.",
        ],
        tails: SEEN_TO,
        season: [6, 3, 1, 6],
        bands: EVENING,
        strength: (2, 4),
        beside: Beside::Place { lighting: "fair", sightlines: "fair", footfall: "poor" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::UnsafePlace,
        subtypes: &["lighting"],
        sign: Sign::Safety,
        grounds: &[Way, Parking, Open],
        texts: &[
            "Ny belysning på plats vid {plats}, besökare säger att det känns bättre.",
            "Buskar klippta och lampor bytta vid {plats}, öppnare och ljusare.",
        ],
        season: [3, 3, 2, 4],
        told_by: UPKEEP,
        strength: (2, 4),
        beside: Beside::Place { lighting: "good", sightlines: "good", footfall: "good" },
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Vandalism,
        subtypes: &["graffiti"],
        sign: Sign::Safety,
        grounds: &[Building, Way],
        texts: &[
            "Inget nytt klotter vid {plats} sedan väggmålningen kom upp.",
            "Rent och helt vid {plats} efter städdagen.",
        ],
        season: [2, 4, 4, 3],
        bands: DAY,
        told_by: UPKEEP,
        ..PLAIN
    },
];
