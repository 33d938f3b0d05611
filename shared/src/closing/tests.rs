//! Closings and receipts in whatever order they arrive.

use super::{Closed, Closing, ClosingFault, Figures, Periods, Span, State, ToDate, by_span};
use crate::canonical::Canonical;
use crate::chain::{Hash, Head, Sealed, Signature};
use crate::ids::{JournalNo, PeriodNo};
use crate::money::Money;
use crate::receipt::Receipt;
use crate::receipt::tests::sample;
use crate::sums::Sums;
use proptest::prelude::*;

/// What arrives.
#[derive(Debug, Clone)]
enum Arrival {
    Receipt(Box<Sealed<Receipt>>),
    Closing(JournalNo, Hash, Box<Closing>),
}

/// A till that keeps its sums.
#[derive(Default)]
struct Till {
    head: Option<Head>,
    sums: Sums,
    closed: Closed,
    arrivals: Vec<Arrival>,
}

impl Till {
    fn head(&self) -> Head {
        self.head.unwrap_or(Head::GENESIS)
    }

    fn sell(&mut self, price: i32) {
        let mut body = sample("A", price, 1000);
        (body.number, body.prev) = ((self.head().number + 1).try_into().unwrap(), self.head().hash);
        let body = body.in_period(PeriodNo::try_from(self.closed.number + 1).ok().filter(|no| *no > PeriodNo::FIRST));
        self.sums.add(&body);
        let sealed = Sealed { hash: body.digest(), body, signature: Signature::from_bytes([0; 64]) };
        self.head = Some(sealed.head());
        self.arrivals.push(Arrival::Receipt(Box::new(sealed)));
    }

    fn close(&mut self) {
        self.close_on("2026-11-23");
    }

    fn close_on(&mut self, day: &str) {
        let day = day.parse().unwrap();
        let closing = self.closed.next(&self.sums, self.head(), day).unwrap();
        let (entry, hash) = (closing.number.get(), Hash::from_bytes([closing.number.get().to_be_bytes()[7]; 32]));
        self.closed = Closed::with(&closing, hash);
        self.sums = Sums::default();
        self.arrivals.push(Arrival::Closing(entry.try_into().unwrap(), hash, Box::new(closing)));
    }
}

/// Sells at the prices above zero, and closes where one is zero.
fn till(turns: &[i32]) -> Till {
    let mut till = Till::default();
    for &price in turns {
        if price == 0 { till.close() } else { till.sell(price) }
    }
    till
}

fn arrive(periods: &mut Periods, arrivals: &[Arrival]) -> Vec<ClosingFault> {
    let take = |arrival: &Arrival| match arrival {
        Arrival::Receipt(receipt) => periods.take(receipt),
        Arrival::Closing(entry, hash, closing) => periods.close(*entry, *hash, closing),
    };
    arrivals.iter().filter_map(take).collect()
}

fn states(periods: &Periods, closings: u64) -> Vec<State> {
    (1..=closings).map(|no| periods.state(no.try_into().unwrap())).collect()
}

/// The closing of that number, to be changed.
fn closing(till: &mut Till, number: u64) -> &mut Closing {
    let is_it = |arrival: &&mut Arrival| matches!(arrival, Arrival::Closing(entry, ..) if entry.get() == number);
    match till.arrivals.iter_mut().find(is_it) {
        Some(Arrival::Closing(.., closing)) => closing,
        _ => panic!("there is no closing {number}"),
    }
}

/// The faults and states of three closings of which one is changed.
fn changed(number: u64, change: impl FnOnce(&mut Closing)) -> (Vec<ClosingFault>, Vec<State>) {
    let mut till = till(&[100, 250, 0, 300, 0, 0]);
    change(closing(&mut till, number));
    let mut periods = Periods::default();
    let faults = arrive(&mut periods, &till.arrivals);
    (faults, states(&periods, 3))
}

/// What is found of a closing; each is the entry of its own number.
fn wrong(number: u64) -> ClosingFault {
    ClosingFault::Disagrees(number.try_into().unwrap())
}

#[test]
fn a_closing_says_what_was_sold_since_the_last_and_in_all() {
    let mut till = till(&[100, 250, 0, 300, 0]);
    let first = closing(&mut till, 1).clone();
    assert_eq!((first.first.get(), first.last, first.period.receipts, first.period.total), (1, 2, 2, 350.into()));
    let second = closing(&mut till, 2).clone();
    assert_eq!((second.first.get(), second.last, second.period.total), (3, 3, 300.into()));
    assert_eq!((second.perpetual.absolute, second.perpetual.algebraic), (650.into(), 650.into()));
    assert_eq!((second.previous, second.head), (Hash::from_bytes([1; 32]), till.head().hash));
}

