//! A write: who asks, on what version, under which key; and the receipt that is answered.

use crate::body::Body;
use crate::caller::{Caller, no_site};
use crate::language;
use crate::problem::{Problem, ProblemBody};
use crate::site::Site;
use crate::trace::Trace;
use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, IF_MATCH, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use est::decision::Order;
use est::permission::Actor;
use est::{Aggregate, Command, FreeText, ProgrammeId};
use event_log::{Expected, IdempotencyKey, Receipt, Submission};
use futures_util::future::{FutureExt, LocalBoxFuture};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A write as it came in, before its body.
pub(crate) struct Writing {
    pub site: web::Data<Site>,
    pub caller: Caller,
    trace: String,
    method: Method,
    path: String,
    key: Option<String>,
    expected: Option<i32>,
    rehearsal: bool,
}

/// What has become of a write.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Receipt)]
pub(crate) struct ReceiptBody {
    /// The address of what it concerns.
    #[schema(max_length = 400, format = "uri")]
    pub location: String,
    /// The programme's position in its log.
    pub position: i64,
    /// The version of what it concerns: its entity tag.
    pub version: i32,
    /// How many events were recorded; none when what was asked for was so already, or in a rehearsal.
    pub events: i32,
    /// The same answer as an earlier request with this key.
    pub replayed: bool,
    /// Nothing was stored: the request was only tried.
    pub rehearsal: bool,
}

impl FromRequest for Writing {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload);
        let trace = Trace::from_request(request, payload);
        let request = request.clone();
        async move {
            let caller = caller.await?;
            let site = request.app_data::<web::Data<Site>>().cloned().ok_or_else(no_site)?;
            let method = request.method().clone();
            let key = idempotency_key(&request)?;
            if key.is_none() && method == Method::POST {
                return Err(Problem::HeaderMissing { header: "Idempotency-Key" });
            }
            let rehearsal = rehearsal(request.query_string())?;
            Ok(Self {
                expected: expected(&request)?,
                trace: trace.await?.id,
                path: request.path().to_owned(),
                site,
                caller,
                method,
                key,
                rehearsal,
            })
        }
        .boxed_local()
    }
}

/// Whether the request is only to be tried. A parameter that is not known here may be a misspelt `dryRun`, and what was
/// to be tried must not be recorded.
fn rehearsal(query: &str) -> Result<bool, Problem> {
    let mut asked = false;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        asked = match pair.split_once('=').unwrap_or((pair, "true")) {
            ("dryRun", "true") => true,
            ("dryRun", "false") => false,
            ("dryRun", _) => return Err(Problem::ParameterBroken { parameter: "dryRun" }),
            _ => return Err(Problem::ParameterUnknown),
        };
    }
    Ok(asked)
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().unwrap_or_default();
    // The draft standard writes the key as a quoted string; most callers do not.
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if (8..=64).contains(&key.len()) && key.bytes().all(allowed) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Problem::HeaderBroken { header: "Idempotency-Key" })
    }
}

