//! The code with which an installation that has nothing yet is set up.
//!
//! It follows from the key that all web instances share, so that each of them tells and takes the same one and none has
//! to keep it; it opens nothing once there is a manager.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

/// Bytes behind the code.
const BYTES: usize = 10;

/// Letters and digits of the code, 75 bits in all, which nobody guesses, and how many of them stand together.
const LENGTH: usize = 15;
const GROUP: usize = 5;

/// The code that goes with a key, as people type it: `ABCDE-FGHIJ-KLMNO`.
pub fn of(key: &[u8; 32]) -> String {
    let letters = letters(key);
    let groups: Vec<&str> = (0..LENGTH).step_by(GROUP).filter_map(|at| letters.get(at..at + GROUP)).collect();
    groups.join("-")
}

/// Whether somebody typed the code that goes with a key. The time taken says nothing about it.
pub fn is_of(key: &[u8; 32], typed: &str) -> bool {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    Sha256::digest(typed.as_bytes()) == Sha256::digest(letters(key).as_bytes())
}

fn letters(key: &[u8; 32]) -> String {
    let digest = Sha256::new_with_prefix(b"comptoir set-up code").chain_update(key).finalize();
    let mut letters = BASE32_NOPAD.encode(&digest.as_slice()[..BYTES]);
    letters.truncate(LENGTH);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_from_the_key_and_is_known_however_it_is_typed() {
        let code = of(&[7; 32]);
        assert_eq!(code.len(), LENGTH + 2);
        assert_ne!(code, of(&[8; 32]));
        for typed in [code.clone(), code.to_lowercase(), code.replace('-', " "), code.replace('-', "")] {
            assert!(is_of(&[7; 32], &typed), "{typed}");
            assert!(!is_of(&[8; 32], &typed), "{typed}");
        }
        assert!(!is_of(&[7; 32], "") && !is_of(&[7; 32], &code[1..]));
    }
}
