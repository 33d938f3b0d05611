//! Events as tills and managers make them. Times are told in seconds after one fixed noon.

use crate::log::NewRecord;
use ed25519_dalek::SigningKey;
use shared::basket::Basket;
use shared::chain::{Hash, Head, PublicKey, Sealed};
use shared::closing::Closed;
use shared::coin::SmallestCoin;
use shared::event::{Enrolment, Event, Recorded, Settings, StockItem, StockMovement, ThresholdSetting};
use shared::ids::{EventId, PeriodNo, ReceiptId, RegisterNo, SellerNo, SeriesId, Sku, StoreNo};
use shared::journal::{Act, Deed, JournalEntry};
use shared::money::Currency;
use shared::notice::Notice;
use shared::payment::{Payment, TenderKind};
use shared::position::Position;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::receipt::{Issue, Issuer, Receipt};
use shared::refund::Portion;
use shared::sums::Sums;
use shared::time::{Moment, Timestamp};

/// A place in the log.
pub const fn at(offset: u64) -> Position {
    Position { epoch: 1, offset }
}

/// A store.
pub fn store(no: u64) -> StoreNo {
    StoreNo::try_from(no).unwrap()
}

/// A product's name.
pub fn sku(name: &str) -> Sku {
    name.parse().unwrap()
}

/// So many seconds after noon (UTC) of 2026-11-23.
pub fn second(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_435_200 + seconds).unwrap()
}

/// The same, on the wall of a shop in Paris.
pub fn moment(seconds: i64) -> Moment {
    Moment::from_unix_millis(second(seconds).as_millisecond(), 60).unwrap()
}

/// An id that no other number gives.
pub fn event_id(number: u64) -> EventId {
    EventId::mint(number, &[9; 10])
}

fn random_of(series: &SeriesId, number: u64) -> [u8; 10] {
    let text = format!("{series}/{number}");
    let mut bytes = [0_u8; 10];
    for (place, byte) in text.bytes().enumerate() {
        bytes[place % 10] = bytes[place % 10].wrapping_mul(31).wrapping_add(byte);
    }
    bytes
}

/// A till with a key and a chain of its own.
#[derive(Clone)]
pub struct Till {
    key: SigningKey,
    issuer: Issuer,
    journal: Head,
    /// What the period that runs has come to, and which it is where it is not the first.
    sums: Sums,
    period: Option<PeriodNo>,
    closed: Closed,
}

impl Till {
    /// The first series of a register in a training store.
    pub fn new(store_no: u64, register: u64) -> Self {
        let register = RegisterNo::try_from(register).unwrap();
        let series = SeriesId { store: store(store_no), register, letter: "A".parse().unwrap() };
        let issuer = Issuer {
            series,
            head: Head::GENESIS,
            seller: SellerNo::FIRST,
            siret: None,
            currency: Currency::Euro,
            simulated: true,
            smallest_coin: SmallestCoin::ONE,
        };
        let seed = u8::try_from(register.get()).unwrap();
        let (journal, sums, closed) = (Head::GENESIS, Sums::default(), Closed::default());
        Self { key: SigningKey::from_bytes(&[seed; 32]), issuer, journal, sums, period: None, closed }
    }

    /// The same till in a real store.
    pub fn real(store_no: u64, register: u64) -> Self {
        let mut till = Self::new(store_no, register);
        till.issuer.simulated = false;
        till
    }

    /// The same till in a store whose smallest coin is worth so many minor units.
    pub fn in_coins_of(mut self, minor: u8) -> Self {
        self.issuer.smallest_coin = minor.try_into().unwrap();
        self
    }

    /// Changes who sells.
    pub fn seller(&mut self, no: u64) {
        self.issuer.seller = SellerNo::try_from(no).unwrap();
    }

    /// The series that it issues in.
    pub fn series(&self) -> &SeriesId {
        &self.issuer.series
    }

    /// Where its chain ends.
    pub fn head(&self) -> Head {
        self.issuer.head
    }

    /// Pretends that its chain ended elsewhere.
    pub fn rewind(&mut self, head: Head) {
        self.issuer.head = head;
    }

    /// The event that enrols it, as number `id`.
    pub fn enrolment(&self, id: u64) -> Event {
        let public_key = PublicKey::from_bytes(self.key.verifying_key().to_bytes());
        let series = self.issuer.series.clone();
        Event::Enrolment(Enrolment { id: event_id(id), series, public_key, prev: Hash::GENESIS })
    }

