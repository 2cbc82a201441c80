//! Texts after they were written: read by their id, erased on a ground, sealed.

use crate::answer;
use crate::body::{self, Body};
use crate::caller::{Caller, Granted};
use crate::problem::Problem;
use crate::site::Site;
use crate::writing::{ReceiptBody, Writing};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use est::guard::Guard;
use est::permission;
use est::text::{Erase, Rest, Seal, Unseal, before_striking, covered, struck};
use est::{Command, FreeText, Grant, Permission, ProgrammeId};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use views::texts::Text;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(erase).service(seal).service(unseal);
}

/// What has become of an erasure: the write's receipt, and from when the text is gone.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct ErasureReceipt {
    #[serde(flatten)]
    receipt: ReceiptBody,
    /// Since when the text is in nothing that the service keeps; absent in a rehearsal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    erased_at: Option<Timestamp>,
    /// Days that backups from before are kept at the most, by the operator's word.
    backup_days: u16,
    /// When the last of them is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    backups_gone_by: Option<Timestamp>,
    /// Other texts that hold the same words, each to be erased on a ground of its own. Told by a rehearsal and when the
    /// text is erased; afterwards nobody knows the words.
    #[schema(max_items = 10_000)]
    also_in: Vec<Uuid>,
}

/// A text by its id, with where it stands and what has become of it. A sealed body is the registrar's alone to read.
#[utoipa::path(tag = "Texts", operation_id = "readText",
    responses((status = 200, description = "The text.", body = Text)),
    extensions(("x-permission" = json!(Permission::ReadText))))]
#[get("/programmes/{programme}/texts/{text}")]
async fn read(
    site: Data<Site>,
    caller: Caller,
    path: Path<(ProgrammeId, Uuid)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (programme, id) = path.into_inner();
    let granted = caller.granted(&site, programme, Permission::ReadText).await?;
    let addenda = addenda(&site, &caller, &granted);
    let found = site.reader.text(&granted.grant, addenda.as_ref(), &granted.facts, id).await?;
    answer::one(&site, &request, &granted, found, |text| text.version).await
}

/// Erase a text, or strike spans of it. Body and salt are deleted; a mark tells readers that it was so, and why.
#[utoipa::path(tag = "Texts", operation_id = "eraseText", request_body = Erase,
    responses((status = 201, description = "The text is erased.", body = ErasureReceipt)),
    extensions(("x-permission" = json!(Erase::PERMISSION))))]
#[post("/programmes/{programme}/texts/{text}/erasure")]
async fn erase(
    writing: Writing,
    path: Path<(ProgrammeId, Uuid)>,
    body: Body<Erase>,
) -> Result<HttpResponse, Problem> {
    let (programme, id) = path.into_inner();
    let (site, caller) = (writing.site.clone(), writing.caller.clone());
    let mut granted = caller.granted(&site, programme, Erase::PERMISSION).await?;
    let mut body = body;
    body.command.place = site.reader.place(&granted.grant, &granted.facts, id).await?;
    if body.command.place.is_none() {
        // What was erased since the facts were read stands in those of now.
        granted = caller.granted(&site, programme, Erase::PERMISSION).await?;
        body.command.place = site.reader.place(&granted.grant, &granted.facts, id).await?;
    }
    let standing = site.reader.standing(&granted.grant, &granted.facts, id).await?;
    let (ground, spans) = (&body.command.ground, &body.command.spans);
    let done = granted.facts.texts.get(&id).is_some_and(|state| state.done(ground, spans));
    let mut also_in = Vec::new();
    if let Some((of, text)) = standing.filter(|_| !done) {
        let spans = &body.command.spans;
        let words = if spans.is_empty() { vec![text.clone()] } else { covered(&text, spans) };
        let addenda = addenda(&site, &caller, &granted);
        let wanted = (words.as_slice(), of);
        also_in = site.reader.texts_with(&granted.grant, addenda.as_ref(), &granted.facts, wanted).await?;
        also_in.retain(|other| *other != id);
        if !spans.is_empty() {
            strike(&site, granted.facts.guard(), &mut body, (of, &text))?;
        }
    }
    let path = format!("programmes/{programme}/texts/{id}");
    let receipt = writing.receive(programme, id, body, path).await?;
    let facts = site.writer.standing().current(&site.database, programme.0).await?;
    let erased_at = facts.and_then(|facts| Some(facts.texts.get(&id)?.erasure()?.at));
    let days = site.settings.backup_days;
    let kept = SignedDuration::from_hours(24 * i64::from(days));
    let answer = ErasureReceipt {
        receipt: writing.receipt(&receipt),
        erased_at,
        backup_days: days,
        backups_gone_by: erased_at.and_then(|at| at.checked_add(kept).ok()),
        also_in,
    };
    Ok(writing.answer(&receipt, answer))
}

