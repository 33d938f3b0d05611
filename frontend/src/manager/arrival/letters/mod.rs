//! Records of the log that could not be read, each with what it takes to mend it.

mod mend;

use crate::api::{self, ApiError};
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::{arrival, letters as say};
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::failed;
use leptos::prelude::*;
use shared::api::dead_letters::Letter;
use shared::finding::FindingKind;
use shared::ids::StoreNo;
use shared::picture::Picture;
use shared::position::Position;
use std::collections::BTreeSet;

type Answer = Result<Vec<Letter>, ApiError>;

/// How many pages are fetched at most: beyond a thousand letters somebody has to look at the log first.
const MOST_PAGES: usize = 20;

/// The card; nothing where every record can be read.
pub fn card(desk: Desk) -> AnyView {
    let found = Memo::new(move |_| desk.in_scope(found));
    let answer = LocalResource::new(move || {
        found.track();
        desk.live.snapshots.track();
        desk.live.unplaced.track();
        waiting(desk)
    });
    let again = Callback::new(move |()| answer.refetch());
    let shown = shown(desk, answer);
    let fault = move || answer.get().and_then(Result::err).map(|error| failed("offline", &error, again));
    let mending = RwSignal::new(None::<String>);
    let is_any = Memo::new(move |_| shown.with(|letters| !letters.is_empty()));
    let body = move || if is_any.get() { Some(list(desk, shown, mending, again)) } else { fault() };
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

/// Where unreadable records are, by what the server has told.
fn found(pictures: &[&Picture]) -> BTreeSet<(StoreNo, Position)> {
    let findings = pictures.iter().flat_map(|picture| picture.findings());
    let letters = findings.filter(|finding| finding.kind == FindingKind::DeadLetter);
    letters.map(|finding| (finding.store, finding.position)).collect()
}

/// Those of the stores that are shown, as of the last answer that was good.
fn shown(desk: Desk, answer: LocalResource<Answer>) -> Memo<Vec<Letter>> {
    let known = RwSignal::new(Vec::<Letter>::new());
    Effect::new(move || {
        if let Some(Ok(letters)) = answer.get() {
            known.set(letters);
        }
    });
    Memo::new(move |_| {
        let scope = desk.scope.get();
        let is_shown = |letter: &&Letter| letter.store.is_none_or(|store| scope.contains(&store));
        known.with(|letters| letters.iter().filter(is_shown).cloned().collect())
    })
}

/// Those of all stores where the caller may see them, else those of the caller's own.
async fn waiting(desk: Desk) -> Answer {
    match all(None).await {
        Err(error) if error.status() == Some(403) => {
            all(Some(desk.session.with_value(|session| session.store.no))).await
        }
        answer => answer,
    }
}

async fn all(store: Option<StoreNo>) -> Answer {
    let mut page = api::letters(store, None).await?;
    let mut letters = page.items;
    for _ in 1..MOST_PAGES {
        let Some(next) = page.next else { break };
        page = api::letters(store, Some(&next)).await?;
        letters.append(&mut page.items);
    }
    Ok(letters)
}

/// An entry that stays in the list stays as it is, with whatever is being typed into its form.
fn list(desk: Desk, shown: Memo<Vec<Letter>>, mending: RwSignal<Option<String>>, again: Callback<()>) -> AnyView {
    view! {
        <div class="scroll findings" tabindex="0" role="region" aria-label=say::letters>
            <For each=move || shown.get() key=|letter| letter.id.clone()
                children=move |letter| entry(desk, letter, mending, again)/>
        </div>
    }
    .into_any()
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
