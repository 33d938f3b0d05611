//! The products of one store, followed live.

use super::list::{Sort, wanted};
use super::row;
use crate::format;
use crate::i18n::desk::stocks as say;
use crate::i18n::language;
use crate::live::{self, Link, Live};
use crate::manager::context::Desk;
use crate::manager::figures::order::arrange;
use crate::manager::paced::paced;
use crate::manager::still::Still;
use crate::ui::{Empty, empty, waiting_view};
use leptos::prelude::*;
use shared::ids::{Sku, StoreNo};
use std::time::Duration;

/// How many products are shown at first, and how many more each time.
const STEP: usize = 100;

/// The least time between two changes of the order by what was sold; a search takes effect at once.
const PACE: Duration = Duration::from_secs(2);

pub fn card(desk: Desk, store: StoreNo, query: RwSignal<String>, sort: RwSignal<Sort>) -> AnyView {
    let live = live::connect(Some(store), |_| ());
    let still = Still::new();
    let limit = RwSignal::new(STEP);
    let list = list(desk, live, store, query, sort, still);
    Effect::new(move || {
        query.track();
        sort.track();
        limit.set(STEP);
    });
    let loaded =
        Memo::new(move |_| live.link.get() == Link::Up || live.pictures.with(|pictures| pictures.contains_key(&store)));
    let is_empty = Memo::new(move |_| list.with(Vec::is_empty));
    let body = move || match (loaded.get(), is_empty.get()) {
        (false, _) => waiting_view(),
        (true, true) => nothing(query),
        (true, false) => table(desk, live, store, list, limit),
    };
    view! {
        <section class="card fill" on:pointerenter=move |_| still.point(true) on:pointerleave=move |_| still.point(false)
            on:focusin=move |event| still.enter(&event) on:focusout=move |_| still.leave()>
            <header class="head"><h2>{move || desk.store_name(store)}</h2>{count(list, limit)}</header>
            {body}
        </section>
    }
    .into_any()
}

/// The order of the products: at once after a search, in peace while sales go on, and still under the pointer.
fn list(
    desk: Desk,
    live: Live,
    store: StoreNo,
    query: RwSignal<String>,
    sort: RwSignal<Sort>,
    still: Still,
) -> Memo<Vec<Sku>> {
    let read = move || {
        live.pictures.with_untracked(|pictures| {
            desk.catalogue.with_untracked(|catalogue| {
                query.with_untracked(|query| wanted(catalogue, pictures.get(&store), query, sort.get_untracked()))
            })
        })
    };
    let sold = paced(PACE, move || live.pictures.track(), || false, read);
    let order = Memo::new(move |before: Option<&(Vec<Sku>, (String, Sort))>| {
        sold.track();
        live.link.track();
        desk.catalogue.track();
        let question = (query.get(), sort.get());
        let same = before.filter(|(_, answered)| *answered == question);
        let hold = same.is_some_and(|(shown, _)| !shown.is_empty()) && still.now();
        (arrange(same.map_or(&[], |(shown, _)| shown), read(), hold), question)
    });
    Memo::new(move |_| order.with(|(list, _)| list.clone()))
}

fn count(list: Memo<Vec<Sku>>, limit: RwSignal<usize>) -> AnyView {
    let number = |value: usize| format::number(language(), u64::try_from(value).unwrap_or(0));
    let text = move || {
        let all = list.with(Vec::len);
        (all > 0).then(|| say::shown(&number(all.min(limit.get())), &number(all), all == 1))
    };
    view! { <small class="push" role="status">{text}</small> }.into_any()
}

fn nothing(query: RwSignal<String>) -> AnyView {
    let searched = move || query.with(|query| !query.trim().is_empty());
    let title = Signal::derive(move || if searched() { say::nothing_found() } else { say::nothing_there() }.to_owned());
    let hint = Signal::derive(move || {
        if searched() { say::nothing_found_hint() } else { say::nothing_there_hint() }.to_owned()
    });
    empty(Empty { icon: "box", bad: false, title, hint }, ().into_any())
}

fn table(desk: Desk, live: Live, store: StoreNo, list: Memo<Vec<Sku>>, limit: RwSignal<usize>) -> AnyView {
    let moving = RwSignal::new(None);
    let shown = move || list.with(|list| list.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = move || {
        (list.with(Vec::len) > limit.get()).then(|| {
            view! { <p class="more"><button type="button" class="btn" on:click=move |_| limit.update(|limit| *limit += STEP)>{say::show_more}</button></p> }
        })
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::product>
            <table class="table">
                <thead><tr>
                    <th scope="col" class="cut">{say::product}</th><th scope="col" class="num">{say::left}</th>
                    <th scope="col" class="num desktop-only">{say::par}</th><th scope="col" class="desktop-only">{say::level}</th>
                    <th scope="col" class="desktop-only">{say::state}</th>
                    <th scope="col"><span class="visually-hidden">{say::acts}</span></th>
                </tr></thead>
                <tbody><For each=shown key=Clone::clone children=move |sku| row::row(desk, live, store, moving, sku)/></tbody>
            </table>
            {more}
        </div>
    }
    .into_any()
}
