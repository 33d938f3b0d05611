//! The pages of Comptoir: the till, the manager's desk, and the verifier of exports, three programs over this one library.
//!
//! What decides is pure and tested natively (`till::sale`, `till::tendering`, `format`, … and all of `shared`); what
//! touches the browser is thin and lies in `browser`, `db`, `api` and `live`.

#![expect(
    clippy::large_types_passed_by_value,
    reason = "the context of a page is a handful of signals, handles that Leptos means to be copied into closures"
)]
#![expect(
    clippy::unnecessary_wraps,
    reason = "what is fetched when it is called returns what its fetching may fail by"
)]

mod api;
mod bots;
mod browser;
mod chart;
mod db;
mod display;
mod format;
mod i18n;
mod live;
mod manager;
mod offline;
mod outbox;
mod printing;
mod sign_in;
mod till;
mod ui;
mod verify;

/// Starts the till in the page's body, or its customer's display.
pub fn start_till() {
    console_error_panic_hook::set_once();
    ui::preferences::restore();
    leptos::mount::mount_to_body(|| if display::is_asked() { display::page() } else { till::page() });
}

/// Starts the manager's desk in the page's body.
pub fn start_desk() {
    console_error_panic_hook::set_once();
    ui::preferences::restore();
    leptos::mount::mount_to_body(manager::page);
}

/// Starts the verifier of exports in the page's body.
pub fn start_verify() {
    console_error_panic_hook::set_once();
    ui::preferences::restore();
    leptos::mount::mount_to_body(verify::page);
}
