//! A quarter over HTTP: three areas prioritised, one analysed, an intervention from proposal to its end.

use serde_json::{Value, json};
use tests::cast::{COORDINATORS, WEEK, informant};
use tests::client::{Answer, Ask};
use tests::lived::item;
use tests::quartered::{QUARTER, analysed, begin, decided, plan, prioritised, statement, terms};

/// R22, R78, R95, R104: the week's areas are the decided ones, and a look back sees what was so then.
#[test]
fn priorities_are_decided_changed_for_a_time_and_remembered() {
    let (world, cast, _) = prioritised();
    let (coordinator, reader) = (world.caller(COORDINATORS[0]), world.caller(&informant("schools")));
    let period = cast.at(&format!("priorities/{QUARTER}"));
    let before = coordinator.get(period.as_str()).ok();
    assert_eq!(before.body["next"][0]["reason"]["body"], "Flest rapporter av alla.");
    assert_eq!(reader.get(cast.week("priorities")).ok().body["areas"], json!(&cast.areas[..3]));
    let changes = json!({ "displaced": cast.areas[2], "instead": cast.areas[4], "from": WEEK,
        "review": "2026-12-04", "reason": "Upprepade bränder." });
    let receipt = coordinator.post(cast.at(&format!("priorities/{QUARTER}/changes")), &changes).ok();
    let now = json!([cast.areas[0], cast.areas[1], cast.areas[4]]);
    assert_eq!(reader.get(cast.week("priorities")).ok().body["areas"], now);
    let earlier = receipt.position() - 1;
    let then = coordinator.get(format!("{period}?asOfPosition={earlier}")).ok().body;
    assert_eq!(then["changes"], json!([]));
    let restores = json!({ "displaced": cast.areas[2], "from": "2026-W48", "reason": "Lugnt igen." });
    coordinator.post(cast.at(&format!("priorities/{QUARTER}/restorations")), &restores).ok();
    let history = coordinator.get(cast.at("priorities")).ok().body;
    assert_eq!(history["items"][0]["changes"][0]["until"], "2026-W48");
}

/// R55, R71: an analysis is of a prioritised area, or says why it is not.
#[test]
fn an_analysis_is_recorded_read_and_amended() {
    let (world, cast, problem) = prioritised();
    let analyst = world.caller("analyst");
    let at = |area: &str| cast.at(&format!("analyses/week/{WEEK}/{area}"));
    let elsewhere = json!({ "problems": [] });
    let mut beside = statement(&problem);
    beside["problems"] = elsewhere["problems"].clone();
    analyst.put(at(&cast.areas[3]), 0, &beside).refused(409, "analysis.area-not-prioritised");
    analyst.put(at(&cast.areas[0]), 0, &statement(&problem)).ok();
    analyst.put(at(&cast.areas[0]), 0, &statement(&problem)).refused(409, "analysis.already-recorded");
    let amends = json!({ "statement": statement(&problem), "reason": "Fel vägg." });
    analyst.post(format!("{}/amendments", at(&cast.areas[0])), &amends).ok();
    let all = world.caller("steering").get(cast.at(&format!("analyses/week/{WEEK}"))).ok().body;
    assert_eq!(all["items"][0]["statement"]["context"]["body"], statement(&problem)["context"]);
    assert_eq!(all["items"][0]["amendments"][0]["body"], "Fel vägg.");
}

/// R24, R58-R60, R72, R79, R105: each step by who may take it, and the life is read as it was lived.
#[test]
fn an_intervention_lives_from_proposal_to_its_end() {
    let (world, cast, problem) = analysed();
    let (coordinator, steering) = (world.caller(COORDINATORS[0]), world.caller("steering"));
    let guards = world.caller(&informant("guards"));
    let id = coordinator.post(cast.at("interventions"), &plan(&cast, &problem)).ok().id();
    let at = |step: &str| cast.at(&format!("interventions/{id}{step}"));
    let mut without = terms(&cast, false);
    without["legalBasis"] = Value::Null;
    steering.post(at("/decision"), &without).refused(409, "intervention.legal-basis-missing");
    steering.post(at("/decision"), &terms(&cast, false)).ok();
    guards.post(at("/start"), &Value::Null).refused(409, "intervention.not-anchored");
    coordinator.post(at("/anchoring"), &json!({ "approved": true, "note": "Nämnden har sagt ja." })).ok();
    world.caller(&informant("schools")).post(at("/start"), &Value::Null).refused(403, "function.missing");
    guards.post(at("/start"), &Value::Null).ok();
    let reports = json!({ "fidelity": "modified", "done": "Tio pass.", "deviation": "Två ställdes in." });
    guards.post(at("/reports"), &reports).ok();
    let answers = json!({ "why": "Mot klottret.", "how": "De syntes.", "fidelity": "modified",
        "deviation": "Två pass ställdes in.", "afterwards": "unchanged",
        "problemAfterwards": "Lika mycket klotter.", "evidenceLevel": "description" });
    let follows = json!({ "occasion": { "week": WEEK }, "answers": answers });
    coordinator.post(at("/follow-ups"), &follows).ok();
    let ends = json!({ "week": WEEK, "disposition": "end", "reason": "Det hjälpte inte." });
    steering.post(at("/dispositions"), &ends).ok();
    let read = coordinator.get(at("")).ok().body;
    let life: Vec<&str> =
        read["life"].as_array().unwrap().iter().map(|its| its["what"].as_str().unwrap()).collect();
    let lived = ["proposed", "decided", "anchoring_settled", "started", "reported_back", "followed_up"];
    assert_eq!(life, [&lived[..], &["disposition_decided"]].concat());
    assert_eq!(read["status"], "ended");
    let decided = coordinator.get(format!("{}?asOfTime=2026-11-19T14:00:00Z", at(""))).ok().body;
    assert_eq!(decided["terms"]["method"]["body"], "Två vakter, torsdag till lördag.");
}

