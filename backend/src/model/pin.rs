//! PINs as argon2id hashes. Both functions take tens of milliseconds.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory in KiB and passes for argon2id on one lane. Of the settings that OWASP's password storage cheat sheet calls equally
/// strong this one takes the least memory: a web tier takes little else at once.
const MEMORY: u32 = 7 * 1024;
const PASSES: u32 = 5;

/// What a PIN is checked against where there is no such seller, so that both take the same time: a hash made with other settings is
/// checked by its own. It is the hash of
/// nothing anyone can type.
const NOBODY: &str = "$argon2id$v=19$m=7168,t=5,p=1$Y29tcHRvaXItbm9ib2R5$5XJq2gHqUUm6iDNLTZrbxZ4Yz0Z1nTj4s1S9l5CrC3k";

/// Hashes a PIN with a fresh salt, in PHC's string format.
///
/// # Errors
///
/// Where argon2 refuses its parameters, which are constant: never in practice.
pub fn hash(pin: &str, salt: &[u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let params = Params::new(MEMORY, PASSES, 1, None)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password_with_salt(pin.as_bytes(), salt)?;
    Ok(hash.to_string())
}

/// Whether a PIN is the one behind `hash`; against no hash it never is, after the same time.
pub fn verify(pin: &str, hash: Option<&str>) -> bool {
    let against = PasswordHash::new(hash.unwrap_or(NOBODY));
    let matches = against.is_ok_and(|against| Argon2::default().verify_password(pin.as_bytes(), &against).is_ok());
    matches && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_as_long_as_somebody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hash("1111", &[7; 16]).unwrap();
        let somebody = PasswordHash::new(&somebody).unwrap();
        assert_eq!((nobody.algorithm, &nobody.params), (somebody.algorithm, &somebody.params));
    }
}
