//! A list of which the server gives one page at a time.

use super::failed;
use crate::api::ApiError;
use crate::i18n::desk::receipts as say;
use crate::ui::waiting_view;
use leptos::prelude::*;
use shared::api::Page;

/// A page, or why it cannot be had.
pub type Answer<T> = Result<Page<T>, ApiError>;

/// The cursors of the pages that were turned; the last one is that of the page shown.
#[derive(Clone, Copy)]
pub struct Cursors(RwSignal<Vec<String>>);

impl Cursors {
    /// The first page, also whenever what `follow` has read is another.
    pub fn new(follow: impl Fn() + 'static) -> Self {
        let cursors = RwSignal::new(Vec::new());
        Effect::new(move || {
            follow();
            cursors.update(Vec::clear);
        });
        Self(cursors)
    }

    /// Where the page shown begins; nothing for the first.
    pub fn last(self) -> Option<String> {
        self.0.with(|cursors| cursors.last().cloned())
    }
}

/// The page shown, with the ways to those beside it.
pub fn pager<T: Clone + 'static>(
    cursors: Cursors,
    answer: LocalResource<Answer<T>>,
    table: impl Fn(Vec<T>) -> AnyView + Send + 'static,
    nothing: fn() -> AnyView,
) -> AnyView {
    let again = Callback::new(move |()| answer.refetch());
    let body = move || match answer.get() {
        None => waiting_view(),
        Some(Err(error)) => failed("offline", &error, again),
        Some(Ok(page)) if page.items.is_empty() => nothing(),
        Some(Ok(page)) => table(page.items),
    };
    view! {
        <section class="card fill">
            <header class="head pager"><h2>{move || say::page(cursors.0.with(Vec::len) + 1)}</h2>{ways(cursors.0, answer, again)}</header>
            {body}
        </section>
    }
    .into_any()
}

fn ways<T: Clone + 'static>(
    cursors: RwSignal<Vec<String>>,
    answer: LocalResource<Answer<T>>,
    again: Callback<()>,
) -> AnyView {
    let next = move || answer.get().and_then(Result::ok).and_then(|page| page.next);
    let first = move || cursors.with(Vec::is_empty);
    let newer = move |_| cursors.update(|cursors| drop(cursors.pop()));
    let older = move |_| {
        if let Some(next) = untrack(next) {
            cursors.update(|cursors| cursors.push(next));
        }
    };
    view! {
        <button type="button" class="btn small quiet push" on:click=move |_| again.run(())>{say::refresh}</button>
        <button type="button" class="btn small" disabled=first on:click=newer>{say::newer}</button>
        <button type="button" class="btn small" disabled=move || next().is_none() on:click=older>{say::older}</button>
    }
    .into_any()
}
