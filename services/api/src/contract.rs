//! The contract: what the routes say of themselves, finished into an OpenAPI document that others can build on.

use crate::problem::ProblemBody;
use crate::routes;
use crate::site::ROOT;
use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;
use utoipa_actix_web::AppExt;

/// The address in the committed contract; a served one names its own when it is encrypted.
const EXAMPLE: &str = "https://samlad.example.se";

/// What the API is for, with its service level and its known limits.
const DESCRIPTION: &str = include_str!("contract/description.md");

const TAGS: &[(&str, &str)] = &[
    ("Reports", "Weekly reports: what a unit has seen, or that it was calm."),
    ("Weeks", "The weekly cycle, who has reported, and what a week came to."),
    ("Picture", "The weekly picture: drafted, written, adopted, distributed, corrected."),
    ("Compilations", "The hubs' own compilations."),
    ("Addenda", "Organisations' own addenda."),
    ("Texts", "What becomes of a text after it was written: erased on a ground, or sealed."),
    ("Problems", "Problems that persist."),
    ("Analyses", "The analysis of an area, for a week or a period."),
    ("Priorities", "The areas that are prioritised for a period, and what it and a year came to."),
    (
        "Interventions",
        "What is done: proposed, decided, carried out, followed up; and what was reported meanwhile.",
    ),
    ("Pledges", "Citizen pledges: what police and municipality promise in the long run."),
    ("Areas", "The programme's areas."),
    ("Organisations", "Organisations and their reporting units."),
    ("Functions", "Functions and their holders."),
    ("Distribution list", "Who receives the picture, and why."),
    ("Rescreening", "What a new policy of the personal-data guard finds in stored texts."),
    ("Programmes", "Programmes: opened, prepared, activated."),
    ("Guard", "The personal-data guard: what a programme adds to it, and what it says of a text."),
    ("About", "The API itself."),
];

/// The answers that any operation may give beside its own: status, name and meaning.
const COMMON: &[(&str, &str, &str)] = &[
    ("400", "Malformed", "The request cannot be read: broken JSON, a header or a parameter out of bounds."),
    ("401", "Unauthenticated", "No token, or one that is not trusted."),
    ("403", "Forbidden", "The caller's functions may not do this."),
    ("404", "NotFound", "There is no such thing for the caller."),
    ("405", "MethodNotAllowed", "The resource does not take this method."),
    ("429", "TooManyRequests", "The quota is used up; see Retry-After."),
    ("500", "ServerError", "A fault of the service; it has been logged."),
    ("503", "Unavailable", "The service is overloaded or its database out of reach; see Retry-After."),
];

/// The answers that a write may give besides.
const WRITING: &[(&str, &str, &str)] = &[
    ("409", "Conflict", "A rule of the method, or the state of things, stands in the way."),
    ("412", "PreconditionFailed", "The caller decided on an older version."),
    ("413", "TooLarge", "The body is too large."),
    ("415", "UnsupportedMediaType", "The body is of another kind than the operation takes."),
    ("422", "Unprocessable", "The body breaks the contract, or holds personal data."),
    ("428", "PreconditionRequired", "If-Match says any version (*); it must say which."),
];

/// Those of them that reading a body is enough for.
const READING_A_BODY: &[&str] = &["413", "415", "422"];

/// The contract as a JSON document; `base_url` is where it is served.
pub fn contract(base_url: &str) -> Value {
    let (_, api) = App::new().into_utoipa_app().configure(routes::configure).split_for_parts();
    let mut document = serde_json::to_value(&api).unwrap_or_default();
    let server = if base_url.starts_with("https://") { base_url } else { EXAMPLE };
    let about = |(name, description): &(&str, &str)| json!({ "name": name, "description": description });
    if let Some(root) = document.as_object_mut() {
        root.insert("info".to_owned(), about_the_api());
        let example = "Production; the address is an example.";
        let server = json!({ "url": format!("{server}{ROOT}"), "description": example, "x-internal": false });
        root.insert("servers".to_owned(), json!([server]));
        root.insert("tags".to_owned(), TAGS.iter().map(about).collect());
        let components = root.entry("components").or_insert_with(|| json!({}));
        finish_components(components);
        let paths = root.get_mut("paths").and_then(Value::as_object_mut);
        paths.into_iter().flatten().for_each(|(path, item)| finish_path(path, item));
        root.get_mut("paths").into_iter().for_each(bound);
    }
    document
}

fn about_the_api() -> Value {
    json!({
        "title": "Samlad",
        "version": crate::VERSION,
        "description": DESCRIPTION,
        "termsOfService": format!("{EXAMPLE}/villkor"),
        "contact": { "name": "Samlad", "url": EXAMPLE, "email": "support@samlad.example.se" },
        "license": { "name": "EUPL-1.2", "url": "https://eupl.eu/1.2/sv/" },
    })
}