    /// Sells so many pieces of products at 2.50 each, a minute after the receipt before, paid in cash without change.
    pub fn sell(&mut self, items: &[(&str, u32)]) -> Sealed<Receipt> {
        let minutes = i64::try_from(self.issuer.head.number).unwrap();
        self.sell_at(minutes * 60, items)
    }

    /// The same at a stated time.
    pub fn sell_at(&mut self, seconds: i64, items: &[(&str, u32)]) -> Sealed<Receipt> {
        let number = self.issuer.head.number + 1;
        let id = ReceiptId::mint(number, &random_of(&self.issuer.series, number));
        self.issue(id, seconds, items)
    }

    /// The same under a stated id.
    pub fn issue(&mut self, id: ReceiptId, seconds: i64, items: &[(&str, u32)]) -> Sealed<Receipt> {
        let mut basket = Basket::default();
        for (name, pieces) in items {
            basket.add(&product(name), Quantity::pieces(*pieces)).unwrap();
        }
        let receipt = self.receipt(&basket, id, seconds);
        self.seal(receipt)
    }

    /// Sells a piece of a product for another price than its own, as a manager has allowed or nobody.
    pub fn sell_for(&mut self, price: i32, name: &str, manager: Option<u64>) -> Sealed<Receipt> {
        let mut basket = Basket::default();
        let line = basket.add(&product(name), Quantity::ONE).unwrap();
        basket.override_price(line, price.into(), SellerNo::MAX).unwrap();
        let number = self.issuer.head.number + 1;
        let mut receipt = self.receipt(&basket, ReceiptId::mint(number, &random_of(&self.issuer.series, number)), 0);
        receipt.lines[0].manager = manager.map(|no| SellerNo::try_from(no).unwrap());
        self.seal(receipt)
    }

    /// A basket as the next receipt of its series, paid in cash without change.
    fn receipt(&self, basket: &Basket, id: ReceiptId, seconds: i64) -> Receipt {
        let mut payment = Payment::in_coins(basket.total().unwrap(), self.issuer.smallest_coin);
        payment.tender(TenderKind::Cash, payment.due(TenderKind::Cash).unwrap()).unwrap();
        let issue = Issue { id, basket: None, opened_at: moment(seconds - 30), issued_at: moment(seconds) };
        Receipt::issue(basket, &payment, &self.issuer, issue).unwrap()
    }

    fn seal(&mut self, receipt: Receipt) -> Sealed<Receipt> {
        let sealed = Sealed::seal(receipt.in_period(self.period), &self.key);
        self.issuer.head = sealed.head();
        self.sums.add(&sealed.body);
        sealed
    }

    /// Gives portions of a receipt back in cash, under an id, at a stated time.
    pub fn refund(
        &mut self,
        id: ReceiptId,
        seconds: i64,
        original: &Sealed<Receipt>,
        portions: &[Portion],
    ) -> Sealed<Receipt> {
        let issue = Issue { id, basket: None, opened_at: moment(seconds), issued_at: moment(seconds) };
        self.seal(Receipt::refund(&original.body, portions, TenderKind::Cash, &self.issuer, issue).unwrap())
    }

    /// Closes the day at a stated time: everything that it has issued since it did so last.
    pub fn close_day(&mut self, seconds: i64) -> Sealed<JournalEntry> {
        let day = moment(seconds).local_day();
        let closing = self.closed.next(&self.sums, self.issuer.head, day).unwrap();
        let entry = self.note_at(seconds, Act::DayClosed(Box::new(closing.clone())), None);
        self.closed = Closed::with(&closing, entry.hash);
        (self.sums, self.period) = (Sums::default(), closing.number.next());
        entry
    }

    /// Where its journal ends.
    pub fn journal(&self) -> Head {
        self.journal
    }

    /// Pretends to be another register of its store.
    pub fn posing_as(mut self, register: RegisterNo) -> Self {
        self.issuer.series.register = register;
        self
    }

    /// Pretends that its journal ended elsewhere.
    pub fn rewind_journal(&mut self, head: Head) {
        self.journal = head;
    }

    /// Notes in its journal what its seller did, a minute after the entry before.
    pub fn note(&mut self, act: Act) -> Sealed<JournalEntry> {
        self.note_with(act, None)
    }

    /// The same, allowed by a manager.
    pub fn note_with(&mut self, act: Act, manager: Option<u64>) -> Sealed<JournalEntry> {
        let minutes = i64::try_from(self.journal.number).unwrap();
        self.note_at(minutes * 60, act, manager)
    }

