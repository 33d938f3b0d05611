//! What was made, and what comes next.

use crate::i18n::desk::setup as say;
use crate::i18n::signing_in;
use leptos::prelude::*;
use shared::api::sessions::Session;

pub(super) fn done(session: &Session) -> AnyView {
    let (store, name, manager) = (session.store.no, session.store.name.clone(), session.seller.clone());
    let made = move || say::made(store, &name, &manager.name, manager.no);
    view! {
        <section class="panel narrow"><div class="person">
            <h2>{say::done}</h2>
            <p role="status">{made}</p>
            <ol class="steps">
                <li>{say::next_catalogue}<br/><code>"comptoir import products.csv"</code></li>
                <li>{say::next_till}</li>
            </ol>
            <a class="btn primary large" href="/till">{signing_in::open_till}</a>
            <a class="btn" href="/manager">{signing_in::open_desk}</a>
        </div></section>
    }
    .into_any()
}
