//! What the till has tried to sell, and what it said came of it. Pure.

use serde::Deserialize;
use shared::ids::SeriesLetter;
use shared::money::Money;

/// What the screen called *paid*, or what a saved receipt says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Paid {
    /// The series of the register.
    pub series: SeriesLetter,
    /// The number in it.
    pub number: u64,
    /// The total.
    pub total: Money,
    /// Four characters of the signature.
    pub seal: String,
}

/// The last button before *paid* was pressed once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Attempt {
    /// What stood on the screen as the total.
    total: Money,
    /// What it came to; absent where the browser or its page died before it said so.
    paid: Option<Paid>,
}

impl Attempt {
    /// Whether this is what a saved receipt may have come from.
    fn may_be(&self, saved: &Paid) -> bool {
        self.paid.as_ref().map_or(self.total == saved.total, |paid| paid == saved)
    }
}

/// What is known of the till's sales, in their order.
#[derive(Debug, Clone, Default)]
pub struct Sales {
    attempts: Vec<Attempt>,
    /// Whether nothing waits to be sent any more.
    pub is_drained: bool,
}

impl Sales {
    /// The last button before *paid* is pressed.
    pub fn attempt(&mut self, total: Money) {
        self.attempts.push(Attempt { total, paid: None });
    }

    /// The screen says *paid*. `false` where nothing was pressed for it.
    pub fn paid(&mut self, paid: Paid) -> bool {
        let attempt = self.attempts.last_mut().filter(|attempt| attempt.paid.is_none());
        attempt.is_some_and(|attempt| attempt.paid.replace(paid).is_none())
    }

    /// Everything that was called paid.
    pub fn all_paid(&self) -> impl Iterator<Item = &Paid> {
        self.attempts.iter().filter_map(|attempt| attempt.paid.as_ref())
    }

    /// The first receipt that no attempt explains, of those that are saved, in the order of their numbers. Each attempt
    /// explains one, and none that was made before another's: what was called paid explains just that, and what died before it
    /// could say so a receipt of its total.
    pub fn unexplained<'a>(&self, saved: &'a [Paid]) -> Option<&'a Paid> {
        let mut attempts = self.attempts.iter();
        saved.iter().find(|saved| !attempts.any(|attempt| attempt.may_be(saved)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(number: u64, cents: i32) -> Paid {
        let series = SeriesLetter::nth(0).expect("the first letter");
        Paid { series, number, total: cents.into(), seal: format!("s{number}") }
    }

    /// Three attempts: the second one died, and nobody knows what came of it.
    fn sales() -> Sales {
        let mut sales = Sales::default();
        for (number, cents) in [(1, 100), (0, 200), (2, 300)] {
            sales.attempt(cents.into());
            assert!(number == 0 || sales.paid(receipt(number, cents)));
        }
        sales
    }

    #[test]
    fn an_attempt_that_died_may_have_come_to_a_receipt_or_not() {
        let mut sales = sales();
        assert_eq!(sales.unexplained(&[receipt(1, 100), receipt(2, 300)]), None);
        sales.attempt(400.into());
        let saved = [receipt(1, 100), receipt(2, 300), receipt(3, 400)];
        assert_eq!(sales.unexplained(&saved), None);
    }

    #[test]
    fn a_second_receipt_of_one_attempt_does_not_hide_behind_one_that_died() {
        let sales = sales();
        let twice = [receipt(1, 100), receipt(2, 300), receipt(3, 300)];
        assert_eq!(sales.unexplained(&twice), Some(&twice[2]), "as many as there were attempts");
        let other = [receipt(1, 100), Paid { seal: "s9".to_owned(), ..receipt(2, 100) }];
        assert_eq!(sales.unexplained(&other), Some(&other[1]), "the one that died was of another total");
    }

    #[test]
    fn what_is_called_paid_was_pressed_for_once() {
        let mut sales = sales();
        assert!(!sales.paid(receipt(3, 300)));
        assert!(!Sales::default().paid(receipt(1, 100)));
        assert_eq!(sales.all_paid().count(), 2);
    }
}
