//! An intervention: proposed from an analysis, decided, begun, reported back, followed up and disposed of.

use crate::analysis::weekly;
use crate::cast::*;
use crate::given::{Programme, read, then, with};
use est::analysis::Occasion;
use est::intervention::{self, Anchoring, Disposition, Fidelity};
use est::permission::FUNCTION_MISSING;
use est::{Event, InterventionId, cycle, item, prioritisation};
use serde_json::{Value, json};

const LIGHTS: InterventionId = InterventionId(uuid::Uuid::from_u128(0x92));

pub(crate) fn proposing(otherwise: &Value) -> intervention::Propose {
    let body = json!({
        "title": "Ordningsvakter i gångtunneln", "area": CENTRUM, "kind": "security_guards",
        "techniques": ["extend_guardianship"], "problems": [GRAFFITI], "analysis": weekly(CENTRUM),
        "causes": ["absent_guardian"], "mechanism": "Någon ser, och då klottrar man inte där.",
        "evidence": ["Liknande insats i grannkommunen 2024."],
        "horizon": { "short": { "until": "2026-W51" } },
    });
    read(with(body, otherwise))
}

pub(crate) fn deciding(otherwise: &Value) -> intervention::Decide {
    let body = json!({
        "expectations": [{ "indicator": "vandalism", "direction": "fewer", "percent": 40, "windowWeeks": 8 }],
        "responsible": CARETAKING,
        "contributors": [{ "organisation": POLICE, "share": "Går förbi en gång per pass." }],
        "method": "Två vakter, torsdag till lördag.", "reportBack": "2026-12-20", "anchoring": "not_needed",
        "legalBasis": "Lagen om ordningsvakter, förordnande 2026-09-01",
    });
    read(with(body, otherwise))
}

pub(crate) fn declining() -> intervention::Decline {
    read(json!({ "reason": "Lampan lagas först." }))
}

pub(crate) fn settling(approved: bool) -> intervention::SettleAnchoring {
    read(json!({ "approved": approved, "note": "Besked från förvaltningen." }))
}

pub(crate) fn reporting_back(fidelity: &str, deviation: Option<&str>) -> intervention::ReportBack {
    read(json!({ "fidelity": fidelity, "done": "Tolv pass av tolv.", "deviation": deviation }))
}

pub(crate) fn following_up(otherwise: &Value) -> intervention::FollowUp {
    let answers = json!({
        "why": "Mot klottret i tunneln.", "how": "Vakterna sågs av dem som passerade.", "fidelity": "as_decided",
        "afterwards": "less", "problemAfterwards": "Ett klotter på fyra veckor.", "evidenceLevel": "description",
    });
    read(json!({ "occasion": { "week": week() }, "answers": with(answers, otherwise) }))
}

pub(crate) fn disposing(disposition: &Value) -> intervention::Dispose {
    read(json!({ "week": week(), "disposition": disposition, "reason": "Det fungerar." }))
}

impl Programme {
    fn proposed() -> Self {
        Self::analysed().given("coordinator", GUARDS, proposing(&json!({})))
    }

    fn decided() -> Self {
        Self::proposed().given("steering", GUARDS, deciding(&json!({})))
    }

    /// Decided, but not yet anchored.
    pub(crate) fn unanchored() -> Self {
        Self::proposed().given("steering", GUARDS, deciding(&json!({ "anchoring": "pending" })))
    }

    pub(crate) fn active_intervention() -> Self {
        Self::decided().given("caretaker", GUARDS, intervention::Start {})
    }
}

/// R72, R79, R105
#[test]
fn an_intervention_is_proposed_decided_and_begun() {
    let mut programme = Programme::analysed();
    then!(
        programme.when("coordinator", GUARDS, proposing(&json!({}))),
        Event::Intervention(intervention::Event::Proposed { .. })
    );
    assert_eq!(
        programme.when("coordinator", GUARDS, proposing(&json!({}))),
        Err(intervention::ALREADY_PROPOSED)
    );
    assert_eq!(programme.when("hub", GUARDS, deciding(&json!({}))), Err(FUNCTION_MISSING));
    let early = programme.when("coordinator", GUARDS, intervention::Start {});
    assert_eq!(early, Err(intervention::NOT_DECIDED));
    then!(
        programme.when("steering", GUARDS, deciding(&json!({}))),
        Event::Intervention(intervention::Event::Decided { .. })
    );
    assert_eq!(programme.when("steering", GUARDS, deciding(&json!({}))), Err(intervention::ALREADY_DECIDED));
    assert_eq!(programme.when("patrol", GUARDS, intervention::Start {}), Err(FUNCTION_MISSING));
    then!(
        programme.when("caretaker", GUARDS, intervention::Start {}),
        Event::Intervention(intervention::Event::Started { .. })
    );
    let again = programme.when("caretaker", GUARDS, intervention::Start {});
    assert_eq!(again, Err(intervention::ALREADY_STARTED));
    let unknown = programme.when("steering", NO_INTERVENTION, deciding(&json!({})));
    assert_eq!(unknown, Err(intervention::NOT_PROPOSED));
}

