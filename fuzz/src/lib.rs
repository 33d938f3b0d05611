//! What holds of every byte that comes from outside.
//!
//! Each target is one function over bytes. It panics where what it says does not hold: not only that nothing panics, but that
//! what is read and written again is the same, that there is one canonical form, that a forgery is never found clean.
//! `cargo xtask fuzz` lets libFuzzer choose the bytes; `cargo test` replays those of `corpus/`, without it.

#![expect(clippy::expect_used, reason = "what does not hold has to be told, and libFuzzer hears of panics")]
#![expect(clippy::missing_panics_doc, reason = "panicking is what a target does")]

mod again;
pub mod bodies;
pub mod codes;
pub mod export;
pub mod forgery;
pub mod frames;
pub mod issued;
pub mod records;
pub mod sealed;
#[cfg(feature = "server")]
pub mod server;
mod strict;

/// A function over bytes from outside, under the name of its fuzz target and of its folder in `corpus/`.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// Panics where something does not hold.
    pub check: fn(&[u8]),
}

/// Every target that was compiled in.
pub const TARGETS: &[Target] = &[
    Target { name: "bodies", check: bodies::check },
    Target { name: "codes", check: codes::check },
    Target { name: "export", check: export::check },
    Target { name: "forgery", check: forgery::check },
    Target { name: "frames", check: frames::check },
    Target { name: "issued", check: issued::check },
    Target { name: "records", check: records::check },
    Target { name: "sealed", check: sealed::check },
    #[cfg(feature = "server")]
    Target { name: "archive", check: server::archive::check },
    #[cfg(feature = "server")]
    Target { name: "cursors", check: server::cursors::check },
    #[cfg(feature = "server")]
    Target { name: "ledger", check: server::ledger::check },
    #[cfg(feature = "server")]
    Target { name: "messages", check: server::messages::check },
    #[cfg(feature = "server")]
    Target { name: "posted", check: server::posted::check },
    #[cfg(feature = "server")]
    Target { name: "price_list", check: server::price_list::check },
    #[cfg(feature = "server")]
    Target { name: "queries", check: server::queries::check },
];
