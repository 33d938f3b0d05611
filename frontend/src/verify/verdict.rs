//! What came of a file, for people.

use super::reading::Outcome;
use crate::format;
use crate::i18n::{language, verify as say};
use crate::ui::icon;
use leptos::prelude::*;
use shared::chain::Head;
use shared::verify::{Chain, Finding, SeriesEnds, Verified};

/// How many findings are shown; the first of them is where to look.
const MOST: usize = 20;

pub(super) fn verdict(name: String, outcome: Outcome) -> AnyView {
    match outcome {
        Outcome::Read(verified, knows_keys) if verified.findings.is_empty() => whole(name, &verified, knows_keys),
        Outcome::Read(verified, _) => wrong(name, &verified),
        Outcome::NoKey(word) => card("wait", "alert", name, move || say::no_key(&word), ().into_any()),
        Outcome::NoExport(error) => card("wait", "alert", name, move || say::no_export(&error), ().into_any()),
        Outcome::Unreadable(why) => card("wait", "alert", name, move || say::unreadable(&why), ().into_any()),
    }
}

fn whole(name: String, verified: &Verified, knows_keys: bool) -> AnyView {
    let Verified { is_sealed, receipts, entries, .. } = *verified;
    let keys = keys(&verified.series);
    let beside =
        view! { <p>{move || say::sealed(is_sealed)}</p><p>{move || say::beside(knows_keys)}</p>{keys} }.into_any();
    let number = |count| format::number(language(), count);
    card("ok", "check", name, move || say::whole(&number(receipts), &number(entries)), beside)
}

fn wrong(name: String, Verified { findings, series, .. }: &Verified) -> AnyView {
    let Some(first) = findings.first().cloned() else { return ().into_any() };
    let count = u64::try_from(findings.len()).unwrap_or(u64::MAX);
    let rows = findings.iter().take(MOST).map(row).collect_view();
    let more = (findings.len() > MOST).then(|| {
        let hidden = count - u64::try_from(MOST).unwrap_or(0);
        view! { <p class="more">{move || say::more(&format::number(language(), hidden))}</p> }
    });
    let list = view! { <ol class="faults">{rows}</ol>{more}{keys(series)} };
    card("bad", "alert", name, move || say::first(&first), list.into_any())
}

/// Each series with its key and where it ends, to be held against what is kept elsewhere.
fn keys(series: &[SeriesEnds]) -> AnyView {
    let rows = series.iter().map(ends).collect_view();
    view! { <details class="keys"><summary>{say::keys}</summary><dl>{rows}</dl></details> }.into_any()
}

fn ends(SeriesEnds { series, public_key, receipts, journal }: &SeriesEnds) -> AnyView {
    let id = series.clone();
    let end = |chain, head: Head| {
        let said = move || say::end(chain, head.number);
        (head.number > 0).then(|| view! { <dd>{said}" "<code>{head.hash.to_string()}</code></dd> })
    };
    view! {
        <dt>{move || say::series(&id)}</dt>
        <dd>{say::key}" "<code>{public_key.to_string()}</code></dd>
        {end(Chain::Receipts, *receipts)}{end(Chain::Journal, *journal)}
    }
    .into_any()
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
