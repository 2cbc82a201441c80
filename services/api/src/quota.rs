//! How much a client may ask in a window, and what it is told of that (draft-ietf-httpapi-ratelimit-headers).

use crate::peer;
use actix_web::dev::RequestHead;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");
/// Probes are asked by the platform, which takes a refusal for a failure.
const UNMETERED: &[&str] = &["/livez", "/readyz", "/metrics"];
/// So many charges between two rounds that forget those who have their full quota again.
const CHARGES_BETWEEN_ROUNDS: u32 = 16_384;
/// So many tokens are remembered; beyond it all are forgotten, and each costs its peer one request.
const TOKENS_MAX: usize = 16_384;

/// So many requests in so many seconds, for each client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaSettings {
    pub requests: u32,
    pub window_seconds: u32,
}

/// Who calls, once a route has verified it; noted on the request, for the quota and the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client(pub String);

impl Client {
    /// Notes who calls. The log prints it: it is a client's or a function's identity, not a person's name.
    pub(crate) fn note(request: &HttpRequest, name: impl Into<String>) {
        request.extensions_mut().insert(Self(name.into()));
    }
}

type Limiter = RateLimiter<u64, DashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// The quotas of all who call.
pub(crate) struct Quotas {
    limiter: Limiter,
    settings: QuotaSettings,
    policy: HeaderValue,
    proxies: Vec<IpAddr>,
    hasher: RandomState,
    /// Tokens that a route has verified, and their client. Whoever makes tokens up stays with the quota of
    /// the address they come from, so that made-up tokens win nothing.
    known: RwLock<HashMap<u64, u64>>,
    charges: AtomicU32,
}

/// What one request cost.
pub(crate) struct Charge {
    /// The token that came along, for `learn`.
    token: Option<u64>,
    /// The client it was known to be of.
    known: Option<u64>,
    remaining: u32,
    /// Seconds to wait, when the quota is used up.
    pub(crate) refused: Option<u32>,
}

impl Quotas {
    pub(crate) fn new(settings: QuotaSettings, proxies: Vec<IpAddr>) -> Self {
        let requests = NonZeroU32::new(settings.requests).unwrap_or(NonZeroU32::MIN);
        let window_seconds = settings.window_seconds.max(1);
        let period = Duration::from_secs(u64::from(window_seconds)) / requests.get();
        let quota = Quota::with_period(period).unwrap_or(Quota::per_second(requests)).allow_burst(requests);
        let policy = format!("\"client\";q={requests};w={window_seconds}");
        Self {
            limiter: RateLimiter::dashmap(quota).with_middleware(),
            settings: QuotaSettings { requests: requests.get(), window_seconds },
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("")),
            proxies,
            hasher: RandomState::new(),
            known: RwLock::default(),
            charges: AtomicU32::new(0),
        }
    }

    /// Charges the client of a token that is known, else the address that the request comes from.
    pub(crate) fn charge(&self, head: &RequestHead) -> Option<Charge> {
        if UNMETERED.contains(&head.uri.path()) {
            return None;
        }
        if self.charges.fetch_add(1, Ordering::Relaxed) % CHARGES_BETWEEN_ROUNDS == CHARGES_BETWEEN_ROUNDS - 1
        {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let token = head.headers.get(AUTHORIZATION).map(|token| self.hasher.hash_one(token.as_bytes()));
        let known = token.and_then(|token| self.client_of(token));
        let peer = || self.hasher.hash_one(peer::address(head, &self.proxies).map(peer::network));
        let (remaining, refused) = match self.limiter.check_key(&known.unwrap_or_else(peer)) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => {
                let wait = until.wait_time_from(self.limiter.clock().now());
                (0, Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)))
            }
        };
        Some(Charge { token, known, remaining, refused })
    }

    fn client_of(&self, token: u64) -> Option<u64> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&token).copied()
    }

    /// Remembers whose token it was; from the next request on it is charged to them. One that is no longer
    /// valid is forgotten, so that whoever finds it cannot spend its owner's quota.
    pub(crate) fn learn(&self, charge: &Charge, client: Option<&Client>, status: StatusCode) {
        let Some(token) = charge.token else { return };
        if let Some(client) = client {
            let key = self.hasher.hash_one(&client.0);
            if charge.known != Some(key) {
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                if known.len() >= TOKENS_MAX {
                    known.clear();
                }
                known.insert(token, key);
            }
        } else if status == StatusCode::UNAUTHORIZED && charge.known.is_some() {
            self.known.write().unwrap_or_else(PoisonError::into_inner).remove(&token);
        }
    }

    /// The policy, how many requests remain, and in how many seconds all of them do.
    pub(crate) fn tell(&self, charge: &Charge, headers: &mut HeaderMap) {
        let QuotaSettings { requests, window_seconds } = self.settings;
        let spent = u64::from(requests.saturating_sub(charge.remaining));
        let restored = (spent * u64::from(window_seconds)).div_ceil(u64::from(requests));
        let standing = format!("\"client\";r={};t={restored}", charge.remaining);
        headers.insert(POLICY, self.policy.clone());
        if let Ok(standing) = HeaderValue::from_str(&standing) {
            headers.insert(STANDING, standing);
        }
    }
}
