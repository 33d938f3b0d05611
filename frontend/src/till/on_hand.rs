//! A store that sells no more than it has: what the stock says, less what waits here to be saved, is the limit.

use super::context::Till;
use super::message::Message;
use super::sale::Sale;
use leptos::prelude::{WithUntracked, untrack};
use shared::basket::BasketLine;
use shared::quantity::Quantity;

impl Till {
    /// Why this store does not sell what is rung up; nothing where it does.
    pub(super) fn lack_of(self, sale: &Sale) -> Option<Message> {
        sale.basket().lines().iter().find_map(|line| self.lack(sale, line))
    }

    /// Why this store does not sell what a sale has of a line's product. Most sell whatever the customer holds in hand; and
    /// while nothing at all is known of the stock, nobody can say.
    pub(super) fn lack(self, sale: &Sale, line: &BasketLine) -> Option<Message> {
        if !self.place().store.refuse_below_zero || !self.knows_stock() {
            return None;
        }
        let on_hand = untrack(|| self.level(&line.sku)).map_or(Quantity::ZERO, |level| level.on_hand);
        let is_short = sale.quantity_of(&line.sku) > on_hand;
        is_short.then(|| Message::NotInStock(line.name.clone(), on_hand.max(Quantity::ZERO), line.unit))
    }

    fn knows_stock(self) -> bool {
        let store = self.place().store.no;
        self.live
            .pictures
            .with_untracked(|all| all.get(&store).is_some_and(|picture| picture.levels().next().is_some()))
    }
}
