//! A batch that somebody has only a spreadsheet for: read as it was saved, and mistakes told where they stand.

use serde_json::{Value, json};
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Answer, Ask};
use tests::lived;
use tests::world::World;

fn opened() -> (World, Cast) {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    (world, cast)
}

fn sent(world: &World, cast: &Cast, sheet: impl Into<Vec<u8>>) -> Answer {
    let ask = Ask::post(cast.at("report-batches"), &json!({})).bytes("text/csv", sheet);
    world.caller(&informant("police")).send(&ask)
}

fn read(world: &World, cast: &Cast) -> Value {
    let unit = &cast.organisation("police").unit;
    world.caller(COORDINATORS[0]).get(cast.week(&format!("reports/{unit}"))).ok().body
}

/// The names that the sheets write, of the police's unit and area.
fn names(world: &World, cast: &Cast) -> (String, String) {
    let (coordinator, its) = (world.caller(COORDINATORS[0]), cast.organisation("police"));
    let organisation = coordinator.get(cast.at(&format!("organisations/{}", its.id))).ok().body;
    let area = coordinator.get(cast.at(&format!("areas/{}", its.area))).ok().body;
    let name = |of: &Value| of["name"].as_str().unwrap().to_owned();
    (name(&organisation["units"][0]), name(&area))
}

/// R46, R49: as a Swedish spreadsheet saves: Windows-1252, semicolons, line ends of two, rows of nothing at the end.
#[test]
fn a_sheet_is_read_as_a_swedish_spreadsheet_saves_it() {
    let (world, cast) = opened();
    let (unit, area) = names(&world, &cast);
    let week = cast::WEEK;
    let sheet = format!(
        "week;unit;indicator;area;place;place.point.longitude;place.point.latitude;date;timeBand;fire.size;\
         fire.suspectedArson;description\r\n\
         {week};{unit};fire;{area};Återvinningen;15,2066;59,2741;2026-11-17;night;minor;SANT;Eldad soptunna.\r\n\
         {week};{unit};vandalism;{area};;;;2026-11-17;evening;;;Två rutor.\r\n;;;;;;;;;;;\r\n"
    );
    let latin: Vec<u8> = sheet.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let answer = sent(&world, &cast, latin).ok();
    assert_eq!(answer.body["recorded"], 1, "{}", answer.text);
    let report = read(&world, &cast);
    let fire = &report["items"][0];
    assert_eq!(fire["fire"], json!({ "size": "minor", "suspectedArson": true }));
    assert_eq!(fire["place"]["name"], "Återvinningen");
    assert_eq!(fire["place"]["point"], json!({ "longitude": 15.2066, "latitude": 59.2741 }));
    assert_eq!(fire["description"]["body"], "Eldad soptunna.");
    assert_eq!(report["items"][1]["description"]["body"], "Två rutor.");
}

/// The line that a spreadsheet shows, whatever ends it.
#[test]
fn a_mistake_is_told_at_its_line() {
    let (world, cast) = opened();
    let (unit, area) = names(&world, &cast);
    let week = cast::WEEK;
    for end in ["\n", "\r\n"] {
        let rows = [
            "week;unit;indicator;area;date;timeBand".to_owned(),
            format!("{week};{unit};vandalism;{area};2026-11-17;evening"),
            String::new(),
            format!("{week};{unit};vandalism;Månen;2026-11-17;evening"),
        ];
        let told = sent(&world, &cast, rows.join(end)).refused(422, "body.invalid");
        assert_eq!(told.body["errors"][0]["pointer"], "/lines/4/area", "{}", told.text);
        let short = [rows[0].clone(), rows[1].clone(), week.to_owned()].join(end);
        let told = sent(&world, &cast, short).refused(400, "sheet.malformed");
        assert!(told.body["detail"].as_str().unwrap().ends_with("rad 3."), "{}", told.text);
    }
    let mixed = [b"week,unit\n2026-W47,\xE5".as_slice(), "å\n".as_bytes()].concat();
    sent(&world, &cast, mixed).refused(400, "sheet.malformed");
}

/// R53: what one row says to be calm no other row of the unit takes back; and what several repeat is said once.
#[test]
fn rows_of_one_unit_are_one_report() {
    let (world, cast) = opened();
    let (unit, area) = names(&world, &cast);
    let (week, other) = (cast::WEEK, &cast.areas[4]);
    let row = |calm: &str| format!("{week};{unit};{calm};{other};vandalism;{area};2026-11-17;evening\n");
    let head = "week;unit;calm;calmAreas;indicator;area;date;timeBand\n";
    for calm in [["ja", "nej"], ["nej", "ja"]] {
        let told = sent(&world, &cast, [head, &row(calm[0]), &row(calm[1])].concat()).ok();
        assert_eq!(told.body["results"][0]["problem"]["code"], "report.calm-excludes", "{}", told.text);
    }
    let told = sent(&world, &cast, [head, &row("kanske")].concat()).refused(422, "body.invalid");
    assert_eq!(told.body["errors"][0]["pointer"], "/lines/2/calm");
    sent(&world, &cast, [head, &row("nej"), &row("")].concat()).ok();
    let report = read(&world, &cast);
    assert_eq!(report["calmAreas"], json!([other]));
    assert_eq!(report["items"].as_array().map(Vec::len), Some(2));
}

/// What is tried is not recorded, also where the parameter is bare; and one that is misspelt is refused.
#[test]
fn a_rehearsal_is_never_taken_for_the_real_thing() {
    let (world, cast) = opened();
    let unit = &cast.organisation("police").unit;
    let report = json!({ "week": cast::WEEK, "report": { "unit": unit, "calm": true } });
    let twice = json!({ "reports": [report, report] });
    let (police, events) = (world.caller(&informant("police")), world.events());
    let tried = police.post(cast.at("report-batches?dryRun"), &twice).ok().body;
    assert_eq!(tried["results"][0]["receipt"]["rehearsal"], true);
    assert_eq!(tried["results"][1]["problem"]["code"], "report.already-given");
    for misspelt in ["dryrun=true", "dry-run=true", "dryRun=true&x=1"] {
        let path = cast.at(&format!("report-batches?{misspelt}"));
        police.post(path, &twice).refused(400, "parameter.unknown");
    }
    police.post(cast.at("report-batches?dryRun=ja"), &twice).refused(400, "parameter.broken");
    assert_eq!(world.events(), events);
}

/// A file of half a million short rows, each of another unit, is refused, and soon.
#[test]
fn a_large_wrong_file_keeps_nobody_waiting() {
    let (world, cast) = opened();
    let rows: Vec<String> = (0..20_000).map(|unit| format!("2026-W47,{unit}\n")).collect();
    sent(&world, &cast, ["week,unit\n", &rows.concat()].concat()).refused(422, "body.invalid");
}