/// R72, R105: from an analysis, at its causes, against problems of the area.
#[test]
fn a_proposal_follows_from_the_analysis_of_its_area() {
    let mut programme = Programme::analysed();
    let mut told =
        |otherwise: Value| programme.when("coordinator", NO_INTERVENTION, proposing(&otherwise)).err();
    assert_eq!(told(json!({ "analysis": null })), Some(intervention::ANALYSIS_MISSING));
    assert_eq!(told(json!({ "analysis": weekly(NORR) })), Some(intervention::ANALYSIS_MISSING));
    assert_eq!(told(json!({ "causes": ["traffic"] })), Some(intervention::CAUSES_NOT_ANALYSED));
    assert_eq!(told(json!({ "problems": [] })), Some(intervention::PROBLEM_UNKNOWN));
    assert_eq!(told(json!({ "area": ELSEWHERE })), Some(item::AREA_UNKNOWN));
    let past = json!({ "horizon": { "short": { "until": "2026-W46" } } });
    assert_eq!(told(past), Some(intervention::HORIZON_BROKEN));
    assert_eq!(
        told(json!({ "horizon": { "long": { "milestones": [] } } })),
        Some(intervention::HORIZON_BROKEN)
    );
    let elsewhere = json!({ "area": VASTER, "analysis": null, "causes": [] });
    assert_eq!(told(elsewhere), Some(intervention::AREA_NOT_PRIORITISED));
}

/// R79, R106, R132
#[test]
fn a_decision_states_what_is_expected_who_answers_and_by_what_right() {
    let mut programme = Programme::proposed();
    let mut told = |otherwise: Value| programme.when("steering", GUARDS, deciding(&otherwise)).err();
    assert_eq!(told(json!({ "expectations": [] })), Some(intervention::EXPECTATION_BROKEN));
    assert_eq!(told(json!({ "responsible": NO_FUNCTION })), Some(intervention::FUNCTION_UNKNOWN));
    let nobody = json!({ "contributors": [{ "organisation": NOBODY, "share": "Hjälper till." }] });
    assert_eq!(told(nobody), Some(intervention::CONTRIBUTOR_UNKNOWN));
    assert_eq!(told(json!({ "reportBack": "2026-11-01" })), Some(intervention::REPORT_BACK_BROKEN));
    assert_eq!(told(json!({ "legalBasis": null })), Some(intervention::LEGAL_BASIS_MISSING));
}

/// R108: nobody must make what is proposed.
#[test]
fn a_proposal_may_be_declined() {
    let mut programme = Programme::proposed();
    then!(
        programme.when("steering", GUARDS, declining()),
        Event::Intervention(intervention::Event::Declined { .. })
    );
    assert_eq!(programme.when("steering", GUARDS, declining()), Err(intervention::ALREADY_DECIDED));
    let begun = programme.when("coordinator", GUARDS, intervention::Start {});
    assert_eq!(begun, Err(intervention::NOT_DECIDED));
}

/// R79
#[test]
fn what_must_be_anchored_waits_for_it() {
    let pending = Programme::unanchored;
    let mut programme = pending();
    let early = programme.when("caretaker", GUARDS, intervention::Start {});
    assert_eq!(early, Err(intervention::NOT_ANCHORED));
    then!(
        programme.when("coordinator", GUARDS, settling(true)),
        Event::Intervention(intervention::Event::AnchoringSettled { outcome: Anchoring::Approved, .. })
    );
    assert_eq!(programme.when("coordinator", GUARDS, settling(true)), Err(intervention::ANCHORING_SETTLED));
    assert!(programme.when("caretaker", GUARDS, intervention::Start {}).is_ok());
    let mut refused = pending().given("coordinator", GUARDS, settling(false));
    let begun = refused.when("caretaker", GUARDS, intervention::Start {});
    assert_eq!(begun, Err(intervention::NOT_ANCHORED));
}

