//! Asks an application that stands in the envelope, and looks at what comes out.

use super::Envelope;
use crate::panicking;
use crate::problem::{Problem, ProblemBody};
use crate::quota::{Client, QuotaSettings};
use crate::route_table::{RouteTable, no_such_route};
use crate::trace::Trace;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpRequest, HttpResponse, web};
use event_log::{Fault, Rim};
use jiff::Timestamp;
use serde_json::json;
use std::cell::RefCell;
use std::sync::{Arc, Once};
use std::{io, panic};

struct Still;

impl Rim for Still {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn draw(&self) -> [u8; 32] {
        [7; 32]
    }
}

const DRAWN_TRACE: &str = "07070707070707070707070707070707";
const GENEROUS: QuotaSettings = QuotaSettings { requests: 600, window_seconds: 60 };

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn problem(&self) -> ProblemBody {
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem: ProblemBody = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status.as_u16());
        problem
    }
}

async fn thing(trace: Trace, request: HttpRequest) -> String {
    if request.headers().contains_key("authorization") {
        Client::note(&request, "bup.test");
    }
    trace.id
}

async fn fails(what: web::Path<String>) -> Result<HttpResponse, Error> {
    match what.as_str() {
        "literally" => panic!("a literal"),
        "with-a-value" => panic!("Anna bor på Storgatan: {what}"),
        "database" => Err(Problem::from(Fault::new("reading a view", "a cause")).into()),
        "outage" => Err(Problem::from(Fault::new("connecting", io::Error::other("refused"))).into()),
        "busy" => Err(Problem::Busy { retry_after: 1 }.into()),
        "stale" => Err(Problem::PreconditionFailed { version: 7 }.into()),
        "media" => Err(actix_web::error::ErrorUnsupportedMediaType("text/plain")),
        _ => Ok(HttpResponse::BadGateway().body("a secret of the inside")),
    }
}

async fn ask(quota: QuotaSettings, requests: Vec<TestRequest>) -> Vec<Answer> {
    listen();
    let document = json!({"paths": {
        "/things/{id}": {"get": {}, "parameters": []},
        "/things": {"post": {}},
    }});
    let paths = RouteTable::read("/v1", &document);
    let app = App::new()
        .wrap(Envelope::new(Arc::new(Still), quota, Vec::new()))
        .app_data(web::JsonConfig::default().limit(16))
        .service(web::resource("/livez").to(async || "ok"))
        .service(web::resource("/fails/{what}").to(fails))
        .service(
            web::scope("/v1")
                .service(web::resource("/things/{id}").guard(actix_web::guard::Get()).to(thing))
                .service(
                    web::resource("/things")
                        .guard(actix_web::guard::Post())
                        .to(async |_: web::Json<Vec<u8>>| HttpResponse::Created().finish()),
                ),
        )
        .default_service(no_such_route(&paths));
    let app = init_service(app).await;
    let mut answers = Vec::new();
    for request in requests {
        answers.push(opened(app.call(request.to_request()).await).await);
    }
    answers
}

/// What the server would send, also where the answer travels as an error.
async fn opened<B: MessageBody>(outcome: Result<ServiceResponse<B>, Error>) -> Answer {
    match outcome {
        Ok(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let body = to_bytes(response.into_body()).await.ok().unwrap().to_vec();
            Answer { status, headers, body }
        }
        Err(error) => {
            let response = error.error_response();
            let (status, headers) = (response.status(), response.headers().clone());
            Answer { status, headers, body: to_bytes(response.into_body()).await.unwrap().to_vec() }
        }
    }
}

async fn ask_once(request: TestRequest) -> Answer {
    ask(GENEROUS, vec![request]).await.remove(0)
}

thread_local! {
    /// What the test of this thread has logged; a test has a thread of its own.
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.with_borrow_mut(|logged| logged.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Catches the log, and keeps panics that are expected off the terminal.
fn listen() {
    static ONCE: Once = Once::new();
    LOGGED.take();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !panicking::keep(panic) {
                before(panic);
            }
        }));
        let subscriber = tracing_subscriber::fmt().json().with_writer(|| Log).finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

