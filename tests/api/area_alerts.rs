//! Areas that stand out: what is told, with which reporting, and what is not taken for it.

use est::Week;
use serde_json::{Value, json};
use std::sync::LazyLock;
use tests::cast::{self, COORDINATORS, Cast, Organisation, informant};
use tests::client::Ask;
use tests::world::World;

/// The first week in which the units report, and how many weeks they do.
const FIRST: &str = "2026-W40";
const WEEKS: i32 = 44;
/// The last of them, and the two before.
const LAST: &str = "2027-W30";
const ONE_BEFORE: &str = "2027-W29";
const CALM: &str = "2027-W28";

const AFTERWARDS: &str = "2027-08-09T08:00:00Z";

/// An area, an indicator and a kind.
type Thing = (Value, Value, Value);

/// A world whose weeks are open, by the name that it is copied under.
static OPENED: LazyLock<(String, Cast)> = LazyLock::new(|| {
    let (world, cast) = cast::activated();
    world.clock.set(AFTERWARDS);
    let first: Week = FIRST.parse().unwrap();
    for week in first.until(first.plus(WEEKS)) {
        let path = cast.at(&format!("weeks/{week}/cycle"));
        world.caller(COORDINATORS[0]).post(path, &json!({})).ok();
    }
    (world.template(), cast)
});

/// A year's weeks, reported all at once; who says nothing of a week is silent.
fn lived(said: impl Fn(i32, &Organisation) -> Option<Vec<Value>>) -> (World, Cast) {
    let (world, cast) = (World::copied(&OPENED.0), OPENED.1.clone());
    world.clock.set(AFTERWARDS);
    let first: Week = FIRST.parse().unwrap();
    for its in &cast.organisations {
        let reports = (0..WEEKS).filter_map(|number| {
            let week = first.plus(number);
            let mut items = said(number, its)?;
            for item in &mut items {
                (item["date"], item["timeBand"]) = (json!(week.day(1)), json!("evening"));
            }
            let calm = items.is_empty();
            Some(json!({ "week": week, "report": { "unit": its.unit, "calm": calm, "items": items } }))
        });
        let batch = json!({ "reports": reports.collect::<Vec<_>>() });
        let receipt = world.caller(&informant(its.slug)).post(cast.at("report-batches"), &batch).ok().body;
        assert_eq!(receipt["refused"], 0, "{}", receipt["results"][0]);
    }
    (world, cast)
}

/// So many of an indicator in the unit's own area.
fn seen(its: &Organisation, indicator: &str, count: i32) -> Value {
    json!({ "indicator": indicator, "area": its.area, "count": count })
}

/// What a unit sees in any week, now more and now less.
fn usual(number: i32, its: &Organisation) -> Vec<Value> {
    let letters = i32::try_from(its.slug.len()).unwrap();
    let graffiti = seen(its, "vandalism", 1 + (number * 7 + letters * 3) % 3);
    vec![graffiti, seen(its, "unsafe_place", 1 + (number * 5 + letters) % 2)]
}

/// Much graffiti in the municipality's area in two weeks; in the last many dark places in that of the police, and many
/// clean walls in that of the housing company.
fn two_that_stand_out() -> (World, Cast) {
    lived(|number, its| {
        let mut items = usual(number, its);
        match (its.slug, WEEKS - number) {
            ("municipality", 2) => items.push(seen(its, "vandalism", 20)),
            ("municipality", 1) => items.push(seen(its, "vandalism", 30)),
            ("housing", 1) => {
                let mut clean = seen(its, "vandalism", 30);
                clean["polarity"] = json!("positive");
                items.push(clean);
            }
            ("police", 1) => items.push(seen(its, "unsafe_place", 30)),
            _ => {}
        }
        Some(items)
    })
}

fn alerts(world: &World, path: &str) -> Vec<Value> {
    let read = world.caller("steering").get(path).ok();
    assert_eq!((read.header("content-language"), read.header("vary")), ("sv", "Accept-Language"));
    read.body["alerts"].as_array().unwrap().clone()
}

fn of_week(world: &World, cast: &Cast, week: &str) -> Vec<Value> {
    alerts(world, &cast.at(&format!("weeks/{week}/overview")))
}

fn things(alerts: &[Value]) -> Vec<Thing> {
    alerts.iter().map(|its| (its["area"].clone(), its["indicator"].clone(), its["kind"].clone())).collect()
}

fn thing(area: &str, indicator: Option<&str>) -> Thing {
    (json!(area), json!(indicator), json!("overrepresented"))
}

