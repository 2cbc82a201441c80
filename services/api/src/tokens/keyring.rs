//! The issuer's keys over time: read at the start, again when a token names a key we do not have, and now and
//! then so that a withdrawn key stops counting. A reading that fails leaves the keys as they were.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use super::keys::Trust;
use super::source::{KeyFault, KeySource};

/// Between two readings, however many tokens name unknown keys: callers must not steer our traffic.
const PAUSE_SECONDS: i64 = 60;
/// A withdrawn key counts at most this long, with no token to remind us.
const AGE_SECONDS_MAX: i64 = 600;
/// No reading is due yet because no time has been seen yet.
const UNSEEN: i64 = i64::MIN;

pub(super) struct Keyring {
    source: KeySource,
    trust: RwLock<Arc<Trust>>,
    /// The time of the latest attempt, and the turn to make one.
    attempted: Mutex<Option<Timestamp>>,
    /// In seconds since 1970: an atomic, because every request asks.
    old_at: AtomicI64,
}

impl Keyring {
    pub(super) async fn open(source: KeySource) -> Result<Self, KeyFault> {
        let trust = Trust::new(source.read().await?);
        if trust.is_empty() {
            return Err(KeyFault::NoUsableKey);
        }
        let trust = RwLock::new(Arc::new(trust));
        Ok(Self { source, trust, attempted: Mutex::new(None), old_at: AtomicI64::new(UNSEEN) })
    }

    pub(super) fn trust(&self) -> Arc<Trust> {
        Arc::clone(&self.trust.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys after a new reading, if one may be made; callers who ask at the same time share it. It is a
    /// task of its own, because a caller who hangs up must not be able to break it off.
    pub(super) async fn renewed(self: &Arc<Self>, key_id: &str, now: Timestamp) -> Arc<Trust> {
        let (keyring, key_id) = (Arc::clone(self), key_id.to_owned());
        let reading = tokio::spawn(async move {
            let turn = keyring.attempted.lock().await;
            if !keyring.trust().knows(&key_id) {
                keyring.read_again(turn, now).await;
            }
        });
        if let Err(fault) = reading.await {
            tracing::error!(%fault, "the reading of the issuer's keys broke off");
        }
        self.trust()
    }

    /// Reads again in the background when the keys have grown old; no request waits for it.
    pub(super) fn renew_when_old(self: &Arc<Self>, now: Timestamp) {
        let old_at = self.old_at.load(Ordering::Relaxed);
        // Further ahead than that, the clock has been set back since.
        if (1..=AGE_SECONDS_MAX).contains(&old_at.saturating_sub(now.as_second())) {
            return;
        }
        let next = now.as_second().saturating_add(AGE_SECONDS_MAX);
        let mine = self.old_at.compare_exchange(old_at, next, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine && old_at != UNSEEN && !matches!(self.source, KeySource::Set(_)) {
            let keyring = Arc::clone(self);
            tokio::spawn(async move { keyring.read_again(keyring.attempted.lock().await, now).await });
        }
    }

    async fn read_again(&self, mut attempted: MutexGuard<'_, Option<Timestamp>>, now: Timestamp) {
        // A clock that was set back does not lengthen the pause.
        let since = |before: Timestamp| now.as_second().saturating_sub(before.as_second());
        if attempted.is_some_and(|before| (0..PAUSE_SECONDS).contains(&since(before))) {
            return;
        }
        *attempted = Some(now);
        match self.source.read().await {
            Ok(set) if self.trust().is_of(&set) => self.old_after(AGE_SECONDS_MAX, now),
            Ok(set) => {
                self.replace(Trust::new(set));
                self.old_after(AGE_SECONDS_MAX, now);
            }
            Err(fault) => {
                tracing::warn!(%fault, "the issuer's keys could not be read; the old ones stand");
                self.old_after(PAUSE_SECONDS, now);
            }
        }
    }

    /// The new keys come with an empty memory: no token outlives the key it was verified with.
    fn replace(&self, trust: Trust) {
        if trust.is_empty() {
            tracing::warn!("the issuer has withdrawn all usable keys; no token is accepted");
        } else {
            tracing::info!("the issuer's keys have changed");
        }
        *self.trust.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(trust);
    }

    fn old_after(&self, seconds: i64, now: Timestamp) {
        self.old_at.store(now.as_second().saturating_add(seconds), Ordering::Relaxed);
    }
}