fn logged() -> Vec<serde_json::Value> {
    let logged = String::from_utf8(LOGGED.take()).unwrap();
    logged.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[actix_web::test]
async fn a_panic_is_told_to_the_log_once_and_to_the_caller_not_at_all() {
    let requests =
        ["/fails/literally", "/fails/with-a-value", "/livez"].map(|uri| TestRequest::get().uri(uri));
    let answers = ask(GENEROUS, requests.into()).await;
    let [literal, with_value, after] = answers.try_into().ok().unwrap();
    let problem = literal.problem();
    assert_eq!((problem.status, problem.code.as_str()), (500, "service.bug"));
    assert_eq!((problem.instance.as_str(), problem.trace_id.as_str()), ("/fails/literally", DRAWN_TRACE));
    assert!(literal.header("traceparent").contains(DRAWN_TRACE));
    assert_eq!(with_value.problem().status, 500);
    assert_eq!(after.status, 200, "the thread serves on");
    let lines = logged();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["level"], "ERROR");
    let cause = |line: usize| lines[line]["fields"]["cause"].as_str().unwrap().to_owned();
    assert!(cause(0).contains("tests.rs") && cause(0).ends_with("a literal"), "{}", cause(0));
    assert!(cause(1).ends_with("(message withheld)"), "{}", cause(1));
}

#[actix_web::test]
async fn a_fault_is_logged_with_its_chain_and_an_outage_can_be_retried() {
    let requests =
        ["/fails/database", "/fails/outage", "/fails/otherwise"].map(|uri| TestRequest::get().uri(uri));
    let answers = ask(GENEROUS, requests.into()).await;
    assert_eq!(answers[0].problem().code, "service.bug");
    assert_eq!(answers[1].problem().code, "service.unavailable");
    assert_eq!(answers[2].problem().kind, "about:blank");
    let lines = logged();
    assert_eq!(lines[0]["fields"]["cause"], "reading a view failed: a cause");
    assert_eq!(lines[0]["fields"]["route"], "/fails/{what}");
    assert_eq!(lines[0]["fields"]["trace"], DRAWN_TRACE);
    assert_eq!(lines[1]["fields"]["cause"], "connecting failed: refused");
    assert_eq!(lines.len(), 3);
}

#[actix_web::test]
async fn a_path_that_is_not_there_is_404_and_a_method_that_is_not_used_405() {
    let unknown = ask_once(TestRequest::get().uri("/v1/nothing?q=1")).await;
    assert_eq!(unknown.problem().code, "path.unknown");
    assert_eq!(unknown.problem().instance, "/v1/nothing");
    let unused = ask_once(TestRequest::delete().uri("/v1/things/3")).await;
    assert_eq!(unused.problem().status, 405);
    assert_eq!(unused.header("allow"), "GET, HEAD, OPTIONS");
    let unused = ask_once(TestRequest::get().uri("/v1/things")).await;
    assert_eq!((unused.problem().status, unused.header("allow")), (405, "POST, OPTIONS"));
}

#[actix_web::test]
async fn options_tells_the_methods_and_head_goes_where_get_does() {
    let options = ask_once(TestRequest::default().method(Method::OPTIONS).uri("/v1/things/3")).await;
    assert_eq!((options.status.as_u16(), options.header("allow")), (204, "GET, HEAD, OPTIONS"));
    let head = ask_once(TestRequest::default().method(Method::HEAD).uri("/v1/things/3")).await;
    assert_eq!(head.status, 200);
    let head = ask_once(TestRequest::default().method(Method::HEAD).uri("/v1/nothing")).await;
    assert_eq!(head.status, 404);
}

#[actix_web::test]
async fn what_actix_refuses_by_itself_has_the_same_shape() {
    let post = || TestRequest::post().uri("/v1/things");
    let large = ask_once(post().set_json("a body of more than sixteen bytes")).await.problem();
    assert_eq!((large.status, large.title.as_str()), (413, "Content Too Large"));
    let broken = ask_once(post().insert_header(("content-type", "application/json")).set_payload("[")).await;
    assert_eq!(broken.problem().status, 400);
    let media = ask_once(TestRequest::get().uri("/fails/media")).await;
    assert_eq!(media.problem().code, "body.unsupported");
    assert_eq!(ask_once(post().set_json([1])).await.status, 201);
}

#[actix_web::test]
async fn headers_tell_programs_what_the_body_tells_people() {
    let busy = ask_once(TestRequest::get().uri("/fails/busy")).await;
    assert_eq!((busy.status.as_u16(), busy.header("retry-after")), (503, "1"));
    let stale = ask_once(TestRequest::get().uri("/fails/stale")).await;
    assert_eq!((stale.header("etag"), stale.problem().current_version), ("\"7\"", Some(7)));
    let fine = ask_once(TestRequest::get().uri("/v1/things/1")).await;
    assert_eq!(fine.header("x-content-type-options"), "nosniff");
    assert_eq!(fine.header("cache-control"), "private, no-cache");
}

