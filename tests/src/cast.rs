//! An active programme, prepared over HTTP: five areas, twelve organisations with a unit each, functions of every
//! kind with their holders, and the distribution list.

#![expect(clippy::indexing_slicing, reason = "the cast is of a known size, or the test ends")]

use crate::client::Caller;
use crate::world::{OPERATOR, World};
use est::permission::FunctionKind;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// 16-22 November 2026; reports are due on Thursday at eight, seven o'clock UTC.
pub const WEEK: &str = "2026-W47";
/// Holds no function anywhere.
pub const STRANGER: &str = "stranger";
/// The two who coordinate.
pub const COORDINATORS: [&str; 2] = ["coordinator-1", "coordinator-2"];
const FOUNDER: &str = "founder";

const AREAS: [&str; 5] = ["Centrum", "Norrstad", "Söderbo", "Östervik", "Västerport"];

/// Slug, name, kind, and whether it compiles by itself.
type Sketch = (&'static str, &'static str, &'static str, bool);

const ORGANISATIONS: [Sketch; 12] = [
    ("municipality", "Kommunen, trygghetsenheten", "municipality", true),
    ("police", "Polisen, lokalpolisområdet", "police", true),
    ("housing", "Bostadsbolaget", "housing_company", true),
    ("guards", "Bevakningsbolaget", "guard_company", false),
    ("rescue", "Räddningstjänsten", "rescue_service", false),
    ("transport", "Lokaltrafiken", "public_transport", false),
    ("schools", "Utbildningsförvaltningen", "school", false),
    ("youth", "Fritidsgårdarna", "youth_centre", false),
    ("homecare", "Hemtjänsten", "home_care", false),
    ("field", "Fältgruppen", "social_services", false),
    ("owners", "Fastighetsägarföreningen", "association", false),
    ("walkers", "Nattvandrarna", "night_walkers", false),
];

/// Kind, organisation, holders.
type Post = (&'static str, &'static str, &'static [&'static str]);

/// Beside the informant that every unit has.
const POSTS: [Post; 12] = [
    ("coordinator", "municipality", &COORDINATORS),
    ("organisation_administrator", "municipality", &["administrator"]),
    ("hub_coordinator", "municipality", &["hub"]),
    ("steering_member", "municipality", &["steering"]),
    ("analyst", "municipality", &["analyst"]),
    ("registrar", "municipality", &["registrar"]),
    ("leadership_reader", "municipality", &["leader"]),
    ("politician_reader", "municipality", &["politician"]),
    ("auditor", "municipality", &["auditor"]),
    ("hub_coordinator", "police", &["hub-police"]),
    ("leadership_reader", "police", &["leader-police"]),
    ("organisation_administrator", "police", &["administrator-police"]),
];

/// Who takes part in the programme, by identity.
#[derive(Clone, Debug)]
pub struct Cast {
    pub programme: String,
    pub areas: Vec<String>,
    pub organisations: Vec<Organisation>,
    /// The functions, by kind and organisation.
    pub functions: BTreeMap<(&'static str, &'static str), String>,
    /// The entries of the distribution list, by organisation: all but the last of them.
    pub entries: BTreeMap<&'static str, String>,
}

/// An organisation with its one unit.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub slug: &'static str,
    pub id: String,
    pub unit: String,
    /// The area that the unit answers for.
    pub area: String,
}

struct Prepared {
    name: String,
    cast: Cast,
}

static PREPARED: LazyLock<Prepared> = LazyLock::new(|| {
    let world = World::empty();
    let cast = Cast::prepare(&world, "Programmet");
    Prepared { name: world.template(), cast }
});

/// A world where the programme has just been activated.
pub fn activated() -> (World, Cast) {
    (World::copied(&PREPARED.name), PREPARED.cast.clone())
}

impl Cast {
    /// Opens, prepares and activates a programme.
    pub fn prepare(world: &World, name: &str) -> Self {
        let programme = open(world, name, FOUNDER);
        let founder = world.caller(FOUNDER);
        let mut cast = Self {
            areas: AREAS.iter().map(|name| area(&founder, &programme, name)).collect(),
            programme,
            organisations: Vec::new(),
            functions: BTreeMap::new(),
            entries: BTreeMap::new(),
        };
        cast.join(&founder);
        cast.staff(&founder);
        cast.settle(&founder);
        founder.post(cast.at("activation"), &json!({})).ok();
        cast
    }

    /// A path of the programme's.
    pub fn at(&self, path: &str) -> String {
        format!("programmes/{}/{path}", self.programme)
    }

    /// A path of the week's.
    pub fn week(&self, path: &str) -> String {
        self.at(&format!("weeks/{WEEK}/{path}"))
    }

    #[track_caller]
    pub fn organisation(&self, slug: &str) -> &Organisation {
        let found = self.organisations.iter().find(|organisation| organisation.slug == slug);
        found.unwrap_or_else(|| unreachable!("{slug} takes part"))
    }

