//! What came of a file, for people.

use super::reading::Outcome;
use crate::format;
use crate::i18n::{language, verify as say};
use crate::ui::icon;
use leptos::prelude::*;
use shared::verify::Finding;

/// How many findings are shown; the first of them is where to look.
const MOST: usize = 20;

pub(super) fn verdict(name: String, outcome: Outcome) -> AnyView {
    match outcome {
        Outcome::Whole { is_sealed, receipts, entries } => {
            let beside = view! { <p>{move || say::sealed(is_sealed)}</p><p>{say::beside}</p> }.into_any();
            let number = |count| format::number(language(), count);
            card("ok", "check", name, move || say::whole(&number(receipts), &number(entries)), beside)
        }
        Outcome::Wrong(findings) => wrong(name, &findings),
        Outcome::NoExport(error) => card("wait", "alert", name, move || say::no_export(&error), ().into_any()),
        Outcome::Unreadable(why) => card("wait", "alert", name, move || say::unreadable(&why), ().into_any()),
    }
}

fn wrong(name: String, findings: &[Finding]) -> AnyView {
    let Some(first) = findings.first().cloned() else { return ().into_any() };
    let count = u64::try_from(findings.len()).unwrap_or(u64::MAX);
    let rows = findings.iter().take(MOST).map(row).collect_view();
    let more = (findings.len() > MOST).then(|| {
        let hidden = count - u64::try_from(MOST).unwrap_or(0);
        view! { <p class="more">{move || say::more(&format::number(language(), hidden))}</p> }
    });
    let list = view! { <ol class="faults">{rows}</ol>{more} };
    card("bad", "alert", name, move || say::first(&first), list.into_any())
}

fn row(finding: &Finding) -> AnyView {
    let finding = finding.clone();
    let (place, fault) = (finding.clone(), finding);
    view! { <li><b>{move || say::place(&place)}</b>" "<span>{move || say::fault(&fault)}</span></li> }.into_any()
}

fn card(
    state: &'static str,
    sign: &'static str,
    name: String,
    text: impl Fn() -> String + Send + 'static,
    more: AnyView,
) -> AnyView {
    let class = format!("card outcome {state}");
    view! { <section class=class>{icon(sign)}<div><h2>{text}</h2><p><small>{name}</small></p>{more}</div></section> }
        .into_any()
}
