//! Where the server has refused something that tills send.

use crate::api::{self, ApiError};
use crate::browser::clock;
use crate::format;
use crate::i18n::desk::{arrival, refusals as say};
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::failed;
use leptos::prelude::*;
use shared::api::refusals::Refused;

/// The card; nothing where nothing was refused lately. It is of all stores, since whatever is real may have been refused in the name
/// of a training store.
pub fn card(desk: Desk) -> AnyView {
    let answer = LocalResource::new(move || {
        desk.live.snapshots.track();
        desk.live.refused.track();
        async { told(api::refusals().await.map(|page| page.items)) }
    });
    let again = Callback::new(move |()| answer.refetch());
    let body = move || match answer.get()? {
        Ok(stores) if stores.is_empty() => None,
        Ok(stores) => Some(list(desk, stores)),
        Err(error) => Some(failed("offline", &error, again)),
    };
    let card = move |body| {
        view! {
            <section class="card" aria-label=say::refusals>
                <header class="head"><h2>{say::refusals}</h2></header>
                {body}
            </section>
        }
    };
    (move || body().map(card)).into_any()
}

/// Whoever may not see all stores is shown none.
fn told(answer: Result<Vec<Refused>, ApiError>) -> Result<Vec<Refused>, ApiError> {
    match answer {
        Err(error) if error.status() == Some(403) => Ok(Vec::new()),
        answer => answer,
    }
}

fn list(desk: Desk, stores: Vec<Refused>) -> AnyView {
    let entries = stores.into_iter().map(|refused| entry(desk, &refused)).collect_view();
    view! { <div class="scroll findings" tabindex="0" role="region" aria-label=say::refusals>{entries}</div> }
        .into_any()
}

fn entry(desk: Desk, &Refused { store, count, latest }: &Refused) -> AnyView {
    let title = move || say::count(&format::number(language(), count), count == 1);
    let when = move || {
        let age = format::age(language(), desk.seconds_since(latest));
        arrival::ago(&desk.store_name(store), &age)
    };
    let time = format::clock(clock::wall(latest));
    view! {
        <article class="alert out">
            <header><b>{title}</b><small>{time}</small></header>
            <p>{say::meaning}</p>
            <p><b>{arrival::do_this}{common::colon}</b>{say::remedy}</p>
            <footer><span>{when}</span></footer>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_not_see_all_stores_sees_no_card_and_no_fault() {
        let problem = r#"{"type":"/p","title":"","status":403,"detail":"","safe":"","remedy":""}"#;
        let forbidden =
            ApiError::Problem { problem: Box::new(serde_json::from_str(problem).unwrap()), retry_after: None };
        assert_eq!(told(Err(forbidden)), Ok(Vec::new()));
        assert_eq!(told(Err(ApiError::Unreachable)), Err(ApiError::Unreachable));
    }
}
