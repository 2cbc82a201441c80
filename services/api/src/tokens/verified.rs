//! Tokens verified before: a signature costs a hundred times a look-up, and a client shows its token many
//! times. Kept by SHA-256, so that no usable token lies in memory here.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::Bearer;
use super::claims::Admission;
use super::fault::TokenFault;

/// A few shelves, so that a new token does not stop the readers of all others. Together about 10,000 tokens.
const SHELVES: usize = 16;
const SHELF_TOKENS_MAX: usize = 625;

/// Which token, without the token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn place(&self) -> usize {
        let [first, ..] = self.0;
        usize::from(first) % SHELVES
    }
}

type Shelf = RwLock<HashMap<Fingerprint, Admission>>;

/// The tokens one set of keys has verified.
#[derive(Default)]
pub(super) struct Verified([Shelf; SHELVES]);

impl Verified {
    /// The answer for a token seen before; its time is judged anew.
    pub(super) fn at(&self, fingerprint: &Fingerprint, now: Timestamp) -> Option<Result<Bearer, TokenFault>> {
        let tokens = self.0.get(fingerprint.place())?.read().unwrap_or_else(PoisonError::into_inner);
        tokens.get(fingerprint).map(|admission| admission.at(now))
    }

    /// On a full shelf the expired go first, then the one that would expire first.
    pub(super) fn keep(&self, fingerprint: Fingerprint, admission: Admission, now: Timestamp) {
        let Some(tokens) = self.0.get(fingerprint.place()) else { return };
        let mut tokens = tokens.write().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= SHELF_TOKENS_MAX {
            tokens.retain(|_, kept| now < kept.until());
        }
        if tokens.len() >= SHELF_TOKENS_MAX {
            let soonest = tokens.iter().min_by_key(|(_, kept)| kept.until()).map(|(token, _)| *token);
            soonest.and_then(|soonest| tokens.remove(&soonest));
        }
        tokens.insert(fingerprint, admission);
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|shelf| shelf.read().unwrap().len()).sum()
    }
}
