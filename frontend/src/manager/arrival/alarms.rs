//! What is wrong with what has arrived, in words, with what to do.

use super::seen::{current, is_alarm};
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::{arrival as say, findings};
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::route::Route;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::finding::{Finding, FindingKind};
use shared::ids::{ReceiptId, StoreNo};
use shared::picture::Picture;
use shared::position::Position;

/// How many alarms are listed at most.
const MOST: usize = 50;

pub fn card(desk: Desk) -> AnyView {
    let alarms = Memo::new(move |_| desk.in_scope(latest));
    let is_empty = Memo::new(move |_| alarms.with(Vec::is_empty));
    let body = move || if is_empty.get() { nothing() } else { list(desk, alarms) };
    view! {
        <aside class="card" aria-label=say::alarms>
            <header class="head"><h2>{say::alarms}</h2></header>
            {body}
        </aside>
    }
    .into_any()
}

fn latest(pictures: &[&Picture]) -> Vec<Finding> {
    let mut findings: Vec<_> = pictures.iter().flat_map(|picture| current(picture)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.at, finding.position)));
    findings.into_iter().take(MOST).cloned().collect()
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::no_alarms().to_owned());
    let hint = Signal::derive(|| say::no_alarms_hint().to_owned());
    empty(Empty { icon: "check", bad: false, title, hint }, ().into_any())
}

fn list(desk: Desk, alarms: Memo<Vec<Finding>>) -> AnyView {
    let key =
        |finding: &Finding| -> (StoreNo, Position, FindingKind) { (finding.store, finding.position, finding.kind) };
    view! {
        <div class="scroll findings" tabindex="0" role="region" aria-label=say::alarms>
            <For each=move || alarms.get() key=key children=move |finding| alarm(desk, &finding)/>
        </div>
    }
    .into_any()
}

fn alarm(desk: Desk, finding: &Finding) -> AnyView {
    let (kind, is_entry, store, at) = (finding.kind, finding.journal, finding.store, finding.at);
    let class = if is_alarm(finding) { "alert out" } else { "alert low" };
    let place = format!("{}", finding.position);
    let when = move || {
        let age = format::age(language(), desk.seconds_since(at));
        say::ago(&desk.store_name(store), &age)
    };
    let record = finding.event.map(|event| {
        let receipt = Route::Receipts(Some(ReceiptId::from(event.uuid())));
        if finding.journal {
            (Route::Journal.href(), say::open_journal as fn() -> _)
        } else {
            (receipt.href(), say::open_receipt as _)
        }
    });
    let time = format::clock(clock::wall(at));
    view! {
        <article class=class>
            <header><b>{move || findings::explain(kind, is_entry).title}</b><small>{time}</small></header>
            <p>{move || findings::explain(kind, is_entry).meaning}</p>
            <p><b>{say::do_this}{common::colon}</b>{move || findings::explain(kind, is_entry).remedy}</p>
            <small>{say::particulars}{common::colon}{finding.detail.clone()}" · "{say::place}" "{place}</small>
            <footer><span>{when}</span>{record.map(|(href, name)| view! { <a class="btn small" href=href>{name}</a> })}</footer>
        </article>
    }
    .into_any()
}
