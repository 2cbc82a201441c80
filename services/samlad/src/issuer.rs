//! The built-in issuer of access tokens, for demonstration and tests: whoever can start the program can be
//! anybody, so its caller refuses it outside development mode.

use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use est::Subject;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

const KEY_FILE: &str = "issuer-key.der";

/// Why the built-in issuer cannot issue.
#[derive(Debug)]
pub(crate) enum IssuerFault {
    KeyFile(PathBuf, io::Error),
    KeyFileOpenToOthers(PathBuf),
    NotAKey(PathBuf),
    KeyNotMade,
    Signing(jsonwebtoken::errors::Error),
}

impl fmt::Display for IssuerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyFile(path, fault) => write!(f, "the issuer's key in {}: {fault}", path.display()),
            Self::KeyFileOpenToOthers(path) => {
                write!(
                    f,
                    "the issuer's key in {} can be read by others; it should have mode 0600",
                    path.display()
                )
            }
            Self::NotAKey(path) => write!(f, "{} is not an ES256 key pair in PKCS #8", path.display()),
            Self::KeyNotMade => f.write_str("no key pair could be made"),
            Self::Signing(fault) => write!(f, "the token could not be signed: {fault}"),
        }
    }
}

impl std::error::Error for IssuerFault {}

/// An ES256 key pair, and its public half.
pub(crate) struct Issuer {
    key: EncodingKey,
    public: Jwk,
    key_id: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    client_id: &'a str,
    iat: i64,
    exp: i64,
    jti: &'a str,
}

impl Issuer {
    /// The key pair of this folder; the first to ask makes it.
    pub(crate) fn load_or_create(folder: &Path) -> Result<Self, IssuerFault> {
        let path = folder.join(KEY_FILE);
        match read_private(&path) {
            Ok(der) => Self::of(&der).ok_or(IssuerFault::NotAKey(path)),
            Err(IssuerFault::KeyFile(_, fault)) if fault.kind() == ErrorKind::NotFound => {
                create(folder, &path)?;
                Self::of(&read_private(&path)?).ok_or(IssuerFault::NotAKey(path))
            }
            Err(fault) => Err(fault),
        }
    }

    /// The key's name is its RFC 7638 thumbprint: the same key has the same name wherever it is read.
    fn of(der: &[u8]) -> Option<Self> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).ok()?;
        let key = EncodingKey::from_ec_der(der);
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).ok()?;
        let key_id = public.thumbprint(ThumbprintHash::SHA256).ok()?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Some(Self { key, public, key_id })
    }

    /// What the service verifies with.
    pub(crate) fn jwks(&self) -> JwkSet {
        JwkSet { keys: vec![self.public.clone()] }
    }

    /// An access token by RFC 9068.
    #[expect(clippy::too_many_arguments, reason = "they are the claims of RFC 9068, one for one")]
    pub(crate) fn token(
        &self,
        subject: &Subject,
        client: &str,
        audience: &str,
        issuer_name: &str,
        now: Timestamp,
        lifetime: Duration,
        jti: &str,
    ) -> Result<String, IssuerFault> {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("at+jwt".into());
        header.kid = Some(self.key_id.clone());
        let iat = now.as_second();
        let exp = iat.saturating_add_unsigned(lifetime.as_secs());
        let claims = Claims {
            iss: issuer_name,
            aud: audience,
            sub: subject.as_str(),
            client_id: client,
            iat,
            exp,
            jti,
        };
        jsonwebtoken::encode(&header, &claims, &self.key).map_err(IssuerFault::Signing)
    }
}

fn read_private(path: &Path) -> Result<Vec<u8>, IssuerFault> {
    let fault = |fault| IssuerFault::KeyFile(path.to_owned(), fault);
    let standing = fs::metadata(path).map_err(fault)?;
    if standing.permissions().mode() & 0o077 != 0 {
        return Err(IssuerFault::KeyFileOpenToOthers(path.to_owned()));
    }
    fs::read(path).map_err(fault)
}

/// Written whole under a name of its own, then linked into place: of two processes that start at once, one
/// wins and the other reads the winner's key.
fn create(folder: &Path, path: &Path) -> Result<(), IssuerFault> {
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .or(Err(IssuerFault::KeyNotMade))?;
    let made = Issuer::of(pair.as_ref()).ok_or(IssuerFault::KeyNotMade)?;
    let draft = folder.join(format!("{KEY_FILE}.{}", made.key_id));
    let fault = |fault| IssuerFault::KeyFile(path.to_owned(), fault);
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fault)?;
    write_private(&draft, pair.as_ref()).map_err(fault)?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).map_err(fault)?;
    match linked {
        Err(other) if other.kind() != ErrorKind::AlreadyExists => Err(fault(other)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own, gone with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("samlad-issuer-{}-{name}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn the_same_key_is_found_again_and_is_for_its_owner_alone() {
        let folder = Folder::new("kept");
        let first = Issuer::load_or_create(&folder.0).unwrap();
        let again = Issuer::load_or_create(&folder.0).unwrap();
        assert_eq!(first.jwks(), again.jwks());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
        let path = folder.0.join(KEY_FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let refused = Issuer::load_or_create(&folder.0);
        assert!(matches!(refused, Err(IssuerFault::KeyFileOpenToOthers(_))));
    }

    #[test]
    fn those_who_start_together_share_one_key() {
        let folder = Folder::new("raced");
        let sets: Vec<_> = std::thread::scope(|scope| {
            let racers: Vec<_> =
                (0..8).map(|_| scope.spawn(|| Issuer::load_or_create(&folder.0).unwrap().jwks())).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert!(sets.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }

    #[test]
    fn what_is_not_a_key_is_not_overwritten() {
        let folder = Folder::new("foreign");
        Issuer::load_or_create(&folder.0).unwrap();
        fs::write(folder.0.join(KEY_FILE), b"not a key").unwrap();
        assert!(matches!(Issuer::load_or_create(&folder.0), Err(IssuerFault::NotAKey(_))));
        assert_eq!(fs::read(folder.0.join(KEY_FILE)).unwrap(), b"not a key");
    }

    #[test]
    fn the_public_set_holds_no_private_part() {
        let folder = Folder::new("public");
        let issuer = Issuer::load_or_create(&folder.0).unwrap();
        let [key] = issuer.jwks().keys.try_into().unwrap();
        assert_eq!(key.common.key_id.as_deref(), Some(issuer.key_id.as_str()));
        assert_eq!(key.common.key_algorithm, Some(jsonwebtoken::jwk::KeyAlgorithm::ES256));
        assert!(!format!("{key:?}").contains("\"d\""));
    }
}
