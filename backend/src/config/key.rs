//! The key that encrypts the keys of series that the server issues on.

use super::ConfigError;
use data_encoding::HEXLOWER_PERMISSIVE;
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Where the key comes from.
const VARIABLE: &str = "COMPTOIR_KEY";

/// The key of an embedded engine: `COMPTOIR_KEY`, else a random one that is kept in the data folder, readable by this
/// user only.
///
/// # Errors
///
/// [`ConfigError::Key`] for what is no key, [`ConfigError::KeyFile`] where it cannot be kept.
pub fn kept_in(folder: &Path, fresh: [u8; 32]) -> Result<[u8; 32], ConfigError> {
    if let Some(key) = given()? {
        return Ok(key);
    }
    let path = folder.join("key");
    let failed = |cause| ConfigError::KeyFile { path: path.clone(), cause };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            writeln!(file, "{}", HEXLOWER_PERMISSIVE.encode(&fresh)).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(fresh)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            parse_key(&text).ok_or_else(|| ConfigError::Key(path.display().to_string()))
        }
        Err(error) => Err(failed(error)),
    }
}

/// The key that all instances on a production engine share: `COMPTOIR_KEY`. A demo on a loopback address, which holds
/// nothing worth a secret, does without.
///
/// # Errors
///
/// [`ConfigError::NoKey`], or [`ConfigError::Key`] for what is no key.
pub fn shared(is_demo: bool) -> Result<[u8; 32], ConfigError> {
    let demo = || is_demo.then(|| Sha256::digest(b"comptoir demo").into());
    given()?.or_else(demo).ok_or(ConfigError::NoKey)
}

fn given() -> Result<Option<[u8; 32]>, ConfigError> {
    let Ok(text) = std::env::var(VARIABLE) else { return Ok(None) };
    parse_key(&text).map(Some).ok_or_else(|| ConfigError::Key(VARIABLE.into()))
}

fn parse_key(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(kept_in(folder.path(), [7; 32]).unwrap(), [7; 32]);
        assert_eq!(kept_in(folder.path(), [8; 32]).unwrap(), [7; 32]);
        let mode = std::fs::metadata(folder.path().join("key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn rubbish_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("key"), "rubbish").unwrap();
        assert!(matches!(kept_in(folder.path(), [8; 32]), Err(ConfigError::Key(_))));
    }
}
