//! In the menu: whether the till starts without a network, what waits to be saved, and the way to carry it off by hand.

use super::context::Till;
use crate::browser::worker::Kept;
use crate::browser::{clock, file, storage};
use crate::db::{self, Db, DbError};
use crate::format;
use crate::i18n::{keeping as say, language};
use crate::ui::press;
use leptos::prelude::*;

/// The name of the exported file: one receipt or entry of the journal to a line.
const FILE: &str = "comptoir-receipts.jsonl";

pub(super) fn safekeeping(till: Till) -> AnyView {
    let promised = RwSignal::new(true);
    leptos::task::spawn_local(async move { promised.set(storage::persist().await) });
    let files = move || files(till)();
    let later = move || till.worker.later.get().then(|| view! { <p>{say::later_version}</p> });
    let evicted = move || (!promised.get()).then(|| view! { <p>{say::may_be_evicted}</p> });
    view! {
        <section class="safekeeping">
            <h3 class="label">{say::on_this_till}</h3>
            <p>{move || files()}</p>
            {move || later()}
            {move || evicted()}
            {move || waiting(till)}
        </section>
    }
    .into_any()
}

fn files(till: Till) -> fn() -> &'static str {
    match till.worker.kept.get() {
        Kept::Fetching => say::kept_fetching,
        Kept::Whole => say::kept_whole,
        Kept::Nothing => say::kept_nothing,
    }
}

fn waiting(till: Till) -> AnyView {
    if till.outbox.waiting().0 == 0 && till.journal.unsent.with(|unsent| unsent.waiting == 0) {
        return view! { <p>{say::nothing_waits}</p> }.into_any();
    }
    // Of what cannot be read only the disk knows how old it is.
    let age = till.outbox.oldest().map(|oldest| {
        let seconds = clock::now().as_second() - oldest.as_second();
        view! { <p>{say::oldest(&format::age(language(), seconds.max(0)))}</p> }
    });
    view! {
        {age}
        <button class="btn" id="export" on:click=press(move || export(till))>{say::export}</button>
    }
    .into_any()
}

fn export(till: Till) {
    leptos::task::spawn_local(async move {
        if let Ok(text) = waiting_lines(&till.db()).await {
            // A browser that saves no files leaves everything where it is.
            let _ = file::save(FILE, &text);
        }
    });
}

/// Everything that waits, as the disk holds it; what this version cannot read among it.
async fn waiting_lines(db: &Db) -> Result<String, DbError> {
    let mut lines = db::load_outbox(db).await?;
    lines.extend(db::load_entries(db).await?.into_iter().map(|entry| entry.text));
    Ok(lines.join("\n") + "\n")
}
