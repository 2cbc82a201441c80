//! Signs of how people meet: disorder, gathering places, incidents at work, unease, and what makes for calm.

use super::{ANY, DAY, EVENING, Motif, PLAIN, Sign};
use crate::demonstration::areas::Ground::{Building, Open, Parking, Shore, Sports, Way};
use est::indicator::{Indicator, TimeBand};
use est::organisation::OrganisationKind as Kind;

const CALMED: &[&str] = &[
    "",
    "",
    "Avtog när personal fanns på plats.",
    "Lugnade sig fram på kvällen.",
    "Återkommande på helgkvällar.",
    "Boende uttrycker oro.",
];
const AT_WORK: &[&str] = &[
    "",
    "Arbetsgivaren har följt upp.",
    "Rutinen för ensamarbete ses över.",
    "Personalen går nu två och två.",
];
const OUT: &[Kind] = &[
    Kind::Police,
    Kind::GuardCompany,
    Kind::SocialServices,
    Kind::YouthCentre,
    Kind::NightWalkers,
    Kind::HousingCompany,
    Kind::PublicTransport,
];
const TOLD_DRUGS: &[Kind] = &[
    Kind::Police,
    Kind::GuardCompany,
    Kind::HousingCompany,
    Kind::SocialServices,
    Kind::Municipality,
    Kind::School,
];

