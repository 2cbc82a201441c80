//! The areas of the invented town, their places and how uneasy they are. The town does not exist: its
//! outlines are a grid laid on the open water of Vänern, and its names belong to no real district.

use serde_json::{Value, json};

pub(super) struct AreaSketch {
    pub(super) name: &'static str,
    pub(super) also_called: &'static [&'static str],
    /// How many weeks in a hundred a unit there sees something, at the start.
    level: i32,
    /// How the level changes from one quarter to the next.
    drift: i32,
    /// In the form that follows "vid".
    pub(super) places: &'static [(&'static str, Ground)],
    /// Column and row of the grid.
    cell: (u8, u8),
}

/// What kind of place it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Building,
    Open,
    Parking,
    Shore,
    Sports,
    Way,
}

use Ground::{Building, Open, Parking, Shore, Sports, Way};

pub(super) const CENTRE: &str = "Lysvinge centrum";

/// The three prioritised areas of each quarter.
const PRIORITIES: [[&str; 3]; 9] = [
    ["Klöverdal", CENTRE, "Norrängen"],
    ["Klöverdal", CENTRE, "Bangården"],
    ["Klöverdal", "Sjövallen", "Norrängen"],
    [CENTRE, "Norrängen", "Bangården"],
    ["Norrängen", "Solhöjden", "Bangården"],
    ["Norrängen", "Solhöjden", CENTRE],
    ["Solhöjden", "Sjövallen", CENTRE],
    ["Solhöjden", "Bangården", "Klöverdal"],
    ["Solhöjden", CENTRE, "Bangården"],
];

pub(super) fn priorities(quarter: i32) -> [&'static str; 3] {
    let places = usize::try_from(quarter.rem_euclid(9)).unwrap_or_default();
    PRIORITIES.get(places).copied().unwrap_or(["Klöverdal", CENTRE, "Norrängen"])
}

impl AreaSketch {
    /// How uneasy the area is; where work was prioritised it becomes calmer for a while.
    pub(super) fn unease(&self, quarter: i32) -> u32 {
        let worked_at = (quarter - 3..quarter).any(|past| past >= 0 && priorities(past).contains(&self.name));
        let level = self.level + self.drift * quarter;
        let eased = if worked_at { level * 7 / 10 } else { level };
        u32::try_from(eased.clamp(8, 80)).unwrap_or(8)
    }

    /// How great the need there is, from 1 to 5.
    pub(super) fn rating(&self, quarter: i32) -> u8 {
        u8::try_from(self.unease(quarter) / 12).map_or(5, |rating| rating.clamp(1, 5))
    }

    /// A closed GeoJSON polygon within the area's cell.
    pub(super) fn outline(&self) -> Value {
        let corners = match (self.cell.0 + self.cell.1) % 3 {
            0 => [(0.05, 0.08), (0.52, 0.04), (0.95, 0.12), (0.92, 0.94), (0.48, 0.97), (0.08, 0.88)],
            1 => [(0.10, 0.05), (0.60, 0.10), (0.94, 0.06), (0.97, 0.85), (0.55, 0.93), (0.04, 0.95)],
            _ => [(0.04, 0.15), (0.45, 0.06), (0.90, 0.04), (0.96, 0.90), (0.62, 0.95), (0.12, 0.96)],
        };
        let ring: Vec<_> =
            corners.iter().chain(corners.first()).map(|corner| self.position(*corner)).collect();
        json!({ "type": "Polygon", "coordinates": [ring] })
    }

    /// Where a place lies, which is well within the outline.
    pub(super) fn point(&self, place: u8) -> Value {
        let step = f64::from(place % 6);
        let [longitude, latitude] = self.position((0.25 + 0.09 * step, 0.72 - 0.08 * step));
        json!({ "longitude": longitude, "latitude": latitude })
    }

    fn position(&self, (east, north): (f64, f64)) -> [f64; 2] {
        let (column, row) = self.cell;
        let rounded = |degrees: f64| (degrees * 1e5).round() / 1e5;
        [rounded(13.2 + (f64::from(column) + east) * 0.02), rounded(58.95 + (f64::from(row) + north) * 0.011)]
    }
}