/// The version that the caller decided on; "0" says that there was nothing.
fn expected(request: &HttpRequest) -> Result<Option<i32>, Problem> {
    let Some(tag) = request.headers().get(IF_MATCH) else { return Ok(None) };
    if tag == "*" {
        return Err(Problem::PreconditionRequired);
    }
    let version = tag
        .to_str()
        .ok()
        .and_then(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"'))
        .and_then(decided_on);
    let version: u64 = version.ok_or(Problem::HeaderBroken { header: "If-Match" })?;
    // A version beyond all that can be is stale, not unreadable.
    Ok(Some(i32::try_from(version).unwrap_or(i32::MAX)))
}

/// The version in an entity tag; what stands after a point tells what is read apart, not what is decided on.
fn decided_on(tag: &str) -> Option<u64> {
    let (version, touched) = tag.split_once('.').unwrap_or((tag, "0"));
    touched.parse::<u64>().ok()?;
    version.parse().ok()
}

impl Writing {
    /// The version that the caller decided on, where one must be given.
    pub(crate) fn version(&self) -> Result<i32, Problem> {
        self.expected.ok_or(Problem::VersionMissing)
    }

    /// Whether nothing is to be stored.
    pub(crate) fn rehearses(&self) -> bool {
        self.rehearsal
    }

    /// Submits a command and answers 201 with where it stands, or 200 where it was there before.
    pub(crate) async fn submit<C: Command>(
        self,
        programme: ProgrammeId,
        key: <C::State as Aggregate>::Key,
        body: Body<C>,
        path: String,
    ) -> Result<HttpResponse, Problem> {
        let Body { command, texts, bytes } = body;
        if self.method == Method::PUT || self.method == Method::DELETE {
            self.version()?;
        }
        let expected = self.expected.map_or(Expected::Any, Expected::Version);
        let order = Order { actor: self.caller.actor(), key, command };
        self.record(order, programme, (texts, bytes, expected), path).await
    }

    /// Submits a command that changes a part, decided on the part's own version and not the stream's.
    pub(crate) async fn submit_part<C: Command>(
        self,
        programme: ProgrammeId,
        key: <C::State as Aggregate>::Key,
        body: Body<C>,
        (path, version): (String, i32),
    ) -> Result<HttpResponse, Problem> {
        let Body { command, texts, bytes } = body;
        let order = Order { actor: self.caller.actor(), key, command };
        let receipt = self.recorded(order, programme, (texts, bytes, Expected::Any), path).await?;
        // Its entity tag is the part's, which whoever writes on writes on.
        let receipt = Receipt { version: version.saturating_add(i32::from(receipt.events > 0)), ..receipt };
        Ok(self.answer(&receipt, self.receipt(&receipt)))
    }

    /// Submits the command that opens a programme: the operator's.
    pub(crate) async fn open<C: Command>(
        self,
        programme: ProgrammeId,
        key: <C::State as Aggregate>::Key,
        body: Body<C>,
    ) -> Result<HttpResponse, Problem> {
        if !self.site.settings.operators.contains(&self.caller.subject) {
            return Err(Problem::Refused(est::permission::FUNCTION_MISSING));
        }
        let Body { command, texts, bytes } = body;
        let order = Order { actor: Actor::Operator(self.caller.subject.clone()), key, command };
        let path = format!("programmes/{programme}");
        self.record(order, programme, (texts, bytes, Expected::Any), path).await
    }

    async fn record<C: Command>(
        self,
        order: Order<C>,
        programme: ProgrammeId,
        said: (Vec<FreeText>, web::Bytes, Expected),
        path: String,
    ) -> Result<HttpResponse, Problem> {
        let receipt = self.recorded(order, programme, said, path).await?;
        Ok(self.answer(&receipt, self.receipt(&receipt)))
    }

    /// Submits a command whose answer says more than the receipt; a version may be given.
    pub(crate) async fn receive<C: Command>(
        &self,
        programme: ProgrammeId,
        key: <C::State as Aggregate>::Key,
        body: Body<C>,
        path: String,
    ) -> Result<Receipt, Problem> {
        let Body { command, texts, bytes } = body;
        let expected = self.expected.map_or(Expected::Any, Expected::Version);
        let order = Order { actor: self.caller.actor(), key, command };
        self.recorded(order, programme, (texts, bytes, expected), path).await
    }

    async fn recorded<C: Command>(
        &self,
        order: Order<C>,
        programme: ProgrammeId,
        (texts, bytes, expected): (Vec<FreeText>, web::Bytes, Expected),
        path: String,
    ) -> Result<Receipt, Problem> {
        let opens = matches!(order.actor, Actor::Operator(_));
        let receipt = self.site.writer.submit(Submission {
            programme: programme.0,
            opens,
            decision: Box::new(order),
            texts,
            trace: Some(self.trace.clone()),
            expected,
            key: self.key.as_ref().map(|key| self.idempotency(key, &bytes)),
            location: path,
            rehearsal: self.rehearsal,
        });
        Ok(receipt.await?)
    }

    /// Submits one of several commands that came in one request: its key is the request's with its number.
    pub(crate) async fn submit_one<C: Command>(
        &self,
        (programme, key, command): (ProgrammeId, <C::State as Aggregate>::Key, C),
        texts: Vec<FreeText>,
        (bytes, index): (&[u8], usize),
        location: String,
    ) -> Result<ReceiptBody, Problem> {
        let numbered = self.key.as_ref().map(|key| self.idempotency(&format!("{key}/{index}"), bytes));
        let submission = Submission {
            programme: programme.0,
            opens: false,
            decision: Box::new(Order { actor: self.caller.actor(), key, command }),
            texts,
            trace: Some(self.trace.clone()),
            expected: Expected::Any,
            key: numbered,
            location,
            rehearsal: self.rehearsal,
        };
        let receipt = self.site.writer.submit(submission).await?;
        Ok(self.receipt(&receipt))
    }

    /// A problem as it is told within an answer that is none itself.
    pub(crate) fn told(&self, request: &HttpRequest, problem: &Problem) -> ProblemBody {
        problem.body(language::asked(request), &self.path, &self.trace)
    }

    fn idempotency(&self, key: &str, bytes: &[u8]) -> IdempotencyKey {
        let request = Sha256::new()
            .chain_update(self.method.as_str())
            .chain_update([0])
            .chain_update(&self.path)
            .chain_update([0])
            .chain_update(bytes);
        IdempotencyKey {
            caller: self.caller.subject.as_str().into(),
            key: key.into(),
            digest: request.finalize().into(),
        }
    }

    /// Answers a receipt, with what more there is to say.
    pub(crate) fn answer(&self, receipt: &Receipt, body: impl Serialize) -> HttpResponse {
        let made = self.method == Method::POST && !self.rehearsal;
        let status = if made { StatusCode::CREATED } else { StatusCode::OK };
        let mut response = HttpResponse::build(status);
        response.insert_header((ETAG, format!("\"{}\"", receipt.version)));
        if made {
            response.insert_header((LOCATION, self.site.link(&receipt.location)));
        }
        if receipt.replayed {
            response.insert_header(("Idempotent-Replayed", "true"));
        }
        response.json(body)
    }

    pub(crate) fn receipt(&self, receipt: &Receipt) -> ReceiptBody {
        ReceiptBody {
            location: self.site.link(&receipt.location),
            position: receipt.position,
            version: receipt.version,
            events: receipt.events,
            replayed: receipt.replayed,
            rehearsal: self.rehearsal,
        }
    }

    /// A new identity for what the write makes. With an idempotency key a retry finds the first one again.
    pub(crate) fn identity(&self) -> Uuid {
        self.site.rim.identity()
    }

    /// The identity of a programme that the write opens. It follows from the caller's key, since a programme's log is
    /// also where its keys are kept: a retry finds the first one, and opens no second.
    pub(crate) fn programme(&self) -> ProgrammeId {
        let key = self.key.as_deref().unwrap_or_default();
        let digest =
            Sha256::new().chain_update(self.caller.subject.as_str()).chain_update([0]).chain_update(key);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest.finalize()).for_each(|(to, from)| *to = from);
        ProgrammeId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// A body for a command that has none.
    pub(crate) fn bare<C>(command: C) -> Body<C> {
        Body { command, texts: Vec::new(), bytes: web::Bytes::new() }
    }
}

impl<C> Body<C> {
    /// The same body as another command, where the path says a part of it.
    pub(crate) fn map<D>(self, into: impl FnOnce(C) -> D) -> Body<D> {
        Body { command: into(self.command), texts: self.texts, bytes: self.bytes }
    }
}