/// R60, R79
#[test]
fn what_was_done_is_reported_back_with_what_deviated() {
    let mut programme = Programme::active_intervention();
    let silent = programme.when("caretaker", GUARDS, reporting_back("modified", None));
    assert_eq!(silent, Err(intervention::DEVIATION_MISSING));
    then!(
        programme.when("caretaker", GUARDS, reporting_back("modified", Some("Tio pass av tolv."))),
        Event::Intervention(intervention::Event::ReportedBack { fidelity: Fidelity::Modified, .. })
    );
    let mut decided = Programme::decided();
    let early = decided.when("caretaker", GUARDS, reporting_back("as_decided", None));
    assert_eq!(early, Err(intervention::NOT_STARTED));
    assert!(
        decided.when("caretaker", GUARDS, reporting_back("not_done", Some("Inga vakter fanns."))).is_ok()
    );
}

/// R58, R60
#[test]
fn an_intervention_is_followed_up_once_an_occasion_with_three_questions() {
    let mut programme = Programme::active_intervention();
    let silent = json!({ "fidelity": "not_done" });
    let told = programme.when("coordinator", GUARDS, following_up(&silent));
    assert_eq!(told, Err(intervention::DEVIATION_MISSING));
    then!(
        programme.when("coordinator", GUARDS, following_up(&json!({}))),
        Event::Intervention(intervention::Event::FollowedUp { .. })
    );
    let again = programme.when("coordinator", GUARDS, following_up(&json!({})));
    assert_eq!(again, Err(intervention::ALREADY_FOLLOWED_UP));
    let of = |first| intervention::FollowUp { occasion: Occasion::Period(first), ..following_up(&json!({})) };
    let nobodys = programme.when("coordinator", GUARDS, of(quarter().plus(1)));
    assert_eq!(nobodys, Err(prioritisation::NOT_DECIDED), "a period has its first week's name");
    assert!(programme.when("coordinator", GUARDS, of(quarter())).is_ok());
    let early = Programme::decided().when("coordinator", GUARDS, following_up(&json!({})));
    assert_eq!(early, Err(intervention::NOT_STARTED));
}

/// R24, R61
#[test]
fn every_cycle_one_decides_what_becomes_of_an_intervention() {
    let mut programme = Programme::active_intervention();
    then!(
        programme.when("steering", GUARDS, disposing(&json!("expand"))),
        Event::Intervention(intervention::Event::DispositionDecided { disposition: Disposition::Expand, .. })
    );
    let again = programme.when("steering", GUARDS, disposing(&json!("end")));
    assert_eq!(again, Err(intervention::ALREADY_DISPOSED));
    let next = week().plus(1);
    let ending = || intervention::Dispose { week: next, ..disposing(&json!("end")) };
    assert_eq!(programme.when("steering", GUARDS, ending()), Err(cycle::NOT_OPENED));
    let mut programme = programme.given("coordinator", next, cycle::Open {});
    assert!(programme.when("steering", GUARDS, ending()).is_ok());
    assert_eq!(programme.when("steering", GUARDS, ending()), Err(intervention::ENDED));
    assert_eq!(programme.when("caretaker", GUARDS, intervention::Start {}), Err(intervention::ENDED));
    assert!(programme.when("coordinator", GUARDS, following_up(&json!({}))).is_ok());
}

/// R24
#[test]
fn one_intervention_takes_the_place_of_another() {
    let mut programme = Programme::active_intervention();
    let replace = |by: InterventionId| disposing(&json!({ "replace": { "by": by } }));
    let told = programme.when("steering", GUARDS, replace(NO_INTERVENTION));
    assert_eq!(told, Err(intervention::REPLACEMENT_BROKEN));
    let itself = programme.when("steering", GUARDS, replace(GUARDS));
    assert_eq!(itself, Err(intervention::REPLACEMENT_BROKEN));
    let lights = json!({ "kind": "lighting", "title": "Ny lampa", "causes": ["poor_lighting"] });
    let mut programme = programme.given("coordinator", LIGHTS, proposing(&lights));
    assert!(programme.when("steering", GUARDS, replace(LIGHTS)).is_ok());
    // What has not begun can only be given up.
    let mut decided = Programme::decided();
    let kept = decided.when("steering", GUARDS, disposing(&json!("continue")));
    assert_eq!(kept, Err(intervention::NOT_STARTED));
    assert!(decided.when("steering", GUARDS, disposing(&json!("end"))).is_ok());
    let unsettled = decided.when("steering", GUARDS, settling(true));
    assert_eq!(unsettled, Err(intervention::NOT_DECIDED));
}
