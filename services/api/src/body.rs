//! A request's body: held against the contract's own schema, with the guard standing, before it becomes a command.

mod mistakes;

use crate::caller::no_site;
use crate::problem::Problem;
use crate::site::Site;
use crate::violation::Violation;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use est::FreeText;
use est::text::{FREE_TEXT, Gate, NAME};
use futures_util::future::{FutureExt, LocalBoxFuture};
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use personal_data::Finding;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many mistakes of one body are told at the most.
const MISTAKES_MAX: usize = 100;

/// The validators of the contract's request bodies, by the name of their schema.
pub(crate) struct Validators(HashMap<String, Validator>);

/// A body that is what the contract says, with the texts that the guard admitted in it.
pub(crate) struct Body<C> {
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
            let built = jsonschema::options()
                .with_format(FREE_TEXT, passes)
                .with_format(NAME, passes)
                .should_validate_formats(true)
                .build(&root);
            validators.insert(name.to_owned(), built.map_err(|error| format!("{name}: {error}"))?);
        }
        Ok(Self(validators))
    }

    fn check(&self, name: &str, value: &Value) -> Result<(), Problem> {
        let validator =
            self.0.get(name).ok_or_else(|| Problem::Bug { cause: format!("no schema {name}") })?;
        if validator.is_valid(value) {
            return Ok(());
        }
        let (mut mistakes, mut findings) = (Vec::new(), Vec::new());
        let errors: Vec<_> = validator.iter_errors(value).take(MISTAKES_MAX).collect();
        for error in errors.iter().flat_map(mistakes::innermost).take(MISTAKES_MAX) {
            let pointer = error.instance_path().to_string();
            let stopped = matches!(error.kind(), ValidationErrorKind::Format { format } if guarded(format));
            match value.pointer(&pointer).and_then(Value::as_str) {
                Some(text) if stopped => findings.extend(found(&pointer, text)),
                _ => mistakes.push(violation(pointer, error.kind())),
            }
        }
        Err(if findings.is_empty() {
            Problem::Invalid { errors: mistakes }
        } else {
            Problem::PersonalData { findings, errors: mistakes }
        })
    }
}

/// Whether a schema's format says that the guard reads the string.
fn guarded(format: &str) -> bool {
    format == FREE_TEXT || format == NAME
}

/// Whether the guard, where it stands, lets a text pass.
fn passes(text: &str) -> bool {
    Gate::verdict(text).is_none_or(|verdict| !verdict.is_refused())
}

fn found(pointer: &str, text: &str) -> Vec<(String, Finding)> {
    let verdict = Gate::verdict(text);
    let findings = verdict.map(|verdict| verdict.findings).unwrap_or_default();
    findings.into_iter().map(|finding| (pointer.to_owned(), finding)).collect()
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
        _ => None,
    };
    Violation::of_schema(pointer, kind.keyword(), bound.as_deref())
}

/// JSON that does not read: where it breaks, never what stands there.
fn malformed(error: &serde_json::Error) -> Problem {
    Problem::Malformed { line: error.line(), column: error.column() }
}

/// The gate for one request: the base policy, until programmes have lists of their own.
pub(crate) fn gate(site: &Site) -> Gate {
    let rim = Arc::clone(&site.rim);
    Gate {
        screen: Arc::new(|text| personal_data::screen(text, &personal_data::Context::base())),
        draw: Arc::new(move || rim.draw()),
    }
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

/// Reads a value as a command, or tells all that is wrong with it.
pub(crate) fn read<C: DeserializeOwned + ToSchema>(
    site: &Site,
    bytes: &[u8],
) -> Result<(C, Vec<FreeText>), Problem> {
    let (read, texts) = gate(site).guard(|| {
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

impl<C: DeserializeOwned + ToSchema + 'static> FromRequest for Body<C> {
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
        async move {
            let site = site.ok_or_else(no_site)?;
            if !json {
                return Err(Problem::UnsupportedMediaType);
            }
            let bytes = bytes.await.map_err(|_too_large| Problem::TooLarge)?;
            if bytes.len() > site.settings.body_bytes_max {
                return Err(Problem::TooLarge);
            }
            let (command, texts) = read(&site, &bytes)?;
            Ok(Self { command, texts, bytes })
        }
        .boxed_local()
    }
}
