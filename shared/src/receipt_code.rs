//! What a receipt says to machines, in its QR code.

use crate::chain::{Hash, Sealed};
use crate::ids::{ReceiptNo, RegisterNo, SeriesLetter, StoreNo};
use crate::receipt::Receipt;

/// How the code of a receipt begins, which no product's does.
pub const MARK: &str = "COMPTOIR1 ";

/// Which receipt a code names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The store.
    pub store: StoreNo,
    /// The register.
    pub register: RegisterNo,
    /// The register's series.
    pub series: SeriesLetter,
    /// The number in the series.
    pub number: ReceiptNo,
    /// The receipt's hash.
    pub hash: Hash,
}

impl Reference {
    /// Reads a receipt's code; `None` for anything else.
    pub fn read(code: &str) -> Option<Self> {
        let mut words = code.strip_prefix(MARK)?.split(' ');
        let (store, register) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let (series, number) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        // Total, currency and moment stand in between.
        let hash = words.nth(3)?.parse().ok()?;
        Some(Self { store, register, series, number, hash })
    }
}

impl Sealed<Receipt> {
    /// What names this receipt and proves it, for a scanner that types: `COMPTOIR1`, store, register, series, number,
    /// total in minor units and currency, the moment of issue, the hash in hexadecimal and the signature in base64url,
    /// separated by spaces. The register's public key verifies the signature over the hash without any server.
    pub fn code(&self) -> String {
        let Receipt { store, register, series, number, total, currency, issued_at, .. } = &self.body;
        let (total, currency) = (total.minor(), currency.code());
        let (number, hash, signature) = (number.get(), &self.hash, &self.signature);
        format!("{MARK}{store} {register} {series} {number} {total} {currency} {issued_at} {hash} {signature}")
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;
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

    #[test]
    fn a_code_leads_back_to_its_receipt_and_nothing_else_does() {
        let body = sample("Pomme Gala", 249, 840);
        let sealed = Sealed { hash: body.digest(), body, signature: Signature::from_bytes([7; 64]) };
        let read = Reference::read(&sealed.code()).unwrap();
        assert_eq!(
            (read.store, read.register, read.number),
            (sealed.body.store, sealed.body.register, sealed.body.number)
        );
        assert_eq!((read.series, read.hash), (sealed.body.series, sealed.hash));
        for other in ["", "4006381333931", "COMPTOIR1 ", "COMPTOIR1 1 1 A 1 209 EUR", "COMPTOIR2 1 1 A 1 209 EUR x y z"]
        {
            assert_eq!(Reference::read(other), None, "{other}");
        }
    }
}
