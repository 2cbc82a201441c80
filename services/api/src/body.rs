//! A request's body: held against the contract's own schema, with the guard standing, before it becomes a command.

mod looks;
mod mistakes;

use crate::caller::no_site;
use crate::problem::Problem;
use crate::site::Site;
use crate::violation::Violation;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use est::FreeText;
use est::designation::{self, DESIGNATION};
use est::guard::{Guard, OWN_PLACE, OwnPlace};
use est::text::{FREE_TEXT, Gate, NAME};
use futures_util::future::{FutureExt, LocalBoxFuture};
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
pub(crate) use looks::gate;
use personal_data::{Action, Finding, PolicyVersion, Verdict};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many mistakes of one body are told at the most; what the guard found is told whole.
const MISTAKES_MAX: usize = 100;
/// How many of a validator's errors are looked through: more than a body of the contract's size has texts.
const ERRORS_MAX: usize = 20_000;

/// How many ordinary bodies one that holds many things may be as long as.
pub(crate) const MANY_BODIES: usize = 16;

/// The validators of the contract's request bodies, by the name of their schema.
pub(crate) struct Validators(HashMap<String, Pair>);

/// The same schema twice: one lets pass what is only warned of, the other tells it with what is refused.
struct Pair {
    passing: Validator,
    telling: Validator,
}

/// What is wrong with a body.
#[derive(Default)]
struct Told {
    mistakes: Vec<Violation>,
    findings: Vec<(String, Finding)>,
    policy: Option<PolicyVersion>,
}

/// A body that is what the contract says, with the texts that the guard admitted in it; at the most as long as so many
/// ordinary ones.
pub(crate) struct Body<C, const BODIES: usize = 1> {
    pub command: C,
    pub texts: Vec<FreeText>,
    /// The bytes as they came: what an idempotency key stands for.
    pub bytes: web::Bytes,
}

impl Validators {
    /// Makes a validator of every schema that a request body of the contract refers to.
    pub(crate) fn of(contract: &Value) -> Result<Self, String> {
        let components = contract.get("components").cloned().unwrap_or_default();
        let paths =
            contract.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
        let operations = paths.filter_map(Value::as_object).flat_map(|methods| methods.values());
        let schema = "/requestBody/content/application~1json/schema/$ref";
        let names =
            operations.filter_map(|operation| operation.pointer(schema)?.as_str()?.rsplit('/').next());
        let mut validators = HashMap::new();
        for name in names {
            let root = serde_json::json!({
                "$ref": format!("#/components/schemas/{name}"),
                "components": components,
            });
            let built = |lets: fn(&str) -> bool| {
                let options = jsonschema::options().with_format(FREE_TEXT, lets).with_format(NAME, lets);
                let options = options.with_format(OWN_PLACE, OwnPlace::may_be_own);
                let options = options.with_format(DESIGNATION, designation::passes);
                let built = options.should_validate_formats(true).build(&root);
                built.map_err(|error| format!("{name}: {error}"))
            };
            let pair = Pair { passing: built(passes)?, telling: built(is_clean)? };
            validators.insert(name.to_owned(), pair);
        }
        Ok(Self(validators))
    }

    fn check(&self, name: &str, value: &Value) -> Result<(), Problem> {
        let pair = self.0.get(name).ok_or_else(|| Problem::Bug { cause: format!("no schema {name}") })?;
        if pair.passing.is_valid(value) {
            return Ok(());
        }
        let mut told = Told::default();
        for error in pair.telling.iter_errors(value).take(ERRORS_MAX) {
            for mistake in mistakes::innermost(&error) {
                told.add(value, mistake);
            }
        }
        Err(told.problem())
    }
}

impl Told {
    fn add(&mut self, value: &Value, mistake: &ValidationError<'_>) {
        let pointer = mistake.instance_path().to_string();
        let format = if let ValidationErrorKind::Format { format } = mistake.kind() { format } else { "" };
        let text = value.pointer(&pointer).and_then(Value::as_str).filter(|_| guarded(format));
        if let Some((text, verdict)) = text.and_then(|text| Some((text, Gate::verdict(text)?))) {
            self.policy = Some(verdict.policy_version);
            let said = |finding: &Finding| format != DESIGNATION || designation::is_persons(text, finding);
            let findings = verdict.findings.into_iter().filter(said);
            self.findings.extend(findings.map(|finding| (pointer.clone(), finding)));
        } else if self.mistakes.len() < MISTAKES_MAX {
            self.mistakes.push(violation(pointer, mistake.kind()));
        }
    }

