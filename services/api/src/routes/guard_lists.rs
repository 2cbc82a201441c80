//! What a programme adds to the personal-data guard: its published numbers, and the names of its places.

use crate::answer;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, put};
use est::programme::{Itself, SetGuardLists};
use est::{Command, Permission, ProgrammeId};
use utoipa_actix_web::service_config::ServiceConfig;
use views::programme::{self, OwnLists};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(set);
}

/// What the programme adds to the guard.
#[utoipa::path(tag = "Guard", operation_id = "readGuardLists",
    responses((status = 200, description = "The lists.", body = OwnLists)),
    extensions(("x-permission" = json!(Permission::ReadProgramme))))]
#[get("/programmes/{programme}/guard-lists")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<ProgrammeId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let granted = caller.granted(&site, *path, Permission::ReadProgramme).await?;
    let found = programme::own_lists(&granted.grant, &granted.facts);
    answer::one(&site, &request, &granted, found, |lists| lists.version).await
}

/// Settle what the programme adds to the guard, as a whole; the version is the programme's.
#[utoipa::path(tag = "Guard", operation_id = "setGuardLists", request_body = SetGuardLists,
    responses((status = 200, description = "The lists are settled.", body = ReceiptBody)),
    extensions(("x-permission" = json!(SetGuardLists::PERMISSION))))]
#[put("/programmes/{programme}/guard-lists")]
async fn set(
    writing: Writing,
    path: Path<ProgrammeId>,
    body: Body<SetGuardLists>,
) -> Result<HttpResponse, Problem> {
    let programme = path.into_inner();
    writing.submit(programme, Itself, body, format!("programmes/{programme}/guard-lists")).await
}
