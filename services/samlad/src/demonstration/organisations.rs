//! The twelve invented organisations that take part, and their reporting units.

use super::areas::CENTRE;
use est::organisation::OrganisationKind;

pub(super) struct OrganisationSketch {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: OrganisationKind,
    pub(super) hub: bool,
    /// A system that reports beside the units' own informants.
    pub(super) system: Option<&'static str>,
    pub(super) units: &'static [UnitSketch],
}

pub(super) struct UnitSketch {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) areas: &'static [&'static str],
    /// How many weeks in a hundred no report comes.
    pub(super) missing: u32,
    /// The week of the story in which it begins to report, and the one from which it does no more.
    pub(super) reports: (i32, i32),
}

/// Longer than the story.
pub(super) const ALWAYS: i32 = 1_000;

const fn unit(
    slug: &'static str,
    name: &'static str,
    areas: &'static [&'static str],
    missing: u32,
) -> UnitSketch {
    UnitSketch { slug, name, areas, missing, reports: (0, ALWAYS) }
}

const fn organisation(
    slug: &'static str,
    name: &'static str,
    kind: OrganisationKind,
    units: &'static [UnitSketch],
) -> OrganisationSketch {
    OrganisationSketch { slug, name, kind, hub: false, system: None, units }
}

pub(super) const POLICE: &str = "polisen";
pub(super) const SAFETY: &str = "trygghet";
pub(super) const HOUSING: &str = "bostad";

pub(super) static ORGANISATIONS: [OrganisationSketch; 12] = [
    OrganisationSketch {
        hub: true,
        ..organisation(
            SAFETY,
            "Lysvinge kommun, trygghetsenheten",
            OrganisationKind::Municipality,
            &MUNICIPAL,
        )
    },
    OrganisationSketch {
        hub: true,
        ..organisation(POLICE, "Polisen, lokalpolisområde Lysvinge", OrganisationKind::Police, &DISTRICTS)
    },
    OrganisationSketch {
        hub: true,
        system: Some("demo-system-lysvingehem"),
        ..organisation(HOUSING, "Bostads AB Lysvingehem", OrganisationKind::HousingCompany, &CARETAKERS)
    },
    OrganisationSketch {
        system: Some("demo-system-klockarvakten"),
        ..organisation("vakt", "Klockarvakten Bevakning AB", OrganisationKind::GuardCompany, &ROUNDS)
    },
    organisation("raddning", "Räddningstjänsten Lysvinge", OrganisationKind::RescueService, &STATIONS),
    organisation("trafik", "Lysvinge Lokaltrafik", OrganisationKind::PublicTransport, &TRAFFIC),
    organisation("skola", "Utbildningsförvaltningen i Lysvinge", OrganisationKind::School, &SCHOOLS),
    organisation("fritid", "Fritidsgårdarna i Lysvinge", OrganisationKind::YouthCentre, &YOUTH_CENTRES),
    organisation("hemtjanst", "Hemtjänsten i Lysvinge", OrganisationKind::HomeCare, &HOME_CARE),
    organisation("falt", "Socialtjänstens fältgrupp", OrganisationKind::SocialServices, &FIELD_GROUP),
    organisation(
        "nattvandring",
        "Föreningen Lysvinge nattvandring",
        OrganisationKind::NightWalkers,
        &WALKERS,
    ),
    organisation("fastighet", "Föreningen Lysvinge fastigheter", OrganisationKind::Association, &OWNERS),
];

static MUNICIPAL: [UnitSketch; 3] = [
    unit(
        "drift",
        "Gata och park, driften",
        &[CENTRE, "Klöverdal", "Norrängen", "Sjövallen", "Björkslätt"],
        4,
    ),
    unit("bibliotek", "Biblioteken", &[CENTRE, "Norrängen"], 5),
    unit("idrott", "Idrottsanläggningarna", &["Sjövallen", "Björkslätt", "Talludden"], 7),
];

static DISTRICTS: [UnitSketch; 3] = [
    unit("polis-centrum", "Områdespoliserna centrum", &[CENTRE, "Bangården", "Hamnkvarteren"], 2),
    unit("polis-norr", "Områdespoliserna norr", &["Klöverdal", "Norrängen", "Solhöjden", "Hammarhagen"], 2),
    unit(
        "polis-oster",
        "Områdespoliserna öster",
        &["Sjövallen", "Talludden", "Östra Hagen", "Kvarnkullen"],
        3,
    ),
];

