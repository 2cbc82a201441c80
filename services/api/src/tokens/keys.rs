//! The issuer's keys as they stand, each bound to the algorithms it may verify; and beside them the tokens
//! already verified, which therefore go when the keys go.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, crypto};

use super::envelope::Envelope;
use super::fault::TokenFault;
use super::verified::Verified;

/// One public key of the issuer's.
pub(super) struct TrustedKey {
    key_id: String,
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

impl TrustedKey {
    /// None for a key that is not for verifying access tokens: another use, a shared secret, another curve.
    fn read(jwk: &Jwk) -> Option<Self> {
        let common = &jwk.common;
        let for_signatures =
            common.public_key_use.as_ref().is_none_or(|with| *with == PublicKeyUse::Signature);
        let for_verifying = common
            .key_operations
            .as_ref()
            .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
        let agrees = |with: Algorithm| {
            common.key_algorithm.is_none_or(|own| Algorithm::try_from(own).is_ok_and(|own| own == with))
        };
        let algorithms: Vec<_> =
            fitting(&jwk.algorithm).iter().copied().filter(|with| agrees(*with)).collect();
        let key = DecodingKey::from_jwk(jwk).ok().filter(is_whole)?;
        let usable = for_signatures && for_verifying && !algorithms.is_empty();
        usable.then_some(Self { key_id: common.key_id.clone()?, algorithms, key })
    }

    pub(super) fn verify(&self, envelope: &Envelope<'_>) -> Result<(), TokenFault> {
        match crypto::verify(envelope.signature, envelope.signed.as_bytes(), &self.key, envelope.algorithm) {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(TokenFault::NotTrusted),
        }
    }

    fn clashes_with(&self, other: &Self) -> bool {
        self.key_id == other.key_id && self.algorithms.iter().any(|one| other.algorithms.contains(one))
    }
}

/// jsonwebtoken does not measure a key until it is used: an uncompressed point, 32 bytes, 2048 bits at least.
fn is_whole(key: &DecodingKey) -> bool {
    match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) if key.family() == AlgorithmFamily::Ec => bytes.len() == 65,
        DecodingKeyKind::SecretOrDer(bytes) => bytes.len() == 32,
        DecodingKeyKind::RsaModulusExponent { n, .. } => n.len() >= 256,
    }
}

/// What a key of this kind can verify; curve and type are both asked, since jsonwebtoken reads them apart.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever kind of key is invented next, it verifies nothing here"
)]
fn fitting(parameters: &AlgorithmParameters) -> &'static [Algorithm] {
    match parameters {
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => &[Algorithm::ES256],
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => &[Algorithm::EdDSA],
        AlgorithmParameters::RSA(_) => &[Algorithm::RS256, Algorithm::PS256],
        _ => &[],
    }
}

/// Whom we believe, as of one reading of the issuer's set.
pub(super) struct Trust {
    set: JwkSet,
    keys: Vec<TrustedKey>,
    pub(super) verified: Verified,
}

impl Trust {
    /// Keys that share a name and an algorithm leave it open which one signed: none of them is believed.
    pub(super) fn new(set: JwkSet) -> Self {
        let read: Vec<_> = set.keys.iter().filter_map(TrustedKey::read).collect();
        let clashing: Vec<bool> =
            read.iter().map(|one| read.iter().filter(|other| one.clashes_with(other)).count() > 1).collect();
        let keys =
            read.into_iter().zip(clashing).filter_map(|(key, clashes)| (!clashes).then_some(key)).collect();
        Self { set, keys, verified: Verified::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn is_of(&self, set: &JwkSet) -> bool {
        self.set == *set
    }

    pub(super) fn knows(&self, key_id: &str) -> bool {
        self.keys.iter().any(|key| key.key_id == key_id)
    }

    /// The key a token names, if it is one for the token's algorithm.
    pub(super) fn key(&self, key_id: &str, algorithm: Algorithm) -> Result<&TrustedKey, TokenFault> {
        let fault = if self.knows(key_id) { TokenFault::WrongAlgorithm } else { TokenFault::UnknownKey };
        let fits = |key: &&TrustedKey| key.key_id == key_id && key.algorithms.contains(&algorithm);
        self.keys.iter().find(fits).ok_or(fault)
    }
}
