//! What a month or a year came to, as on paper.

use super::slip::sheet;
use super::{Shown, closing_of};
use crate::format;
use crate::i18n::{closings as say, common, language};
use crate::manager::context::Desk;
use crate::ui::{Pen, Report};
use leptos::prelude::*;
use shared::api::closings::SpanClosing;

pub(super) fn card(desk: Desk, found: SpanClosing, shown: RwSignal<Shown>) -> AnyView {
    let state = found.closing.state;
    sheet(state, move || report(desk, &found), Shown::Calendar, shown)
}

fn report(desk: Desk, found: &SpanClosing) -> Option<Report> {
    let language = language();
    let words = common::of(language);
    let closing = closing_of(&found.closing)?;
    let (body, figures) = (&found.closing.entry.sealed.body, closing.to_date.as_ref()?.of(found.span));
    let (shop, currency) =
        desk.directory.with(|directory| (directory.name(body.store), directory.currency(body.store)));
    let pen = Pen::of(language, currency);
    let facts = [
        (words.store_no, body.store.to_string()),
        (words.register_label, format!("{} · {}", body.register, (words.series)(&body.series))),
        (say::last_closing(), format!("{} · {}", say::title(closing.number), closing.day)),
        (say::receipts(), format::number(language, figures.receipts)),
        (say::refunds(), format::number(language, figures.refunds)),
    ];
    let perpetual = vec![
        pen.grand(say::perpetual(), closing.perpetual.algebraic),
        pen.amount(say::perpetual_absolute(), closing.perpetual.absolute),
    ];
    let note = if found.is_over { say::is_closed() } else { say::still_running() };
    Some(Report {
        stamp: body.simulated.then_some(words.simulation),
        title: say::span(found.span, closing.day),
        shop,
        facts: facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect(),
        amounts: vec![pen.takings(figures.total, figures.rounding, &figures.tenders)],
        taxes: pen.taxes(&figures.taxes),
        more: vec![perpetual],
        notes: vec![say::figures_add().to_owned(), note.to_owned()],
    })
}
