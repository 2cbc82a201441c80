//! `samlad token`: an access token of the built-in issuer, for demonstration and tests.

use crate::issuer::Issuer;
use crate::settings::Token;
use crate::system::{System, say};
use anyhow::{Context, bail};
use est::Subject;
use event_log::Rim;
use std::path::Path;
use std::time::Duration;

/// The name of the built-in issuer; a real one is never called so.
pub(crate) const ISSUER: &str = "https://issuer.invalid/samlad-demonstration";

pub(crate) fn perform(token: &Token) -> anyhow::Result<()> {
    if !token.development {
        bail!(
            "the built-in issuer is for development only: pass --development or set SAMLAD_DEVELOPMENT=true"
        );
    }
    let lifetime = Duration::from_secs(u64::from(token.minutes) * 60);
    let issuer = Issuer::load_or_create(&folder(&token.folder))?;
    say(&make(&issuer, &token.subject, &token.audience, lifetime)?)
}

/// Where the issuer keeps its key, within the folder of the demonstration.
pub(crate) fn folder(demonstration: &Path) -> std::path::PathBuf {
    demonstration.join("issuer")
}

/// A token for a subject, from now on.
pub(crate) fn make(
    issuer: &Issuer,
    subject: &str,
    audience: &str,
    lifetime: Duration,
) -> anyhow::Result<String> {
    let subject = Subject::new(subject).context("not a subject: letters, digits and . _ : @ | - only")?;
    let jti = System.identity().to_string();
    Ok(issuer.token(&subject, "samlad-demonstration", audience, ISSUER, System.now(), lifetime, &jti)?)
}
