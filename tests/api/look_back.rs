//! Looking back and around: series, what comes again, trends, the year, and what could be pledged.

use serde_json::{Value, json};
use tests::cast::{COORDINATORS, WEEK, informant};
use tests::client::Ask;
use tests::quartered::{analysed, begin, decided};

/// R27: week by week of one area and indicator, with who reported; and as it stood earlier.
#[test]
fn a_series_tells_each_weeks_area_with_its_reporting() {
    let (world, cast, _) = analysed();
    let coordinator = world.caller(COORDINATORS[0]);
    let overview = coordinator.get(cast.week("overview")).ok().body;
    let series = coordinator.get(cast.at(&format!("series?from=2026-W46&until={WEEK}"))).ok().body;
    let weeks = series["weeks"].as_array().unwrap();
    assert_eq!(weeks.len(), 2);
    assert_eq!((&weeks[1]["areas"], &weeks[1]["reporting"]), (&overview["byArea"], &overview["reporting"]));
    let one = format!("series?from={WEEK}&until={WEEK}&area={}&indicator=vandalism", cast.areas[0]);
    let only = coordinator.get(cast.at(&one)).ok().body["weeks"][0]["areas"].clone();
    let own = overview["byArea"].as_array().unwrap().iter().find(|its| its["area"] == json!(cast.areas[0]));
    assert_eq!(only[0]["totals"], own.unwrap()["byIndicator"]["vandalism"]);
    assert_eq!((only.as_array().unwrap().len(), &only[0]["expected"]), (1, &own.unwrap()["expected"]));
    let before = format!("series?from={WEEK}&until={WEEK}&asOfTime=2026-11-16T00:00:00Z");
    let then = coordinator.get(cast.at(&before)).ok().body;
    assert_eq!(then["weeks"][0]["reporting"]["missing"], then["weeks"][0]["reporting"]["expected"]);
    let backwards = coordinator.get(cast.at("series?from=2026-W47&until=2026-W46")).ok().body;
    assert_eq!(backwards["weeks"], json!([]));
    let long = coordinator.get(cast.at("series?from=2001-W01")).ok().body;
    assert_eq!(long["weeks"].as_array().unwrap().len(), 262, "the last five years of them");
    coordinator.get(cast.at("series?from=2025-W53")).refused(400, "parameter.broken");
}

/// R56: a place comes again when it was named in two weeks, be it in other capitals.
#[test]
fn what_comes_again_is_told_by_hour_and_place() {
    let (world, cast, _) = analysed();
    let (coordinator, schools) = (world.caller(COORDINATORS[0]), world.caller(&informant("schools")));
    let unit = &cast.organisation("schools").unit;
    let area = &cast.areas[4];
    let seen = |place: &str, date: &str| {
        json!({ "unit": unit, "items": [{ "indicator": "vandalism", "area": area, "place": { "name": place },
            "date": date, "time": "21:30:00", "count": 2 }] })
    };
    for (week, date, place) in
        [("2026-W48", "2026-11-24", "Lekparken"), ("2026-W49", "2026-12-01", "LEKPARKEN ")]
    {
        world.clock.set(&format!("{date}T22:00:00Z"));
        coordinator.post(cast.at(&format!("weeks/{week}/cycle")), &json!({})).ok();
        schools.post(cast.at(&format!("weeks/{week}/reports")), &seen(place, date)).ok();
    }
    let path = cast.at(&format!("areas/{area}/patterns?from=2026-W48&until=2026-W49"));
    let patterns = coordinator.get(path).ok().body;
    assert_eq!(patterns["byHour"], json!([{ "weekday": 2, "hour": 21, "count": 4 }]));
    assert_eq!(patterns["byTimeBand"][0]["count"], 4);
    let place = &patterns["places"][0];
    let told = (&place["name"], &place["weeks"], &place["units"], &place["count"]);
    assert_eq!(told, (&json!("Lekparken"), &json!(2), &json!(1), &json!(4)));
    assert_eq!(patterns["byIndicator"]["vandalism"]["new"], 4);
    let nowhere = "01930000-0000-7000-8000-00000000ffff";
    coordinator.get(cast.at(&format!("areas/{nowhere}/patterns"))).refused(404, "resource.unknown");
}

