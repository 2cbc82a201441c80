//! A body that holds for every operation that writes, so that nothing but the caller stands in its way.

use est::method::Method;
use serde_json::{Value, json};
use tests::cast::{self, Cast};
use tests::client::Ask;
use tests::lived::{item, overall};
use tests::paths::{Filling, Operation};
use tests::quartered::{plan, proposal, statement, terms};

/// The request of an operation, on the version that is given.
pub(crate) fn ask(
    operation: &Operation,
    filling: &Filling,
    (cast, slug): (&Cast, &str),
    version: i64,
) -> Ask {
    let path = filling.path(&operation.path);
    if operation.method == "GET" {
        return Ask::get(path);
    }
    let body = body(&operation.id, cast, slug);
    let empty = body.is_null();
    let ask = match operation.method.as_str() {
        "POST" => Ask::post(path, &body),
        "PUT" => Ask::put(path, version, &body),
        _ => Ask::delete(path, version),
    };
    if empty { Ask { body: None, ..ask.without("Content-Type") } } else { ask }
}

/// An operation that is new must be given its row.
fn body(operation: &str, cast: &Cast, slug: &str) -> Value {
    let organisation = cast.organisation(slug);
    let report = json!({ "unit": organisation.unit, "items": [item(&organisation.area)] });
    let reason = json!({ "reason": "Uppgiften var fel." });
    match operation {
        "openCycle"
        | "activateProgramme"
        | "distributePicture"
        | "renewDraft"
        | "remindUnit"
        | "retireArea"
        | "discontinueFunction" => json!({}),
        "skipCycle" | "withdrawReport" | "correctPicture" | "closeProblem" | "reopenProblem" => reason,
        "acknowledgePicture" | "strikeRecipient" | "unsealText" => Value::Null,
        "eraseText" => json!({ "ground": { "kind": "statute", "reference": "Arkivlagen 10 §" } }),
        "sealText" => json!({ "reason": "secrecy" }),
        "beginPhase" => json!({ "phase": "analysis" }),
        "submitReport" => report,
        "submitReportBatch" => json!({ "reports": [{ "week": cast::WEEK, "report": report }] }),
        "amendReport" => json!({ "reason": "Uppgiften var fel.", "report": report }),
        "compileWeek" => json!({ "situation": "Lugnt." }),
        "draftPicture" => json!({ "priorities": &cast.areas[..3] }),
        "editSection" => overall("Lugnt."),
        "adoptPicture" => json!({ "attended": [] }),
        "acknowledgeWarning" => json!({
            "text": uuid::Uuid::nil(), "start": 0, "end": 1, "class": "personnummer", "reason": "not_a_person",
        }),
        "handleFinding" => json!({ "outcome": "not_a_person" }),
        "writeAddendum" => json!({ "text": "Eget tillägg." }),
        "openProblem" => json!({
            "title": "Nytt problem", "indicator": "fire", "area": organisation.area, "firstWeek": cast::WEEK,
        }),
        _ => quarterly(operation, cast, slug),
    }
}

/// The acts of a quarter; the problem is nobody's, since no operation is meant to come to its end.
fn quarterly(operation: &str, cast: &Cast, slug: &str) -> Value {
    let problem = uuid::Uuid::nil().to_string();
    let reason = json!({ "reason": "Så blev det." });
    let answers = json!({
        "why": "Mot klottret.", "how": "De syntes.", "fidelity": "as_decided", "afterwards": "less",
        "problemAfterwards": "Mindre klotter.", "evidenceLevel": "description",
    });
    match operation {
        "corroborateProblem" => {
            let unit = &cast.organisation(slug).unit;
            json!({ "observations": [{ "week": cast::WEEK, "unit": unit, "item": 0 }] })
        }
        "proposePriorities" => proposal(cast),
        "decidePriorities" => json!({}),
        "changePriorities" => json!({
            "displaced": cast.areas[0], "instead": cast.areas[4], "from": cast::WEEK, "review": "2026-12-04",
            "reason": "Upprepade bränder.",
        }),
        "restorePriority" => {
            json!({ "displaced": cast.areas[0], "from": cast::WEEK, "reason": "Lugnt igen." })
        }
        "recordAnalysis" => statement(&problem),
        "amendAnalysis" => json!({ "statement": statement(&problem), "reason": "Fel vägg." }),
        "proposeIntervention" => plan(cast, &problem),
        "decideIntervention" => terms(cast, false),
        "declineIntervention" | "endPledge" => reason,
        "settleAnchoring" => json!({ "approved": true, "note": "Ja." }),
        "startIntervention" => Value::Null,
        "reportBack" => json!({ "fidelity": "as_decided", "done": "Tolv pass." }),
        "followUpIntervention" => json!({ "occasion": { "week": cast::WEEK }, "answers": answers }),
        "disposeOfIntervention" => {
            json!({ "week": cast::WEEK, "disposition": "continue", "reason": "Det fungerar." })
        }
        "givePledge" => json!({
            "title": "En hel vägg", "promise": "Klotter tas bort inom en dag.", "problems": [problem],
            "organisations": [cast.organisation(slug).id], "review": "2027-03-31",
        }),
        "followUpPledge" => json!({ "week": cast::WEEK, "kept": "kept", "told": "Inom en dag." }),
        _ => preparing(operation, cast, slug),
    }
}

fn preparing(operation: &str, cast: &Cast, slug: &str) -> Value {
    let organisation = cast.organisation(slug);
    let function = cast.functions[&("coordinator", "municipality")].clone();
    let ring = json!([[13.0, 58.9], [13.2, 58.9], [13.1, 59.0], [13.0, 58.9]]);
    match operation {
        "drawArea" | "renameArea" => json!({ "name": "Nya området" }),
        "redrawArea" => json!({ "outline": { "type": "Polygon", "coordinates": [ring] } }),
        "joinOrganisation" => json!({ "name": "Föreningen Nya", "kind": "association" }),
        "addUnit" => json!({ "name": "Nya enheten", "areas": [], "from": cast::WEEK }),
        "changeUnit" => json!({ "name": "Nya namnet", "areas": [] }),
        "closeUnit" => json!({ "from": "2026-W50" }),
        "establishFunction" => {
            json!({ "kind": "analyst", "title": "Ny analytiker", "organisation": organisation.id })
        }
        "appointHolder" => json!({ "subject": "newcomer", "kind": "person" }),
        "endHolder" => json!({ "subject": cast::informant(slug) }),
        "enterRecipient" => {
            let mut enters = cast::recipient(organisation, &function);
            enters["name"] = json!("Ny mottagare");
            enters
        }
        "openProgramme" => json!({
            "name": "Nytt", "scope": "area", "legalBasis": "Överenskommelsen", "founder": "newcomer",
        }),
        "adoptMethod" => json!(Method { cadence_weeks: 2, ..Method::default() }),
        "decideMeetings" => {
            let all = [&organisation.id];
            json!({ "weekly": all, "quarterly": all, "annual": all })
        }
        "setGuardLists" => json!({ "numbers": ["010-123 45 00"], "places": ["Oskarsparken"] }),
        "screenTexts" => json!({ "texts": ["Lugnt."] }),
        "entrustForm" => json!({ "function": function }),
        "recordLegalReview" => {
            json!({ "organisation": organisation.id, "reference": "Granskning", "reviewedOn": "2026-11-01" })
        }
        other => unreachable!("give {other} a body here"),
    }
}