/// R76, R27: what came beside what was to be expected, and the reporting behind both, in two languages.
#[test]
fn an_area_that_stands_out_is_told_with_the_reporting_behind_it() {
    let (world, cast) = two_that_stand_out();
    let [graffiti, dark] = [&cast.areas[0], &cast.areas[1]];
    let path = cast.at(&format!("weeks/{LAST}/overview"));
    let told = alerts(&world, &path);
    let found = things(&told);
    for wanted in [(graffiti, Some("vandalism")), (graffiti, None), (dark, Some("unsafe_place"))] {
        assert!(found.contains(&thing(wanted.0, wanted.1)), "{wanted:?} of {found:?}");
    }
    assert!(!found.contains(&thing(dark, None)), "a place that feels unsafe is no incident");
    assert!(found.iter().all(|its| its.0 == json!(graffiti) || its.0 == json!(dark)), "{found:?}");
    let probable: Vec<f64> = told.iter().map(|its| its["pUpper"].as_f64().unwrap()).collect();
    assert!(probable.is_sorted() && probable.iter().all(|its| *its < 0.005), "{probable:?}");
    let its = told[found.iter().position(|its| *its == thing(graffiti, Some("vandalism"))).unwrap()].clone();
    let overview = world.caller("analyst").get(path.as_str()).ok().body;
    let area = overview["byArea"].as_array().unwrap().iter().find(|its| its["area"] == json!(graffiti));
    assert_eq!(its["observed"], area.unwrap()["byIndicator"]["vandalism"]["new"]);
    assert_eq!((&its["name"], &its["raisedIn"]), (&json!("Centrum"), &json!([LAST])));
    assert_eq!((&its["controls"], &its["evidenceLevel"]), (&json!(4), &json!("description")));
    assert_eq!(its["method"], effects::METHOD);
    let full = |first: &str, last: &str, weeks: i32| {
        json!({ "firstWeek": first, "lastWeek": last, "share": 1.0,
            "expected": 3 * weeks, "reported": 3 * weeks })
    };
    assert_eq!((&its["now"], &its["before"]), (&full(LAST, LAST, 1), &full("2026-W44", ONE_BEFORE, 39)));
    let expected = its["expected"].as_f64().unwrap();
    assert!((4.0..10.0).contains(&expected), "the area's weeks had three to nine: {expected}");
    let (observed, comma) = (&its["observed"], expected.to_string().replace('.', ","));
    let swedish =
        format!("Överrepresenterat: på en vecka kom {observed} nya rapporter där {comma} var att vänta.");
    assert!(its["sentence"].as_str().unwrap().starts_with(&swedish), "{its}");
    let english = world.caller("steering").send(&Ask::get(path).with("Accept-Language", "en")).ok();
    assert_eq!(english.header("content-language"), "en");
    let said = format!(
        "Overrepresented: in one week {observed} new reports came where {expected} were to be expected."
    );
    assert!(english.text.contains(&said), "{said}");
}

/// R76: a week like others raises nothing, and neither does one in a programme where nobody has reported.
#[test]
fn a_week_like_others_and_another_programme_raise_nothing() {
    let (world, cast) = two_that_stand_out();
    assert_eq!(of_week(&world, &cast, CALM), Vec::<Value>::new());
    let neighbour = cast::open(&world, "Grannen", "neighbour");
    for path in [format!("weeks/{LAST}/overview"), "years/2027/digest".to_owned()] {
        let read = world.caller("neighbour").get(format!("programmes/{neighbour}/{path}")).ok().body;
        assert_eq!(read["alerts"], json!([]), "{path}");
    }
}

/// R76: before there are thirteen weeks to compare with nothing is said.
#[test]
fn too_few_weeks_before_say_nothing() {
    let high = |number: i32| if number % 6 == 0 { 40 } else { 1 };
    let (world, cast) = lived(|number, its| {
        let count = if its.slug == "municipality" { high(number) } else { 1 };
        Some(vec![seen(its, "vandalism", count)])
    });
    assert_eq!(of_week(&world, &cast, "2026-W46"), Vec::<Value>::new(), "the seventh week");
    assert_eq!(of_week(&world, &cast, "2026-W52"), Vec::<Value>::new(), "the thirteenth");
}

