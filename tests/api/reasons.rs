//! What the method asks a reason for shows it to those who read on.

use serde_json::json;
use tests::cast::{self, COORDINATORS, informant};
use tests::client::Ask;
use tests::lived;

/// R3: a skipped week stays visible, and so does why.
#[test]
fn a_skipped_week_says_why() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    coordinator.post(cast.at("weeks/2026-W52/skip"), &json!({ "reason": "Julveckan." })).ok();
    let cycle = coordinator.get(cast.at("weeks/2026-W52/cycle")).ok().body;
    assert_eq!((&cycle["status"], &cycle["reason"]["body"]), (&json!("skipped"), &json!("Julveckan.")));
    let weeks = coordinator.get(cast.at("weeks")).ok().body;
    assert_eq!(weeks["items"][0]["reason"]["body"], "Julveckan.");
}

/// R27: how a report was changed, and why, is kept with it, also when it has been withdrawn and given anew.
#[test]
fn a_report_says_how_it_was_changed() {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    let (police, unit) = (world.caller(&informant("police")), &cast.organisation("police").unit);
    let calm = json!({ "unit": unit, "calm": true });
    let report = cast.week(&format!("reports/{unit}"));
    police.post(cast.week("reports"), &calm).ok();
    let amends = json!({ "reason": "Vi glömde en natt.", "report": calm });
    police.put(report.clone(), 1, &amends).ok();
    police.post(format!("{report}/withdrawal"), &json!({ "reason": "Fel vecka." })).ok();
    for again in [false, true] {
        if again {
            police.post(cast.week("reports"), &calm).ok();
        }
        let read = police.get(report.clone()).ok().body;
        let changes = read["changes"].as_array().unwrap();
        let said: Vec<_> = changes.iter().map(|its| (&its["kind"], &its["reason"]["body"])).collect();
        let (amended, withdrawn) = (json!("amended"), json!("withdrawn"));
        let (forgot, wrong) = (json!("Vi glömde en natt."), json!("Fel vecka."));
        assert_eq!(said, [(&amended, &forgot), (&withdrawn, &wrong)]);
        assert_eq!(read["status"], if again { "calm" } else { "missing" });
    }
}

/// R27, R53: a unit that names all its areas as calm has said nothing of problems.
#[test]
fn calm_area_by_area_is_calm() {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    let unit = &cast.organisation("police").unit;
    let named = json!({ "unit": unit, "calmAreas": [cast.areas[0], cast.areas[1], cast.areas[0]] });
    world.caller(&informant("police")).post(cast.week("reports"), &named).ok();
    let coordinator = world.caller(COORDINATORS[0]);
    let reporting = coordinator.get(cast.week("reporting")).ok().body;
    assert_eq!((&reporting["summary"]["calm"], &reporting["summary"]["problems"]), (&json!(1), &json!(0)));
    let overview = coordinator.get(cast.week("overview")).ok().body;
    let calm = |area: &str| {
        let rows = overview["byArea"].as_array().unwrap();
        rows.iter().find(|row| row["area"] == area).map(|row| row["calm"].clone()).unwrap()
    };
    assert_eq!([0, 1, 2].map(|area: usize| calm(&cast.areas[area])), [json!(1), json!(1), json!(0)]);
    let drafts = json!({ "priorities": &cast.areas[..3] });
    coordinator.post(cast.week("picture"), &drafts).ok();
    let basis = coordinator.get(cast.week("picture")).ok().body["draft"]["basis"].clone();
    assert_eq!((&basis["calm"], &basis["reported"]), (&json!(1), &json!(0)));
}

/// R47, R52: a form that is kept by a browser is asked anew when a problem has come to it.
#[test]
fn a_form_that_asks_more_is_another_form() {
    let (world, cast) = cast::activated();
    let coordinator = world.caller(COORDINATORS[0]);
    let its = cast.organisation("police");
    let form = cast.week(&format!("forms/{}", its.unit));
    let police = world.caller(&informant("police"));
    let first = police.get(form.clone()).ok();
    let asked = || Ask::get(form.clone()).with("If-None-Match", first.header("etag"));
    assert_eq!(police.send(&asked()).status, 304);
    let problem = json!({ "title": "Klotter vid skolan", "indicator": "vandalism", "area": its.area,
        "firstWeek": "2026-W46" });
    coordinator.post(cast.at("problems"), &problem).ok();
    let second = police.send(&asked()).ok();
    assert_eq!(second.body["questions"].as_array().map(Vec::len), Some(1));
    assert_eq!(second.body["indicators"].as_array().map(Vec::len), Some(8));
}

/// RFC 9457: a problem's type leads to what it means.
#[test]
fn the_type_of_a_problem_is_described() {
    let (world, cast) = cast::activated();
    let refused = world.caller(COORDINATORS[0]).get(cast.at("problems/unknown")).problem();
    let path = refused.body["type"].as_str().unwrap().trim_start_matches("/samlad/v1/").to_owned();
    let described = world.nobody().get(path).ok().body;
    assert_eq!((&described["code"], &described["status"]), (&refused.body["code"], &refused.body["status"]));
    world.nobody().get("problems/no-such").refused(404, "resource.unknown");
}
