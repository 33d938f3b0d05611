//! What lies on a register's counter: the sale under way, and those that customers asked to put aside. Pure.

use super::sale::Sale;
use serde::{Deserialize, Serialize};
use shared::payment::Tender;
use shared::sums::Sums;

/// What lies on a counter. It is kept with every change, so that a reload or a crash loses nothing of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// The sale under way.
    pub open: Sale,
    /// What was taken of its payment.
    #[serde(default)]
    pub taken: Vec<Tender>,
    /// Those on hold, the one put aside first in front.
    #[serde(default)]
    pub held: Vec<Sale>,
    /// What the receipts of this register in this browser come to, since the first of them.
    #[serde(default)]
    pub sums: Sums,
}

/// The most sales that wait on one counter: more than the customers who fit before it.
pub const MOST_HELD: usize = 20;

/// Puts the sale under way aside; whether there was one, and room for it.
pub fn hold(open: &mut Sale, held: &mut Vec<Sale>) -> bool {
    let fits = !open.basket().is_empty() && held.len() < MOST_HELD;
    if fits {
        held.push(std::mem::take(open).settled());
    }
    fits
}

/// Takes a sale on hold up again, by its place. One that is under way is put aside in its stead.
pub fn recall(open: &mut Sale, held: &mut Vec<Sale>, place: usize) {
    if place < held.len() {
        let under_way = std::mem::replace(open, held.remove(place));
        if !under_way.basket().is_empty() {
            held.push(under_way.settled());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::{moment, product};
    use shared::payment::TenderKind;
    use shared::quantity::{Quantity, Unit};

    fn sale(name: &str) -> Sale {
        let mut sale = Sale::default();
        sale.add(&product(name, 100, Unit::Piece), Quantity::ONE, moment()).unwrap();
        sale
    }

    fn first(sale: &Sale) -> Option<&str> {
        sale.basket().lines().first().map(|line| line.name.as_str())
    }

    #[test]
    fn a_sale_put_aside_comes_back_as_it_was() {
        let (mut open, mut held) = (sale("a"), Vec::new());
        assert!(hold(&mut open, &mut held));
        assert!(open.basket().is_empty());
        recall(&mut open, &mut held, 0);
        assert_eq!((&open, held.len()), (&sale("a"), 0));
    }

    #[test]
    fn recalling_puts_the_sale_under_way_aside() {
        let (mut open, mut held) = (sale("a"), vec![sale("b"), sale("c")]);
        recall(&mut open, &mut held, 0);
        assert_eq!(first(&open), Some("b"));
        assert_eq!(held.iter().filter_map(first).collect::<Vec<_>>(), ["c", "a"]);
        recall(&mut open, &mut held, 9);
        assert_eq!(held.len(), 2);
    }

    #[test]
    fn nothing_is_not_put_aside_and_a_full_counter_takes_no_more() {
        let mut held = vec![sale("a"); MOST_HELD];
        assert!(!hold(&mut Sale::default(), &mut Vec::new()));
        let mut open = sale("b");
        assert!(!hold(&mut open, &mut held));
        assert_eq!(first(&open), Some("b"));
    }

    #[test]
    fn a_counter_outlives_its_page() {
        let taken = vec![Tender { amount: 40.into(), kind: TenderKind::Card }];
        let counter = Counter { open: sale("a"), taken, held: vec![sale("b")], sums: Sums::default() };
        let text = serde_json::to_string(&counter).unwrap();
        assert_eq!(serde_json::from_str::<Counter>(&text).unwrap(), counter);
    }
}
