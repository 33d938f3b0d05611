//! The keys that a visitor keeps elsewhere.

use shared::chain::PublicKey;
use std::collections::BTreeSet;

/// The keys in a text, apart by spaces, commas or lines.
///
/// # Errors
///
/// The first word that is no key.
pub fn keys(text: &str) -> Result<BTreeSet<PublicKey>, String> {
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|_| word.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_apart_however_they_were_pasted_and_what_is_none_is_named() {
        let [one, other] = [1, 2].map(|byte| PublicKey::from_bytes([byte; 32]));
        assert_eq!(keys(&format!(" {one},\n{other}\t{one} ")), Ok(BTreeSet::from([one, other])));
        assert_eq!(keys(" \n"), Ok(BTreeSet::new()));
        assert_eq!(keys(&format!("{one} hat")), Err("hat".to_owned()));
    }
}
