//! The page "Journal": what people did at the registers beside selling.

mod criteria;
mod filters;
mod list;

use super::context::Desk;
use criteria::Criteria;
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let criteria = RwSignal::new(Criteria::default());
    // A store has to be chosen; the first that is shown is as good as any.
    Effect::new(move |_| {
        let first = desk.scope.with(|scope| scope.iter().next().copied());
        let is_shown = criteria
            .with(|criteria| criteria.store.is_some_and(|store| desk.scope.with(|scope| scope.contains(&store))));
        if !is_shown && criteria.with_untracked(|criteria| criteria.store) != first {
            criteria.update(|criteria| criteria.store = first);
        }
    });
    view! { <div class="view">{filters::form(desk, criteria)}{list::card(desk, criteria)}</div> }.into_any()
}
