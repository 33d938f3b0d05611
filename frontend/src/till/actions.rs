//! What a cashier does while ringing up. Touch, keyboard, scanner and bot all come through here.

use super::catalogue::Found;
use super::context::{Asked, BroughtBack, HowMuch, Pane, Scanned, Stage, Target, Till, Void};
use super::message::Message;
use super::multiplier::split_multiplier;
use super::sale::Sale;
use super::supply::Wanted;
use super::tendering::Tendering;
use crate::browser::sound::Tone;
use crate::ui;
use leptos::prelude::{GetUntracked, Set, Update, UpdateValue, WithUntracked};
use shared::basket::{Basket, BasketError};
use shared::discount::Reduction;
use shared::ids::LineNo;
use shared::money::Money;
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::receipt::Receipt;
use shared::receipt_code;
use std::sync::Arc;

impl Till {
    /// Says that something did not go.
    pub fn refuse(self, message: Message) {
        self.message.set(Some(message));
        self.sound.play(Tone::Refused);
    }

    /// Rings up a scanned or fully typed code; that of a receipt asks what to refund. While something is signed and written, or
    /// nobody is signed in, the code waits.
    pub fn scan(self, code: &str) {
        if self.busy.get_untracked() || self.locked.get_untracked() {
            return self.scanned.update_value(|all| all.push(code.into()));
        }
        if code.starts_with(receipt_code::MARK) {
            return self.ask_refund(Some(Scanned(code.into())));
        }
        if self.early.takes(|| Wanted::Code(code.to_owned())) {
            return;
        }
        let times = self.multiplier();
        match self.catalogue.with_untracked(|catalogue| catalogue.look_up(code)) {
            Found::Product(product) => self.ring_up(&product, times),
            Found::Measured(product, quantity) => self.ring_up_labels(&product, quantity, times),
            Found::OddLabel(product) => self.refuse(Message::OddLabel(product.name.clone())),
            Found::Unknown => self.refuse(Message::Unknown(code.chars().take(32).collect())),
        }
    }

    /// Takes the codes that have waited, in their order. They wait on where the payment did not go through, so that the reason
    /// stays to be read, while money is shown that is to be given, change or a refund, and while something is being given back:
    /// they are no part of that.
    pub(super) fn take_scanned(self) {
        let gives_money = || {
            let gives = |body: &Receipt| !body.change.is_zero() || body.paid() < Money::ZERO;
            self.paid.with_untracked(|paid| paid.as_ref().is_some_and(|paid| gives(&paid.body)))
        };
        match self.stage.get_untracked() {
            Stage::Paying => return,
            _ if self.is_refunding() => return,
            Stage::Paid if gives_money() => return,
            _ => {}
        }
        for code in self.scanned.try_update_value(std::mem::take).unwrap_or_default() {
            self.scan(&code);
        }
    }

    /// Rings up what a label says, as often as it was to be.
    fn ring_up_labels(self, product: &Arc<Product>, quantity: Quantity, times: Option<Quantity>) {
        let Some(count) = times.map_or(Some(1), Quantity::whole_count) else { return self.refuse(Message::Quantity) };
        if self.is_refunding() {
            return (0..count.min(Basket::MAX_LINES)).for_each(|_| self.ring_up(product, Some(quantity)));
        }
        self.add_times(product, quantity, count);
    }

    /// Opens the camera to scan with.
    pub fn open_camera(self) {
        self.open(Asked::Camera);
    }

    /// Rings up a product; a weighed one without a weight asks for it. While something is given back, the product is that.
    pub fn ring_up(self, product: &Arc<Product>, quantity: Option<Quantity>) {
        if self.is_refunding() {
            let product = Arc::clone(product);
            self.clear_search();
            return self.brought_back.update(|all| all.push(BroughtBack { product, quantity }));
        }
        match (product.unit, quantity) {
            (_, Some(quantity)) => self.add(product, quantity),
            (Unit::Piece, None) => self.add(product, Quantity::ONE),
            (Unit::Kilogram, None) => self.open(Asked::HowMuch(HowMuch::Product(Arc::clone(product)))),
        }
    }

