//! A small house that sells: real receipts, exports and catalogues, the same every time, for benches and fuzz targets.

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "examples are right by construction")]

use crate::basket::Basket;
use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::closing::Closed;
use crate::coin::SmallestCoin;
use crate::discount::Reduction;
use crate::ids::{EventId, ReceiptId, RegisterNo, SellerNo, SeriesId, StoreNo};
use crate::journal::{Act, Deed, JournalEntry};
use crate::money::Currency;
use crate::payment::{Payment, TenderKind};
use crate::product::Product;
use crate::quantity::{Quantity, Unit};
use crate::receipt::{Issue, Issuer, Receipt};
use crate::refund::left;
use crate::sums::Sums;
use crate::time::Moment;
use crate::verify::{Chain, Ending, Heading, Holds, SeriesHead, SeriesKey};
use ed25519_dalek::SigningKey;

/// Noon of 2026-11-23 in UTC, in Unix milliseconds.
const NOON: i64 = 1_795_435_200_000;

/// Of what the names of products are made up.
const GOODS: [&str; 16] = [
    "Pain",
    "Beurre",
    "Lait",
    "Yaourt",
    "Fromage",
    "Jambon",
    "Pommes",
    "Carottes",
    "Café",
    "Thé",
    "Jus d’orange",
    "Bière",
    "Œufs",
    "Riz",
    "Pâtes",
    "Chocolat",
];
const KINDS: [&str; 13] = [
    "de campagne",
    "demi-sel",
    "entier",
    "nature",
    "de chèvre",
    "fumé",
    "Gala",
    "râpées",
    "moulu",
    "vert",
    "frais",
    "brune",
    "bio",
];

/// The product at a place of the catalogue, by the piece.
pub fn product(place: usize) -> Product {
    let (goods, kind) = (GOODS[place % GOODS.len()], KINDS[place / GOODS.len() % KINDS.len()]);
    Product {
        sku: format!("SKU-{place}").parse().expect("a number makes a SKU"),
        gtin: None,
        name: format!("{goods} {kind} {}", 1 + place / (GOODS.len() * KINDS.len())),
        category: format!("Rayon {}", place % 40),
        price: 249.into(),
        tax: 550.try_into().expect("the rate is one"),
        unit: Unit::Piece,
        threshold: None,
    }
}

/// The first products of the catalogue.
pub fn catalogue(count: usize) -> Vec<Product> {
    (0..count).map(product).collect()
}

/// A till with a key and chains of its own.
#[derive(Debug)]
pub struct Till {
    key: SigningKey,
    issuer: Issuer,
    journal: Head,
    /// Between two receipts, in milliseconds.
    step: i64,
}

impl Till {
    /// The first series of a register in the first store, which is for training.
    pub fn new(register: u8) -> Self {
        Self::at(RegisterNo::try_from(u64::from(register)).expect("the register has a number"), register)
    }

    /// The store's office, which sells nothing.
    pub fn office() -> Self {
        Self::at(RegisterNo::OFFICE, u8::MAX)
    }

    fn at(no: RegisterNo, seed: u8) -> Self {
        let letter = "A".parse().expect("A is a letter");
        let issuer = Issuer {
            series: SeriesId { store: StoreNo::FIRST, register: no, letter },
            head: Head::GENESIS,
            seller: SellerNo::FIRST,
            siret: "73282932000074".parse().ok(),
            currency: Currency::Euro,
            simulated: true,
            smallest_coin: SmallestCoin::ONE,
        };
        Self { key: SigningKey::from_bytes(&[seed; 32]), issuer, journal: Head::GENESIS, step: 60_000 }
    }

    /// The same with so many seconds between two receipts instead of sixty.
    #[must_use]
    pub const fn every(mut self, seconds: u8) -> Self {
        self.step = seconds as i64 * 1_000;
        self
    }

    /// How an export introduces its series.
    pub fn series_key(&self) -> SeriesKey {
        let public_key = PublicKey::from_bytes(self.key.verifying_key().to_bytes());
        SeriesKey { series: self.issuer.series.clone(), public_key, prev: Hash::GENESIS }
    }

    /// Where its series ends.
    pub fn series_head(&self) -> SeriesHead {
        SeriesHead { series: self.issuer.series.clone(), head: self.issuer.head, holds: None }
    }

    /// Where its receipts end and its journal, as an export of these records says it.
    fn ends(&self, receipts: &[Sealed<Receipt>], entries: &[Sealed<JournalEntry>]) -> [SeriesHead; 2] {
        let series = &self.issuer.series;
        let receipts = Holds::of(receipts.iter().filter(|receipt| receipt.body.series_id() == *series));
        let entries = Holds::of(entries.iter().filter(|entry| entry.body.series_id() == *series));
        let chains = [(self.issuer.head, receipts), (self.journal, entries)];
        chains.map(|(head, holds)| SeriesHead { series: series.clone(), head, holds: Some(holds) })
    }

