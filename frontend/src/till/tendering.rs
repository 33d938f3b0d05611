//! Taking the money: what is typed, what it would mean, and the tenders taken so far. Pure.

use crate::format;
use crate::i18n::Language;
use shared::coin::SmallestCoin;
use shared::money::Money;
use shared::payment::{Payment, PaymentError, Tender, TenderKind};

/// The longest amount that somebody types: a million with cents.
const MAX_ENTRY: usize = 10;

/// The notes and round amounts that customers hand over, in cents.
const NOTES: [i32; 7] = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

/// Why a tender was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenderError {
    /// What was typed is no amount.
    NoAmount,
    /// The payment does not take it.
    Payment(PaymentError),
}

/// A payment at the till.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tendering {
    payment: Payment,
    kind: TenderKind,
    entry: String,
}

impl Tendering {
    /// Whether nothing was taken or typed yet.
    pub fn is_untouched(&self) -> bool {
        self.payment.tenders().is_empty() && self.entry.is_empty()
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Tender> {
        self.payment.tenders().to_vec()
    }

    /// Starts to take `total`, where cash is rounded to the smallest coin.
    pub const fn of(total: Money, kind: TenderKind, coin: SmallestCoin) -> Self {
        Self { payment: Payment::in_coins(total, coin), kind, entry: String::new() }
    }

    /// Goes on with a payment of `total` of which `taken` was taken; nothing where nothing was. The rest is expected in cash.
    pub fn resumed(total: Money, coin: SmallestCoin, taken: &[Tender]) -> Option<Self> {
        let payment = Payment::in_coins(total, coin).resumed(taken.to_vec());
        (!taken.is_empty()).then(|| Self { payment, kind: TenderKind::Cash, entry: String::new() })
    }

    /// The payment so far.
    pub const fn payment(&self) -> &Payment {
        &self.payment
    }

    /// How the next tender is paid.
    pub const fn kind(&self) -> TenderKind {
        self.kind
    }

    /// What is typed so far; nothing means exactly what is due.
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// What is still to be paid by the chosen means.
    pub fn due(&self) -> Money {
        self.payment.due(self.kind).unwrap_or(Money::ZERO)
    }

    /// What rounding adds to that.
    pub fn rounding(&self) -> Money {
        let exact = self.payment.due(TenderKind::Card);
        exact.and_then(|exact| self.due().minus(exact)).unwrap_or(Money::ZERO)
    }

    /// Chooses how the next tender is paid.
    pub fn choose(&mut self, kind: TenderKind) {
        self.kind = kind;
        self.entry.clear();
    }

    /// Replaces what is typed by what a field says.
    pub fn type_over(&mut self, text: &str) {
        self.entry = text.chars().take(MAX_ENTRY).collect();
    }

    /// Fills in an amount.
    pub fn fill(&mut self, amount: Money, language: Language) {
        self.entry = format::plain_amount(language, amount);
    }

    /// The amount of the next tender.
    pub fn amount(&self) -> Result<Money, TenderError> {
        if self.entry.is_empty() {
            Ok(self.due())
        } else {
            format::parse_amount(&self.entry).ok_or(TenderError::NoAmount)
        }
    }

    /// What would be given back if the next tender were taken as it stands.
    pub fn change(&self) -> Money {
        let mut after = self.clone();
        let _ = after.take();
        after.payment.change().unwrap_or(Money::ZERO)
    }

    /// Takes the tender as it stands; whether everything is paid then. The rest of a split is expected in cash.
    pub fn take(&mut self) -> Result<bool, TenderError> {
        if !self.payment.is_covered() {
            let amount = self.amount()?;
            self.payment.tender(self.kind, amount).map_err(TenderError::Payment)?;
            self.choose(TenderKind::Cash);
        }
        Ok(self.payment.is_covered())
    }

    /// Takes back what is typed, or else the last tender; whether there was anything.
    pub fn undo(&mut self) -> bool {
        if !self.entry.is_empty() {
            self.entry.clear();
            return true;
        }
        self.payment.undo().is_some()
    }

    /// Takes the last tender back, and what is typed with it.
    pub fn take_back(&mut self) {
        self.entry.clear();
        self.payment.undo();
    }

    /// What a customer is likely to hand over: the notes above what is due, the nearest first.
    pub fn notes(&self) -> Vec<Money> {
        let due = self.due();
        let next_ten = Money::try_from((due.minor() + 999) / 1000 * 1000).unwrap_or(due);
        let mut notes: Vec<_> = NOTES.map(Money::from).into_iter().filter(|&note| note > due).collect();
        if next_ten > due && !notes.contains(&next_ten) {
            notes.insert(notes.partition_point(|&note| note < next_ten), next_ten);
        }
        notes.truncate(4);
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(total: i32, kind: TenderKind, text: &str) -> Tendering {
        let mut tendering = Tendering::of(total.into(), kind, SmallestCoin::ONE);
        tendering.type_over(text);
        tendering
    }

    #[test]
    fn nothing_typed_pays_exactly() {
        let mut tendering = typed(2157, TenderKind::Card, "");
        assert_eq!((tendering.change(), tendering.take()), (Money::ZERO, Ok(true)));
    }

    #[test]
    fn cash_gives_change() {
        let mut tendering = typed(2157, TenderKind::Cash, "30");
        assert_eq!(tendering.change(), 843.into());
        assert_eq!(tendering.take(), Ok(true));
        assert_eq!(tendering.payment().change(), Ok(843.into()));
    }

    #[test]
    fn cash_is_due_as_coins_make_it_and_a_card_to_the_cent() {
        let mut tendering = Tendering::of(2157.into(), TenderKind::Card, 5.try_into().unwrap());
        assert_eq!((tendering.due(), tendering.rounding()), (2157.into(), Money::ZERO));
        tendering.choose(TenderKind::Cash);
        assert_eq!((tendering.due(), tendering.rounding()), (2155.into(), (-2).into()));
        tendering.type_over("21,57");
        assert!(matches!(tendering.take(), Err(TenderError::Payment(PaymentError::NoCoins(_)))));
        tendering.type_over("30");
        assert_eq!((tendering.change(), tendering.take()), (845.into(), Ok(true)));
    }

    #[test]
    fn what_is_left_for_cash_and_is_less_than_half_a_coin_takes_no_money() {
        let mut tendering = Tendering::of(1002.into(), TenderKind::Card, 5.try_into().unwrap());
        tendering.type_over("10");
        assert_eq!((tendering.take(), tendering.due()), (Ok(false), Money::ZERO));
        assert_eq!((tendering.change(), tendering.take()), (Money::ZERO, Ok(true)));
    }

    #[test]
    fn a_split_goes_on_in_cash() {
        let mut tendering = typed(2157, TenderKind::Card, "10");
        assert_eq!(tendering.take(), Ok(false));
        assert_eq!((tendering.kind(), tendering.due()), (TenderKind::Cash, 1157.into()));
        assert!(tendering.undo());
        assert_eq!(tendering.due(), 2157.into());
        assert!(!tendering.undo());
    }

    #[test]
    fn what_was_taken_is_still_taken_when_the_payment_comes_back() {
        let mut before = typed(2157, TenderKind::Card, "10");
        assert_eq!(before.take(), Ok(false));
        let resumed = |taken: &[Tender]| Tendering::resumed(2157.into(), SmallestCoin::ONE, taken);
        assert_eq!(resumed(before.payment().tenders()), Some(before));
        assert_eq!(resumed(&[]), None);
    }

    #[test]
    fn a_payment_that_was_whole_when_the_page_died_takes_no_more() {
        let taken = [Tender { amount: 2157.into(), kind: TenderKind::Card }];
        let mut resumed = Tendering::resumed(2157.into(), SmallestCoin::ONE, &taken).unwrap();
        assert_eq!((resumed.due(), resumed.take()), (Money::ZERO, Ok(true)));
        assert_eq!(resumed.payment().tenders(), taken);
    }

    #[test]
    fn what_cannot_be_taken_changes_nothing() {
        let mut tendering = typed(100, TenderKind::Card, "1,01");
        assert_eq!(tendering.take(), Err(TenderError::Payment(PaymentError::AboveDue)));
        let mut rubbish = typed(100, TenderKind::Cash, ",,");
        assert_eq!(rubbish.take(), Err(TenderError::NoAmount));
        assert!(tendering.payment().tenders().is_empty() && rubbish.payment().tenders().is_empty());
    }

    #[test]
    fn a_total_of_zero_is_covered_by_nothing() {
        assert_eq!(typed(0, TenderKind::Cash, "").take(), Ok(true));
    }

    #[test]
    fn notes_are_those_above_what_is_due() {
        let minor = |total| typed(total, TenderKind::Cash, "").notes().iter().map(|n| n.minor()).collect::<Vec<_>>();
        assert_eq!(minor(2157), [3_000, 5_000, 10_000, 20_000]);
        assert_eq!(minor(350), [500, 1_000, 2_000, 5_000]);
        assert_eq!(minor(123_456), [124_000]);
    }
}