    /// Asks for something in place of the line's tools, unless what is typed into another form would be lost.
    pub(super) fn open(self, asked: Asked) {
        if self.may_ask() {
            self.message.set(None);
            self.asked.set(Some(asked));
            self.pane.set(Pane::Ticket);
        }
    }

    /// Whether something else may be asked for; a refund can be begun again by its receipt's code.
    pub(super) fn may_ask(self) -> bool {
        self.is_open_to_changes() && (self.is_refunding() || !self.refuses_to_lose_typing())
    }

    /// Adds a quantity of a product to the sale.
    pub fn add(self, product: &Product, quantity: Quantity) {
        self.add_times(product, quantity, 1);
    }

    /// Adds so many packs of a product. A form in which something is typed stays, and so does the line that it is about.
    fn add_times(self, product: &Product, quantity: Quantity, count: usize) {
        if !self.is_open_to_changes() {
            return;
        }
        // What lies there to be given back is not to be sold once more.
        if self.is_refunding() {
            return self.refuse(Message::Refunding);
        }
        let now = self.now();
        let is_typing = self.is_typing(Some(product));
        let before = self.sale.with_untracked(|sale| sale.current().map(|line| line.n));
        if self.raise(&|sale| sale.add_times(product, quantity, count, now)) {
            self.sound.play(Tone::Added);
            if is_typing {
                self.sale.update(|sale| before.into_iter().for_each(|line| sale.choose(line)));
            } else if self.asked.with_untracked(|asked| *asked != Some(Asked::Camera)) {
                self.asked.set(None);
            }
            self.clear_search();
        }
    }

    /// Whether something is typed into a form that came with a question, but for how much of the product itself or of the next.
    fn is_typing(self, product: Option<&Product>) -> bool {
        let asked = self.asked.with_untracked(|asked| match asked {
            None | Some(Asked::HowMuch(HowMuch::Next)) => false,
            Some(Asked::HowMuch(HowMuch::Product(asked))) => product.is_none_or(|product| product.sku != asked.sku),
            Some(_) => true,
        });
        // Fields that have nothing of their own to show while they are empty show a space. A manager's own number is there.
        asked && ui::is_there(".ticket input:not(:placeholder-shown, #manager)")
    }

    /// Whether what is typed would be lost to another question; that is said then.
    pub(super) fn refuses_to_lose_typing(self) -> bool {
        let is_typing = self.is_typing(None);
        if is_typing {
            self.refuse(Message::Typing);
        }
        is_typing
    }

    /// Whether the sale may change. A shown receipt gives way to the next sale, a payment to this one as long as nothing was
    /// taken or typed.
    pub(super) fn is_open_to_changes(self) -> bool {
        let untouched =
            self.tendering.with_untracked(|tendering| tendering.as_ref().is_none_or(Tendering::is_untouched));
        if self.busy.get_untracked() || !untouched {
            self.refuse(if untouched { Message::Busy } else { Message::Paying });
            return false;
        }
        match self.stage.get_untracked() {
            Stage::Paying => self.back_to_selling(),
            Stage::Paid | Stage::Reprinting => self.next_sale(),
            Stage::Selling => {}
        }
        true
    }

    /// Whether something is being given back.
    pub(super) fn is_refunding(self) -> bool {
        self.asked.with_untracked(|asked| matches!(asked, Some(Asked::Refund(_))))
    }

    /// Puts more on the sale, where the store's policy lets that be sold; whether it happened.
    fn raise(self, change: &dyn Fn(&mut Sale) -> Result<(), BasketError>) -> bool {
        let mut after = self.sale.get_untracked();
        let raised = change(&mut after);
        if let Some(lack) = raised.is_ok().then(|| after.current().and_then(|line| self.lack(&after, line))).flatten() {
            self.refuse(lack);
            return false;
        }
        if !self.done(Some(raised)) {
            return false;
        }
        self.sale.set(after);
        true
    }

