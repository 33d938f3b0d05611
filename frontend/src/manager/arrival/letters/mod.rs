//! Records of the log that could not be read, each with what it takes to mend it.

mod mend;

use crate::api::{self, ApiError};
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::{arrival, frame, letters as say};
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::explain;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::api::dead_letters::Letter;
use shared::finding::FindingKind;

type Answer = Result<Vec<Letter>, ApiError>;

/// The card; nothing where every record can be read.
pub fn card(desk: Desk) -> AnyView {
    let found = Memo::new(move |_| {
        desk.in_scope(|pictures| {
            let findings = pictures.iter().flat_map(|picture| picture.findings());
            findings.filter(|finding| finding.kind == FindingKind::DeadLetter).map(|finding| finding.position).max()
        })
    });
    let answer = LocalResource::new(move || {
        found.track();
        desk.snapshots.track();
        waiting(desk)
    });
    let again = Callback::new(move |()| answer.refetch());
    let mending = RwSignal::new(None::<String>);
    move_on(mending, answer);
    let body = move || match answer.get()? {
        Err(error) => Some(failed(&error, again)),
        Ok(letters) => {
            let scope = desk.scope.get();
            let is_shown = |letter: &Letter| letter.store.is_none_or(|store| scope.contains(&store));
            let shown: Vec<_> = letters.into_iter().filter(is_shown).collect();
            (!shown.is_empty()).then(|| list(desk, shown, mending, again))
        }
    };
    let card = move |body| {
        view! {
            <section class="card" aria-label=say::letters>
                <header class="head"><h2>{say::letters}</h2></header>
                {body}
            </section>
        }
    };
    (move || body().map(card)).into_any()
}

/// Those of all stores where the caller may see them, else those of the caller's own.
async fn waiting(desk: Desk) -> Answer {
    let page = match api::letters(None).await {
        Err(error) if error.status() == Some(403) => {
            api::letters(Some(desk.session.with_value(|session| session.store.no))).await
        }
        answer => answer,
    };
    page.map(|page| page.items)
}

/// What is being mended goes once it is no longer in the list.
fn move_on(mending: RwSignal<Option<String>>, answer: LocalResource<Answer>) {
    Effect::new(move || {
        let Some(Ok(letters)) = answer.get() else { return };
        if mending.with_untracked(|id| id.as_ref().is_some_and(|id| letters.iter().all(|letter| letter.id != *id))) {
            mending.set(None);
        }
    });
}

fn failed(error: &ApiError, again: Callback<()>) -> AnyView {
    let title = Signal::derive(|| frame::failed().to_owned());
    let retry = view! { <button type="button" class="btn" on:click=move |_| again.run(())>{move || common::words().retry}</button> };
    empty(Empty { icon: "offline", bad: true, title, hint: Signal::stored(explain(error)) }, retry.into_any())
}

fn list(desk: Desk, letters: Vec<Letter>, mending: RwSignal<Option<String>>, again: Callback<()>) -> AnyView {
    let letters = letters.into_iter().map(|letter| entry(desk, letter, mending, again)).collect_view();
    view! { <div class="scroll findings" tabindex="0" role="region" aria-label=say::letters>{letters}</div> }.into_any()
}

fn entry(desk: Desk, letter: Letter, mending: RwSignal<Option<String>>, again: Callback<()>) -> AnyView {
    let (store, at, bytes) = (letter.store, letter.accepted_at, u64::try_from(letter.bytes).unwrap_or(u64::MAX));
    let (kind, place, id) = (letter.kind, letter.id.clone(), letter.id);
    let time = format::clock(clock::wall(at));
    let when = move || {
        let name = store.map_or_else(|| say::no_store().to_owned(), |store| desk.store_name(store));
        arrival::ago(&name, &format::age(language(), desk.seconds_since(at)))
    };
    let particulars = move || say::particulars(&format::number(language(), bytes), &place);
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| mending.with(|open| open.as_ref() == Some(&id)))
    };
    let open = {
        let id = id.clone();
        move |_| mending.set(Some(id.clone()))
    };
    let form = move || is_open.get().then(|| mend::form(desk, id.clone(), mending, again));
    let button = move || {
        let open = open.clone();
        (!is_open.get()).then(|| view! { <button type="button" class="btn small" on:click=open>{say::mend}</button> })
    };
    view! {
        <article class="alert out">
            <header><b>{move || say::kind_name(&kind)}</b><small>{time}</small></header>
            <p>{letter.reason}</p>
            <small>{particulars}</small>
            {form}
            <footer><span>{when}</span>{button}</footer>
        </article>
    }
    .into_any()
}
