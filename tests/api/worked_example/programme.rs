//! A programme whose areas are the places that the extract names, prepared as an operator and a coordinator do it.

use super::Counts;
use est::Week;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::cast;
use tests::client::Caller;
use tests::extract::Extract;
use tests::world::World;

/// The centre, and what the extract also calls it.
pub(super) const CENTRE: &str = "Centrum";
const CENTRE_CALLED: [&str; 5] =
    ["centrala Örebro", "Stortorget", "Järntorget", "Våghustorget", "Resecentrum"];
/// Drawn coarsely as squares about the centre, which they are taken to lie beside.
const SQUARES: [(&str, f64, f64); 5] = [
    (CENTRE, 15.205, 59.268),
    ("Norr", 15.205, 59.278),
    ("Söder", 15.205, 59.258),
    ("Väster", 15.185, 59.268),
    ("Öster", 15.225, 59.268),
];

/// The area that a place of the extract means; nothing where it names none.
pub(super) fn area_of(place: &str) -> String {
    let centre = CENTRE_CALLED.contains(&place);
    if centre { CENTRE.to_owned() } else { place.to_owned() }
}

/// The functions beside the informant of the police: subject, kind, title.
const POSTS: [(&str, &str, &str); 4] = [
    ("coordinator", "coordinator", "Samordnare"),
    ("steering", "steering_member", "Styrgruppen"),
    ("analyst", "analyst", "Analytiker"),
    ("hosts", "hub_coordinator", "Värdarnas arbetsledning"),
];

/// The programme, and who acts in it.
pub(super) struct Programme {
    pub(super) world: World,
    pub(super) id: String,
    /// The unit that the extract is the report of.
    pub(super) unit: String,
    /// The areas' identities by name.
    pub(super) areas: BTreeMap<String, String>,
    /// Who carries the intervention out.
    pub(super) hosts: String,
}

impl Programme {
    /// Opened, prepared and activated before the year.
    pub(super) fn prepared(extract: &Extract) -> Self {
        let world = World::empty();
        world.clock.set("2024-12-16T08:00:00Z");
        let id = cast::open(&world, "Exempel på polisens utdrag", "coordinator");
        let (unit, hosts, areas) = (String::new(), String::new(), BTreeMap::new());
        let mut programme = Self { world, id, unit, areas, hosts };
        programme.draw(extract);
        programme.staff();
        programme
    }

    /// A path of the programme's.
    pub(super) fn at(&self, path: &str) -> String {
        format!("programmes/{}/{path}", self.id)
    }

    pub(super) fn caller(&self, subject: &str) -> Caller {
        self.world.caller(subject)
    }

    /// What the overviews of the weeks tell, by area and indicator.
    pub(super) fn found(&self, weeks: &[Week]) -> Counts {
        let names: BTreeMap<&str, &str> =
            self.areas.iter().map(|(name, id)| (id.as_str(), name.as_str())).collect();
        let mut counts = Counts::new();
        for week in weeks {
            let path = self.at(&format!("weeks/{week}/overview"));
            let overview = self.caller("analyst").get(path).ok().body;
            for area in overview["byArea"].as_array().unwrap() {
                let name = area["area"].as_str().map_or("", |id| names[id]);
                for (indicator, totals) in area["byIndicator"].as_object().unwrap() {
                    let new = totals["new"].as_u64().unwrap();
                    counts.insert((*week, name.to_owned(), indicator.clone()), new);
                }
            }
        }
        counts
    }

    fn draw(&mut self, extract: &Extract) {
        let mut names: Vec<String> = extract.places().into_iter().map(area_of).collect();
        names.sort();
        names.dedup();
        for name in names {
            let called: &[&str] = if name == CENTRE { &CENTRE_CALLED } else { &[] };
            let mut area = json!({ "name": name, "alsoCalled": called });
            if let Some((_, west, south)) = SQUARES.iter().find(|(square, ..)| *square == name) {
                area["outline"] = square(*west, *south);
            }
            let id = self.caller("coordinator").post(self.at("areas"), &area).ok().id();
            self.areas.insert(name, id);
        }
    }

    /// Two organisations, their functions, and what the checklist asks before a programme is activated.
    fn staff(&mut self) {
        let coordinator = self.caller("coordinator");
        let post = |path: &str, body: &Value| coordinator.post(self.at(path), body).ok().id();
        let organisation = |name: &str, kind: &str| {
            post("organisations", &json!({ "name": name, "kind": kind, "hub": true }))
        };
        let municipality = organisation("Kommunen i exemplet", "municipality");
        let police = organisation("Polisen i exemplet", "police");
        let areas: Vec<&String> = self.areas.values().collect();
        // It answers for every area: a week without its report is silence everywhere.
        let adds = json!({ "name": "Polisens utdrag", "areas": areas, "from": "2023-W01" });
        let unit = post(&format!("organisations/{police}/units"), &adds);
        let establish = |(subject, kind, title): (&str, &str, &str), organisation: &str| {
            let function = json!({ "kind": kind, "title": title, "organisation": organisation });
            let id = post("functions", &function);
            post(&format!("functions/{id}/holders"), &json!({ "subject": subject, "kind": "system" }));
            id
        };
        let functions = POSTS.map(|its| establish(its, &municipality));
        establish(("police", "informant", "Polisens utdrag"), &police);
        let both = [&municipality, &police];
        let version = coordinator.get(format!("programmes/{}", self.id)).ok().version();
        let meetings = json!({ "weekly": both, "quarterly": both, "annual": both });
        coordinator.put(self.at("meetings"), version, &meetings).ok();
        let entrusts = json!({ "function": functions[0] });
        coordinator.put(self.at("form-responsibility"), version + 1, &entrusts).ok();
        for organisation in both {
            let review = json!({ "organisation": organisation, "reference": "Påhittad granskning",
                "reviewedOn": "2024-12-16" });
            post("legal-reviews", &review);
        }
        coordinator.post(self.at("activation"), &json!({})).ok();
        let [.., hosts] = functions;
        (self.unit, self.hosts) = (unit, hosts);
    }
}

fn square(west: f64, south: f64) -> Value {
    let (east, north) = (west + 0.02, south + 0.01);
    let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
    json!({ "type": "Polygon", "coordinates": [ring] })
}
