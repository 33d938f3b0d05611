//! From a basket to a receipt: tenders, number, hash, signature, and the one transaction. Only then *paid*.

use super::claim::Claim;
use super::context::{Pane, Stage, Till};
use super::counter::Counter;
use super::message::Message;
use super::sale::Sale;
use super::tendering::Tendering;
use crate::browser::sound::Tone;
use crate::browser::{clock, keys, message, random};
use crate::db::{self, CommitError, Issued};
use leptos::prelude::{GetUntracked, GetValue, Set, SetValue, Update, UpdateValue, WithUntracked};
use shared::canonical::Canonical;
use shared::chain::Sealed;
use shared::payment::{Payment, TenderKind};
use shared::receipt::{Issue, IssueError, Issuer, Receipt};
use std::sync::Arc;

/// The longest double press of a key, in milliseconds. (Double clicks are counted by the browser.)
const DOUBLE_PRESS_MS: i64 = 200;

impl Till {
    /// Starts to take the money, or chooses another means while it is being taken.
    pub fn start_paying(self, kind: TenderKind) {
        match self.stage.get_untracked() {
            Stage::Selling => self.open_payment(kind),
            Stage::Paying => self.tender(|tendering| tendering.choose(kind)),
            Stage::Paid | Stage::Reprinting => {}
        }
    }

    fn open_payment(self, kind: TenderKind) {
        if self.busy.get_untracked() {
            return;
        }
        match self.sale.with_untracked(|sale| (sale.basket().is_empty(), sale.basket().total())) {
            (true, _) => self.refuse(Message::Empty),
            (false, Err(error)) => self.refuse(error.into()),
            (false, Ok(total)) => {
                if let Some(lack) = self.sale.with_untracked(|sale| self.lack_of(sale)) {
                    return self.refuse(lack);
                }
                self.message.set(None);
                self.asked.set(None);
                self.clear_search();
                let coin = self.place().store.smallest_coin;
                self.tendering.set(Some(Tendering::of(total, kind, coin)));
                self.stage.set(Stage::Paying);
                self.pane.set(Pane::Ticket);
            }
        }
    }

    /// Whether some of a payment was taken, which may be in the drawer already.
    pub(super) fn is_part_paid(self) -> bool {
        self.tendering.with_untracked(|tendering| tendering.as_ref().is_some_and(|t| !t.payment().tenders().is_empty()))
    }

    /// Changes the payment under way.
    pub fn tender(self, change: impl FnOnce(&mut Tendering)) {
        if !self.busy.get_untracked() {
            self.message.set(None);
            self.tendering.update(|tendering| {
                if let Some(tendering) = tendering {
                    change(tendering);
                }
            });
        }
    }

    /// Takes back what is typed, or the last tender, or else the payment.
    pub fn step_back(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.message.set(None);
        let undone = self.tendering.try_update(|tendering| tendering.as_mut().is_some_and(Tendering::undo));
        if undone != Some(true) {
            self.back_to_selling();
        }
    }

    /// Gives the payment up; the sale is as it was.
    pub fn back_to_selling(self) {
        self.tendering.set(None);
        self.stage.set(Stage::Selling);
        self.take_scanned();
    }

    /// Takes the tender as it stands, and issues the receipt once everything is paid. Pressed twice, it pays once: the
    /// second press finds the till busy.
    pub fn confirm(self) {
        if self.busy.get_untracked() || self.stage.get_untracked() != Stage::Paying {
            return;
        }
        match self.tendering.try_update(|tendering| tendering.as_mut().map(Tendering::take)).flatten() {
            Some(Err(error)) => self.refuse(error.into()),
            Some(Ok(true)) => self.issue(),
            Some(Ok(false)) => self.message.set(None),
            None => self.back_to_selling(),
        }
    }

    fn issue(self) {
        let Some(payment) = self.tendering.with_untracked(|t| t.as_ref().map(|t| t.payment().clone())) else { return };
        self.busy.set(true);
        self.confirmed_at.set_value(clock::now_millis());
        self.message.set(None);
        leptos::task::spawn_local(async move {
            match self.issued(payment).await {
                Ok(sealed) => self.show_paid(sealed, Sale::default()),
                Err(refusal) => self.refuse(refusal),
            }
            self.busy.set(false);
        });
    }

