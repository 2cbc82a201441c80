//! The police's real extract, brought in and compiled with what the partners say; its figures add up to its rows.

use crate::texts::{all_that_is_read, everything};
use est::Week;
use serde_json::{Value, json};
use tests::cast::{self, Cast};
use tests::disguises::disguises;
use tests::extract::{Extract, import};
use tests::world::World;

const WEEKS: [&str; 3] = ["2026-W10", "2026-W11", "2026-W12"];
/// Reports for whole organisations in the weeks of the extract.
const PARTNER: &str = "partner";

/// R46, R27: 2026-W10 to W12 compiled, adopted and distributed, read back as JSON.
#[test]
fn pictures_of_the_real_extract_add_up_to_its_rows() {
    let Some(extract) = Extract::read() else { return };
    let (world, mut cast) = cast::activated();
    world.clock.set("2026-11-16T07:30:00Z");
    let unit = prepare(&world, &mut cast, &extract.places());
    let said = import(&world, &cast.programme, &extract.path, &unit);
    assert!(said.contains(&extract.rows.len().to_string()), "{said}");
    let events = world.events();
    import(&world, &cast.programme, &extract.path, &unit);
    assert_eq!(world.events(), events, "a second run changed something");
    for week in WEEKS {
        let partners = report(&world, &cast, week);
        compile(&world, &cast, week);
        let picture = world.caller("coordinator-1").get(cast.at(&format!("weeks/{week}/picture"))).ok().body;
        let basis = &picture["editions"][0]["content"]["basis"];
        let areas = basis["areas"].as_array().unwrap().iter();
        let counts = areas.flat_map(|area| area["new"].as_object().unwrap().values());
        let new: u64 = counts.map(|count| count.as_u64().unwrap()).sum();
        let reported: Week = week.parse().unwrap();
        let rows = u64::try_from(extract.within().filter(|row| row.week == reported).count()).unwrap();
        assert_eq!(new, rows + partners, "{week}: the picture does not add up to the extract's rows");
        assert!(picture["editions"][0]["distributedAt"].is_string());
        let overview =
            world.caller("coordinator-1").get(cast.at(&format!("weeks/{week}/overview"))).ok().body;
        assert_eq!(overview["totals"]["new"], rows + partners, "{week}: the overview differs");
    }
}

/// An import says a week's texts again when rows are added: what was struck stays struck, what is sealed is not said.
#[test]
fn an_import_brings_back_no_erased_or_sealed_text() {
    let (world, mut cast) = cast::activated();
    world.clock.set("2026-11-16T07:30:00Z");
    let unit = prepare(&world, &mut cast, &["Centrum"]);
    let path = std::env::temp_dir().join(format!("samlad-extract-{}.csv", std::process::id()));
    let row = |id: u8, text: &str| format!("{id},2026-11-10T20:00,Skadegörelse,Örebro,Centrum,{text}\n");
    let head = "id,occurred_at,type,municipality,area,text\n";
    let first =
        [head, &row(1, "Ett namn nämns här."), &row(2, "Detta är hemligt."), &row(3, "Allt raderas.")]
            .concat();
    std::fs::write(&path, &first).unwrap();
    import(&world, &cast.programme, &path, &unit);
    let report = cast.at(&format!("weeks/2026-W46/reports/{unit}"));
    let read = || world.caller("coordinator-1").get(report.clone()).ok().body["items"].clone();
    let texts: Vec<String> =
        (0..3).map(|item| read()[item]["description"]["textId"].as_str().unwrap().to_owned()).collect();
    let ground = json!({ "kind": "statute", "reference": "Arkivlagen 10 §" });
    let name = json!([{ "start": 0, "end": 8, "class": "person-name" }]);
    let registrar = world.caller("registrar");
    let at = |text: &str, what: &str| cast.at(&format!("texts/{text}/{what}"));
    registrar.post(at(&texts[0], "erasure"), &json!({ "ground": ground, "spans": name })).ok();
    registrar.put(at(&texts[1], "seal"), 0, &json!({ "reason": "secrecy" })).ok();
    registrar.post(at(&texts[2], "erasure"), &json!({ "ground": ground })).ok();
    std::fs::write(&path, [first, row(4, "En ny rad.")].concat()).unwrap();
    import(&world, &cast.programme, &path, &unit);
    std::fs::remove_file(&path).unwrap();
    let said: Vec<Value> = (0..4).map(|item| read()[item]["description"]["body"].clone()).collect();
    assert_eq!(said[0], "[struket: namn] nämns här.");
    assert_eq!((&said[1], &said[2], &said[3]), (&Value::Null, &Value::Null, &json!("En ny rad.")));
    let bodies = world.sql("SELECT body FROM text").unwrap().join("\n");
    assert!(!bodies.contains("Ett namn") && !bodies.contains("Allt raderas"), "{bodies}");
    assert_eq!(bodies.matches("hemligt").count(), 1, "it stands where it was sealed, and nowhere else");
}