pub(super) static AREAS: [AreaSketch; 12] = [
    AreaSketch {
        name: CENTRE,
        also_called: &["Centrum", "City"],
        level: 52,
        drift: 0,
        places: &[
            ("Stortorget", Open),
            ("gågatan", Way),
            ("parkeringshuset Linden", Parking),
            ("biblioteket", Building),
            ("Strömparken", Open),
            ("torghallen", Building),
        ],
        cell: (1, 1),
    },
    AreaSketch {
        name: "Bangården",
        also_called: &["Resecentrum", "Stationsområdet"],
        level: 48,
        drift: 0,
        places: &[
            ("resecentrum", Building),
            ("gångtunneln under spåren", Way),
            ("cykelgaraget", Building),
            ("bussterminalen", Way),
            ("lokstallarna", Building),
        ],
        cell: (2, 1),
    },
    AreaSketch {
        name: "Klöverdal",
        also_called: &["Klövern"],
        level: 60,
        drift: -3,
        places: &[
            ("Klövertorget", Open),
            ("lekplatsen i Ängsgläntan", Open),
            ("bollplanen", Sports),
            ("tvättstugorna på Rödklövern", Building),
            ("gångvägen mot skolan", Way),
        ],
        cell: (0, 2),
    },
    AreaSketch {
        name: "Norrängen",
        also_called: &["Norrängens bostadsområde"],
        level: 54,
        drift: -1,
        places: &[
            ("Norrängsskolan", Building),
            ("livsmedelsbutiken", Building),
            ("garagen på Timotejvägen", Parking),
            ("fotbollsburen", Open),
            ("gångbron över leden", Way),
        ],
        cell: (1, 2),
    },
    AreaSketch {
        name: "Solhöjden",
        also_called: &["Höjden"],
        level: 34,
        drift: 5,
        places: &[
            ("Solhöjdsplan", Parking),
            ("utegymmet", Open),
            ("miljöhusen", Building),
            ("vattentornet", Open),
            ("pendlarparkeringen", Parking),
        ],
        cell: (2, 2),
    },
    AreaSketch {
        name: "Sjövallen",
        also_called: &["Strandområdet"],
        level: 36,
        drift: 0,
        places: &[
            ("badplatsen", Shore),
            ("strandpromenaden", Way),
            ("idrottsplatsen", Sports),
            ("grillplatserna", Shore),
            ("småbåtshamnen", Shore),
        ],
        cell: (3, 0),
    },
    AreaSketch {
        name: "Talludden",
        also_called: &[],
        level: 24,
        drift: 0,
        places: &[
            ("Tallskolan", Building),
            ("skogsstigen", Way),
            ("hållplatsen Udden", Way),
            ("elljusspåret", Way),
        ],
        cell: (3, 1),
    },
    AreaSketch {
        name: "Hamnkvarteren",
        also_called: &["Gamla hamnen"],
        level: 30,
        drift: 1,
        places: &[
            ("kajen", Shore),
            ("magasinen", Building),
            ("restaurangstråket", Open),
            ("parkeringen på Varvsplan", Parking),
        ],
        cell: (2, 0),
    },
    AreaSketch {
        name: "Kvarnkullen",
        also_called: &[],
        level: 22,
        drift: 0,
        places: &[
            ("Kvarnskolan", Building),
            ("pulkabacken", Open),
            ("servicehuset", Building),
            ("busshållplatsen Kvarnen", Way),
        ],
        cell: (0, 1),
    },
    AreaSketch {
        name: "Hammarhagen",
        also_called: &["Industriområdet"],
        level: 20,
        drift: 1,
        places: &[
            ("återvinningsstationen", Parking),
            ("lastkajerna", Building),
            ("den gamla tegelfabriken", Building),
            ("drivmedelsstationen", Parking),
        ],
        cell: (3, 2),
    },
    AreaSketch {
        name: "Östra Hagen",
        also_called: &["Hagen"],
        level: 26,
        drift: 0,
        places: &[
            ("Hagskolan", Building),
            ("kolonilotterna", Open),
            ("lekparken", Open),
            ("hållplatsen Hagen", Way),
        ],
        cell: (1, 0),
    },
    AreaSketch {
        name: "Björkslätt",
        also_called: &[],
        level: 16,
        drift: 0,
        places: &[
            ("Björkhallen", Sports),
            ("ridstigen", Way),
            ("förskolan Löven", Building),
            ("vändplatsen", Parking),
        ],
        cell: (0, 0),
    },
];
