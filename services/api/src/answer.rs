//! What a read answers: one thing with its entity tag, or a page of many.

use crate::caller::Granted;
use crate::problem::Problem;
use crate::site::Site;
use actix_web::http::header::{ContentType, ETAG, IF_NONE_MATCH, LINK};
use actix_web::{HttpRequest, HttpResponse};
use event_log::Fault;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What a fault of serialisation is told as.
const WRITING: &str = "writing an answer";

/// Which page of how many: pages count from 1.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// The page, from 1.
    #[serde(default = "first")]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    pub page: u32,
    /// How many to a page.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 200, default = 20)]
    pub limit: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
}

/// A page of items.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Page<T> {
    #[schema(max_items = 200)]
    pub items: Vec<T>,
    #[serde(rename = "_meta")]
    pub meta: PageMeta,
    #[serde(rename = "_links")]
    pub links: PageLinks,
}

/// Where the page lies among all.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageMeta {
    pub page: u32,
    pub limit: u32,
    /// Items on this page.
    pub count: usize,
    pub total_records: usize,
}

/// The pages beside this one.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageLinks {
    #[serde(rename = "self")]
    pub this: Link,
    pub first: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
    pub last: Link,
}

/// A link with its relation and method.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Link {
    #[schema(max_length = 8192, format = "uri")]
    pub href: String,
    #[schema(max_length = 20)]
    pub rel: &'static str,
    #[schema(max_length = 7)]
    pub method: &'static str,
}

/// Answers one thing, with its version as the entity tag; 304 when the caller has it already.
pub(crate) async fn one<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    granted: &Granted,
    found: Option<T>,
    version: impl Fn(&T) -> i32,
) -> Result<HttpResponse, Problem> {
    let found = found.ok_or(Problem::NotFound)?;
    unversioned(site, request, granted, &found, version(&found)).await
}

/// Answers what has no stream of its own, with the version of what it shows.
pub(crate) async fn unversioned<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    granted: &Granted,
    found: &T,
    version: i32,
) -> Result<HttpResponse, Problem> {
    // An erasure changes what is read, but not the version that one writes on.
    let tag = match site.reader.touched(granted.sight(), found)? {
        0 => format!("\"{version}\""),
        touched => format!("\"{version}.{touched}\""),
    };
    tagged(site, request, granted, found, tag).await
}

async fn tagged<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    granted: &Granted,
    found: &T,
    tag: String,
) -> Result<HttpResponse, Problem> {
    if known(request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    let readable = site.reader.readable(&granted.grant, granted.sight(), found).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag)).json(readable.0))
}

/// Answers what says more than its own stream, such as what other streams or the day of reading add: what stands after
/// the point in its entity tag is made of all that it says.
pub(crate) async fn composed<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    granted: &Granted,
    found: &T,
    version: i32,
) -> Result<HttpResponse, Problem> {
    // The texts stand as references in it: no word is hashed.
    let said = serde_json::to_vec(found).map_err(Fault::doing(WRITING))?;
    let touched = site.reader.touched(granted.sight(), found)?;
    let tag = format!("\"{version}.{}\"", print([&said, touched.to_be_bytes().as_slice()]));
    tagged(site, request, granted, found, tag).await
}

/// Answers what is made of many streams and has no free text: it has no version of its own.
pub(crate) fn figures(request: &HttpRequest, found: &impl Serialize) -> Result<HttpResponse, Problem> {
    let said = serde_json::to_vec(found).map_err(Fault::doing(WRITING))?;
    let tag = format!("\"0.{}\"", print([said.as_slice()]));
    if known(request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    Ok(HttpResponse::Ok().insert_header((ETAG, tag)).content_type(ContentType::json()).body(said))
}

/// A number made of what is said.
fn print<'a>(said: impl IntoIterator<Item = &'a [u8]>) -> u32 {
    let all = said.into_iter().fold(Sha256::new(), Sha256::chain_update);
    let [first, second, third, fourth, ..] = all.finalize().0;
    u32::from_be_bytes([first, second, third, fourth])
}

/// Whether the caller has this version already; the comparison is weak, since compression may have changed the bytes.
fn known(request: &HttpRequest, tag: &str) -> bool {
    let header =
        request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split(',').map(str::trim).any(|its| its == "*" || its.strip_prefix("W/").unwrap_or(its) == tag)
}

/// Answers a page of many; a page past the end is empty. The texts of the page are joined in one query.
pub(crate) async fn many<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    granted: &Granted,
    all: Vec<T>,
    page: PageQuery,
) -> Result<HttpResponse, Problem> {
    let (items, total) = turned(all, page);
    let items = site.reader.readable(&granted.grant, granted.sight(), &items).await?;
    Ok(paged(site, request, page, &items.0, total))
}

/// Answers a page of many that have no free text.
pub(crate) fn plain<T: Serialize>(
    site: &Site,
    request: &HttpRequest,
    all: Vec<T>,
    page: PageQuery,
) -> Result<HttpResponse, Problem> {
    let (items, total) = turned(all, page);
    let items = serde_json::to_value(&items).map_err(Fault::doing(WRITING))?;
    Ok(paged(site, request, page, &items, total))
}

/// The items of the page, and how many there are in all.
fn turned<T>(all: Vec<T>, page: PageQuery) -> (Vec<T>, usize) {
    let total = all.len();
    let limit = usize::try_from(page.limit).unwrap_or(20);
    let skip = usize::try_from(page.page - 1).unwrap_or(0).saturating_mul(limit);
    (all.into_iter().skip(skip).take(limit).collect(), total)
}

fn paged(
    site: &Site,
    request: &HttpRequest,
    page: PageQuery,
    items: &Value,
    total_records: usize,
) -> HttpResponse {
    let meta = PageMeta {
        page: page.page,
        limit: page.limit,
        count: items.as_array().map_or(0, Vec::len),
        total_records,
    };
    let links = links(site, request, page, total_records);
    let neighbours = [&links.prev, &links.next];
    let header: Vec<String> = [&links.first, &links.last]
        .into_iter()
        .chain(neighbours.into_iter().flatten())
        .map(|link| format!("<{}>; rel=\"{}\"", link.href, link.rel))
        .collect();
    let body = json!({ "items": items, "_meta": meta, "_links": links });
    HttpResponse::Ok().insert_header((LINK, header.join(", "))).json(body)
}

fn links(site: &Site, request: &HttpRequest, page: PageQuery, total: usize) -> PageLinks {
    let per_page = usize::try_from(page.limit).unwrap_or(20);
    let last = u32::try_from(total.div_ceil(per_page).max(1)).unwrap_or(u32::MAX);
    let others: Vec<&str> = request
        .query_string()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("page=") && !pair.starts_with("limit="))
        .collect();
    let href = |number: u32| {
        let own = format!("page={number}&limit={}", page.limit);
        let query = others.iter().copied().chain(std::iter::once(own.as_str())).collect::<Vec<_>>().join("&");
        format!("{}{}?{query}", site.settings.base_url, request.path())
    };
    let link = |rel, number| Link { href: href(number), rel, method: "GET" };
    PageLinks {
        this: link("self", page.page),
        first: link("first", 1),
        prev: (page.page > 1).then(|| link("prev", page.page - 1)),
        next: (page.page < last).then(|| link("next", page.page + 1)),
        last: link("last", last),
    }
}

impl PageQuery {
    /// Whether the page exists in principle.
    pub(crate) fn check(self) -> Result<Self, Problem> {
        let holds = (1..=100_000).contains(&self.page) && (1..=200).contains(&self.limit);
        holds.then_some(self).ok_or(Problem::PageBroken)
    }
}
