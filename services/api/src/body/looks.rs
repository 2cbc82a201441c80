//! The two looks that the guard takes at a body: first as everywhere, then, where it found something, as the guard of
//! the programme, which lets more through.

use super::read_at;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::site::Site;
use actix_web::{FromRequest, HttpRequest};
use est::guard::Guard;
use est::text::Gate;
use est::{FreeText, Permission, ProgrammeId};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use utoipa::ToSchema;

/// A guard at its post, with the site's randomness.
pub(crate) fn gate(site: &Site, guard: &Arc<Guard>) -> Gate {
    let (rim, guard) = (Arc::clone(&site.rim), Arc::clone(guard));
    Gate { screen: Arc::new(move |text| guard.screen(text)), draw: Arc::new(move || rim.draw()) }
}

/// Reads a body. Most hold nothing that the guard has a word about, and for them the programme is never asked for.
pub(super) async fn read<C: DeserializeOwned + ToSchema>(
    request: &HttpRequest,
    site: &Site,
    bytes: &[u8],
) -> Result<(C, Vec<FreeText>), Problem> {
    let found = Arc::new(AtomicBool::new(false));
    let first = read_at(site, &noting(gate(site, &Guard::base()), &found), bytes);
    if !found.load(Ordering::Relaxed) {
        return first;
    }
    match own(request, site).await? {
        Some(guard) => read_at(site, &gate(site, &guard), bytes),
        None => first,
    }
}

/// The same gate, which notes whether anything was found.
fn noting(gate: Gate, found: &Arc<AtomicBool>) -> Gate {
    let Gate { screen, draw } = gate;
    let found = Arc::clone(found);
    let screen = move |text: &str| {
        let verdict = screen(text);
        found.fetch_or(!verdict.is_clean(), Ordering::Relaxed);
        verdict
    };
    Gate { screen: Arc::new(screen), draw }
}

/// The guard of the programme in the path, as its lists stand now. To whoever holds no function there it does not
/// exist, so that a text cannot be used to find out that it does.
async fn own(request: &HttpRequest, site: &Site) -> Result<Option<Arc<Guard>>, Problem> {
    let programme = request.match_info().get("programme").and_then(|id| id.parse::<ProgrammeId>().ok());
    let Some(programme) = programme else { return Ok(None) };
    let Ok(caller) = Caller::extract(request).await else { return Ok(None) };
    match caller.granted(site, programme, Permission::ReadProgramme).await {
        Ok(granted) => Ok(Some(Arc::clone(granted.facts.guard()))),
        Err(Problem::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}