static CARETAKERS: [UnitSketch; 7] = [
    unit("bovard-centrum", "Bovärdskontoret Centrum", &[CENTRE, "Hamnkvarteren"], 4),
    unit("bovard-klover-sodra", "Bovärdskontoret Klöverdal södra", &["Klöverdal"], 3),
    unit("bovard-klover-norra", "Bovärdskontoret Klöverdal norra", &["Klöverdal"], 6),
    unit("bovard-norrangen", "Bovärdskontoret Norrängen", &["Norrängen"], 4),
    unit("bovard-solhojden", "Bovärdskontoret Solhöjden", &["Solhöjden"], 5),
    unit("bovard-hagen", "Bovärdskontoret Hagen", &["Östra Hagen", "Sjövallen"], 8),
    unit("bovard-kvarnen", "Bovärdskontoret Kvarnkullen", &["Kvarnkullen", "Talludden"], 6),
];

static ROUNDS: [UnitSketch; 3] = [
    unit("rond-centrum", "Ronden centrum", &[CENTRE, "Bangården", "Hamnkvarteren"], 3),
    unit("rond-bostad", "Ronden bostadsområden", &["Klöverdal", "Norrängen", "Solhöjden"], 4),
    unit(
        "rond-verksamhet",
        "Ronden skolor och verksamheter",
        &["Hammarhagen", "Kvarnkullen", "Talludden"],
        6,
    ),
];

static STATIONS: [UnitSketch; 2] = [
    unit(
        "station-centrum",
        "Brandstationen centrum",
        &[CENTRE, "Bangården", "Hamnkvarteren", "Sjövallen"],
        6,
    ),
    unit("station-norr", "Brandstationen norr", &["Klöverdal", "Norrängen", "Solhöjden", "Hammarhagen"], 8),
];

static TRAFFIC: [UnitSketch; 2] = [
    unit("stadsbussarna", "Stadsbussarna", &["Bangården", "Norrängen", "Talludden", "Östra Hagen"], 8),
    unit("resecentrum", "Värdarna på resecentrum", &["Bangården"], 5),
];

static SCHOOLS: [UnitSketch; 8] = [
    unit("kloverskolan", "Klöverskolan", &["Klöverdal"], 6),
    unit("norrangsskolan", "Norrängsskolan", &["Norrängen"], 7),
    unit("solskolan", "Solskolan", &["Solhöjden"], 9),
    unit("tallskolan", "Tallskolan", &["Talludden"], 10),
    unit("kvarnskolan", "Kvarnskolan", &["Kvarnkullen"], 12),
    unit("hagskolan", "Hagskolan", &["Östra Hagen"], 8),
    unit("gymnasiet", "Strömgymnasiet", &[CENTRE], 6),
    UnitSketch { reports: (0, 71), ..unit("bjorkskolan", "Björkskolan", &["Björkslätt"], 18) },
];

static YOUTH_CENTRES: [UnitSketch; 3] = [
    unit("gard-klover", "Fritidsgården Fyrklövern", &["Klöverdal"], 6),
    unit("gard-norrangen", "Fritidsgården Ängen", &["Norrängen"], 6),
    UnitSketch {
        reports: (41, ALWAYS),
        ..unit("gard-solhojden", "Fritidsgården Utsikten", &["Solhöjden"], 6)
    },
];

static HOME_CARE: [UnitSketch; 3] = [
    unit("hemtjanst-natt", "Nattpatrullen", &["Klöverdal", "Norrängen", "Kvarnkullen", "Östra Hagen"], 9),
    unit("hemtjanst-centrum", "Hemtjänsten centrum", &[CENTRE, "Hamnkvarteren"], 8),
    unit("hemtjanst-norr", "Hemtjänsten norr", &["Solhöjden", "Norrängen"], 10),
];

static FIELD_GROUP: [UnitSketch; 2] = [
    unit("falt-dag", "Fältgruppen, dag och skola", &["Klöverdal", "Norrängen", "Solhöjden", CENTRE], 4),
    unit("falt-kvall", "Fältgruppen, kväll och helg", &[CENTRE, "Bangården", "Sjövallen"], 4),
];

static WALKERS: [UnitSketch; 2] = [
    unit("vandring-centrum", "Vandringen centrum", &[CENTRE, "Bangården", "Sjövallen"], 14),
    unit("vandring-klover", "Vandringen Klöverdal", &["Klöverdal", "Solhöjden"], 16),
];

static OWNERS: [UnitSketch; 2] = [
    unit("agare-centrum", "Fastigheterna i centrum", &[CENTRE, "Hamnkvarteren"], 9),
    unit("agare-hammar", "Fastigheterna i Hammarhagen", &["Hammarhagen"], 12),
];
