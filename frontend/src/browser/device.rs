//! Which device is which: browsers hand over all that somebody has ever chosen, in no order that means anything.

use crate::i18n::printing;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// What tells a device from others: by the figures that its maker gave it, and its serial number where it has one. Two of one
/// make without numbers cannot be told from each other.
pub(super) fn name(facts: &JsValue, fields: &[&str]) -> String {
    let fact = |field: &&str| {
        let fact = Reflect::get(facts, &(*field).into()).unwrap_or_default();
        fact.as_string().or_else(|| Some(fact.as_f64()?.to_string())).unwrap_or_default()
    };
    fields.iter().map(fact).collect::<Vec<_>>().join(":")
}

/// The device of a name, or else the first.
///
/// # Errors
///
/// What to say where it is not connected.
pub(super) fn find(
    devices: &Array,
    wanted: Option<&str>,
    name: impl Fn(&JsValue) -> String,
) -> Result<JsValue, &'static str> {
    let is_wanted = |device: &JsValue| wanted.is_none_or(|wanted| name(device) == wanted);
    devices.iter().find(is_wanted).ok_or_else(printing::not_connected)
}