/// Puts bounds on what has none, and lets the items of pages be the schemas that they are.
fn bound(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            match members.get("type").and_then(Value::as_str) {
                Some("integer") => {
                    let format = members.entry("format").or_insert_with(|| "int64".into()).clone();
                    let most =
                        if format == "int64" { json!(9_007_199_254_740_991_i64) } else { json!(i32::MAX) };
                    members.entry("minimum").or_insert_with(|| json!(0));
                    members.entry("maximum").or_insert(most);
                }
                Some("array") => {
                    members.entry("maxItems").or_insert_with(|| json!(10_000));
                }
                Some("string") if !members.contains_key("enum") => {
                    let most = match members.get("format").and_then(Value::as_str) {
                        Some("uuid") => 36,
                        Some("date") => 10,
                        Some("date-time") => 40,
                        _ => 400,
                    };
                    members.entry("maxLength").or_insert_with(|| json!(most));
                }
                _ => {}
            }
            // A variant of a choice takes no other members than its own, whether or not its schema says so.
            if let Some(Value::Array(variants)) = members.get_mut("oneOf") {
                let objects = variants.iter_mut().filter(|variant| variant.get("properties").is_some());
                objects.for_each(|variant| variant["additionalProperties"] = Value::Bool(false));
            }
            members.values_mut().for_each(bound);
        }
        Value::Array(items) => items.iter_mut().for_each(bound),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands in full where a generic schema was filled in becomes a reference to the schema of that name.
fn refer_to(schemas: &mut Map<String, Value>, name: &str) {
    let Some(whole) = schemas.get(name).cloned() else { return };
    let others = schemas.iter_mut().filter(|(its, _)| *its != name);
    others.for_each(|(_, schema)| replace(schema, &whole, name));
}

fn replace(schema: &mut Value, whole: &Value, name: &str) {
    let same = |member: &str| schema.get(member) == whole.get(member);
    if schema.is_object() && same("properties") && same("type") && same("format") && same("pattern") {
        *schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        return;
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, whole, name)),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, whole, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn refer_to_items(schemas: &mut Map<String, Value>) {
    let pages: Vec<String> = schemas.keys().filter(|name| name.starts_with("Page_")).cloned().collect();
    for page in pages {
        let item = page.trim_start_matches("Page_").to_owned();
        let its = "/properties/items/items";
        if let (true, Some(items)) =
            (schemas.contains_key(&item), schemas.get_mut(&page).and_then(|page| page.pointer_mut(its)))
        {
            *items = json!({ "$ref": format!("#/components/schemas/{item}") });
        }
    }
}

fn finish_components(components: &mut Value) {
    let Some(components) = components.as_object_mut() else { return };
    components.insert(
        "securitySchemes".to_owned(),
        json!({
            "bearerAuth": {
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "An access token by RFC 9068, checked by RFC8725.",
            },
            "oauth2": {
                "type": "oauth2",
                "description": "The municipality's own authorisation server; tokens are checked by RFC8725.",
                "flows": { "clientCredentials": { "tokenUrl": format!("{EXAMPLE}/oauth2/token"), "scopes": {} } },
            },
        }),
    );
    let mut responses = Map::new();
    for (status, name, description) in COMMON.iter().chain(WRITING) {
        let mut response = json!({
            "description": description,
            "headers": headers(status),
            "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDetails" } },
            },
        });
        if *status == "401" {
            let headers = response.get_mut("headers").and_then(Value::as_object_mut);
            let why = header("Why the token was not taken.", json!({ "type": "string", "maxLength": 300 }));
            headers.and_then(|headers| headers.insert("WWW-Authenticate".to_owned(), why));
        }
        responses.insert((*name).to_owned(), response);
    }
    components.insert("responses".to_owned(), Value::Object(responses));
    components.insert("parameters".to_owned(), parameters());
    if let Some(schemas) = components.entry("schemas").or_insert_with(|| json!({})).as_object_mut() {
        schemas.insert(
            "ProblemDetails".to_owned(),
            serde_json::to_value(ProblemBody::schema()).unwrap_or_default(),
        );
        refer_to_items(schemas);
        for name in ["TextRef", "FreeText"] {
            refer_to(schemas, name);
        }
        schemas.values_mut().for_each(bound);
    }
}

fn parameters() -> Value {
    let tag = "^\"[0-9]{1,10}(\\.[0-9]{1,10})?\"$";
    json!({
        "Traceparent": {
            "name": "traceparent", "in": "header", "required": false,
            "description": "W3C trace context; what is malformed is ignored.",
            "schema": { "type": "string" },
        },
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "The same key with the same request gives the same answer again. Kept at least 14 days.",
            "schema": { "type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]{8,64}$" },
        },
        "IfMatch": {
            "name": "If-Match", "in": "header", "required": true,
            "description": "The version decided on, as the entity tag gave it; \"0\" for nothing yet. Missing: 400.",
            "schema": { "type": "string", "maxLength": 24, "pattern": tag },
        },
        "DryRun": {
            "name": "dryRun", "in": "query", "required": false,
            "description": "Try the request: all findings, and nothing stored.",
            "schema": { "type": "boolean", "default": false },
        },
    })
}

