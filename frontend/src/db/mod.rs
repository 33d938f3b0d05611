//! What the till keeps in the browser: its key, the end of its series, the receipts that are not saved yet, what lies on
//! the counter, and what the server said last, so that it sells where no server answers.

mod catalogue;
mod counter;
mod guarded;
mod journal;
mod kept;
mod outbox;
mod request;
mod sale;
mod series;

pub use catalogue::{keep_catalogue, load_catalogue};
pub use counter::{load_counter, store_counter};
pub use guarded::CommitError;
pub use journal::{Waiting, let_go_entries, load_book, load_entries, remove_damaged_book, write_closing, write_entry};
pub use kept::{Name, keep, kept};
pub use outbox::{let_go, load_outbox};

pub use sale::{Issued, commit, commit_noted};
pub use series::{SeriesRecord, load_device_key, load_keys, load_series, store_device_key, store_keys, store_series};

use crate::browser::message;
use request::done;
use shared::ids::{RegisterNo, StoreNo};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbTransaction, IdbTransactionMode};

const NAME: &str = "comptoir";
/// Raised with a store that is new. Another tab's page of the version before loses the database with it, in the middle of a sale too:
/// what can do without another store does.
const VERSION: u32 = 3;
/// Key pairs by register, and the key of the device.
const KEYS: &str = "keys";
/// Where each register's series ends, and what the period that runs comes to, by register.
const SERIES: &str = "series";
/// Receipts that are not known to be saved, by [`outbox_key`].
const OUTBOX: &str = "outbox";
/// What lies on the counter of each register, by register: the open sale, what was taken of it, and those on hold.
const COUNTERS: &str = "counters";
/// Entries of the journal that are not known to be saved, by series and number.
const JOURNAL: &str = "journal";
/// Where each register's journal and its closings end, and its session, by register.
const BOOKS: &str = "books";
/// The catalogue and its changes in pieces, by version and place.
const CATALOGUE: &str = "catalogue";
/// What the server said last and each register's last receipt, by [`kept::Name`].
const KEPT: &str = "kept";
const ALL: [&str; 8] = [KEYS, SERIES, OUTBOX, COUNTERS, JOURNAL, BOOKS, CATALOGUE, KEPT];

/// The browser's database did not do what it was asked; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the browser's database: {0}")]
pub struct DbError(pub String);

impl From<JsValue> for DbError {
    fn from(error: JsValue) -> Self {
        Self(message(&error))
    }
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Db(IdbDatabase);

/// Opens the database, and makes it on the first visit.
pub async fn open() -> Result<Db, DbError> {
    let factory = leptos::prelude::window().indexed_db()?.ok_or_else(|| DbError("there is none".to_owned()))?;
    let request = factory.open_with_u32(NAME, VERSION)?;
    let upgrade = wasm_bindgen::closure::Closure::once_into_js(move |event: web_sys::Event| {
        if let Some(request) = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok()) {
            // What fails here fails the opening, which says so.
            let _ = request.result().map(JsCast::unchecked_into::<IdbDatabase>).and_then(|db| make_stores(&db));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let db: IdbDatabase = done(&request).await?.unchecked_into();
    // A page of a later version that wants to change the database waits until this one has let go of it.
    let (open, close) = (db.clone(), "versionchange");
    let asked = wasm_bindgen::closure::Closure::once_into_js(move |_: web_sys::Event| open.close());
    db.add_event_listener_with_callback(close, asked.unchecked_ref())?;
    Ok(Db(db))
}

fn make_stores(db: &IdbDatabase) -> Result<(), JsValue> {
    let there = db.object_store_names();
    for name in ALL.into_iter().filter(|name| !there.contains(name)) {
        db.create_object_store(name)?;
    }
    Ok(())
}

/// The key of a register's records.
fn register_key(store: StoreNo, register: RegisterNo) -> JsValue {
    format!("{store}/{register}").into()
}

fn write(db: &Db, store: &str) -> Result<IdbTransaction, DbError> {
    Ok(db.0.transaction_with_str_and_mode(store, IdbTransactionMode::Readwrite)?)
}
