//! The register's key: made and used by WebCrypto, never seen by any script.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use shared::chain::{Hash, PublicKey, Signature};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKeyPair, SubtleCrypto};

const ALGORITHM: &str = "Ed25519";

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(leptos::prelude::window().crypto()?.subtle())
}

/// Whether the page may use WebCrypto: it came over HTTPS, or from this very machine.
pub fn is_secure() -> bool {
    leptos::prelude::window().is_secure_context()
}

/// Makes a key pair whose private half cannot be taken out of the browser.
pub async fn generate() -> Result<CryptoKeyPair, JsValue> {
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let made = subtle()?.generate_key_with_str(ALGORITHM, false, &usages)?;
    Ok(JsFuture::from(made).await?.unchecked_into())
}

/// The public half.
pub async fn public(keys: &CryptoKeyPair) -> Result<PublicKey, JsValue> {
    let exported = JsFuture::from(subtle()?.export_key("raw", &keys.get_public_key())?).await?;
    Ok(PublicKey::from_bytes(bytes(exported.unchecked_ref())?))
}

/// Signs a hash.
pub async fn sign(keys: &CryptoKeyPair, hash: &Hash) -> Result<Signature, JsValue> {
    let signing = subtle()?.sign_with_str_and_u8_array(ALGORITHM, &keys.get_private_key(), hash.as_bytes())?;
    let signed = JsFuture::from(signing).await?;
    Ok(Signature::from_bytes(bytes(signed.unchecked_ref())?))
}

fn bytes<const N: usize>(buffer: &ArrayBuffer) -> Result<[u8; N], JsValue> {
    let view = Uint8Array::new(buffer);
    view.to_vec().try_into().map_err(|_| JsValue::from_str("WebCrypto answered with another length"))
}
