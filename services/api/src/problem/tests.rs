//! What every problem has in common, and what each has of its own.

use super::*;
use personal_data::{Action, Class};
use std::collections::HashSet;

fn told(problem: &Problem, language: Language) -> serde_json::Value {
    serde_json::to_value(problem.body(language, "/samlad/v1/x", "0af7651916cd43dd8448eb211c80319c")).unwrap()
}

#[test]
fn every_problem_has_a_code_of_its_own_and_both_languages() {
    let listed = catalogue();
    let codes: HashSet<&str> = listed.iter().map(|problem| problem.code).collect();
    assert_eq!(codes.len(), listed.len());
    for problem in listed {
        assert!(
            problem.code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'.' | b'-')),
            "{}",
            problem.code
        );
        assert!((400..600).contains(&problem.status), "{}", problem.code);
        assert!(problem.swedish.ends_with('.') && problem.english.ends_with('.'), "{}", problem.code);
    }
}

#[test]
fn a_problem_has_the_members_of_rfc_9457_and_no_empty_ones() {
    let expected = serde_json::json!({
        "type": "/samlad/v1/problems/key.reused",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "The same Idempotency-Key was used for another request.",
        "instance": "/samlad/v1/x",
        "code": "key.reused",
        "traceId": "0af7651916cd43dd8448eb211c80319c",
    });
    assert_eq!(told(&Problem::KeyReused, Language::English), expected);
}

#[test]
fn a_refusal_keeps_its_code_and_gets_its_kinds_status() {
    for refusal in est::refusal::all() {
        let problem = Problem::from(refusal);
        assert_eq!(told(&problem, Language::Swedish)["code"], refusal.code);
        assert_eq!(told(&problem, Language::Swedish)["detail"], refusal.swedish);
        assert!([403, 404, 409, 412].contains(&problem.status_code().as_u16()));
    }
}

#[test]
fn every_broken_rule_is_told_with_its_place() {
    let errors = vec![
        Violation::of_schema("/sections/0", "maxLength", Some("4000")),
        Violation::of_schema("", "required", None),
    ];
    let told = told(&Problem::Invalid { errors }, Language::Swedish);
    assert_eq!(told["errors"][0]["pointer"], "/sections/0");
    assert_eq!(told["errors"][0]["detail"], "Högst 4000 tecken.");
    assert_eq!(told["errors"][1]["code"], "required");
}

#[test]
fn a_finding_is_told_by_its_place_and_class() {
    let finding = Finding { start: 3, end: 14, class: Class::Personnummer, action: Action::Refuse };
    let findings = vec![("/text".to_owned(), finding)];
    let problem = Problem::PersonalData { findings, policy: PolicyVersion(3), errors: Vec::new() };
    let told = told(&problem, Language::English);
    let expected = serde_json::json!([{
        "pointer": "/text", "start": 3, "end": 14, "class": "personnummer", "action": "refuse",
        "message": personal_data::message(Class::Personnummer, Language::English),
    }]);
    assert_eq!(told["findings"], expected);
    assert_eq!(told["policyVersion"], 3);
}

#[test]
fn what_is_known_of_the_occurrence_stands_in_the_detail() {
    let malformed = told(&Problem::Malformed { line: 3, column: 7 }, Language::Swedish);
    assert_eq!(malformed["detail"], "Innehållet går inte att läsa som JSON. Fel på rad 3, tecken 7.");
    let missing = told(&Problem::HeaderMissing { header: "Idempotency-Key" }, Language::English);
    assert_eq!(missing["detail"], "A required header is missing. (Idempotency-Key)");
}

#[test]
fn a_caller_who_is_not_known_is_challenged() {
    let challenge = |reason| {
        let response = HttpResponse::from(Problem::Unauthenticated { reason });
        assert_eq!(response.status(), 401);
        response.headers().get(WWW_AUTHENTICATE).unwrap().to_str().unwrap().to_owned()
    };
    assert_eq!(challenge(Unproven::Missing), r#"Bearer realm="samlad""#);
    assert!(challenge(Unproven::Expired).contains(r#"error="invalid_token", error_description="#));
}

#[test]
fn what_the_writer_did_not_record_becomes_a_problem() {
    let status = |reason: NotRecorded| Problem::from(reason).status_code().as_u16();
    assert_eq!(status(NotRecorded::Busy), 503);
    assert_eq!(status(NotRecorded::KeyReused), 422);
    assert_eq!(status(NotRecorded::NoProgramme), 404);
    assert_eq!(status(NotRecorded::Stale { version: 2 }), 412);
    assert_eq!(status(NotRecorded::Failed(Fault::new("appending", "a cause").into())), 500);
}