/// Makes what is left of a text. The guard reads it as it reads every text, and may find what nobody struck.
fn strike(
    site: &Site,
    guard: &Arc<Guard>,
    body: &mut Body<Erase>,
    (of, text): (Uuid, &str),
) -> Result<(), Problem> {
    let spans = &body.command.spans;
    let left = struck(text, spans)?;
    let findings = |left: &str| {
        let verdict = est::text::Gate::verdict(left);
        verdict.map(|verdict| verdict.findings).unwrap_or_default()
    };
    let (admitted, texts) = body::gate(site, guard).guard(|| {
        serde_json::from_value::<FreeText>(Value::from(left.as_str())).map_err(|_refused| findings(&left))
    });
    let told = |findings: Vec<personal_data::Finding>| {
        let placed = findings.into_iter().map(|mut finding| {
            finding.start = before_striking(finding.start, spans);
            finding.end = before_striking(finding.end, spans);
            ("/spans".to_owned(), finding)
        });
        Problem::PersonalData {
            findings: placed.collect(),
            policy: guard.policy_version(),
            errors: Vec::new(),
        }
    };
    let text = admitted.map_err(told)?;
    body.command.rest = Some(Rest { of, text });
    body.texts.extend(texts);
    Ok(())
}

/// Seal a text: from then on its body is null for all but the registrar.
#[utoipa::path(tag = "Texts", operation_id = "sealText", request_body = Seal,
    responses((status = 200, description = "The text is sealed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Seal::PERMISSION))))]
#[put("/programmes/{programme}/texts/{text}/seal")]
async fn seal(
    writing: Writing,
    path: Path<(ProgrammeId, Uuid)>,
    body: Body<Seal>,
) -> Result<HttpResponse, Problem> {
    let (programme, id) = path.into_inner();
    let granted = writing.caller.granted(&writing.site, programme, Seal::PERMISSION).await?;
    let place = writing.site.reader.place(&granted.grant, &granted.facts, id).await?;
    let body = body.map(|seal| Seal { place, ..seal });
    writing.submit(programme, id, body, format!("programmes/{programme}/texts/{id}")).await
}

/// Unseal a text: it is read again where it stands.
#[utoipa::path(tag = "Texts", operation_id = "unsealText",
    responses((status = 200, description = "The text is not sealed.", body = ReceiptBody)),
    extensions(("x-permission" = json!(Unseal::PERMISSION))))]
#[delete("/programmes/{programme}/texts/{text}/seal")]
async fn unseal(writing: Writing, path: Path<(ProgrammeId, Uuid)>) -> Result<HttpResponse, Problem> {
    let (programme, id) = path.into_inner();
    let granted = writing.caller.granted(&writing.site, programme, Unseal::PERMISSION).await?;
    let place = writing.site.reader.place(&granted.grant, &granted.facts, id).await?;
    let body = Writing::bare(Unseal { place });
    writing.submit(programme, id, body, format!("programmes/{programme}/texts/{id}")).await
}

/// The addenda that the caller may read.
fn addenda(site: &Site, caller: &Caller, granted: &Granted) -> Option<Grant> {
    permission::grant(&granted.facts, &caller.subject, Permission::ReadAddendum, site.rim.now()).ok()
}