    fn current_is_more_than(self, quantity: Quantity) -> bool {
        self.sale.with_untracked(|sale| sale.current().is_some_and(|line| line.quantity > quantity))
    }

    /// Shows what came of a change; whether it happened.
    pub(super) fn done(self, result: Option<Result<(), BasketError>>) -> bool {
        let happened = matches!(result, Some(Ok(())));
        match result {
            Some(Err(error)) => self.refuse(error.into()),
            // Each product says so, and the slot would be made anew for it.
            _ if self.message.with_untracked(Option::is_some) => self.message.set(None),
            _ => {}
        }
        happened
    }

    /// Changes the sale by one of its acts that cannot fail.
    pub fn change(self, change: impl FnOnce(&mut Sale)) {
        if self.stage.get_untracked() == Stage::Selling {
            self.message.set(None);
            self.sale.update(change);
        }
    }

    /// Makes a line the current one.
    pub fn choose_line(self, n: LineNo) {
        if self.asked.with_untracked(|asked| *asked == Some(Asked::HowMuch(HowMuch::Line))) {
            self.asked.set(None);
        }
        self.change(|sale| sale.choose(n));
    }

    /// One more of the current line, or one less.
    pub fn step_quantity(self, steps: i32) {
        if steps < 0 {
            self.void(Void::Steps(steps));
        } else if self.stage.get_untracked() == Stage::Selling {
            self.raise(&|sale| sale.step_quantity(steps));
        }
    }

    /// Sets the current line's quantity as somebody typed it.
    pub fn set_quantity(self, text: &str) {
        let quantity = crate::format::parse_quantity(text);
        match quantity {
            Some(quantity) if self.current_is_more_than(quantity) => self.void(Void::Leaving(quantity)),
            Some(quantity) if self.stage.get_untracked() == Stage::Selling => {
                self.raise(&|sale| sale.set_quantity(quantity));
            }
            _ => self.refuse(Message::Quantity),
        }
    }

    /// Asks for a discount, where there is anything to take it from.
    pub fn ask_discount(self, target: Target) {
        if self.stage.get_untracked() == Stage::Selling && !self.sale.with_untracked(|sale| sale.basket().is_empty()) {
            self.message.set(None);
            self.asked.set(Some(Asked::Discount(target)));
            self.pane.set(Pane::Ticket);
        }
    }

    /// Takes something off, or takes a discount back.
    pub fn reduce(self, target: Target, by: Option<Reduction>) {
        let reduced = self.sale.try_update(|sale| match target {
            Target::Line => sale.reduce_line(by),
            Target::Sale => sale.reduce(by),
        });
        if self.done(reduced) {
            self.asked.set(None);
        }
    }

    /// Takes what the search shows: a code at once, else the chosen tile.
    pub fn take_search(self, shown: &[Arc<Product>]) {
        let text = self.query.get_untracked();
        let (times, query) = split_multiplier(&text);
        if query.is_empty() {
            return;
        }
        if self.early.takes(|| Wanted::Search(text.clone())) {
            return self.clear_search();
        }
        let is_code = query.len() >= 6 && query.bytes().all(|b| b.is_ascii_digit());
        match shown.get(self.pick.get_untracked()) {
            _ if is_code => self.scan(query),
            Some(product) => self.ring_up(product, times),
            None => self.scan(query),
        }
    }

    /// Empties the search, of a multiplier that is being typed too.
    pub fn clear_search(self) {
        if self.is_typing_multiplier() {
            self.asked.set(None);
        }
        if !self.query.with_untracked(String::is_empty) {
            self.query.set(String::new());
        }
        self.pick_first();
    }

    /// Enter takes the first of what is found again. Said only where it is not so: every tile listens.
    pub(super) fn pick_first(self) {
        if self.pick.get_untracked() > 0 {
            self.pick.set(0);
        }
    }
}