/// R76: a digest has each area, indicator and kind once, with the weeks that raised it and the figures of the least
/// probable of them.
#[test]
fn a_digest_tells_the_weeks_in_which_an_area_stood_out() {
    let (world, cast) = two_that_stand_out();
    let why = "Mest rapporterat.";
    let area = |number: usize| json!({ "area": cast.areas[number], "need": 4, "influenceability": 3, "reason": why });
    let chosen: Vec<Value> = (0..3).map(area).collect();
    let proposal = json!({ "lastWeek": "2027-W39", "chosen": chosen, "next": [area(3)] });
    let period = cast.at("priorities/2027-W27");
    world.caller(COORDINATORS[0]).post(format!("{period}/proposals"), &proposal).ok();
    world
        .caller("steering")
        .post(format!("{period}/decision"), &json!({ "reason": "Enligt förslaget." }))
        .ok();
    let wanted = thing(&cast.areas[0], Some("vandalism"));
    let row = |told: &[Value]| told[things(told).iter().position(|its| *its == wanted).unwrap()].clone();
    let second = row(&of_week(&world, &cast, LAST));
    let first = row(&of_week(&world, &cast, ONE_BEFORE));
    assert_ne!(first["observed"], second["observed"]);
    for path in [format!("{period}/digest"), cast.at("years/2027/digest")] {
        let told = alerts(&world, &path);
        let found = things(&told);
        assert!(found.iter().enumerate().all(|(place, its)| !found[..place].contains(its)), "{found:?}");
        let its = row(&told);
        assert_eq!(its["raisedIn"], json!([ONE_BEFORE, LAST]), "{path}");
        let same = |other: &Value| its["pUpper"] == other["pUpper"] && its["observed"] == other["observed"];
        assert!(same(&second) || same(&first), "{its}");
        let least = second["pUpper"].as_f64().unwrap().min(first["pUpper"].as_f64().unwrap());
        assert!((its["pUpper"].as_f64().unwrap() - least).abs() <= f64::EPSILON);
    }
}

/// R76, R53: where a partner falls silent there is less to compare with, and not less unease; where it was calm there
/// is.
#[test]
fn a_partner_that_falls_silent_elsewhere_makes_no_area_stand_out() {
    let much = ["police", "housing", "guards", "rescue"];
    let of = |its: &Organisation| if much.contains(&its.slug) { 9 } else { 1 };
    let [calm, silent] = [Some(Vec::new()), None].map(|said| {
        let (world, cast) = lived(|number, its| {
            let falls = much.contains(&its.slug) && WEEKS - number <= 4;
            let usual = vec![seen(its, "vandalism", of(its) + number % 2)];
            if falls { said.clone() } else { Some(usual) }
        });
        let found = things(&of_week(&world, &cast, LAST));
        (found, json!(cast.areas[0]))
    });
    assert_eq!(silent.0, [], "silence elsewhere was taken for more here");
    assert!(calm.0.iter().any(|its| its.0 == calm.1 && its.2 == json!("new_trend")), "{:?}", calm.0);
}

/// What is kept in memory is not told when a report of its weeks is amended, when what was new is known, or when an
/// area is no more.
#[test]
fn an_alert_stands_no_longer_than_what_it_was_made_of() {
    let (world, cast) = two_that_stand_out();
    let coordinator = world.caller(COORDINATORS[0]);
    let areas = || {
        let mut areas: Vec<Value> =
            things(&of_week(&world, &cast, LAST)).into_iter().map(|its| its.0).collect();
        areas.sort_by_key(ToString::to_string);
        areas.dedup();
        areas
    };
    let both = areas();
    assert_eq!((both.len(), areas()), (2, both.clone()), "read again it is the same");
    let police = &cast.organisation("police").unit;
    let opens = json!({ "title": "Mörkt", "indicator": "unsafe_place", "area": cast.areas[1],
        "firstWeek": ONE_BEFORE });
    let problem = coordinator.post(cast.at("problems"), &opens).ok().id();
    assert_eq!(areas(), both, "that a problem is opened says nothing of what was new");
    let gathers = json!({ "observations": [{ "week": LAST, "unit": police, "item": 2 }] });
    coordinator.post(cast.at(&format!("problems/{problem}/observations")), &gathers).ok();
    assert_eq!(areas(), [json!(cast.areas[0])], "what is known is not new");
    let its = cast.organisation("municipality");
    let path = cast.at(&format!("weeks/{LAST}/reports/{}", its.unit));
    let amends =
        |items: &Value| json!({ "reason": "Rätt antal.", "report": { "unit": its.unit, "items": items } });
    let items = coordinator.get(path.as_str()).ok().body["items"].clone();
    let informant = world.caller(&informant("municipality"));
    informant.put(path.as_str(), 1, &amends(&json!([items[0], items[1]]))).ok();
    assert!(!things(&of_week(&world, &cast, LAST)).contains(&thing(&cast.areas[0], Some("vandalism"))));
    informant.put(path.as_str(), 2, &amends(&items)).ok();
    assert_eq!(areas(), [json!(cast.areas[0])], "what was amended back stands out again");
    coordinator.post(cast.at(&format!("areas/{}/retirement", cast.areas[0])), &json!({})).ok();
    assert_eq!(areas(), Vec::<Value>::new(), "an area that is no more is not looked at");
}
