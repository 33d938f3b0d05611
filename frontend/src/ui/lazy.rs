//! Views whose code comes when they are first shown, so that a page starts without it.

use super::{Empty, empty, press};
use crate::i18n::common;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use std::pin::Pin;
use std::rc::Rc;

/// A view, where its code could be fetched.
pub type Fetched = Result<AnyView, leptos::wasm_split::SplitLoaderError>;

/// A view that is on its way.
type Coming = Pin<Box<dyn Future<Output = Fetched>>>;

/// How far it has got.
#[derive(Clone, Copy)]
enum Step {
    Fetching,
    There,
    Failed,
}

/// Shows a view as soon as its code is there; where it cannot be fetched, says so and offers to try again.
pub fn lazily(view: impl Fn() -> Coming + 'static) -> AnyView {
    let view: Rc<dyn Fn() -> Coming> = Rc::new(view);
    let (view, fetched) = (StoredValue::new_local(view), StoredValue::new_local(None));
    let (step, tries) = (RwSignal::new(Step::Fetching), RwSignal::new(0_u32));
    // An effect, so that what the view makes lives as long as this place, not as the button that asked for it again.
    Effect::new(move |_| {
        tries.track();
        step.set(Step::Fetching);
        let coming = ScopedFuture::new_untracked(view.with_value(|view| view()));
        leptos::task::spawn_local(async move {
            let now = coming.await.map_or(Step::Failed, |view| {
                fetched.try_set_value(Some(view));
                Step::There
            });
            // Whoever waited for it may have gone on to something else.
            let _ = step.try_set(now);
        });
    });
    (move || match step.get() {
        Step::Fetching => waiting(),
        Step::There => fetched.try_update_value(Option::take).flatten().into_any(),
        Step::Failed => failed(tries),
    })
    .into_any()
}

/// A place that waits for what it will show.
pub fn waiting() -> AnyView {
    view! { <span class="spinner" role="status"><span class="visually-hidden">{move || common::words().loading}</span></span> }
        .into_any()
}

/// A view that waits for what it will show.
pub fn waiting_view() -> AnyView {
    view! { <div class="empty" aria-busy="true">{waiting()}</div> }.into_any()
}

fn failed(tries: RwSignal<u32>) -> AnyView {
    let title = Signal::derive(|| common::words().unreachable.to_owned());
    let retry = view! { <button class="btn primary" on:click=press(move || tries.update(|tries| *tries += 1))>{move || common::words().retry}</button> };
    empty(Empty { icon: "offline", bad: true, title, hint: Signal::stored(String::new()) }, retry.into_any())
}
