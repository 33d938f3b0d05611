//! A bot at a register: serves one customer after the other, as a till does, with the till's own code.

use super::post::BATCH;
use super::register::{Issued, Register};
use crate::bot::generator::{DrawError, Sale, Till};
use crate::bot::plan::{Length, Pace, Plan};
use crate::clock::Mint;
use jiff::tz::TimeZone;
use shared::chain::{Head, Sealed};
use shared::coin::SmallestCoin;
use shared::ids::ReceiptId;
use shared::receipt::{Issue, IssueError, Issuer, Receipt};
use shared::time::{InvalidMoment, Moment};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How many receipts the registers of a run hold together that are not known to be saved: some 50 MB.
const MOST_UNSAVED: usize = 20_000;

/// Why a bot could not go on.
#[derive(Debug, thiserror::Error)]
pub enum SellError {
    /// No sale could be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// The shared code did not make a receipt of the sale.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// The time is beyond the calendar.
    #[error(transparent)]
    Time(#[from] InvalidMoment),
    /// The receipt could not be written as JSON.
    #[error("a receipt could not be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// When a run started and how it goes on; the same for all its registers.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What was asked for.
    pub plan: Plan,
    /// The start, for waiting.
    pub start: Instant,
    /// The start, for what receipts say, in Unix milliseconds.
    pub start_millis: i64,
    /// The stores' zone.
    pub zone: TimeZone,
}

impl Terms {
    /// Whether the sale comes after the end of the run.
    fn is_over(&self, sale: &Sale) -> bool {
        let Length::For(length) = self.plan.length else { return false };
        match self.plan.pace {
            Pace::Rate(_) => sale.issued_after >= length,
            Pace::Max => self.start.elapsed() >= length,
        }
    }

    fn moment(&self, after: Duration) -> Result<Moment, InvalidMoment> {
        let millis = i64::try_from(after.as_millis()).ok().and_then(|after| self.start_millis.checked_add(after));
        let millis = millis.ok_or(InvalidMoment)?;
        let instant = jiff::Timestamp::from_millisecond(millis).map_err(|_| InvalidMoment)?;
        Moment::from_unix_millis(millis, self.zone.to_offset(instant).seconds() / 60)
    }

    /// How many unsaved receipts a register may hold before it waits for the server.
    fn outbox_limit(&self) -> usize {
        (MOST_UNSAVED / usize::try_from(self.plan.tills().max(1)).unwrap_or(usize::MAX)).max(1)
    }
}

/// One register's bot.
pub struct Bot {
    /// Where it sells.
    pub register: Arc<Register>,
    /// Its customers.
    pub till: Till,
    /// The run.
    pub terms: Terms,
    /// Mints receipt ids.
    pub mint: Mint,
    /// Ends selling.
    pub stop: CancellationToken,
}

impl Bot {
    /// Sells until the register's share is issued, time is up, or the run is stopped; then closes the register.
    pub async fn sell(mut self) -> Result<(), SellError> {
        let outcome = self.serve_all().await;
        self.register.close();
        outcome
    }

    async fn serve_all(&mut self) -> Result<(), SellError> {
        let mut head = self.register.start;
        for _ in 0..self.terms.plan.quota(self.register.place) {
            let Some(sale) = self.till.next().transpose()? else { break };
            if self.terms.is_over(&sale) || !self.may_serve(&sale).await {
                break;
            }
            head = self.serve(&sale, head)?;
        }
        Ok(())
    }

    /// Waits until the customer is there and the outbox has room; `false` if the run is stopped before.
    async fn may_serve(&self, sale: &Sale) -> bool {
        let wait = async {
            if matches!(self.terms.plan.pace, Pace::Rate(_)) {
                tokio::time::sleep_until((self.terms.start + sale.issued_after).into()).await;
            }
            while !self.has_room() {
                self.register.room.notified().await;
            }
        };
        tokio::select! {
            biased;
            () = self.stop.cancelled() => false,
            () = wait => true,
        }
    }

    /// At full speed a bot is one request ahead of the server; at a rate it goes on selling while the server is away.
    fn has_room(&self) -> bool {
        let (waiting, unsaved) = self.register.load();
        let is_ahead = self.terms.plan.pace == Pace::Max && waiting >= BATCH;
        unsaved < self.terms.outbox_limit() && !is_ahead
    }

    fn serve(&self, sale: &Sale, head: Head) -> Result<Head, SellError> {
        let (opened_at, issued_at) = (self.terms.moment(sale.opened_after)?, self.terms.moment(sale.issued_after)?);
        let millis = u64::try_from(issued_at.unix_millis()).map_err(|_| InvalidMoment)?;
        let id = ReceiptId::mint(millis, &self.mint.random());
        let issuer = Issuer {
            series: self.register.series.clone(),
            head,
            seller: sale.seller,
            siret: None,
            currency: self.register.currency,
            simulated: true,
            smallest_coin: SmallestCoin::ONE,
        };
        let issue = Issue { id, basket: None, opened_at, issued_at };
        let receipt = Receipt::issue(&sale.basket, &sale.payment, &issuer, issue)?;
        let sealed = Sealed::seal(receipt, &self.register.key);
        self.register.issued(sealed.body.number, Issued { id, hash: sealed.hash }, serde_json::to_vec(&sealed)?);
        Ok(sealed.head())
    }
}
