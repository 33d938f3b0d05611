//! Web Locks: one tab per register, and whether any tab has one.
//!
//! `web-sys` has them only under a compiler flag that the tests on the host go without, hence these few lines.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &js_sys::Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

fn manager() -> Result<LockManager, JsValue> {
    let navigator = leptos::prelude::window().navigator();
    let manager = Reflect::get(&navigator, &"locks".into())?;
    if manager.is_undefined() { Err("no Web Locks".into()) } else { Ok(manager.unchecked_into()) }
}

/// Takes a lock and keeps it until the page goes away; `false` if another tab has it.
///
/// # Errors
/// The browser has no Web Locks, which means that the page is not in a secure context.
pub async fn hold(name: &str) -> Result<bool, JsValue> {
    let manager = manager()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let decided = Promise::new(&mut |resolve, reject| {
        let answer = resolve.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let got = !lock.is_null();
            let _ = answer.call1(&JsValue::UNDEFINED, &got.into());
            // A lock is held as long as the promise of its holder is pending: this one for the life of the page.
            if got { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        match manager.request(name, &options, granted.unchecked_ref()) {
            Ok(_held) => {}
            Err(error) => {
                let _ = reject.call1(&JsValue::UNDEFINED, &error);
            }
        }
    });
    Ok(JsFuture::from(decided).await?.is_truthy())
}

/// Whether any tab has a lock whose name begins like this.
///
/// # Errors
/// As of [`hold`].
pub async fn is_any_held(prefix: &str) -> Result<bool, JsValue> {
    let snapshot = JsFuture::from(manager()?.query()?).await?;
    let held: Array = Reflect::get(&snapshot, &"held".into())?.unchecked_into();
    let mut names = held.iter().filter_map(|lock| Reflect::get(&lock, &"name".into()).ok()?.as_string());
    Ok(names.any(|name| name.starts_with(prefix)))
}
