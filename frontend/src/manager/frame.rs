//! What is on every page of the desk: the bar, the tabs, what the page has to say of itself.

use super::context::Desk;
use super::directory::Kind;
use super::route::{self, Route};
use super::{arrival, closings, direct, journal, receipts, report, stocks, stores};
use crate::api::{self, Patience};
use crate::bots;
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::findings;
use crate::i18n::desk::frame as say;
use crate::i18n::desk::refusals;
use crate::i18n::desk::stores as stores_words;
use crate::i18n::{common, language};
use crate::live::Link;
use crate::ui::{self, initials, menu};
use leptos::prelude::*;
use shared::api::sessions::Session;

/// An open desk; `on_leave` when the session has ended.
pub fn desk(session: Session, on_leave: Callback<()>) -> AnyView {
    let name = session.seller.name.clone();
    let desk = Desk::open(session);
    let route = route::follow();
    // The page stays as it is while another receipt of its list is opened.
    let tab = Memo::new(move |_| route.get().tab());
    let page = move || match tab.get() {
        Route::Direct => direct::page(desk),
        Route::Stocks => stocks::page(desk),
        Route::Receipts(_) => receipts::page(desk, route),
        Route::Journal => journal::page(desk),
        Route::Arrival => arrival::page(desk),
        Route::Closings(store) => closings::page(desk, store),
        Route::Report(store) => report::page(desk, store),
        Route::Stores => stores::page(desk),
        Route::Bots => bots::page(desk),
    };
    leave_when_ended(desk, on_leave);
    view! {
        <main class="desk">
            <header class="bar">
                <a class="brand" href="/">"Comptoir"</a>
                {tabs(desk, tab)}
                {simulation(desk)}
                {link(desk)}
                {account(name, on_leave)}
            </header>
            <div class="notices">{lost_line(desk)}{broken_series(desk, tab)}{latest_finding(desk, tab)}{unplaced(desk, tab)}{refused(desk, tab)}</div>
            {page}
            <p class="visually-hidden" role="status">{desk.said}</p>
        </main>
    }
    .into_any()
}

fn tabs(desk: Desk, tab: Memo<Route>) -> AnyView {
    let link = move |route: Route| {
        let current = move || (tab.get() == route).then_some("page");
        let badge = (route == Route::Arrival).then(|| arrival::badge(desk));
        view! { <a href=route.href() aria-current=current>{move || title(route)}{badge}</a> }
    };
    let nav = NodeRef::<leptos::html::Nav>::new();
    Effect::new(move |_| {
        tab.track();
        request_animation_frame(move || {
            if let Some(nav) = nav.try_get_untracked().flatten() {
                ui::show_current(&nav);
            }
        });
    });
    view! { <nav class="tabs" aria-label=say::pages node_ref=nav>{Route::TABS.map(link).collect_view()}</nav> }
        .into_any()
}

fn title(route: Route) -> &'static str {
    match route {
        Route::Direct => say::direct(),
        Route::Stocks => say::stocks(),
        Route::Receipts(_) => say::receipts(),
        Route::Journal => say::journal(),
        Route::Arrival => say::arrival(),
        Route::Closings(_) => crate::i18n::closings::list(),
        Route::Report(_) => say::report(),
        Route::Stores => stores_words::stores(),
        Route::Bots => say::bots(),
    }
}

/// Says that the figures are simulated; a switch where there are real ones too.
fn simulation(desk: Desk) -> AnyView {
    let both = Memo::new(move |_| desk.directory.with(|stores| stores.has(Kind::Real) && stores.has(Kind::Training)));
    let choice = move |kind: Kind, name: fn() -> &'static str| {
        let pressed = move || (desk.kind.get() == kind).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=move |_| desk.chosen.set(Some(kind))>{name}</button> }
    };
    let switch = move || {
        both.get().then(|| {
            view! {
                <div class="segmented" role="group" aria-label=say::kind>
                    {choice(Kind::Real, say::real)}{choice(Kind::Training, say::training)}
                </div>
            }
        })
    };
    let known = move || desk.directory.with(|stores| stores.has(Kind::Training));
    let sim = move || {
        (known() && desk.kind.get() == Kind::Training)
            .then(|| view! { <span class="sim">{common::words().simulation}</span> })
    };
    view! { {sim}{switch} }.into_any()
}

