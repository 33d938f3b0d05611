//! What the till has to say to the cashier, in its reserved place. Kept as facts, so that the words follow the language.

use crate::api::ApiError;
use crate::format;
use crate::i18n::{common, keeping, language, printing, reducing, registers, till::words};
use shared::basket::{Basket, BasketError};
use shared::payment::PaymentError;
use shared::quantity::{Quantity, Unit};

use super::tendering::TenderError;

/// Something that went otherwise than the cashier wanted. What is rung up is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// No product has that code.
    Unknown(String),
    /// The label of a product does not fit its price or unit.
    OddLabel(String),
    /// The store sells only what the stock says is there: the product, and how much of it is left.
    NotInStock(String, Quantity, Unit),
    /// A quantity that no line holds.
    Quantity,
    /// No room for another line.
    Full,
    /// A figure beyond all measure.
    TooMuch,
    /// A discount of more than there is, or of nothing.
    Discount,
    /// A price that nothing has.
    Price,
    /// What was typed is no amount.
    NoAmount,
    /// Only cash may be more than what is due.
    AboveDue,
    /// The coins of the store do not make that amount.
    NoCoins,
    /// No further tender fits.
    NoMoreTenders,
    /// Products are rung up before the payment is begun, or after it is taken back.
    Paying,
    /// A form with something typed in it does not give way to another.
    Typing,
    /// Nobody signs out while some of a payment was taken.
    PartPaid,
    /// What was asked for before is not done yet.
    Busy,
    /// Something is being refunded.
    Refunding,
    /// Too many sales are on hold.
    NoRoom,
    /// Nothing is rung up.
    Empty,
    /// The sale changed while it was being signed; nothing was issued.
    Changed,
    /// What a manager has allowed is another by now; it was not done.
    NotAsAllowed,
    /// The browser could not write the receipt; nothing was issued.
    NotWritten(String),
    /// Nothing came out of the printer, and why.
    NotPrinted(String),
    /// The browser could not write down what was to be done; it was not done.
    NotNoted(String),
    /// The browser could not write down what was done.
    DoneUnnoted(String),
    /// A part of the program could not be fetched.
    NotFetched,
    /// The catalogue could not be fetched.
    NoCatalogue(ApiError),
}

impl Message {
    /// What to say: what happened, and what to do where that is not plain.
    pub fn text(&self) -> String {
        let words = words();
        match self {
            Self::Unknown(code) => (words.unknown_code)(code),
            Self::OddLabel(name) => (words.odd_label)(name),
            Self::NotInStock(name, left, unit) => (words.not_in_stock)(name, &format::level(language(), *left, *unit)),
            Self::Quantity => words.wrong_quantity.to_owned(),
            Self::Full => (words.full)(Basket::MAX_LINES),
            Self::TooMuch => words.too_much.to_owned(),
            Self::Discount => reducing::too_much().to_owned(),
            Self::Price => registers::no_price().to_owned(),
            Self::NoAmount => words.no_amount.to_owned(),
            Self::AboveDue => words.above_due.to_owned(),
            Self::NoCoins => words.no_coins.to_owned(),
            Self::NoMoreTenders => words.no_more_tenders.to_owned(),
            Self::Paying => words.finish_paying.to_owned(),
            Self::Typing => keeping::typing().to_owned(),
            Self::PartPaid => keeping::part_paid().to_owned(),
            Self::Busy => keeping::busy().to_owned(),
            Self::Refunding => keeping::refunding().to_owned(),
            Self::NoRoom => keeping::no_room().to_owned(),
            Self::Empty => words.nothing_to_pay.to_owned(),
            Self::Changed => words.changed_meanwhile.to_owned(),
            Self::NotAsAllowed => registers::not_as_allowed().to_owned(),
            Self::NotWritten(reason) => (words.not_written)(reason),
            Self::NotPrinted(reason) => printing::not_printed(reason),
            Self::NotNoted(reason) => registers::not_noted(reason),
            Self::DoneUnnoted(reason) => registers::done_unnoted(reason),
            Self::NotFetched => common::words().unreachable.to_owned(),
            Self::NoCatalogue(error) => format!("{} {}", words.no_catalogue, error.text()),
        }
    }
}

impl From<BasketError> for Message {
    fn from(error: BasketError) -> Self {
        match error {
            BasketError::Quantity { .. } | BasketError::NoSuchLine(_) => Self::Quantity,
            BasketError::Discount(_) => Self::Discount,
            BasketError::Price(_) => Self::Price,
            BasketError::Full => Self::Full,
            BasketError::OutOfRange(_) => Self::TooMuch,
        }
    }
}

impl From<TenderError> for Message {
    fn from(error: TenderError) -> Self {
        match error {
            TenderError::NoAmount | TenderError::Payment(PaymentError::NotPositive) => Self::NoAmount,
            TenderError::Payment(PaymentError::AboveDue) => Self::AboveDue,
            TenderError::Payment(PaymentError::NoCoins(_)) => Self::NoCoins,
            TenderError::Payment(PaymentError::TooMany | PaymentError::Covered) => Self::NoMoreTenders,
            TenderError::Payment(PaymentError::OutOfRange(_)) => Self::TooMuch,
        }
    }
}
