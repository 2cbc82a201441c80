//! Which methods are used on which paths, read from the contract: 404, 405 and OPTIONS are answered from it.

use crate::problem::Problem;
use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, Route, web};
use serde_json::Value;
use std::sync::Arc;

/// Paths with their methods, those with the fewest parameters first.
#[derive(Clone, Debug, Default)]
pub(crate) struct RouteTable {
    rows: Arc<Vec<Row>>,
}

#[derive(Clone, Debug)]
struct Row {
    segments: Vec<Segment>,
    methods: Vec<Method>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// What stands before and after the braces; something must stand in between.
    Parameter(String, String),
}

impl RouteTable {
    /// Reads an OpenAPI document whose paths begin at `base`, such as `/samlad/v1`.
    pub(crate) fn read(base: &str, document: &Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object);
        let entries = paths.into_iter().flatten().map(|(path, item)| {
            let used = item.as_object().into_iter().flat_map(|item| item.keys());
            (format!("{base}{path}"), used.filter_map(|key| method(key)).collect())
        });
        Self::default().extended(entries)
    }

    /// Adds a path that stands outside the contract, such as `/livez`.
    #[must_use]
    pub(crate) fn with(self, path: &str, methods: &[Method]) -> Self {
        self.extended([(path.to_owned(), methods.to_vec())])
    }

    fn extended(mut self, entries: impl IntoIterator<Item = (String, Vec<Method>)>) -> Self {
        let rows = Arc::make_mut(&mut self.rows);
        let row =
            |(path, methods): (String, _)| Row { segments: path.split('/').map(segment).collect(), methods };
        rows.extend(entries.into_iter().map(row));
        rows.sort_by_key(Row::parameters);
        self
    }

    /// What `Allow` says of a path, if it is one of ours.
    fn find(&self, path: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.is(path))
    }
}

impl Row {
    fn parameters(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Parameter(..))).count()
    }

    fn is(&self, path: &str) -> bool {
        let mut given = path.split('/');
        self.segments.iter().all(|segment| given.next().is_some_and(|part| segment.is(part)))
            && given.next().is_none()
    }

    /// HEAD goes where GET does, and OPTIONS everywhere.
    fn allow(&self) -> String {
        let mut names: Vec<&str> = self.methods.iter().map(Method::as_str).collect();
        if names.contains(&"GET") {
            names.push("HEAD");
        }
        names.push("OPTIONS");
        names.join(", ")
    }
}

impl Segment {
    fn is(&self, part: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == part,
            Self::Parameter(before, after) => part
                .strip_prefix(before.as_str())
                .and_then(|rest| rest.strip_suffix(after.as_str()))
                .is_some_and(|inside| !inside.is_empty()),
        }
    }
}

fn segment(template: &str) -> Segment {
    let braces = template.split_once('{').zip(template.rsplit_once('}'));
    braces.map_or_else(
        || Segment::Literal(template.to_owned()),
        |((before, _), (_, after))| Segment::Parameter(before.to_owned(), after.to_owned()),
    )
}

fn method(key: &str) -> Option<Method> {
    let methods = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    methods.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(key))
}

/// The default service, because actix answers 404 to a method that no route of a path takes.
pub(crate) fn no_such_route(paths: &RouteTable) -> Route {
    let paths = paths.clone();
    web::to(move |request: HttpRequest| {
        let answer = answer(&paths, &request);
        async move { answer }
    })
}

fn answer(paths: &RouteTable, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let row = paths.find(request.path()).ok_or(Problem::NoSuchRoute)?;
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((ALLOW, row.allow())).finish());
    }
    if row.methods.contains(request.method()) {
        return Err(Problem::NoSuchRoute);
    }
    Err(Problem::MethodNotAllowed { allow: row.allow() })
}
