//! Chance from a seed: what is drawn is the same whenever the seed is.

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(super) fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Happens so many times in a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.0.random_ratio(times.min(100), 100)
    }

    /// A number from the first to the last, both included; the first when they are the wrong way round.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        self.0.random_range(first..=last.max(first))
    }

    pub(super) fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        among.choose(&mut self.0)
    }

    /// One of the words, or none at all when there are none.
    pub(super) fn word(&mut self, among: &[&'static str]) -> &'static str {
        self.pick(among).copied().unwrap_or_default()
    }

    /// One of them, the likelier the greater its weight.
    pub(super) fn weighted<'a, T>(&mut self, among: &'a [T], weight: impl Fn(&T) -> u32) -> Option<&'a T> {
        let total: u32 = among.iter().map(&weight).sum();
        let mut left = self.0.random_range(0..total.max(1));
        among.iter().find(|one| {
            let its = weight(one);
            let chosen = left < its;
            left = left.saturating_sub(its);
            chosen
        })
    }
}