    /// Everyone who holds a function, with its kind and organisation.
    pub fn everyone(&self) -> Vec<(String, &'static str, &'static str)> {
        let informants = self.organisations.iter().map(|its| (informant(its.slug), "informant", its.slug));
        let of = |post: &'static (&str, &str, &[&str])| {
            post.2.iter().map(|holder| ((*holder).to_owned(), post.0, post.1))
        };
        informants.chain(POSTS.iter().flat_map(of)).collect()
    }

    /// Somebody of the municipality who holds a function of this kind.
    pub fn holder(&self, kind: FunctionKind) -> String {
        let kind = json!(kind);
        let mut everyone = self.everyone().into_iter();
        let found = everyone.find(|(_, its, organisation)| kind == *its && *organisation == "municipality");
        found.map_or_else(|| unreachable!("{kind} is held"), |(subject, ..)| subject)
    }

    fn join(&mut self, founder: &Caller) {
        for ((slug, name, kind, hub), area) in
            ORGANISATIONS.into_iter().zip(self.areas.clone().iter().cycle())
        {
            let joins = json!({ "name": name, "kind": kind, "hub": hub });
            let id = founder.post(self.at("organisations"), &joins).ok().id();
            let adds = json!({ "name": format!("{name}, enheten"), "areas": [area], "from": "2026-W40" });
            let unit = founder.post(self.at(&format!("organisations/{id}/units")), &adds).ok().id();
            let function = json!({
                "kind": "informant", "title": format!("Informant, {name}"), "organisation": id, "unit": unit,
            });
            self.establish(founder, ("informant", slug), &function, &[&informant(slug)]);
            self.organisations.push(Organisation { slug, id, unit, area: area.clone() });
        }
    }

    fn staff(&mut self, founder: &Caller) {
        for (kind, slug, holders) in POSTS {
            let id = self.organisation(slug).id.clone();
            let function = json!({ "kind": kind, "title": format!("{kind} {slug}"), "organisation": id });
            self.establish(founder, (kind, slug), &function, holders);
        }
    }

    fn establish(
        &mut self,
        founder: &Caller,
        place: (&'static str, &'static str),
        function: &Value,
        holders: &[&str],
    ) {
        let id = founder.post(self.at("functions"), function).ok().id();
        for holder in holders {
            let appoints = json!({ "subject": holder, "kind": "person" });
            founder.post(self.at(&format!("functions/{id}/holders")), &appoints).ok();
        }
        self.functions.insert(place, id);
    }

    /// Meetings, form, lawyers, distribution list.
    fn settle(&mut self, founder: &Caller) {
        let all: Vec<_> = self.organisations.iter().map(|its| its.id.clone()).collect();
        let version = founder.get(format!("programmes/{}", self.programme)).ok().version();
        let meetings = json!({ "weekly": &all[..3], "quarterly": &all[..6], "annual": all });
        founder.put(self.at("meetings"), version, &meetings).ok();
        let coordination = self.functions[&("coordinator", "municipality")].clone();
        let entrusts = json!({ "function": coordination });
        founder.put(self.at("form-responsibility"), version + 1, &entrusts).ok();
        for id in &all {
            let review = json!({ "organisation": id, "reference": "Juristens granskning", "reviewedOn": "2026-10-01" });
            founder.post(self.at("legal-reviews"), &review).ok();
        }
        for organisation in &self.organisations[..11] {
            let enters = recipient(organisation, &coordination);
            let entry = founder.post(self.at("recipients"), &enters).ok().id();
            self.entries.insert(organisation.slug, entry);
        }
    }
}

/// Who reports for an organisation's unit.
pub fn informant(slug: &str) -> String {
    format!("informant-{slug}")
}

/// Opens a programme, whose founder prepares it.
pub fn open(world: &World, name: &str, founder: &str) -> String {
    let opens = json!({
        "name": name, "scope": "municipality", "legalBasis": "Samverkansöverenskommelsen", "founder": founder,
    });
    world.caller(OPERATOR).post("programmes", &opens).ok().id()
}

fn area(founder: &Caller, programme: &str, name: &str) -> String {
    let ring = json!([[13.0, 58.9], [13.1, 58.9], [13.1, 59.0], [13.0, 58.9]]);
    let draws = json!({ "name": name, "outline": { "type": "Polygon", "coordinates": [ring] } });
    founder.post(format!("programmes/{programme}/areas"), &draws).ok().id()
}

/// An entry of the distribution list, which says why.
pub fn recipient(organisation: &Organisation, decided_by: &str) -> Value {
    json!({
        "name": format!("Mottagaren {}", organisation.slug),
        "organisation": organisation.id,
        "way": "fetched",
        "purpose": "Den som rapporterar ska också få bilden.",
        "useNotice": "Får användas i det egna trygghetsarbetet. Sprid inte vidare.",
        "decidedBy": decided_by,
        "reviewOn": "2027-05-01",
    })
}