/// R132: what disclosure would harm is not there for others until it has begun.
#[test]
fn an_intervention_under_embargo_is_hidden_until_it_has_begun() {
    let (world, cast, problem) = analysed();
    let path = decided(&world, &cast, &problem, true);
    let reader = world.caller(&informant("schools"));
    reader.get(path.as_str()).refused(404, "resource.unknown");
    assert_eq!(reader.get(cast.at("interventions")).ok().body["items"], json!([]));
    for who in [COORDINATORS[0], &informant("guards")] {
        assert_eq!(world.caller(who).get(path.as_str()).ok().body["status"], "decided");
    }
    begin(&world, &path);
    assert_eq!(reader.get(path.as_str()).ok().body["status"], "active");
}

/// R25: what goes on out of habit is seen.
#[test]
fn an_intervention_that_nobody_minds_asks_for_attention() {
    let (world, cast, problem) = analysed();
    let coordinator = world.caller(COORDINATORS[0]);
    begin(&world, &decided(&world, &cast, &problem, false));
    assert_eq!(coordinator.get(cast.at("interventions?alerts=true")).ok().body["items"], json!([]));
    coordinator.post(cast.at(&format!("problems/{problem}/closure")), &json!({ "reason": "Borta." })).ok();
    world.clock.set("2026-12-14T09:00:00Z");
    let asking = coordinator.get(cast.at("interventions?alerts=true&status=active")).ok().body;
    let alerts: Vec<&Value> = asking["items"][0]["alerts"].as_array().unwrap().iter().collect();
    let wanted = [
        json!({ "alert": "without_disposition", "cycles": 4 }),
        json!({ "alert": "problem_gone" }),
        json!({ "alert": "not_followed_up", "weeks": 4 }),
        json!({ "alert": "past_its_horizon", "weeks": 1 }),
        json!({ "alert": "report_back_overdue", "days": 11 }),
    ];
    assert_eq!(alerts, wanted.iter().collect::<Vec<_>>());
}

/// R27, R59, R62: what was reported before and since, in the area and beside it, with who could have reported.
#[test]
fn an_interventions_timeline_tells_new_from_known_and_shows_who_reported() {
    let (world, cast, problem) = analysed();
    let coordinator = world.caller(COORDINATORS[0]);
    let path = decided(&world, &cast, &problem, false);
    let at = |step: &str| format!("{path}{step}");
    world.clock.set("2026-11-24T09:00:00Z");
    let started = begin(&world, &path);
    world.clock.set("2026-12-02T09:00:00Z");
    let timeline = coordinator.get(at("/timeline?before=3")).ok().body;
    let weeks: Vec<_> =
        timeline["weeks"].as_array().unwrap().iter().map(|its| [&its["week"], &its["span"]]).collect();
    let wanted = ["2026-W45", "2026-W46", "2026-W47"].map(|week| [json!(week), json!("before")]);
    let since = ["2026-W48", "2026-W49"].map(|week| [json!(week), json!("during")]);
    let wanted: Vec<_> = wanted.iter().chain(&since).map(|its| [&its[0], &its[1]]).collect();
    assert_eq!(weeks, wanted);
    let own = &timeline["series"][0];
    assert_eq!((&own["role"], &timeline["indicators"]), (&json!("own"), &json!(["vandalism"])));
    assert_eq!(own["counts"][2]["new"], 2);
    assert_eq!(own["counts"][2]["known"], 2);
    assert_eq!(own["counts"][3]["reported"], 0, "silence is no zero: nobody has reported");
    assert!(own["counts"][3]["expected"].as_u64().unwrap() > 0);
    assert_eq!(timeline["marks"][3], json!({ "week": "2026-W48", "what": "started" }));
    assert_eq!(timeline["evidenceLevel"], "description");
    let earlier = started.position() - 1;
    let then = coordinator.get(at(&format!("/timeline?asOfPosition={earlier}"))).ok().body;
    assert_eq!(then["weeks"][0]["span"], "before");
    let sheet = coordinator.get(at("/timeline/sheet?before=3")).ok().text;
    assert!(
        sheet.starts_with("vecka;skede;omrade;roll;nya;kanda;vantade;rapporterade\r\n2026-W45;"),
        "{sheet}"
    );
    let drawn = coordinator.get(at("/timeline/picture?before=3")).ok();
    assert_eq!(drawn.header("content-type"), "application/octet-stream");
    let picture = drawn.text;
    let shown = Ask::get(at("/timeline/picture?before=3")).with("Accept", "image/svg+xml,image/*,*/*");
    assert_eq!(coordinator.send(&shown).header("content-type"), "image/svg+xml");
    assert!(
        picture.contains("<title id=") && picture.contains("Före (3 veckor): 2 nya, 2 kända"),
        "{picture}"
    );
    coordinator.get(at("/timeline?before=0")).refused(400, "parameter.broken");
}