    /// Two each of so many products, others each time, a tenth off, as the next receipt of its series, paid by card.
    pub fn sell(&mut self, lines: usize) -> Sealed<Receipt> {
        let sold = usize::try_from(self.issuer.head.number).expect("few receipts are issued");
        let mut basket = Basket::default();
        for line in 0..lines {
            basket.add(&product((sold * lines + line) % 5_000), Quantity::pieces(2)).expect("there is room for a line");
        }
        let tenth = Reduction::Percent(1000.try_into().expect("ten percent"));
        basket.reduce(Some(tenth)).expect("it can be reduced");
        self.issue(&basket).expect("the basket is paid")
    }

    /// A basket as the next receipt of its series, paid by card; `None` where it cannot be one.
    pub fn issue(&mut self, basket: &Basket) -> Option<Sealed<Receipt>> {
        let mut payment = Payment::of(basket.total().ok()?);
        // What costs nothing takes no tender.
        let _ = payment.tender(TenderKind::Card, payment.total());
        let receipt = Receipt::issue(basket, &payment, &self.issuer, self.next_issue()).ok()?;
        Some(self.seal(receipt))
    }

    /// Gives a whole receipt back in cash; `None` where that cannot be done.
    pub fn refund(&mut self, original: &Sealed<Receipt>) -> Option<Sealed<Receipt>> {
        let portions = left(&original.body, []).ok()?;
        let issue = self.next_issue();
        let refund = Receipt::refund(&original.body, &portions, TenderKind::Cash, &self.issuer, issue).ok()?;
        Some(self.seal(refund))
    }

    /// Notes in its journal what somebody did, allowed by a manager.
    pub fn note(&mut self, act: Act) -> Sealed<JournalEntry> {
        let at = self.next_issue().issued_at;
        let Issuer { series, seller, simulated, .. } = &self.issuer;
        let deed = Deed { act, at, by: (*seller).into(), manager: Some(SellerNo::MAX) };
        let id = EventId::mint(self.journal.number, &self.random());
        let entry = JournalEntry::next(series, self.journal, *simulated, id, deed).expect("the journal has room");
        let sealed = Sealed::seal(entry, &self.key);
        self.journal = sealed.head();
        sealed
    }

    /// The first closing of its series, after these receipts and others.
    pub fn closing(&self, receipts: &[Sealed<Receipt>]) -> Act {
        let Issuer { series, head, .. } = &self.issuer;
        let mut sums = Sums::default();
        let own = receipts.iter().filter(|receipt| receipt.body.series_id() == *series);
        own.for_each(|receipt| sums.add(&receipt.body));
        let day = self.next_issue().issued_at.local_day();
        Act::DayClosed(Box::new(Closed::default().next(&sums, *head, day).expect("the series has room")))
    }

    fn random(&self) -> [u8; 10] {
        [self.key.as_bytes()[0]; 10]
    }

    /// A step after the receipt before.
    fn next_issue(&self) -> Issue {
        let steps = i64::try_from(self.issuer.head.number).expect("few receipts are issued");
        let at = Moment::from_unix_millis(NOON + steps * self.step, 60).expect("the moment is in this century");
        let id = ReceiptId::mint(at.unix_millis().unsigned_abs(), &self.random());
        Issue { id, basket: None, opened_at: at, issued_at: at }
    }

    fn seal(&mut self, receipt: Receipt) -> Sealed<Receipt> {
        let sealed = Sealed::seal(receipt, &self.key);
        self.issuer.head = sealed.head();
        sealed
    }
}

/// An export of two tills with so many sales each, the first of which is refunded, and which one of them has closed in its
/// journal, and of the office that seals it, as `GET receipts/export` gives it.
pub fn export(sales: usize) -> String {
    let mut tills = [Till::office(), Till::new(1), Till::new(2)];
    let mut receipts = Vec::new();
    for till in &mut tills[1..] {
        receipts.extend((0..sales).map(|_| till.sell(2)));
    }
    let refund = receipts.first().and_then(|first| tills[1].refund(first));
    receipts.extend(refund);
    let closing = tills[1].closing(&receipts);
    let added = tills[0].note(Act::RegisterAdded { register: RegisterNo::FIRST });
    let entries = [added, tills[1].note(Act::DrawerOpened), tills[1].note(closing)];
    let keys = tills.each_ref().map(|till| json(&till.series_key()));
    let records = receipts.iter().map(json).chain(entries.iter().map(json));
    let lines = records.zip(1..).map(|(record, offset): (_, u64)| {
        let around = format!(r#"{{"position":{{"epoch":1,"offset":{offset}}},"accepted_at":"2026-11-23T13:00:00Z","#);
        record.replacen('{', &around, 1)
    });
    let mut ending = Ending::default();
    for till in &tills {
        let [of_receipts, of_journal] = till.ends(&receipts, &entries);
        ending.take(Chain::Receipts, of_receipts);
        ending.take(Chain::Journal, of_journal);
    }
    let (entries, receipts, ending) = (ending.entries, ending.receipts, json(&ending));
    let seal = tills[0].note(Act::ArchiveMade { ending: Hash::of(ending.as_bytes()), entries, receipts });
    let all = std::iter::once(json(&Heading::of(StoreNo::FIRST))).chain(keys).chain(lines);
    all.chain([ending, json(&seal)]).map(|line| line + "\n").collect()
}

/// Something as JSON.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it can be written as JSON")
}