/// R46: a row whose day the police have corrected is not counted in both weeks, and whatever was corrected is told.
#[test]
fn a_corrected_extract_counts_no_row_twice() {
    let (world, mut cast) = cast::activated();
    world.clock.set("2026-11-16T07:30:00Z");
    let unit = prepare(&world, &mut cast, &["Centrum"]);
    let path = std::env::temp_dir().join(format!("samlad-corrected-{}.csv", std::process::id()));
    let head = "id,occurred_at,type,municipality,area,text\n";
    let row = |id: u8, at: &str| format!("{id},{at},Skadegörelse,Örebro,Centrum,Två rutor.\n");
    let first = [head, &row(1, "2026-11-08T23:50"), &row(2, "2026-11-04T20:00")].concat();
    std::fs::write(&path, first).unwrap();
    import(&world, &cast.programme, &path, &unit);
    let events = world.events();
    let second = [head, &row(1, "2026-11-09T00:20"), &row(2, "2026-11-04T21:00")].concat();
    std::fs::write(&path, second).unwrap();
    let told = import(&world, &cast.programme, &path, &unit);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(world.events(), events, "{told}");
    assert!(told.contains("1  fanns redan, men är ändrade i filen"), "{told}");
    assert!(
        told.contains("1  finns redan i en annan vecka") && told.contains("1 (2026-W46 i filen)"),
        "{told}"
    );
    assert!(told.contains("det stämmer"), "{told}");
}

/// R131: a row that the guard stops is taken up without its words, which stand nowhere; a row keyed by a person is not.
#[test]
fn an_import_leaves_no_refused_words_behind() {
    let (world, mut cast) = cast::activated();
    world.clock.set("2026-11-16T07:30:00Z");
    let unit = prepare(&world, &mut cast, &["Centrum"]);
    let path = std::env::temp_dir().join(format!("samlad-refused-{}.csv", std::process::id()));
    let (words, number) = ("Påhittade.Nordkvist@example.se", "19900101-2385");
    let row = |id: &str, text: &str| format!("{id},2026-11-10T20:00,Skadegörelse,Örebro,Centrum,{text}\n");
    let head = "id,occurred_at,type,municipality,area,text\n";
    let rows =
        [row("1", &format!("Skriv till {words} om {number}.")), row(number, "Ruta."), row("3", "Lugnt.")];
    std::fs::write(&path, [head, &rows.concat()].concat()).unwrap();
    let said = import(&world, &cast.programme, &path, &unit);
    std::fs::remove_file(&path).unwrap();
    let everywhere = format!("{}\n{}\n{said}", everything(&world), all_that_is_read(&world, &cast));
    for disguise in [words, "Nordkvist", number].into_iter().flat_map(disguises) {
        assert!(!everywhere.contains(&disguise), "{disguise} is there");
    }
    assert!(said.contains("rad 3") && everywhere.contains("Lugnt."), "{said}");
}

/// The areas that the extract names, a unit of the police that begins early enough, and a partner in each organisation.
fn prepare(world: &World, cast: &mut Cast, places: &[&str]) -> String {
    let coordinator = world.caller("coordinator-1");
    let ring = json!([[15.1, 59.2], [15.3, 59.2], [15.3, 59.3], [15.1, 59.2]]);
    for place in places {
        let area = json!({ "name": place, "outline": { "type": "Polygon", "coordinates": [ring] } });
        let drawn = coordinator.post(cast.at("areas"), &area);
        // The cast has a centre of its own.
        assert!(drawn.status == 201 || drawn.body["code"] == "area.name-taken", "{}", drawn.text);
    }
    for organisation in &mut cast.organisations {
        let adds = json!({ "name": format!("{}, hela", organisation.slug), "from": "2023-W01" });
        let units = format!("programmes/{}/organisations/{}/units", cast.programme, organisation.id);
        organisation.unit = coordinator.post(units, &adds).ok().id();
        let functions = format!("programmes/{}/functions", cast.programme);
        let informs = json!({ "kind": "informant", "title": "Partner", "organisation": organisation.id });
        let function = coordinator.post(functions.clone(), &informs).ok().id();
        let appoints = json!({ "subject": PARTNER, "kind": "system" });
        coordinator.post(format!("{functions}/{function}/holders"), &appoints).ok();
    }
    cast.organisation("police").unit.clone()
}

/// Every partner but the police and one that is silent says its week; how much they saw.
fn report(world: &World, cast: &Cast, week: &str) -> u64 {
    let partner = world.caller(PARTNER);
    let mut seen = 0;
    for (number, organisation) in cast.organisations.iter().enumerate() {
        let report = match (organisation.slug, number % 3) {
            ("police" | "walkers", _) => continue,
            (_, 0) => json!({ "unit": organisation.unit, "calm": true }),
            _ => {
                seen += 1;
                json!({ "unit": organisation.unit, "items": [observation(&organisation.area)] })
            }
        };
        partner.post(cast.at(&format!("weeks/{week}/reports")), &report).ok();
    }
    seen
}

fn observation(area: &str) -> Value {
    json!({ "indicator": "unsafe_place", "subtypes": ["lighting"], "area": area, "date": "2026-03-04",
        "timeBand": "evening", "description": "Två lyktstolpar vid gångvägen är släckta." })
}

/// Drafts, writes, adopts and distributes the week's picture.
fn compile(world: &World, cast: &Cast, week: &str) {
    let coordinator = world.caller("coordinator-2");
    let picture = cast.at(&format!("weeks/{week}/picture"));
    coordinator.post(picture.clone(), &json!({ "priorities": &cast.areas[..3] })).ok();
    let overall = json!({ "kind": "overall_situation", "text": "Veckan var ungefär som de föregående." });
    coordinator.put(format!("{picture}/sections/overall-situation"), 0, &overall).ok();
    for slot in 1..=3 {
        let block = json!({ "kind": "priority", "situation": "Lugnare än i februari.", "interventions": [] });
        coordinator.put(format!("{picture}/sections/priority-{slot}"), 0, &block).ok();
    }
    let version = coordinator.get(picture.clone()).ok().version();
    coordinator.put(format!("{picture}/adoption"), version, &json!({ "attended": [] })).ok();
    coordinator.post(format!("{picture}/distributions"), &json!({})).ok();
}
