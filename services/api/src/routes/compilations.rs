//! The hubs' own compilations of a week.

use crate::answer::{self, Page, PageQuery};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, put};
use est::compilation::{Compile, Key, Revise};
use est::{Command, OrganisationId, Permission, ProgrammeId, Week};
use utoipa_actix_web::service_config::ServiceConfig;
use views::compilations::Compilation;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read).service(compile);
}

/// The compilations of a week.
#[utoipa::path(tag = "Compilations", operation_id = "listCompilations", params(PageQuery),
    responses((status = 200, description = "A page of compilations.", body = Page<Compilation>)),
    extensions(("x-permission" = json!(Permission::ReadCompilations))))]
#[get("/programmes/{programme}/weeks/{week}/compilations")]
async fn list(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week)>,
    page: Query<PageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadCompilations).await?;
    let all = site.reader.compilations(&granted.grant, week).await?;
    answer::many(&site, &request, &granted, all, page.check()?).await
}

/// A hub's compilation of a week.
#[utoipa::path(tag = "Compilations", operation_id = "readCompilation",
    responses((status = 200, description = "The compilation.", body = Compilation)),
    extensions(("x-permission" = json!(Permission::ReadCompilations))))]
#[get("/programmes/{programme}/weeks/{week}/compilations/{organisation}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Week, OrganisationId)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, week, organisation) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadCompilations).await?;
    let found = site.reader.compilation(&granted.grant, week, organisation).await?;
    answer::one(&site, &request, &granted, found, |compilation| compilation.version).await
}

/// Compile a hub's week; with the version of what stands there, revise it.
#[utoipa::path(tag = "Compilations", operation_id = "compileWeek", request_body = Compile,
    responses((status = 200, description = "The week is compiled.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Compile::PERMISSION))))]
#[put("/programmes/{programme}/weeks/{week}/compilations/{organisation}")]
async fn compile(
    writing: Writing,
    path: Path<(ProgrammeId, Week, OrganisationId)>,
    body: Body<Compile>,
) -> Result<HttpResponse, Problem> {
    let (programme, week, organisation) = path.into_inner();
    let key = Key { week, organisation };
    if writing.version()? > 0 {
        let body = body.map(|Compile(statement)| Revise(statement));
        return writing
            .submit(
                programme,
                key,
                body,
                format!("programmes/{programme}/weeks/{week}/compilations/{organisation}"),
            )
            .await;
    }
    writing
        .submit(
            programme,
            key,
            body,
            format!("programmes/{programme}/weeks/{week}/compilations/{organisation}"),
        )
        .await
}