    /// What is only warned of refuses nothing by itself.
    fn problem(self) -> Problem {
        let Self { mistakes: errors, findings, policy } = self;
        match policy.filter(|_| findings.iter().any(|(_, finding)| finding.action == Action::Refuse)) {
            Some(policy) => Problem::PersonalData { findings, policy, errors },
            None => Problem::Invalid { errors },
        }
    }
}

/// Whether a schema's format says that the guard reads the string.
fn guarded(format: &str) -> bool {
    [FREE_TEXT, NAME, DESIGNATION].contains(&format)
}

/// Whether the guard, where it stands, lets a text pass.
fn passes(text: &str) -> bool {
    Gate::verdict(text).is_none_or(|verdict| !verdict.is_refused())
}

/// Whether the guard, where it stands, finds nothing at all.
fn is_clean(text: &str) -> bool {
    Gate::verdict(text).as_ref().is_none_or(Verdict::is_clean)
}

/// A mistake in the words of the contract: the keyword that is broken, and its bound where it has one.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the many keywords of JSON Schema only some have a bound"
)]
fn violation(pointer: String, kind: &ValidationErrorKind) -> Violation {
    let bound = match kind {
        ValidationErrorKind::MaxLength { limit }
        | ValidationErrorKind::MinLength { limit }
        | ValidationErrorKind::MaxItems { limit }
        | ValidationErrorKind::MinItems { limit } => Some(limit.to_string()),
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::Minimum { limit } => {
            Some(limit.to_string())
        }
        ValidationErrorKind::Format { format } => Some(format.clone()),
        ValidationErrorKind::Pattern { pattern } => Some(pattern.clone()),
        ValidationErrorKind::Type { kind: TypeKind::Single(kind) } => Some(kind.to_string()),
        ValidationErrorKind::Type { kind: TypeKind::Multiple(kinds) } => {
            Some(kinds.iter().map(|kind| kind.to_string()).collect::<Vec<_>>().join("/"))
        }
        _ => None,
    };
    Violation::of_schema(pointer, kind.keyword(), bound.as_deref())
}

/// JSON that does not read: where it breaks, never what stands there.
fn malformed(error: &serde_json::Error) -> Problem {
    Problem::Malformed { line: error.line(), column: error.column() }
}

/// The value with every number that is whole written as one.
fn whole(value: Value) -> Value {
    match value {
        Value::Number(ref number) => {
            let fraction = number.as_f64().filter(|_| number.is_f64());
            let whole = fraction.filter(|float| float.fract() == 0.0).map(|float| format!("{float:.0}"));
            whole.and_then(|digits| digits.parse::<i64>().ok()).map_or(value, Value::from)
        }
        Value::Array(items) => items.into_iter().map(whole).collect(),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, whole(member))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// Reads a value as a command past a programme's guard, or tells all that is wrong with it.
pub(crate) fn read<C: DeserializeOwned + ToSchema>(
    site: &Site,
    guard: &Arc<Guard>,
    bytes: &[u8],
) -> Result<(C, Vec<FreeText>), Problem> {
    read_at(site, &gate(site, guard), bytes)
}

fn read_at<C: DeserializeOwned + ToSchema>(
    site: &Site,
    gate: &Gate,
    bytes: &[u8],
) -> Result<(C, Vec<FreeText>), Problem> {
    let (read, texts) = gate.guard(|| {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        site.validators.check(&C::name(), &value)?;
        // Read from the bytes, not the value: only so is a member given twice noticed. JSON Schema takes 3.0 for
        // an integer where serde does not, so what it does not read is tried once more with whole numbers.
        let read = serde_json::from_slice(bytes);
        let read = read.or_else(|error| {
            let mended = whole(value.clone());
            if mended == value { Err(error) } else { serde_json::from_value(mended) }
        });
        read.map_err(|error| malformed(&error))
    });
    read.map(|command| (command, texts))
}

impl<C: DeserializeOwned + ToSchema + 'static, const BODIES: usize> FromRequest for Body<C, BODIES> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let site = request.app_data::<web::Data<Site>>().cloned();
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let json = kind.is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/json")
        });
        let bytes = web::Bytes::from_request(request, payload);
        let request = request.clone();
        async move {
            let site = site.ok_or_else(no_site)?;
            if !json {
                return Err(Problem::UnsupportedMediaType);
            }
            let bytes = bytes.await.map_err(|_too_large| Problem::TooLarge)?;
            if bytes.len() > site.settings.body_bytes_max * BODIES {
                return Err(Problem::TooLarge);
            }
            let (command, texts) = looks::read(&request, &site, &bytes).await?;
            Ok(Self { command, texts, bytes })
        }
        .boxed_local()
    }
}