#[test]
fn a_refund_adds_to_the_absolute_total_and_takes_off_the_other() {
    let mut sums = Sums::default();
    let mut refund = sample("A", 100, 1000);
    refund.total = Money::ZERO.minus(refund.total).unwrap();
    sums.add(&sample("A", 250, 1000));
    sums.add(&refund);
    let closing = Closed::default().next(&sums, Head::GENESIS, "2026-11-23".parse().unwrap()).unwrap();
    assert_eq!((closing.perpetual.absolute, closing.perpetual.algebraic), (350.into(), 150.into()));
}

/// Sells for one euro and closes, on each of these days.
fn days(days: &[&str]) -> Till {
    let mut till = Till::default();
    for day in days {
        till.sell(100);
        till.close_on(day);
    }
    till
}

fn to_date(closing: &Closing, span: Span) -> &Figures {
    closing.to_date.as_ref().unwrap().of(span)
}

fn closings(till: &Till) -> Vec<Closing> {
    let closing = |arrival: &Arrival| match arrival {
        Arrival::Closing(.., closing) => Some(closing.as_ref().clone()),
        Arrival::Receipt(_) => None,
    };
    till.arrivals.iter().filter_map(closing).collect()
}

#[test]
fn a_closing_says_what_month_and_year_have_come_to() {
    let closings = closings(&days(&["2026-11-29", "2026-11-30", "2026-12-01", "2027-01-01", "2027-12-01"]));
    let receipts =
        |figures: &Figures| (figures.receipts, figures.total, figures.taxes[0].gross, figures.tenders[0].amount);
    let of = |count: i32| {
        (u64::from(count.unsigned_abs()), (100 * count).into(), (100 * count).into(), (100 * count).into())
    };
    let months: Vec<_> = closings.iter().map(|closing| receipts(to_date(closing, Span::Month))).collect();
    assert_eq!(months, [1, 2, 1, 1, 1].map(of));
    let years: Vec<_> = closings.iter().map(|closing| receipts(to_date(closing, Span::Year))).collect();
    assert_eq!(years, [1, 2, 3, 1, 2].map(of));
}

#[test]
fn the_last_closing_of_a_month_closes_it_once_a_later_one_has_come() {
    let closings = closings(&days(&["2026-11-29", "2026-11-30", "2026-12-01", "2027-01-01"]));
    let last = |span: Span| {
        let spans = by_span(span, &closings, |closing| closing);
        let last = spans.filter_map(|(closings, is_over)| Some((closings.last()?, is_over)));
        last.map(|(closing, is_over)| (span.name(closing.day), closing.number.get(), is_over)).collect::<Vec<_>>()
    };
    let named = |name: &str, number, is_over| (name.to_owned(), number, is_over);
    assert_eq!(last(Span::Month), [named("2026-11", 2, true), named("2026-12", 3, true), named("2027-01", 4, false)]);
    assert_eq!(last(Span::Year), [named("2026", 3, true), named("2027", 4, false)]);
}

#[test]
fn a_clock_that_went_back_opens_no_closed_month_again() {
    let till = days(&["2026-11-30", "2026-12-01", "2026-11-30"]);
    let last = closings(&till).pop().unwrap();
    assert_eq!((last.day.to_string().as_str(), to_date(&last, Span::Month).receipts), ("2026-12-01", 2));
    let mut periods = Periods::default();
    assert_eq!(arrive(&mut periods, &till.arrivals), []);
}

#[test]
fn a_month_that_does_not_carry_on_and_a_day_before_the_last_are_found() {
    use State::{Complete, Wrong};
    let other = |closing: &mut Closing| closing.to_date.as_mut().unwrap().month.total = 1.into();
    assert_eq!(changed(3, other), (vec![wrong(3)], vec![Complete, Complete, Wrong]));
    let other = |closing: &mut Closing| closing.to_date.as_mut().unwrap().year.refunds += 1;
    assert_eq!(changed(3, other), (vec![wrong(3)], vec![Complete, Complete, Wrong]));
    let earlier = |closing: &mut Closing| {
        closing.day = "2026-11-22".parse().unwrap();
        closing.to_date = Some(ToDate { month: closing.period.clone(), year: closing.period.clone() });
    };
    assert_eq!(changed(3, earlier), (vec![wrong(3)], vec![Complete, Complete, Wrong]));
    let without = |closing: &mut Closing| closing.to_date = None;
    assert_eq!(changed(3, without), (vec![wrong(3)], vec![Complete, Complete, Wrong]));
}

/// Closings of a till that did not count them yet, and the first of one that does.
#[test]
fn months_may_begin_to_be_counted_behind_closings_without_them() {
    let mut till = Till::default();
    for _ in 0..2 {
        till.sell(100);
        till.close();
        let Some(Arrival::Closing(.., closing)) = till.arrivals.last_mut() else { panic!("it was closed") };
        closing.to_date = None;
        till.closed.to_date = ToDate::default();
    }
    till.sell(100);
    till.close();
    let mut periods = Periods::default();
    assert_eq!(arrive(&mut periods, &till.arrivals), []);
    assert_eq!(to_date(&closings(&till)[2], Span::Month).receipts, 1);
}

