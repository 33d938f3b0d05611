//! The chain's stores as documents.

use super::create::Numbered;
use super::derived;
use crate::store::documents::Document;
use shared::event::{Event, Settings};
use shared::ids::StoreNo;
use shared::store::Store;

impl Document for Store {
    const KIND: &'static str = "store";
}

/// The document's name; names are listed in order, so numbers are padded.
pub fn id(store: StoreNo) -> String {
    format!("{store:05}")
}

/// What the ledger decides by in a store. The id follows from the store, so telling it again changes nothing.
pub fn settings_event(store: &Store) -> Event {
    let id = derived::event_id(&["store settings", &store.no.to_string()]);
    Event::Settings(Settings {
        id,
        cut_off: Some(store.cut_off),
        training: Some(store.training),
        thresholds: Vec::new(),
    })
}

impl Numbered for Store {
    type No = StoreNo;

    fn number(&self) -> StoreNo {
        self.no
    }

    fn name(&self) -> String {
        id(self.no)
    }
}