fn finish_path(path: &str, item: &mut Value) {
    let Some(methods) = item.as_object_mut() else { return };
    for (method, operation) in methods {
        if let Some(operation) = operation.as_object_mut() {
            name_programme(path, operation);
            finish_operation(method, operation);
        }
    }
}

/// A path with the programme alone says nothing of it: a single identity is taken for a set of parameters.
fn name_programme(path: &str, operation: &mut Map<String, Value>) {
    let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() else {
        return;
    };
    let named = parameters.iter().any(|parameter| parameter["name"] == "programme");
    if path.contains("{programme}") && !named {
        let schema = json!({ "$ref": "#/components/schemas/ProgrammeId" });
        parameters
            .insert(0, json!({ "name": "programme", "in": "path", "required": true, "schema": schema }));
    }
}

fn finish_operation(method: &str, operation: &mut Map<String, Value>) {
    // What only looks at a body writes nothing: it needs no key, and there is nothing to rehearse.
    let looks = operation.get("x-stores") == Some(&Value::Bool(false));
    let writes = method != "get" && !looks;
    let summary = operation.get("summary").and_then(Value::as_str).unwrap_or_default().to_owned();
    operation.entry("description").or_insert_with(|| Value::String(summary.clone()));
    let public = operation.get("security").is_some();
    operation.insert(
        "security".to_owned(),
        if public { json!([]) } else { json!([{ "bearerAuth": [] }, { "oauth2": [] }]) },
    );
    let mut wanted = vec!["Traceparent"];
    match method {
        _ if looks => {}
        "post" => wanted.extend(["IdempotencyKey", "DryRun"]),
        "put" | "delete" => wanted.extend(["IfMatch", "DryRun"]),
        _ => {}
    }
    let common = wanted.iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }));
    let mut is_one = false;
    if let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        is_one = parameters.iter().any(|parameter| parameter["in"] == "path");
        parameters.extend(common);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, response) in responses.iter_mut() {
        finish_response(status, writes, response);
        if looks && let Some(headers) = response["headers"].as_object_mut() {
            headers.remove("ETag");
        }
    }
    if writes {
        rehearsed(responses);
    } else if !public && !looks {
        responses.insert(
            "304".to_owned(),
            json!({ "description": "The caller has it already.", "headers": headers("304") }),
        );
    }
    let besides = WRITING.iter().filter(|(status, ..)| writes || (looks && READING_A_BODY.contains(status)));
    for (status, name, _) in COMMON.iter().chain(besides) {
        if public && (matches!(*status, "401" | "403") || (*status == "404" && !is_one)) {
            continue;
        }
        responses.insert((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }));
    }
}

fn finish_response(status: &str, writes: bool, response: &mut Value) {
    let mut all = headers(status);
    if let Some(all) = all.as_object_mut() {
        all.insert("ETag".to_owned(), header("The version.", json!({ "type": "string", "maxLength": 64 })));
        if status == "201" {
            let place = json!({ "type": "string", "format": "uri", "maxLength": 400 });
            all.insert("Location".to_owned(), header("Where it stands.", place));
        }
        if writes {
            let replayed = json!({ "type": "string", "enum": ["true"] });
            all.insert(
                "Idempotent-Replayed".to_owned(),
                header("The answer to an earlier request with this key.", replayed),
            );
        }
    }
    response["headers"] = all;
}

/// A rehearsal of a POST answers 200 with the same body as the real one.
fn rehearsed(responses: &mut Map<String, Value>) {
    if let (Some(made), false) = (responses.get("201").cloned(), responses.contains_key("200")) {
        let mut tried = made;
        let description = "The request was tried (dryRun): it would be taken, and nothing is stored.";
        tried.as_object_mut().and_then(|tried| tried.insert("description".to_owned(), description.into()));
        responses.insert("200".to_owned(), tried);
    }
}

/// The headers of every answer.
fn headers(status: &str) -> Value {
    let text = |length: u32| json!({ "type": "string", "maxLength": length });
    let mut all = json!({
        "traceparent": header("The trace that the request belongs to.", text(55)),
        "RateLimit-Policy": header("The quota: requests, and the window in seconds.", text(100)),
        "RateLimit": header("What is left of the quota, and the seconds until it is whole.", text(100)),
    });
    if matches!(status, "429" | "503") {
        let seconds = json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 86400 });
        let wait = header("Seconds to wait.", seconds);
        all.as_object_mut().and_then(|all| all.insert("Retry-After".to_owned(), wait));
    }
    all
}

#[expect(clippy::needless_pass_by_value, reason = "the schema is made in the call")]
fn header(description: &str, schema: Value) -> Value {
    json!({ "description": description, "schema": schema })
}
