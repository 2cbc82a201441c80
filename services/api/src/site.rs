//! What the service stands on: everything a route may need, made once and shared.

use crate::body::Validators;
use crate::tokens::Tokens;
use est::Subject;
use event_log::{Database, Rim, Writer};
use std::net::IpAddr;
use std::sync::Arc;
use views::Reader;

/// The site where the API is served.
pub(crate) struct Site {
    pub writer: Writer,
    pub database: Database,
    pub reader: Reader,
    pub tokens: Arc<Tokens>,
    pub rim: Arc<dyn Rim>,
    pub validators: Validators,
    pub settings: Settings,
}

/// What the operator decides of the API.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address that callers use, without the path: `https://samlad.example.se`. Links are made from it, never
    /// from what a request claims.
    pub base_url: String,
    /// Who may open programmes.
    pub operators: Vec<Subject>,
    /// The proxies in front, whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Days that backups are kept: so long after an erasure the text may still be in one.
    pub backup_days: u16,
    /// Threads that serve requests.
    pub threads: usize,
    /// The longest request body, in bytes; one that holds many things, such as a batch, may have sixteen times as many.
    pub body_bytes_max: usize,
}

/// The path under which the API lies.
pub(crate) const ROOT: &str = "/samlad/v1";

impl Site {
    /// The absolute address of a path under the root.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{ROOT}/{path}", self.settings.base_url)
    }
}