    /// The same at a stated time.
    pub fn note_at(&mut self, seconds: i64, act: Act, manager: Option<u64>) -> Sealed<JournalEntry> {
        let number = self.journal.number;
        let id = EventId::mint(number + 1, &random_of(&self.issuer.series, 1_000_000 + number));
        self.note_under(id, seconds, act, manager)
    }

    /// The same under a stated id.
    pub fn note_under(&mut self, id: EventId, seconds: i64, act: Act, manager: Option<u64>) -> Sealed<JournalEntry> {
        let Issuer { series, seller, simulated, .. } = &self.issuer;
        let manager = manager.map(|no| SellerNo::try_from(no).unwrap());
        let deed = Deed { act, at: moment(seconds), by: (*seller).into(), manager };
        let entry = JournalEntry::next(series, self.journal, *simulated, id, deed).unwrap();
        let sealed = Sealed::seal(entry, &self.key);
        self.journal = sealed.head();
        sealed
    }
}

/// The event of an entry of the journal.
pub fn noted(entry: &Sealed<JournalEntry>) -> Event {
    Event::Journal(Box::new(entry.clone()))
}

/// A product at 2.50.
pub fn product(name: &str) -> Product {
    Product {
        sku: sku(name),
        gtin: None,
        name: name.to_owned(),
        category: String::new(),
        price: 250.into(),
        tax: 550.try_into().unwrap(),
        unit: Unit::Piece,
        threshold: None,
    }
}

/// The event of a sale.
pub fn sale(receipt: &Sealed<Receipt>) -> Event {
    Event::Receipt(Box::new(receipt.clone()))
}

/// A movement of pieces, as number `id`, that happened at a time.
pub fn movement(id: u64, seconds: i64, items: &[(&str, u32)]) -> StockMovement {
    let item = |&(name, pieces): &(&str, u32)| StockItem { sku: sku(name), quantity: Quantity::pieces(pieces) };
    StockMovement {
        id: event_id(id),
        items: items.iter().map(item).collect(),
        at: second(seconds),
        by: None,
        counterpart: None,
    }
}

/// Goods that came in.
pub fn delivery(id: u64, items: &[(&str, u32)]) -> Event {
    Event::Delivery(movement(id, 0, items))
}

/// A count at a time.
pub fn count(id: u64, seconds: i64, items: &[(&str, u32)]) -> Event {
    Event::StockCount(movement(id, seconds, items))
}

/// Settings that change nothing.
pub fn settings(id: u64) -> Settings {
    Settings { id: event_id(id), cut_off: None, training: None, thresholds: Vec::new() }
}

/// Settings that say whether the store is for training.
pub fn kind_of_store(id: u64, training: bool) -> Event {
    Event::Settings(Settings { training: Some(training), ..settings(id) })
}

/// Settings that start the business day so many minutes after midnight.
pub fn cut_off(id: u64, minutes: u16) -> Event {
    Event::Settings(Settings { cut_off: Some(minutes.try_into().unwrap()), ..settings(id) })
}

/// Settings that give products a threshold in basis points.
pub fn thresholds(id: u64, changes: &[(&str, u16)]) -> Event {
    let change =
        |&(name, points): &(&str, u16)| ThresholdSetting { sku: sku(name), threshold: points.try_into().unwrap() };
    Event::Settings(Settings { thresholds: changes.iter().map(change).collect(), ..settings(id) })
}

/// An event at its place in the log of store 1 (a receipt's own store), accepted that many seconds after noon.
pub fn recorded(offset: u64, event: Event) -> Recorded {
    let store = match &event {
        Event::Receipt(receipt) => receipt.body.store,
        Event::Journal(entry) => entry.body.store,
        _ => StoreNo::FIRST,
    };
    let accepted_at = second(i64::try_from(offset).unwrap());
    Recorded { position: at(offset), store, accepted_at, flags: Vec::new(), event }
}

/// Events at places 1, 2, 3 …
pub fn in_order(events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
    (1..).zip(events).map(|(offset, event)| recorded(offset, event)).collect()
}

/// What a web tier appends for an event.
pub fn new_record(event: Event) -> NewRecord {
    let Recorded { store, event, .. } = recorded(0, event);
    NewRecord { store, event, accepted_at: second(0), flags: Vec::new(), request_id: None }
}

/// A notice of store 1 that tells nothing but its place.
pub fn empty_notice(offset: u64) -> Notice {
    Notice {
        store: StoreNo::FIRST,
        position: at(offset),
        saved_at: second(0),
        backlog: 0,
        saved: Vec::new(),
        levels: Vec::new(),
        raised: Vec::new(),
        cleared: Vec::new(),
        series: Vec::new(),
        days: Vec::new(),
        findings: Vec::new(),
    }
}
