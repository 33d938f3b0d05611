//! The receipt, on the screen and on paper.

use super::paper::{Paper, Row};
use super::qr::qr;
use crate::i18n::language;
use leptos::prelude::*;
use shared::chain::Sealed;
use shared::receipt::{Line, Receipt};
use shared::store::Store;
use std::sync::Arc;

/// What the receipt says beside its own content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The store as its sign says.
    pub store: String,
    /// Its city.
    pub city: String,
    /// The seller's name.
    pub seller: String,
    /// Whether it was printed before.
    pub is_duplicate: Signal<bool>,
}

impl Head {
    /// The head of a store's receipts.
    pub fn of(store: &Store, seller: String, is_duplicate: Signal<bool>) -> Self {
        Self { store: store.name.clone(), city: store.city.clone(), seller, is_duplicate }
    }
}

/// A receipt in the page's language.
pub fn receipt(sealed: Arc<Sealed<Receipt>>, head: Head) -> AnyView {
    (move || {
        let language = language();
        let paper = Paper::of(&sealed.body, language);
        view! {
            <article class="receipt" lang=language.tag()>
                {paper.stamps(head.is_duplicate.get()).map(stamp).collect_view()}
                {header(paper, &head)}
                <dl class="facts">{rows(paper.facts(&head.seller))}</dl>
                {items(paper)}
                {amounts(paper)}
                {taxes(paper)}
                <p class="seal" aria-label=paper.words.signature>{sealed.signature.short()}</p>
                {qr(&sealed.code(), paper.words.code)}
                <footer><p>{paper.words.thanks}</p></footer>
            </article>
        }
        .into_any()
    })
    .into_any()
}

fn stamp(text: &'static str) -> AnyView {
    view! { <p class="stamp">{text}</p> }.into_any()
}

fn header(paper: Paper<'_>, head: &Head) -> AnyView {
    let siret = paper.receipt.siret.as_ref().map(|siret| format!("SIRET {siret}"));
    view! {
        <header><h2>{head.store.clone()}</h2><p>{head.city.clone()}</p>{siret.map(|siret| view! { <p>{siret}</p> })}</header>
    }
    .into_any()
}

fn items(paper: Paper<'_>) -> AnyView {
    let rows =
        paper.items().map(|(line, discounts)| (item(paper, line), discounts.into_iter().map(reduced).collect_view()));
    let rows = rows.collect_view();
    view! { <table class="items"><tbody>{rows}</tbody></table> }.into_any()
}

fn item(paper: Paper<'_>, line: &Line) -> AnyView {
    view! {
        <tr><td>{line.name.clone()}<small>{paper.detail(line)}</small></td>
            <td class="num">{paper.money(line.total)}</td><td class="code">{paper.code(line.tax)}</td></tr>
    }
    .into_any()
}

/// A discount on a line, below it.
fn reduced((name, amount): Row) -> AnyView {
    view! { <tr><td>{name}</td><td class="num">{amount}</td><td></td></tr> }.into_any()
}

fn amounts(paper: Paper<'_>) -> AnyView {
    view! {
        <dl class="amounts">
            {rows(paper.discounts(None))}
            {row("grand", paper.total())}
            {rows(paper.payments())}
        </dl>
    }
    .into_any()
}

fn taxes(paper: Paper<'_>) -> AnyView {
    let rows =
        paper.taxes().map(|cells| view! { <tr>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> });
    view! {
        <table class="taxes">
            <thead><tr>{paper.tax_heads().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn rows(rows: impl IntoIterator<Item = Row>) -> AnyView {
    rows.into_iter().map(|named| row("", named)).collect_view().into_any()
}

fn row(class: &'static str, (name, value): Row) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
