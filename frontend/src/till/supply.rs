//! Where the catalogue comes from: first what the browser has kept, then what the server says.

use super::catalogue::{self, Catalogue, Draft, News};
use super::context::Till;
use super::message::Message;
use crate::db;
use crate::live::Turn;
use leptos::prelude::{Effect, Get, GetUntracked, Set, StoredValue, Track, UpdateValue, WithUntracked, untrack};
use std::sync::Arc;

/// What somebody wants to ring up.
pub enum Wanted {
    /// By a code that was scanned.
    Code(String),
    /// By what was typed into the search.
    Search(String),
}

/// What is asked for while the catalogue is on its way; nothing where it is there, or cannot be had.
#[derive(Clone, Copy, Default)]
pub struct Early(StoredValue<Option<Vec<Wanted>>>);

impl Early {
    /// Puts something off; not where there is nothing to wait for.
    pub fn takes(self, wanted: impl FnOnce() -> Wanted) -> bool {
        self.0.try_update_value(|early| early.as_mut().map(|early| early.push(wanted()))).flatten().is_some()
    }

    fn begin(self) {
        self.0.update_value(|early| {
            early.get_or_insert_default();
        });
    }

    fn end(self) -> Vec<Wanted> {
        self.0.try_update_value(Option::take).flatten().unwrap_or_default()
    }
}

/// Brings the catalogue, and what changes in it whenever the server says that something did, or may have said so while
/// the line was cut. A line that is up again may also lead to a server of a later version. What was scanned while something is
/// signed and written, or nobody is signed in, is taken after that, and after what is being given back.
pub(super) fn follow(till: Till) {
    Effect::new(move |_| {
        till.asked.track();
        if !till.busy.get() && !till.locked.get() {
            untrack(|| till.take_scanned());
        }
    });
    let turn = Turn::default();
    Effect::new(move |before: Option<u32>| {
        let snapshots = till.live.snapshots.get();
        till.live.catalogue.track();
        turn.ask(move || bring(till));
        if before != Some(snapshots) {
            till.worker.look();
        }
        snapshots
    });
}

async fn bring(till: Till) {
    if !till.ready.get_untracked() {
        till.early.begin();
        take_kept(till).await;
    }
    take_news(till).await;
    // Where there is no catalogue after all, the message says so.
    till.early.end();
}

/// What cannot be read here is fetched.
async fn take_kept(till: Till) {
    let mut draft = Draft::default();
    let loaded = db::load_catalogue(&till.db(), |delta| draft.take(delta)).await;
    if loaded.is_ok() && draft.version() > 0 {
        show(till, catalogue::prepared(draft).await);
    }
}

async fn take_news(till: Till) {
    let known = till.catalogue.get_untracked();
    match catalogue::news(till.place().store.no, &known).await {
        Ok(None) => {}
        Ok(Some(News { draft, is_whole, texts })) => {
            // What is not kept is fetched again at the next start.
            let _ = db::keep_catalogue(&till.db(), draft.version(), is_whole, &texts).await;
            show(till, catalogue::prepared(draft).await);
            catalogue::let_go(known).await;
        }
        // One that is there already is good enough until the line is up again.
        Err(_) if till.ready.get_untracked() => {}
        Err(error) => till.refuse(Message::NoCatalogue(error)),
    }
}

fn show(till: Till, catalogue: Catalogue) {
    till.catalogue.set(Arc::new(catalogue));
    till.ready.set(true);
    for wanted in till.early.end() {
        match wanted {
            Wanted::Code(code) => till.scan(&code),
            Wanted::Search(text) => {
                till.query.set(text);
                let text = untrack(|| till.search_text());
                till.take_search(&till.catalogue.with_untracked(|all| all.find(&text, None, 1)));
            }
        }
    }
}