/// R76: what rises stands first, with the reporting now, before and a year ago.
#[test]
fn what_rises_is_told_beside_what_was_before() {
    let (world, cast, _) = analysed();
    let (coordinator, schools) = (world.caller(COORDINATORS[0]), world.caller(&informant("schools")));
    let (unit, area) = (&cast.organisation("schools").unit, &cast.organisation("schools").area);
    world.clock.set("2027-01-14T12:00:00Z");
    for (week, date, fires, graffiti) in
        [("2026-W52", "2026-12-23", 1, 3), ("2027-W01", "2027-01-05", 3, 2), ("2027-W02", "2027-01-13", 3, 0)]
    {
        coordinator.post(cast.at(&format!("weeks/{week}/cycle")), &json!({})).ok();
        let seen = |indicator: &str, count: u32| {
            let item = json!({ "indicator": indicator, "area": area, "date": date, "timeBand": "night",
                "count": count });
            (count > 0).then_some(item)
        };
        let items: Vec<Value> =
            [seen("fire", fires), seen("vandalism", graffiti)].into_iter().flatten().collect();
        let says = json!({ "unit": unit, "items": items });
        schools.post(cast.at(&format!("weeks/{week}/reports")), &says).ok();
    }
    let year = world.caller("steering").get(cast.at("years/2027/digest")).ok().body;
    assert_eq!((&year["firstWeek"], &year["lastWeek"]), (&json!("2027-W01"), &json!("2027-W02")));
    let told: Vec<_> = year["trends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|its| (&its["indicator"], &its["now"]["new"]))
        .collect();
    assert_eq!(told, [(&json!("fire"), &json!(6)), (&json!("vandalism"), &json!(2))]);
    let fire = &year["trends"][0];
    assert_eq!((&fire["before"]["new"], &fire["before"]["reported"]), (&json!(1), &json!(1)));
    assert_eq!((&fire["yearBefore"]["new"], &fire["yearBefore"]["reported"]), (&json!(0), &json!(0)));
}

/// R75, R80: the year's digest holds the pictures, and the interventions with the three questions answered.
#[test]
fn a_year_is_gone_through_with_its_pictures_and_interventions() {
    let (world, cast, problem) = analysed();
    let (coordinator, steering) = (world.caller(COORDINATORS[0]), world.caller("steering"));
    let path = decided(&world, &cast, &problem, false);
    begin(&world, &path);
    let answers = json!({ "why": "Mot klottret.", "how": "De syntes.", "fidelity": "as_decided",
        "afterwards": "less", "problemAfterwards": "Mindre.", "evidenceLevel": "description" });
    let follows = json!({ "occasion": { "week": WEEK }, "answers": answers });
    coordinator.post(format!("{path}/follow-ups"), &follows).ok();
    let year = steering.get(cast.at("years/2026/digest")).ok().body;
    assert_eq!((&year["firstWeek"], &year["lastWeek"]), (&json!("2026-W01"), &json!(WEEK)));
    assert_eq!(year["pictures"].as_array().unwrap().iter().filter(|its| its["edition"] == 1).count(), 1);
    assert_eq!(year["interventions"][0]["answers"]["how"]["body"], "De syntes.");
    assert_eq!(year["prioritisations"].as_array().unwrap().len(), 1);
    assert_eq!(year["trends"], json!([]), "nobody reported before: nothing is said to rise");
    steering.get(cast.at("years/2027/digest")).refused(404, "resource.unknown");
}

/// What is made of many streams is never said to be unchanged when one of them has changed.
#[test]
fn a_composed_answer_is_known_again_only_while_it_says_the_same() {
    let (world, cast, problem) = analysed();
    let path = decided(&world, &cast, &problem, false);
    begin(&world, &path);
    let coordinator = world.caller(COORDINATORS[0]);
    let reads = [format!("{path}/timeline"), cast.at(&format!("problems/{problem}"))];
    let asked: Vec<Ask> = reads
        .iter()
        .map(|read| {
            let tag = coordinator.get(read.as_str()).ok().header("etag").to_owned();
            Ask::get(read.as_str()).with("If-None-Match", tag)
        })
        .collect();
    assert!(asked.iter().all(|ask| coordinator.send(ask).status == 304));
    let unit = &cast.organisation("walkers").unit;
    let item = json!({ "indicator": "vandalism", "area": cast.areas[0], "date": "2026-11-16",
        "timeBand": "night", "problem": problem });
    let says = json!({ "unit": unit, "items": [item] });
    world.caller(&informant("walkers")).post(cast.week("reports"), &says).ok();
    assert!(asked.iter().all(|ask| coordinator.send(ask).status == 200));
}

/// R127: what comes back and can be influenced is a candidate; the pledge is followed up and ended.
#[test]
fn a_pledge_is_given_against_what_comes_back_and_followed_up() {
    let (world, cast, problem) = analysed();
    let (coordinator, steering) = (world.caller(COORDINATORS[0]), world.caller("steering"));
    assert_eq!(
        coordinator.get(cast.at("pledge-candidates")).ok().body["items"],
        json!([]),
        "one week is no habit"
    );
    let unit = &cast.organisation("schools").unit;
    for week in ["2026-W48", "2026-W49", "2026-W50"] {
        coordinator.post(cast.at(&format!("weeks/{week}/cycle")), &json!({})).ok();
        let says = json!({ "unit": unit, "stillThere": [problem] });
        world.caller(&informant("schools")).post(cast.at(&format!("weeks/{week}/reports")), &says).ok();
    }
    world.clock.set("2026-12-10T12:00:00Z");
    let candidate = coordinator.get(cast.at("pledge-candidates")).ok().body["items"][0].clone();
    let told =
        (&candidate["problem"], &candidate["weeks"], &candidate["influenceability"], &candidate["pledged"]);
    assert_eq!(told, (&json!(problem), &json!(4), &json!(5), &json!(false)));
    let gives = json!({ "title": "En hel vägg", "promise": "Klotter tas bort inom en dag.", "problems": [problem],
        "organisations": [cast.organisation("police").id], "review": "2027-03-31" });
    let id = steering.post(cast.at("pledges"), &gives).ok().id();
    let at = |step: &str| cast.at(&format!("pledges/{id}{step}"));
    assert_eq!(coordinator.get(cast.at("pledge-candidates")).ok().body["items"][0]["pledged"], true);
    world.clock.set("2027-04-02T12:00:00Z");
    assert_eq!(coordinator.get(at("")).ok().body["overdue"], true);
    let looks = json!({ "week": "2027-W13", "kept": "partly", "told": "Oftast inom två dagar." });
    coordinator.post(at("/follow-ups"), &looks).ok();
    steering.post(at("/ending"), &json!({ "reason": "Väggen är riven." })).ok();
    let read: Value =
        world.caller(&informant("schools")).get(cast.at("pledges")).ok().body["items"][0].clone();
    assert_eq!((&read["status"], &read["overdue"]), (&json!("ended"), &json!(false)));
    assert_eq!(read["followedUp"][0]["told"]["body"], "Oftast inom två dagar.");
}

/// R26, R62: which steps were taken, and which were not.
#[test]
fn whether_the_method_was_followed_is_told_step_by_step() {
    let (world, cast, problem) = analysed();
    begin(&world, &decided(&world, &cast, &problem, false));
    let steps = world.caller("steering").get(cast.at("fidelity?from=2026-W45")).ok().body;
    let weeks = steps["weeks"].as_array().unwrap();
    let (before, lived) = (&weeks[1], &weeks[2]);
    assert_eq!((&before["phase"], &before["pictured"]), (&Value::Null, &json!(false)), "{before}");
    assert_eq!((&lived["week"], &lived["pictured"]), (&json!(WEEK), &json!(true)));
    assert_eq!(lived["analysed"], json!({ "taken": 1, "of": 3 }));
    assert_eq!(lived["reporting"]["missing"], 1);
    let period = &steps["periods"][0];
    assert_eq!(period["decidedBeforehand"], false, "it was decided in its eighth week");
    assert_eq!(period["inPrioritised"], json!({ "taken": 1, "of": 1 }));
    assert_eq!(period["disposed"], json!({ "taken": 0, "of": 1 }));
    assert_eq!(period["analysed"], json!({ "taken": 0, "of": 3 }));
}