#[test]
fn the_figures_of_two_days_are_those_of_all_their_receipts() {
    let day = |prices: &[i32]| {
        let mut sums = Sums::default();
        for &price in prices {
            let mut receipt = sample("A", price.abs(), 1000);
            if price < 0 {
                receipt.total = price.into();
                receipt.rounding = 2.into();
                receipt.taxes.iter_mut().for_each(|line| line.rate = 550.try_into().unwrap());
            }
            sums.add(&receipt);
        }
        Figures::of(&sums)
    };
    assert_eq!(day(&[100, -250]).plus(&day(&[-300, 40])), day(&[100, -250, -300, 40]));
    assert_eq!(day(&[]).plus(&day(&[])), Figures::default());
}

#[test]
fn figures_that_are_not_those_of_the_receipts_are_found() {
    use State::{Complete, Wrong};
    let other = |closing: &mut Closing| closing.period.receipts += 1;
    assert_eq!(changed(1, other), (vec![wrong(1)], vec![Wrong, Complete, Complete]));
    let other = |closing: &mut Closing| closing.head = Hash::from_bytes([7; 32]);
    assert_eq!(changed(2, other), (vec![wrong(2)], vec![Complete, Wrong, Complete]));
}

#[test]
fn a_grand_total_that_was_reset_and_a_closing_that_was_skipped_are_found() {
    use State::{Complete, Wrong};
    let reset = |closing: &mut Closing| closing.perpetual = crate::closing::Perpetual::default().after(&closing.period);
    assert_eq!(
        changed(2, reset),
        (vec![wrong(2), wrong(3)], vec![Complete, Wrong, Wrong]),
        "the next one carries it on"
    );
    let other = |closing: &mut Closing| closing.previous = Hash::GENESIS;
    assert_eq!(changed(3, other), (vec![wrong(3)], vec![Complete, Complete, Wrong]));
}

#[test]
fn a_closed_period_takes_no_receipt_any_more() {
    let mut till = till(&[100, 0, 300, 0]);
    let Arrival::Receipt(last) = &mut till.arrivals[2] else { panic!("it is a receipt") };
    last.body.period = None;
    let mut periods = Periods::default();
    assert_eq!(arrive(&mut periods, &till.arrivals), [ClosingFault::AfterClosing]);
    assert_eq!(states(&periods, 2), [State::Complete, State::Waiting]);
}

#[test]
fn a_second_closing_of_one_number_is_found_and_changes_nothing() {
    let till = till(&[100, 0, 200]);
    let mut periods = Periods::default();
    arrive(&mut periods, &till.arrivals);
    assert_eq!(arrive(&mut periods, &till.arrivals[1..2]), [wrong(1)]);
    assert_eq!(states(&periods, 1), [State::Complete]);
}

#[test]
fn a_closing_waits_for_its_receipts_and_for_the_closing_before() {
    let till = till(&[100, 200, 0, 300, 0]);
    let mut periods = Periods::default();
    assert_eq!(arrive(&mut periods, &till.arrivals[3..]), []);
    assert_eq!(states(&periods, 2), [State::Waiting; 2], "its own receipts are there, and the first closing is not");
    arrive(&mut periods, &till.arrivals[1..3]);
    assert_eq!(states(&periods, 2), [State::Waiting, State::Complete]);
    assert_eq!(periods.waiting().map(JournalNo::get).collect::<Vec<_>>(), [1]);
    arrive(&mut periods, &till.arrivals[..1]);
    assert_eq!(states(&periods, 2), [State::Complete; 2]);
    assert_eq!(periods.waiting().count(), 0);
}

proptest! {
    #[test]
    fn in_whatever_order_they_arrive_all_are_complete(
        (turns, order) in prop::collection::vec(0_i32..400, 1..40).prop_flat_map(|turns| {
            let order = Just((0..turns.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(turns), order)
        })
    ) {
        let till = till(&turns);
        let arrivals: Vec<_> = order.iter().map(|&place| till.arrivals[place].clone()).collect();
        let mut periods = Periods::default();
        prop_assert_eq!(arrive(&mut periods, &arrivals), []);
        let running = periods.running(till.head().number).unwrap();
        prop_assert_eq!(&running.sums, &till.sums);
        prop_assert_eq!(running.number.map_or(1, PeriodNo::get), till.closed.number + 1);
        prop_assert_eq!(periods.running(till.head().number + 1), None);
        prop_assert!(states(&periods, till.closed.number).iter().all(|state| *state == State::Complete));
        let text = serde_json::to_string(&periods).unwrap();
        prop_assert_eq!(serde_json::from_str::<Periods>(&text).unwrap(), periods);
        // What is settled is let go of: at most the period that runs is left.
        prop_assert!(text.matches("\"sums\"").count() <= 1);
    }
}
