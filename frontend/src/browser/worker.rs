//! The service worker, which keeps the till's files in the browser.

use super::reload;
use leptos::prelude::{GetUntracked, GetValue, LocalStorage, RwSignal, Set, SetValue, StoredValue, WithValue};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

/// Where the build puts it: at the root, so that it may answer for `/till`.
const SCRIPT: &str = "/worker.js";

/// Whether this browser can start the till where no server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The files are being fetched.
    Fetching,
    /// All of them are there.
    Whole,
    /// This browser keeps none: it has no service workers, or they failed.
    Nothing,
}

/// What the worker of a later version is told.
const TAKE_OVER: &str = "take over";

/// The till's files in this browser. A later version of them waits until it is told to take over, so that no sale is cut off
/// by it.
#[derive(Clone, Copy)]
pub struct Worker {
    /// Whether they are there.
    pub kept: RwSignal<Kept>,
    /// Whether a later version is whole, as far as somebody has looked.
    pub later: RwSignal<bool>,
    registration: StoredValue<Option<ServiceWorkerRegistration>, LocalStorage>,
    /// The version that this page began with, once it is whole.
    own: StoredValue<Option<ServiceWorker>, LocalStorage>,
}

impl Worker {
    /// Asks the browser to keep the till's files, or to look whether there are later ones.
    pub fn start() -> Self {
        let worker = Self {
            kept: RwSignal::new(Kept::Fetching),
            later: RwSignal::new(false),
            registration: StoredValue::new_local(None),
            own: StoredValue::new_local(None),
        };
        leptos::task::spawn_local(async move {
            if worker.register().await.is_err() {
                worker.kept.set(Kept::Nothing);
            }
        });
        worker
    }

    /// Asks the server whether there is a later version.
    pub fn look(self) {
        let asked = self.registration.with_value(|held| held.as_ref().and_then(|held| held.update().ok()));
        if let Some(asked) = asked {
            leptos::task::spawn_local(async move {
                // One that cannot be reached is asked again by and by.
                let _ = JsFuture::from(asked).await;
            });
        }
    }

    /// Looks whether a later version is whole.
    pub fn note_later(self) {
        let is_there = self.waiting().is_some() || self.is_outlived();
        if self.later.get_untracked() != is_there {
            self.later.set(is_there);
        }
    }

    /// Goes on to a later version, if there is one: has it take over, and begins the page anew once it has. Whoever calls this
    /// again and again sees to it that there is nothing to lose each time.
    pub fn take_later(self) {
        if self.is_outlived() {
            reload();
        } else if let Some(waiting) = self.waiting() {
            // One that does not hear is told again.
            let _ = waiting.post_message(&TAKE_OVER.into());
        }
    }

    fn waiting(self) -> Option<ServiceWorker> {
        self.registration.with_value(|held| held.as_ref().and_then(ServiceWorkerRegistration::waiting))
    }

    /// Whether another version than this page's has taken over.
    fn is_outlived(self) -> bool {
        let active = self.registration.with_value(|held| held.as_ref().and_then(ServiceWorkerRegistration::active));
        self.own.get_value().is_some_and(|own| active.is_some_and(|active| active != own))
    }

    async fn register(self) -> Result<(), JsValue> {
        let container = container()?;
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options(SCRIPT, &options)).await?;
        let registration: ServiceWorkerRegistration = registered.unchecked_into();
        if let Some(active) = registration.active() {
            self.own.set_value(container.controller().or(Some(active)));
            self.kept.set(Kept::Whole);
        } else if let Some(first) = registration.installing().or_else(|| registration.waiting()) {
            self.follow(&first);
        }
        self.registration.set_value(Some(registration));
        Ok(())
    }

    /// The first version is whole once it is active.
    fn follow(self, first: &ServiceWorker) {
        let followed = first.clone();
        let changed = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| match followed.state() {
            ServiceWorkerState::Activated => {
                self.own.set_value(Some(followed.clone()));
                self.kept.set(Kept::Whole);
            }
            ServiceWorkerState::Redundant if self.kept.get_untracked() == Kept::Fetching => {
                self.kept.set(Kept::Nothing);
            }
            _ => {}
        });
        first.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
    }
}

/// The browser's service workers; in a page that did not come over a secure line there are none.
fn container() -> Result<ServiceWorkerContainer, JsValue> {
    let navigator = leptos::prelude::window().navigator();
    let found = js_sys::Reflect::get(&navigator, &"serviceWorker".into())?;
    if found.is_undefined() { Err("no service workers".into()) } else { Ok(found.unchecked_into()) }
}