pub(super) static MOTIFS: [Motif; 15] = [
    Motif {
        indicator: Indicator::YouthGatheringPlace,
        subtypes: &["noise"],
        grounds: &[Open, Shore, Building, Parking, Sports],
        texts: &[
            "Samling kvällstid med hög musik vid {plats}.",
            "Hög ljudnivå och mopedkörning vid {plats}.",
            "Stökigt och högljutt vid {plats} efter klockan 21.",
        ],
        tails: CALMED,
        season: [4, 8, 12, 7],
        bands: EVENING,
        strength: (1, 3),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::YouthGatheringPlace,
        subtypes: &["disorderly_gathering"],
        grounds: &[Building],
        texts: &[
            "Samling som upplevs hotfull av förbipasserande vid {plats}.",
            "Bråkig samling vid {plats}, saker kastades mot fasaden.",
        ],
        tails: CALMED,
        season: [3, 6, 9, 6],
        bands: EVENING,
        strength: (2, 4),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::YouthGatheringPlace,
        subtypes: &["safe_gathering"],
        sign: Sign::Safety,
        texts: &[
            "Många ungdomar och vuxna på aktiviteten vid {plats}, god stämning.",
            "Lugn och trevlig kväll med många ute vid {plats}.",
            "Många vuxna ute vid {plats}, lugn helgkväll.",
        ],
        season: [4, 5, 8, 5],
        bands: EVENING,
        told_by: &[Kind::YouthCentre, Kind::SocialServices, Kind::NightWalkers, Kind::School, Kind::Police],
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["unlawful_traffic"],
        grounds: &[Way, Parking],
        texts: &["Buskörning med moped vid {plats}.", "Bilar kör fort och vårdslöst vid {plats}."],
        tails: CALMED,
        season: [2, 9, 11, 6],
        bands: ANY,
        strength: (2, 3),
        count_max: 3,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["fight"],
        texts: &[
            "Slagsmål utomhus vid {plats}, flera såg händelsen.",
            "Bråk mellan två sällskap vid {plats}.",
        ],
        tails: CALMED,
        season: [4, 5, 7, 6],
        bands: EVENING,
        told_by: OUT,
        strength: (3, 5),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["open_drug_dealing"],
        texts: &[
            "Tecken på öppen narkotikahandel vid {plats}, korta möten och snabba byten.",
            "Påsar och andra spår av narkotika vid {plats}.",
        ],
        tails: &[
            "",
            "Upplevs hämma andra från att vistas där.",
            "Återkommande plats.",
            "Tidpunkterna varierar.",
        ],
        season: [4, 5, 6, 6],
        bands: ANY,
        told_by: TOLD_DRUGS,
        strength: (3, 5),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["drunkenness"],
        grounds: &[Open, Shore, Building],
        texts: &["Berusade och högljudda sällskap vid {plats}.", "Stök i samband med stängning vid {plats}."],
        tails: CALMED,
        season: [5, 6, 8, 6],
        bands: EVENING,
        told_by: OUT,
        strength: (1, 3),
        count_max: 2,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["theft"],
        grounds: &[Building],
        texts: &["Flera cykelstölder vid {plats}.", "Stölder ur källarförråd nära {plats}."],
        tails: &["", "Information om märkning är uppsatt.", "Lås och dörrar ses över."],
        season: [3, 7, 6, 6],
        strength: (1, 3),
        count_max: 4,
        semi_public: true,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["threat"],
        texts: &["Hotfull stämning och glåpord mot förbipasserande vid {plats}."],
        tails: CALMED,
        season: [3, 4, 4, 4],
        bands: EVENING,
        strength: (3, 4),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::IncidentAgainstStaff,
        subtypes: &["hindered"],
        texts: &[
            "Personal hindrades i sitt arbete vid {plats}.",
            "Saker kastades mot tjänstefordon vid {plats}.",
        ],
        tails: AT_WORK,
        season: [3, 3, 4, 5],
        told_by: &[
            Kind::RescueService,
            Kind::HomeCare,
            Kind::PublicTransport,
            Kind::GuardCompany,
            Kind::HousingCompany,
            Kind::Municipality,
        ],
        strength: (3, 5),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::IncidentAgainstStaff,
        subtypes: &["threatened", "provoked"],
        texts: &[
            "Personal utsattes för hot och provokationer vid {plats}.",
            "Otrevligt bemötande och verbala hot mot personal vid {plats}.",
        ],
        tails: AT_WORK,
        season: [4, 4, 4, 4],
        bands: ANY,
        told_by: &[
            Kind::PublicTransport,
            Kind::GuardCompany,
            Kind::Municipality,
            Kind::School,
            Kind::YouthCentre,
        ],
        strength: (2, 4),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Other,
        subtypes: &["rumour"],
        texts: &[
            "Rykten i sociala medier om ett kommande bråk vid {plats}. Inget bekräftat.",
            "Det talas om bråk i området, men ingen har sett något själv.",
        ],
        season: [3, 3, 3, 4],
        bands: &[TimeBand::Unknown],
        told_by: &[
            Kind::School,
            Kind::YouthCentre,
            Kind::SocialServices,
            Kind::HousingCompany,
            Kind::NightWalkers,
        ],
        strength: (1, 3),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Other,
        subtypes: &["general_unease"],
        texts: &[
            "Flera boende uttrycker allmän oro och går inte ut på kvällen.",
            "Äldre i området berättar att de undviker {plats} efter mörkrets inbrott.",
        ],
        season: [5, 2, 2, 6],
        bands: &[TimeBand::Unknown, TimeBand::Evening],
        told_by: &[
            Kind::HomeCare,
            Kind::HousingCompany,
            Kind::NightWalkers,
            Kind::Association,
            Kind::Municipality,
        ],
        strength: (2, 4),
        ..PLAIN
    },
    Motif {
        indicator: Indicator::Other,
        sign: Sign::Safety,
        texts: &[
            "Många hälsar och stannar och pratar vid {plats}, god stämning.",
            "Boende berättar att det känts lugnare den senaste tiden.",
        ],
        season: [2, 3, 4, 3],
        bands: DAY,
        ..PLAIN
    },
    Motif {
        indicator: Indicator::OtherDisorder,
        subtypes: &["fight"],
        sign: Sign::Ahead,
        texts: &[
            "Uppgifter om att ett bråk planeras vid {plats} till helgen.",
            "Flera personer har hört talas om en uppgörelse vid {plats} på fredag.",
        ],
        season: [2, 3, 3, 3],
        bands: EVENING,
        told_by: &[Kind::School, Kind::YouthCentre, Kind::SocialServices, Kind::Police],
        strength: (3, 4),
        ..PLAIN
    },
];
