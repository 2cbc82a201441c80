//! The service itself: what API this is, and the problems it answers with.

use crate::problem::{self, Listed, Problem};
use crate::site::Site;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api_info).service(problems).service(known_problem);
}

/// What API this is, in the words of the national profile.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiInfo)]
#[expect(clippy::struct_field_names, reason = "the profile names them so")]
struct About {
    #[schema(max_length = 40)]
    api_name: &'static str,
    #[schema(max_length = 20)]
    api_version: &'static str,
    /// The day it was released.
    #[schema(max_length = 10, format = "date")]
    api_released: &'static str,
    #[schema(max_length = 400, format = "uri")]
    api_documentation: String,
    #[schema(max_length = 20)]
    api_status: &'static str,
}

/// The API's name, version and status.
#[utoipa::path(tag = "About", operation_id = "readApiInfo", security(()),
    responses((status = 200, description = "About the API.", body = About)))]
#[get("/api-info")]
async fn api_info(site: Data<Site>) -> HttpResponse {
    HttpResponse::Ok().json(About {
        api_name: "Samlad",
        api_version: crate::VERSION,
        api_released: crate::RELEASED,
        api_documentation: site.link("docs/"),
        api_status: "beta",
    })
}

/// A problem that the API may answer with.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct KnownProblem {
    #[schema(max_length = 80)]
    code: &'static str,
    status: u16,
    #[schema(max_length = 400)]
    swedish: &'static str,
    #[schema(max_length = 400)]
    english: &'static str,
}

/// Every problem that the API may answer with, by its code.
#[utoipa::path(tag = "About", operation_id = "listKnownProblems", security(()),
    responses((status = 200, description = "The problems.", body = Vec<KnownProblem>)))]
#[get("/problems")]
async fn problems() -> HttpResponse {
    let known = problem::catalogue().into_iter();
    HttpResponse::Ok().json(known.map(KnownProblem::from).collect::<Vec<_>>())
}

/// One problem that the API may answer with: what its `type` leads to.
#[utoipa::path(tag = "About", operation_id = "readKnownProblem", security(()),
    responses((status = 200, description = "The problem.", body = KnownProblem)))]
#[get("/problems/{code}")]
async fn known_problem(code: Path<String>) -> Result<HttpResponse, Problem> {
    let known = problem::catalogue().into_iter().find(|listed| listed.code == *code);
    Ok(HttpResponse::Ok().json(KnownProblem::from(known.ok_or(Problem::NotFound)?)))
}

impl From<Listed> for KnownProblem {
    fn from(Listed { code, status, swedish, english }: Listed) -> Self {
        Self { code, status, swedish, english }
    }
}
