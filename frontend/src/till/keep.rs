//! What the till writes down as it goes, so that it goes on where it was after a reload, a crash, or a start without a
//! server.

use super::context::Till;
use super::counter::Counter;
use super::tendering::Tendering;
use crate::db::{self, Name};
use crate::live::{Link, Turn};
use crate::offline;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared::api::stores::StoreDetail;
use shared::ids::SeriesId;
use shared::notice::SkuLevel;
use shared::picture::Picture;
use shared::position::Position;

/// How often the stock is written down, in milliseconds; also once the line is cut, since nothing corrects it from then on.
/// What is older after a crash is corrected by the next snapshot.
const STOCK_MS: u32 = 30_000;

/// Keeps what lies on the counter.
pub(super) fn keep(till: Till) {
    // What is typed is not taken yet, and nothing to write down.
    let taken = Memo::new(move |_| {
        till.tendering.with(|tendering| tendering.as_ref().map(Tendering::taken).unwrap_or_default())
    });
    Effect::new(move |_| {
        let counter = Counter {
            open: till.sale.get().settled(),
            taken: taken.get(),
            held: till.held.get(),
            sums: till.sums.get_untracked(),
        };
        leptos::task::spawn_local(keep_counter(till, counter));
    });
}

/// Keeps what is in stock.
pub(super) fn keep_stock(till: Till) {
    let stock = Stock { till, kept: StoredValue::new(None), turn: Turn::default() };
    leptos::task::spawn_local(stock.keep_on());
    Effect::new(move |_| {
        if till.live.link.get() == Link::Down {
            stock.keep();
        }
    });
}

/// Goes by what the store decides, and by who works here.
pub(super) fn follow_store(till: Till) {
    let turn = Turn::default();
    Effect::new(move |_| {
        // What changed while the line was cut nobody has told.
        till.live.snapshots.track();
        till.live.stores.track();
        till.live.signed_out.track();
        turn.ask(move || go_by_store(till));
    });
}

/// Goes by what the store has decided, as far as it is known: whoever signs in without a server brings what it was once.
async fn go_by_store(till: Till) {
    let Some(stores) = offline::stores(&till.db()).await else { return };
    let here = till.place().store.no;
    if let Some(detail) = stores.into_iter().find(|detail| detail.store.no == here) {
        till.let_go.set_value(!detail.lets_in(&till.place().seller));
        till.doubted.set_value(!till.claim.with_value(|claim| holds(&detail, &claim.record.series)));
        till.place.update_value(|place| place.store = detail.store);
    }
}

/// Whether a register's series is the one that may sign for it.
fn holds(detail: &StoreDetail, own: &SeriesId) -> bool {
    let register = detail.registers.iter().find(|register| register.no == own.register);
    register.is_some_and(|register| register.series.as_ref() == Some(&own.letter))
}

async fn keep_counter(till: Till, counter: Counter) {
    let (store, register) = (till.place().store.no, till.place().register);
    // A sale that cannot be kept is rung up all the same: it would be lost with the page only.
    let _ = db::store_counter(&till.db(), store, register, &counter).await;
}

/// What is in stock, as it is written down.
#[derive(Clone, Copy)]
struct Stock {
    till: Till,
    /// Up to where in the log what was written down last goes.
    kept: StoredValue<Option<Position>>,
    turn: Turn,
}

impl Stock {
    async fn keep_on(self) {
        while let Some(is_first) = self.kept.try_with_value(Option::is_none) {
            TimeoutFuture::new(if is_first { STOCK_MS / 10 } else { STOCK_MS }).await;
            // The till may be closed by now.
            if !self.kept.is_disposed() {
                self.keep();
            }
        }
    }

    fn keep(self) {
        self.turn.ask(move || self.write());
    }

    async fn write(self) {
        let store = self.till.place().store.no;
        let pictures = self.till.live.pictures;
        let position = pictures.with_untracked(|all| all.get(&store).map(Picture::position));
        if position.is_some() && position != self.kept.get_value() {
            let stock = pictures.with_untracked(|all| all.get(&store).map(stock).unwrap_or_default());
            let text = serde_json::to_string(&stock).unwrap_or_default();
            let is_kept = db::keep(&self.till.db(), Name::Stock(store), &text).await.is_ok();
            let _ = self.kept.try_update_value(|kept| *kept = position.filter(|_| is_kept));
        }
    }
}

fn stock(picture: &Picture) -> Vec<SkuLevel> {
    picture.levels().map(|(sku, level)| SkuLevel { sku: sku.clone(), level: *level }).collect()
}