#[actix_web::test]
async fn a_trace_is_taken_over_and_a_malformed_one_passed_over() {
    let given = |value: &str| TestRequest::get().uri("/v1/things/1").insert_header(("traceparent", value));
    let id = "0af7651916cd43dd8448eb211c80319c";
    let taken = ask_once(given(&format!("00-{id}-b7ad6b7169203331-01"))).await;
    assert_eq!(taken.body, id.as_bytes());
    assert_eq!(taken.header("traceparent"), format!("00-{id}-0707070707070707-01"));
    let later = ask_once(given(&format!("cc-{id}-b7ad6b7169203331-00-more"))).await;
    assert_eq!(later.body, id.as_bytes());
    let malformed = [
        String::new(),
        "rubbish".to_owned(),
        format!("00-{id}-b7ad6b7169203331"),
        format!("00-{id}-b7ad6b7169203331-01-more"),
        format!("ff-{id}-b7ad6b7169203331-01"),
        format!("00-{}-b7ad6b7169203331-01", id.to_uppercase()),
        format!("00-{id}-0000000000000000-01"),
        format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)),
    ];
    for value in malformed {
        let answer = ask_once(given(&value)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_slice()),
            (200, DRAWN_TRACE.as_bytes()),
            "{value}"
        );
    }
}

#[actix_web::test]
async fn a_quota_counts_down_and_then_refuses() {
    let quota = QuotaSettings { requests: 2, window_seconds: 60 };
    let peer = |last| TestRequest::get().uri("/v1/things/1").peer_addr(([192, 0, 2, last], 80).into());
    let answers = ask(quota, vec![peer(1), peer(1), peer(1), peer(2)]).await;
    assert_eq!(answers[0].header("ratelimit-policy"), "\"client\";q=2;w=60");
    assert_eq!(answers[0].header("ratelimit"), "\"client\";r=1;t=30");
    assert_eq!(answers[1].header("ratelimit"), "\"client\";r=0;t=60");
    let refused = answers[2].problem();
    assert_eq!((refused.status, refused.code.as_str()), (429, "quota.exceeded"));
    assert_eq!(refused.kind, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(answers[2].header("retry-after"), "30");
    assert_eq!(answers[3].status, 200, "another peer has its own");
}

#[actix_web::test]
async fn a_known_token_has_its_clients_quota_and_a_made_up_one_its_peers() {
    let quota = QuotaSettings { requests: 2, window_seconds: 60 };
    let peer = |uri, token| {
        let request = TestRequest::get().uri(uri).peer_addr(([192, 0, 2, 1], 80).into());
        request.insert_header(("authorization", token))
    };
    let (thing, other) = ("/v1/things/1", "/fails/stale");
    let requests = vec![peer(thing, "one"), peer(other, "x"), peer(other, "y"), peer(thing, "one")];
    let statuses: Vec<u16> = ask(quota, requests).await.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses, [200, 412, 429, 200]);
}

#[actix_web::test]
async fn probes_are_never_refused() {
    let quota = QuotaSettings { requests: 1, window_seconds: 60 };
    let answers = ask(quota, (0..3).map(|_| TestRequest::get().uri("/livez")).collect()).await;
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.header("ratelimit").is_empty()));
}

#[actix_web::test]
async fn a_problem_speaks_swedish_unless_english_is_asked_for_first() {
    let asked = |value: &str| TestRequest::get().uri("/v1/nothing").insert_header(("accept-language", value));
    for value in ["", "sv", "de", "*", "en;q=0.5, sv;q=0.9", "en;q=0", "en;q=x", "sv, en"] {
        let answer = ask_once(asked(value)).await;
        assert_eq!(answer.header("content-language"), "sv", "{value}");
        assert_eq!(answer.problem().detail, "Sökvägen finns inte.");
    }
    for value in ["en", "EN-gb, sv;q=0.8", "de, en;q=0.7, sv;q=0.65", "en, *;q=0.5"] {
        let answer = ask_once(asked(value)).await;
        assert_eq!(answer.problem().detail, "There is no such path.", "{value}");
    }
}
