//! Recognising a PIN on this device alone: derived slowly, and bound to a key that no script can read.
//!
//! Four digits are soon tried out by whoever can compute what they derive to. The derived bits are therefore
//! authenticated by a key that the browser keeps to itself: what is kept here is worth nothing on another machine.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use shared::chain::Hash;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// Rounds of PBKDF2-HMAC-SHA-256, as OWASP's password storage cheat sheet asks for.
const ROUNDS: u32 = 600_000;

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(leptos::prelude::window().crypto()?.subtle())
}

/// Makes a device's key, which never leaves the browser.
pub async fn device_key() -> Result<CryptoKey, JsValue> {
    let algorithm = object(&[("name", "HMAC".into()), ("hash", "SHA-256".into())])?;
    let made = subtle()?.generate_key_with_object(&algorithm, false, &Array::of1(&"sign".into()))?;
    Ok(JsFuture::from(made).await?.unchecked_into())
}

/// What a PIN looks like on this device.
pub async fn digest(device: &CryptoKey, salt: &Hash, pin: &str) -> Result<Hash, JsValue> {
    let derived = derive(salt, pin).await?;
    let sealed = subtle()?.sign_with_str_and_buffer_source("HMAC", device, &derived)?;
    let sealed: ArrayBuffer = JsFuture::from(sealed).await?.unchecked_into();
    let bytes = Uint8Array::new(&sealed).to_vec().try_into();
    Ok(Hash::from_bytes(bytes.map_err(|_| JsValue::from_str("WebCrypto answered with another length"))?))
}

async fn derive(salt: &Hash, pin: &str) -> Result<ArrayBuffer, JsValue> {
    let raw = Uint8Array::from(pin.as_bytes());
    let usages = Array::of1(&"deriveBits".into());
    let imported = subtle()?.import_key_with_str("raw", &raw, "PBKDF2", false, &usages)?;
    let key: CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let salt = Uint8Array::from(salt.as_bytes().as_slice());
    let facts: [(&str, JsValue); 4] =
        [("name", "PBKDF2".into()), ("hash", "SHA-256".into()), ("salt", salt.into()), ("iterations", ROUNDS.into())];
    let derived = subtle()?.derive_bits_with_object(&object(&facts)?, &key, 256)?;
    Ok(JsFuture::from(derived).await?.unchecked_into())
}

fn object(facts: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in facts {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}
