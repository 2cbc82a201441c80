//! Where the issuer's public keys are read: a file, an address, or a set in hand.

use std::io::Read as _;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, fs, io};

use jsonwebtoken::jwk::JwkSet;
use rustls::crypto::aws_lc_rs;
use serde::Deserialize;
use tokio::task;
use ureq::http::{StatusCode, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A set of keys is a few kilobytes; certificates beside each key may make it tens.
const SET_BYTES_MAX: u64 = 256 * 1024;
const CONNECT: Duration = Duration::from_secs(2);
const WHOLE_READING: Duration = Duration::from_secs(5);

/// Where the keys are.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A JWK set (RFC 7517) in a file, read again as if it stood behind an address.
    File(PathBuf),
    /// The issuer's `jwks_uri`: https, or http on this machine.
    Url(String),
    /// Keys that do not change while the service runs.
    Set(JwkSet),
}

/// Why there are no keys to verify with.
#[derive(Debug)]
pub enum KeyFault {
    Unnamed,
    NotHttps,
    File(PathBuf, io::Error),
    Address(String, Box<ureq::Error>),
    Status(String, StatusCode),
    NotAKeySet(serde_json::Error),
    NoUsableKey,
    Interrupted(task::JoinError),
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => f.write_str("the issuer and the audience of access tokens must be named"),
            Self::NotHttps => f.write_str("keys are fetched by https, or by http from this machine alone"),
            Self::File(path, fault) => {
                write!(f, "the issuer's keys in {} cannot be read: {fault}", path.display())
            }
            Self::Address(url, fault) => write!(f, "the issuer's keys at {url} cannot be read: {fault}"),
            Self::Status(url, status) => {
                write!(f, "the issuer's keys at {url} cannot be read: it answers {status}")
            }
            Self::NotAKeySet(fault) => write!(f, "the issuer's keys are not a JWK set: {fault}"),
            Self::NoUsableKey => {
                f.write_str("the issuer's key set has no key for ES256, RS256, PS256 or EdDSA")
            }
            Self::Interrupted(fault) => {
                write!(f, "the reading of the issuer's keys was interrupted: {fault}")
            }
        }
    }
}

impl std::error::Error for KeyFault {}

impl KeySource {
    pub(super) async fn read(&self) -> Result<JwkSet, KeyFault> {
        let reading = match self.clone() {
            Self::Set(set) => return Ok(set),
            Self::File(path) => task::spawn_blocking(move || from_file(&path)),
            Self::Url(url) => task::spawn_blocking(move || from_address(&url)),
        };
        parse(&reading.await.map_err(KeyFault::Interrupted)??)
    }
}

/// A key of a kind we do not know is passed over, as RFC 7517 section 5 asks, and does not cost us the rest.
fn parse(bytes: &[u8]) -> Result<JwkSet, KeyFault> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<serde_json::Value>,
    }
    let set: Set = serde_json::from_slice(bytes).map_err(KeyFault::NotAKeySet)?;
    Ok(JwkSet { keys: set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect() })
}

fn from_file(path: &Path) -> Result<Vec<u8>, KeyFault> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(SET_BYTES_MAX).read_to_end(&mut bytes))
        .map_err(|fault| KeyFault::File(path.to_owned(), fault))?;
    Ok(bytes)
}

/// No redirect is followed and no proxy taken from the environment: the keys come from where the operator
/// said.
fn from_address(url: &str) -> Result<Vec<u8>, KeyFault> {
    let secure = is_secure(url).ok_or(KeyFault::NotHttps)?;
    let mut config = ureq::Agent::config_builder()
        .https_only(secure)
        .max_redirects(0)
        .proxy(None)
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE_READING))
        .accept("application/jwk-set+json, application/json");
    if secure {
        config = config.tls_config(tls());
    }
    let fault = |fault| KeyFault::Address(url.to_owned(), Box::new(fault));
    let mut response = config.build().new_agent().get(url).call().map_err(fault)?;
    if response.status() != StatusCode::OK {
        return Err(KeyFault::Status(url.to_owned(), response.status()));
    }
    response.body_mut().with_config().limit(SET_BYTES_MAX).read_to_vec().map_err(fault)
}

/// ureq would panic for want of both: it finds a provider only if the process has installed one, and roots
/// only with a feature we leave out. These are the machine's own roots, where a municipality's authority may
/// stand.
fn tls() -> TlsConfig {
    let native = rustls_native_certs::load_native_certs();
    for fault in &native.errors {
        tracing::warn!(%fault, "some of this machine's root certificates cannot be read");
    }
    let roots = native.certs.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
    TlsConfig::builder()
        .root_certs(RootCerts::from(roots))
        .unversioned_rustls_crypto_provider(Arc::new(aws_lc_rs::default_provider()))
        .build()
}

/// Whether by https; None where neither that nor this machine is meant.
fn is_secure(url: &str) -> Option<bool> {
    let url: Uri = url.parse().ok()?;
    let host = url.host()?.trim_matches(['[', ']']);
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match url.scheme_str()? {
        "https" => Some(true),
        "http" if here => Some(false),
        _ => None,
    }
}