fn link(desk: Desk) -> AnyView {
    let class = move || match desk.live.link.get() {
        Link::Up => "push mark ok",
        Link::Connecting => "push mark wait",
        Link::Down => "push mark bad",
    };
    let word = move || match desk.live.link.get() {
        Link::Up => say::up(),
        Link::Connecting => say::connecting(),
        Link::Down => say::down(),
    };
    view! { <span class=class role="status"><span>{word}</span></span> }.into_any()
}

fn account(name: String, on_leave: Callback<()>) -> AnyView {
    let leave = move |_| {
        leptos::task::spawn_local(async move {
            // A session that cannot be ended runs out by itself.
            let _ = api::sign_out().await;
            on_leave.run(());
        });
    };
    let who = view! { <span class="avatar" aria-hidden="true">{initials(&name)}</span><span>{name}</span> };
    let out = move || {
        view! { <button type="button" class="btn" on:click=leave>{move || common::words().sign_out}</button> }
            .into_any()
    };
    menu(who.into_any(), out)
}

/// A line that is lost because the session ran out leads back to the sign-in.
fn leave_when_ended(desk: Desk, on_leave: Callback<()>) {
    Effect::new(move || {
        if desk.live.link.get() == Link::Down {
            leptos::task::spawn_local(async move {
                if matches!(api::current_session(Patience::Full).await, Ok(None)) {
                    on_leave.run(());
                }
            });
        }
    });
}

fn lost_line(desk: Desk) -> AnyView {
    let since = RwSignal::new(None);
    Effect::new(move || match desk.live.link.get() {
        Link::Down => since.update(|since| *since = since.or_else(|| Some(clock::now_millis()))),
        Link::Up => since.set(None),
        Link::Connecting => {}
    });
    let detail = move |since: i64| {
        desk.clock.track();
        say::down_detail(&format::age(language(), (clock::now_millis() - since) / 1000))
    };
    let banner = move || {
        since.get().map(|since| {
            view! { <div class="banner wait"><p><b>{say::down_title}</b>" "{move || detail(since)}</p></div> }
        })
    };
    // The age changes every second; only the banner's coming is news.
    view! { <div role="alert">{move || since.get().map(|_| view! { <span class="visually-hidden">{say::down_title}</span> })}</div>{banner} }
        .into_any()
}

fn broken_series(desk: Desk, tab: Memo<Route>) -> AnyView {
    let overdue = Memo::new(move |_| desk.arrival.get().overdue);
    (move || {
        let missing = overdue.get();
        (missing > 0 && tab.get() != Route::Arrival).then(|| {
            let detail = move || say::gap_detail(&format::number(language(), missing), missing == 1);
            view! {
                <div class="banner bad" role="alert"><p><b>{say::gap_title}</b>" "{detail}</p>
                    <a class="btn small" href=Route::Arrival.href()>{say::look}</a></div>
            }
        })
    })
    .into_any()
}

fn latest_finding(desk: Desk, tab: Memo<Route>) -> AnyView {
    let unseen = arrival::unseen(desk, tab);
    (move || {
        unseen.get().map(|(kind, is_entry)| {
            view! {
                <div class="banner bad" role="alert"><p><b>{say::finding_title}</b>" "{move || findings::explain(kind, is_entry).title}</p>
                    <a class="btn small" href=Route::Arrival.href()>{say::look}</a></div>
            }
        })
    })
    .into_any()
}

/// A record that names no store is no finding of any; it is told apart.
fn unplaced(desk: Desk, tab: Memo<Route>) -> AnyView {
    counted(desk.live.unplaced, tab, say::unplaced_title, say::unplaced_detail)
}

/// What is refused is no finding of any store either: it is not saved.
fn refused(desk: Desk, tab: Memo<Route>) -> AnyView {
    counted(desk.live.refused, tab, say::refused_title, refusals::detail)
}

/// An alarm for as long as there is any, but where it is explained.
fn counted(
    count: RwSignal<u64>,
    tab: Memo<Route>,
    title: fn() -> &'static str,
    detail: fn(&str, bool) -> String,
) -> AnyView {
    (move || {
        let count = count.get();
        (count > 0 && tab.get() != Route::Arrival).then(|| {
            let detail = move || detail(&format::number(language(), count), count == 1);
            view! {
                <div class="banner bad" role="alert"><p><b>{title}</b>" "{detail}</p>
                    <a class="btn small" href=Route::Arrival.href()>{say::look}</a></div>
            }
        })
    })
    .into_any()
}
