//! Taking out what is rung up: freely or behind a manager's PIN, as the store says, and noted either way.

use super::context::{Asked, Pane, Stage, Till, Void};
use super::message::Message;
use super::permit::Permit;
use super::sale::Sale;
use leptos::prelude::{GetUntracked, Set, WithUntracked};
use shared::basket::{Basket, BasketError};
use shared::ids::{LineNo, SellerNo};
use shared::journal::Act;
use std::sync::Arc;

impl Sale {
    fn take_out(&mut self, what: Void) -> Result<(), BasketError> {
        match what {
            Void::Line => self.remove(),
            Void::Sale => self.clear(),
            Void::Steps(steps) => return self.step_quantity(steps),
            Void::Leaving(quantity) => return self.set_quantity(quantity),
        }
        Ok(())
    }
}

impl Till {
    /// Takes something out, or asks for the PIN that it takes.
    pub fn void(self, what: Void) {
        if self.stage.get_untracked() != Stage::Selling || self.sale.with_untracked(|sale| sale.basket().is_empty()) {
            return;
        }
        if self.place().store.void_needs_manager {
            self.ask_permission(|sale| Permit::void(what, sale));
        } else {
            self.take_out(what, None);
        }
    }

    /// Takes something out; `manager` where one allowed it, which has to be written down before.
    pub fn take_out(self, what: Void, manager: Option<SellerNo>) {
        let mut after = self.sale.get_untracked();
        let taken = after.take_out(what);
        if !self.done(Some(taken)) {
            return;
        }
        let act = self.sale.with_untracked(|sale| act(what, sale, &after));
        match (act, manager) {
            (Some(act), Some(manager)) => self.change_as_allowed(act, manager, after),
            (act, _) => {
                self.sale.set(after);
                if let Some(act) = act {
                    self.note(act, None);
                }
            }
        }
    }

    /// Changes the sale as a manager allowed it, once that is written down. Where it is another by then, neither happens.
    pub(super) fn change_as_allowed(self, act: Act, manager: SellerNo, after: Sale) {
        let before = self.sale.get_untracked();
        let is_same =
            move || self.stage.get_untracked() == Stage::Selling && self.sale.with_untracked(|sale| *sale == before);
        let noted = self.noted_if(act, manager, is_same.clone());
        leptos::task::spawn_local(async move {
            match noted.await {
                Ok(_) if !is_same() => self.refuse(Message::NotAsAllowed),
                Ok(Ok(())) => self.sale.set(after),
                Ok(Err(reason)) => self.refuse(Message::NotNoted(reason)),
                // The page goes away.
                Err(_) => {}
            }
        });
    }

    /// Puts back what was taken out last.
    pub fn undo(self) {
        if self.stage.get_untracked() == Stage::Selling && self.sale.with_untracked(|sale| sale.undoable().is_some()) {
            self.change(Sale::undo);
            self.note(Act::VoidUndone, None);
        }
    }

    /// Asks for another price of the current line.
    pub fn ask_price(self) {
        self.ask_permission(Permit::price);
    }

    fn ask_permission(self, permit: impl FnOnce(&Sale) -> Option<Permit>) {
        if let Some(permit) = self.sale.with_untracked(permit) {
            self.ask(Asked::Permit(Arc::new(permit)));
        }
    }

    /// Shows what can be done with the drawer, or puts that away.
    pub fn ask_register(self) {
        if self.busy.get_untracked() {
            return;
        }
        if self.asked.with_untracked(|asked| matches!(asked, Some(Asked::Register))) {
            self.asked.set(None);
        } else {
            self.ask(Asked::Register);
        }
    }

    /// Asks for something, while nothing is being paid.
    pub(super) fn ask(self, what: Asked) {
        if self.stage.get_untracked() == Stage::Selling {
            self.message.set(None);
            self.asked.set(Some(what));
            self.pane.set(Pane::Ticket);
        }
    }
}

/// What the journal says of it; nothing where nothing went.
fn act(what: Void, before: &Sale, after: &Sale) -> Option<Act> {
    voided(what, before.basket(), after.basket(), before.current().map(|line| line.n))
}

fn voided(what: Void, before: &Basket, after: &Basket, line: Option<LineNo>) -> Option<Act> {
    if what == Void::Sale {
        let lines = u64::try_from(before.lines().len()).ok()?;
        return Some(Act::BasketVoided { lines, total: before.total().unwrap_or_default() });
    }
    let find = |basket: &Basket| basket.lines().iter().find(|one| Some(one.n) == line).cloned();
    let (was, is) = (find(before)?, find(after));
    let (left, worth) = is.map(|line| (line.quantity, line.total)).unwrap_or_default();
    let quantity = was.quantity.thousandths() - left.thousandths();
    let total = was.total.minus(worth).unwrap_or_default();
    (quantity > 0).then_some(())?;
    Some(Act::LineVoided { quantity: quantity.try_into().ok()?, sku: was.sku, total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::product;
    use shared::quantity::{Quantity, Unit};

    fn basket(pieces: u32) -> (Basket, Option<LineNo>) {
        let mut basket = Basket::default();
        let line = basket.add(&product("milk", 100, Unit::Piece), Quantity::pieces(pieces)).unwrap();
        (basket, Some(line))
    }

    #[test]
    fn a_line_is_voided_by_what_is_less_of_it() {
        let ((before, line), (after, _)) = (basket(5), basket(3));
        let sku = before.lines()[0].sku.clone();
        let gone = |pieces, total: i32| {
            Some(Act::LineVoided { quantity: Quantity::pieces(pieces), sku: sku.clone(), total: total.into() })
        };
        assert_eq!(voided(Void::Steps(-2), &before, &after, line), gone(2, 200));
        assert_eq!(voided(Void::Line, &before, &Basket::default(), line), gone(5, 500));
        assert_eq!(voided(Void::Line, &before, &before, line), None);
        assert_eq!(voided(Void::Line, &before, &after, None), None);
    }

    #[test]
    fn everything_is_voided_at_once() {
        let (before, line) = basket(5);
        let all = Some(Act::BasketVoided { lines: 1, total: 500.into() });
        assert_eq!(voided(Void::Sale, &before, &Basket::default(), line), all);
    }
}
