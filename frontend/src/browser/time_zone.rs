//! Where the browser believes to be.

use js_sys::{Array, Intl, Object, Reflect};

/// The IANA time zone of the browser, where it tells.
pub fn own() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