    async fn issued(self, payment: Payment) -> Result<Sealed<Receipt>, Message> {
        let claim = self.claim.get_value();
        let basket = self.sale.with_untracked(|sale| sale.basket().clone());
        let body = self.receipt(&claim, &payment).map_err(|error| Message::NotWritten(error.to_string()))?;
        let still_so = move || self.sale.with_untracked(|sale| *sale.basket() == basket);
        let issued = self.signed(&claim, body, Sale::default()).await?;
        match db::commit(&claim.db, &issued, still_so).await {
            Ok(()) => {
                self.sums.set(issued.left.sums);
                Ok(issued.receipt)
            }
            Err(error) => Err(self.not_committed(claim, error).await),
        }
    }

    /// Signs the next receipt of the series; `open` is what lies on the counter once it is written down.
    pub(super) async fn signed(self, claim: &Claim, body: Receipt, open: Sale) -> Result<Issued, Message> {
        let receipt = sign(claim, body.in_period(claim.record.period())).await?;
        let mut sums = self.sums.get_untracked();
        sums.add(&receipt.body);
        let left = Counter { open, taken: Vec::new(), held: self.held.get_untracked(), sums };
        Ok(Issued { before: claim.record.clone(), receipt, left })
    }

    /// Why nothing was issued. Where the series ends elsewhere, that is read anew.
    pub(super) async fn not_committed(self, claim: Claim, error: CommitError) -> Message {
        match error {
            CommitError::Changed => {
                self.look_again(claim).await;
                Message::Changed
            }
            CommitError::Db(error) => Message::NotWritten(error.to_string()),
        }
    }

    fn receipt(self, claim: &Claim, payment: &Payment) -> Result<Receipt, IssueError> {
        let now = self.now();
        self.sale.with_untracked(|sale| {
            // A clock that was set back in between must not make a sale that ends before it begins.
            let opened_at = sale.opened_at().unwrap_or(now).min(now);
            let issue = Issue { id: random::receipt_id(), basket: None, opened_at, issued_at: now };
            Receipt::issue(sale.basket(), payment, &self.issuer(claim), issue)
        })
    }

    /// Who issues here.
    pub(super) fn issuer(self, claim: &Claim) -> Issuer {
        let place = self.place();
        Issuer {
            series: claim.record.series.clone(),
            head: claim.record.head,
            seller: place.seller.no,
            siret: place.store.siret,
            currency: place.store.currency,
            simulated: place.store.training,
            smallest_coin: place.store.smallest_coin,
        }
    }

    /// Reads where the series ends anew, after the database has said that it is elsewhere.
    async fn look_again(self, claim: Claim) {
        let (store, register) = (claim.record.series.store, claim.record.series.register);
        if let Ok(Some(record)) = db::load_series(&claim.db, store, register).await
            && record.series == claim.record.series
        {
            self.claim.update_value(|claim| claim.record = record);
        }
    }

    /// Shows what was written down, with what lies on the counter since.
    pub(super) fn show_paid(self, sealed: Sealed<Receipt>, open: Sale) {
        self.claim.update_value(|claim| claim.record = claim.record.after(&sealed));
        if sealed.body.moves_cash() {
            self.open_drawer();
        }
        self.outbox.add(sealed.clone());
        self.printed.set(false);
        self.paid.set(Some(Arc::new(sealed)));
        self.sale.set(open);
        self.tendering.set(None);
        self.stage.set(Stage::Paid);
        self.pane.set(Pane::Ticket);
        self.sound.play(Tone::Paid);
    }

    /// Puts the receipt away and rings up anew.
    pub fn next_sale(self) {
        self.message.set(None);
        self.stage.set(Stage::Selling);
        self.pane.set(Pane::Shelf);
        self.take_scanned();
    }

    /// The same by the Enter key. The second half of a double press on *take payment* comes when the receipt has just
    /// appeared, and must not put it away.
    pub fn enter_next_sale(self) {
        if clock::now_millis() - self.confirmed_at.get_value() >= DOUBLE_PRESS_MS {
            self.next_sale();
        }
    }
}

async fn sign(claim: &Claim, body: Receipt) -> Result<Sealed<Receipt>, Message> {
    let hash = body.digest();
    let signature = keys::sign(&claim.keys, &hash).await.map_err(|error| Message::NotWritten(message(&error)))?;
    Ok(Sealed { body, hash, signature })
}
