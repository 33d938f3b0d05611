//! Which page of the desk is open: the address says, so that it can be kept, sent and gone back to.

use leptos::prelude::*;
use shared::ids::{ReceiptId, StoreNo};

/// A page of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Everything as it happens.
    Direct,
    /// What every store has.
    Stocks,
    /// The saved receipts, and one of them in full.
    Receipts(Option<ReceiptId>),
    /// What people did at the registers.
    Journal,
    /// What has arrived, what is missing, what is wrong.
    Arrival,
    /// The closings of a store.
    Closings(StoreNo),
    /// The X report of a store.
    Report(StoreNo),
    /// What a store's tills go by, and who works there.
    Stores,
    /// The simulations.
    Bots,
}

impl Route {
    /// The pages, in the order of their tabs.
    pub const TABS: [Self; 7] =
        [Self::Direct, Self::Stocks, Self::Receipts(None), Self::Journal, Self::Arrival, Self::Stores, Self::Bots];

    /// The route of a fragment, such as `#stocks`; what is not known leads to the first page.
    fn of_hash(hash: &str) -> Self {
        let mut parts = hash.trim_start_matches('#').splitn(2, '/');
        match parts.next().unwrap_or("") {
            "stocks" => Self::Stocks,
            "receipts" => Self::Receipts(parts.next().and_then(|id| id.parse().ok())),
            "journal" => Self::Journal,
            "integrity" => Self::Arrival,
            "closings" => parts.next().and_then(|store| store.parse().ok()).map_or(Self::Direct, Self::Closings),
            "report" => parts.next().and_then(|store| store.parse().ok()).map_or(Self::Direct, Self::Report),
            "stores" => Self::Stores,
            "bots" => Self::Bots,
            _ => Self::Direct,
        }
    }

    /// The fragment that leads here.
    pub fn href(self) -> String {
        match self {
            Self::Direct => "#live".to_owned(),
            Self::Stocks => "#stocks".to_owned(),
            Self::Receipts(None) => "#receipts".to_owned(),
            Self::Receipts(Some(id)) => format!("#receipts/{id}"),
            Self::Journal => "#journal".to_owned(),
            Self::Arrival => "#integrity".to_owned(),
            Self::Closings(store) => format!("#closings/{store}"),
            Self::Report(store) => format!("#report/{store}"),
            Self::Stores => "#stores".to_owned(),
            Self::Bots => "#bots".to_owned(),
        }
    }

    /// The page, whatever is open in it.
    pub const fn tab(self) -> Self {
        match self {
            Self::Receipts(_) => Self::Receipts(None),
            other => other,
        }
    }
}

/// The route of the address, from now on.
pub fn follow() -> RwSignal<Route> {
    let read = || Route::of_hash(&window().location().hash().unwrap_or_default());
    let route = RwSignal::new(read());
    let listener = window_event_listener_untyped("hashchange", move |_| route.set(read()));
    on_cleanup(move || listener.remove());
    route
}

/// Goes to a page.
pub fn go(route: Route) {
    // A browser that does not let the page change its own address leaves it where it is.
    let _ = window().location().set_hash(&route.href());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_address_and_rubbish_leads_home() {
        let receipt = Route::Receipts(Some(ReceiptId::mint(7, &[1; 10])));
        for route in
            Route::TABS.into_iter().chain([receipt, Route::Closings(StoreNo::FIRST), Route::Report(StoreNo::FIRST)])
        {
            assert_eq!(Route::of_hash(&route.href()), route);
        }
        assert_eq!(Route::of_hash("#receipts/é"), Route::Receipts(None));
        assert_eq!(Route::of_hash("#%00/x"), Route::Direct);
        assert_eq!(Route::of_hash("#report/x"), Route::Direct);
        assert_eq!(receipt.tab(), Route::Receipts(None));
    }
}
