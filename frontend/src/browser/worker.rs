//! The service worker, which keeps the till's files in the browser.

use leptos::prelude::{GetUntracked, LocalStorage, RwSignal, Set, SetValue, StoredValue, WithValue};
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

/// The till's files in this browser. A later version of them waits until no page of the till is open, so that no sale is
/// cut off by it.
#[derive(Clone, Copy)]
pub struct Worker {
    /// Whether they are there.
    pub kept: RwSignal<Kept>,
    registration: StoredValue<Option<ServiceWorkerRegistration>, LocalStorage>,
}

impl Worker {
    /// Asks the browser to keep the till's files, or to look whether there are later ones.
    pub fn start() -> Self {
        let worker = Self { kept: RwSignal::new(Kept::Fetching), registration: StoredValue::new_local(None) };
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

    async fn register(self) -> Result<(), JsValue> {
        let container = container()?;
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options(SCRIPT, &options)).await?;
        let registration: ServiceWorkerRegistration = registered.unchecked_into();
        if registration.active().is_some() {
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
            ServiceWorkerState::Activated => self.kept.set(Kept::Whole),
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
