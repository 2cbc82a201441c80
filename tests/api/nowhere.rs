//! What the guard refuses stands nowhere, whichever way it came: in no table, no line of the log, no answer.

use crate::texts::{all_that_is_read, everything};
use serde_json::json;
use tests::cast::{self, COORDINATORS, Cast, informant};
use tests::client::{Answer, Ask};
use tests::disguises::disguises;
use tests::lived;
use tests::world::World;

/// R131: as text of a screening, a report, a batch and a sheet, of a name and of a designation.
#[test]
fn a_refused_text_is_nowhere_in_any_disguise() {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    let (words, number) = ("Påhittade.Västkvist@example.se", "19900101-2385");
    let said = format!("Skriv till {words} om {number}.");
    let refused = refused_in_all_ways(&world, &cast, &said, number);
    let everywhere = format!("{}\n{}\n{refused}", everything(&world), all_that_is_read(&world, &cast));
    for disguise in [words, "Västkvist", number].into_iter().flat_map(disguises) {
        assert!(!everywhere.contains(&disguise), "{disguise} is there");
    }
    assert!(
        everywhere.contains("status=422") && everywhere.contains("Klottret vid torget"),
        "it is looked for"
    );
}

/// What was answered.
fn refused_in_all_ways(world: &World, cast: &Cast, said: &str, number: &str) -> String {
    let (its, police) = (cast.organisation("police"), world.caller(&informant("police")));
    let (mut described, mut designated) = (lived::item(&its.area), lived::item(&its.area));
    described["description"] = json!(said);
    designated["externalId"] = json!(number);
    let report = |item| json!({ "unit": its.unit, "items": [item] });
    let batch = |item| json!({ "reports": [{ "week": cast::WEEK, "report": report(item) }] });
    let sheet = format!(
        "week;unit;indicator;area;date;timeBand;externalId;description\n\
         {};{};other_disorder;{};2026-11-14;evening;{number};{said}\n",
        cast::WEEK,
        its.unit,
        its.area
    );
    let batches = cast.at("report-batches");
    let told = |answer: Answer| answer.refused(422, "text.personal-data").text;
    let reported = [described.clone(), designated.clone()]
        .map(|item| told(police.post(cast.week("reports"), &report(item))));
    let together = [described, designated].map(|item| told(police.post(&batches, &batch(item))));
    let sheet = told(police.send(&Ask::post(&batches, &json!({})).bytes("text/csv", sheet)));
    assert!(sheet.contains("/lines/2/externalId") && sheet.contains("/lines/2/description"), "{sheet}");
    let coordinator = world.caller(COORDINATORS[0]);
    let named = told(coordinator.post(cast.at("areas"), &json!({ "name": said })));
    let screened = coordinator.post(cast.at("screenings"), &json!({ "texts": [said] })).ok();
    assert_eq!(screened.body["findings"].as_array().map(Vec::len), Some(2), "{}", screened.text);
    [reported.concat(), together.concat(), sheet, named, screened.text].join("\n")
}

/// R131: a designation is a person's number nowhere; what only looks like a vehicle's is a system's own.
#[test]
fn a_report_is_not_keyed_by_a_person() {
    let (world, cast) = cast::activated();
    lived::begin(&world, &cast, &mut |may, ask| world.caller(&may[0]).send(&ask).ok());
    let (its, police) = (cast.organisation("police"), world.caller(&informant("police")));
    let items = |ids: &[&str]| {
        let item = |id: &&str| {
            let mut item = lived::item(&its.area);
            item["externalId"] = json!(id);
            item
        };
        json!({ "unit": its.unit, "items": ids.iter().map(item).collect::<Vec<_>>() })
    };
    let persons = ["ABC123", "19900101-2385", "0701740605", "case/19900101-T123"];
    let refused = police.post(cast.week("reports"), &items(&persons)).refused(422, "text.personal-data");
    let findings = refused.body["findings"].as_array().unwrap();
    let told: Vec<_> = findings.iter().map(|its| (its["pointer"].as_str(), its["class"].as_str())).collect();
    let at = |number: u8, class| (format!("/items/{number}/externalId"), class);
    let expected = [at(1, "personnummer"), at(2, "phone"), at(3, "reservnummer")];
    let expected: Vec<_> = expected.iter().map(|(at, class)| (Some(at.as_str()), Some(*class))).collect();
    assert_eq!(told, expected, "{}", refused.text);
    // A telephone number within a UUID, and an identity number in hexadecimal.
    let uuids = ["01815723-3de0-4f87-b4a3-95943ce53892", "88088f75-0302-4114-9228-b9db754c960c"];
    let plain = ["ABC123", "INC-2026/88", "5000-K123456-26", uuids[0], uuids[1]];
    police.post(cast.week("reports"), &items(&plain)).ok();
}

/// R2: nor is a holder of a function named by a personal identity number.
#[test]
fn a_subject_is_no_personal_identity_number() {
    let (world, cast) = cast::activated();
    let holders = cast.at(&format!("functions/{}/holders", cast.functions[&("informant", "police")]));
    let holder = |subject: &str| json!({ "subject": subject, "kind": "person" });
    let coordinator = world.caller(COORDINATORS[0]);
    let refused = coordinator.post(&holders, &holder("19900101-2385")).refused(422, "text.personal-data");
    assert_eq!(refused.body["findings"][0]["pointer"], "/subject", "{}", refused.text);
    coordinator.post(&holders, &holder("idp|01815723-3de0-4f87-b4a3-95943ce53892")).ok();
}