/// What has been read of a week is read again when a report of it comes late, is amended or withdrawn; a look back
/// reads the log itself, and sees the same.
#[test]
fn what_comes_late_or_is_taken_back_is_seen_at_once() {
    let (world, cast, problem) = analysed();
    let path = decided(&world, &cast, &problem, false);
    world.clock.set("2026-11-24T09:00:00Z");
    let mut position = begin(&world, &path).position();
    let coordinator = world.caller(COORDINATORS[0]);
    let (walkers, unit) = (world.caller(&informant("walkers")), &cast.organisation("walkers").unit);
    let report = cast.week(&format!("reports/{unit}"));
    let says = |items: &[Value]| json!({ "unit": unit, "items": items });
    let seen = item(&cast.areas[0]);
    let amends = json!({ "reason": "Två, inte ett.", "report": says(&[seen.clone(), seen.clone()]) });
    let mut of_the_week = |answer: Option<Answer>| {
        position = answer.map_or(position, |answer| answer.position());
        let overview = coordinator.get(cast.week("overview")).ok().body;
        let timeline = coordinator.get(format!("{path}/timeline")).ok().body;
        let looked_back = coordinator.get(format!("{path}/timeline?asOfPosition={position}")).ok().body;
        assert_eq!(timeline, looked_back);
        (overview["totals"]["new"].as_u64().unwrap(), overview["reporting"]["late"].as_u64().unwrap())
    };
    let (before, late) = of_the_week(None);
    let came = walkers.post(cast.week("reports"), &says(std::slice::from_ref(&seen))).ok();
    assert_eq!(of_the_week(Some(came)), (before + 1, late + 1));
    assert_eq!(of_the_week(Some(walkers.put(report.as_str(), 2, &amends).ok())), (before + 2, late + 1));
    let because = json!({ "reason": "Fel vecka." });
    let withdrawn = walkers.post(format!("{report}/withdrawal"), &because).ok();
    assert_eq!(of_the_week(Some(withdrawn)), (before, late));
}

/// R75, R77, R102: a period gone through, each figure with its reporting.
#[test]
fn a_digest_tells_what_was_prioritised_done_and_reported() {
    let (world, cast, problem) = analysed();
    let coordinator = world.caller(COORDINATORS[0]);
    let id = coordinator.post(cast.at("interventions"), &plan(&cast, &problem)).ok().id();
    let digest = world.caller("steering").get(cast.at(&format!("priorities/{QUARTER}/digest"))).ok().body;
    let last = digest["pictures"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["week"], &last["edition"]), (&json!(WEEK), &json!(1)));
    assert_eq!(digest["pictures"][0], json!({ "week": QUARTER }), "a week without a picture is seen");
    let done = &digest["interventions"][0];
    assert_eq!(
        (&done["id"], &done["status"], &done["prioritised"]),
        (&json!(id), &json!("proposed"), &json!(true))
    );
    let first = &digest["areas"][0];
    assert_eq!((&first["rank"], &first["area"]), (&json!(1), &json!(cast.areas[0])));
    assert!(
        first["totals"]["new"].as_u64().unwrap() > 0
            && first["expected"].as_u64() >= first["reported"].as_u64()
    );
    assert_eq!(digest["areas"].as_array().unwrap().len(), cast.areas.len());
    assert!(first["accumulation"].as_f64().unwrap() > 0.0);
}

/// R119, R122: who reported sees what it led to, and only of their own.
#[test]
fn an_informant_sees_what_the_reports_led_to() {
    let (world, cast, problem) = analysed();
    world.caller(COORDINATORS[0]).post(cast.at("interventions"), &plan(&cast, &problem)).ok();
    let unit = &cast.organisation("municipality").unit;
    let path = cast.at(&format!("units/{unit}/outcomes"));
    let led_to = world.caller(&informant("municipality")).get(path.as_str()).ok().body;
    let outcome = &led_to["items"][0];
    assert_eq!((&outcome["problem"], &outcome["reportedIn"]), (&json!(problem), &json!([WEEK])));
    assert_eq!((&outcome["prioritised"], &outcome["analysedIn"]), (&json!(true), &json!([WEEK])));
    assert_eq!(outcome["interventions"][0]["status"], "proposed");
    world.caller(&informant("schools")).get(path.as_str()).refused(404, "resource.unknown");
}
