//! What a receipt says to machines, in its QR code.

use crate::chain::Sealed;
use crate::receipt::Receipt;

impl Sealed<Receipt> {
    /// What names this receipt and proves it, for a scanner that types: `COMPTOIR1`, store, register, series, number,
    /// total in minor units and currency, the moment of issue, the hash in hexadecimal and the signature in base64url,
    /// separated by spaces. The register's public key verifies the signature over the hash without any server.
    pub fn code(&self) -> String {
        let Receipt { store, register, series, number, total, currency, issued_at, .. } = &self.body;
        let (total, currency) = (total.minor(), currency.code());
        let (number, hash, signature) = (number.get(), &self.hash, &self.signature);
        format!("COMPTOIR1 {store} {register} {series} {number} {total} {currency} {issued_at} {hash} {signature}")
    }
}

#[cfg(test)]
mod tests {
    use crate::canonical::Canonical;
    use crate::chain::{Sealed, Signature};
    use crate::receipt::tests::sample;

    #[test]
    fn names_and_proves_the_receipt_in_what_a_code_of_a_receipts_width_holds() {
        let body = sample("Pomme Gala", 249, 840);
        let sealed = Sealed { hash: body.digest(), body, signature: Signature::from_bytes([7; 64]) };
        let code = sealed.code();
        let words: Vec<_> = code.split(' ').collect();
        assert_eq!(words[..7], ["COMPTOIR1", "1", "1", "A", "1", "209", "EUR"]);
        assert_eq!(
            words[7..],
            ["2026-11-23T14:32:07.250+01:00", &sealed.hash.to_string(), &sealed.signature.to_string()]
        );
        assert!(code.len() <= 331, "version 14 of a QR code at medium error correction (ISO/IEC 18004) holds no more");
    }
}
