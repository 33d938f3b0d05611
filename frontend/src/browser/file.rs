//! Handing a file over to the person, and taking one.

use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, HtmlAnchorElement, ReadableStreamDefaultReader, Url};

/// Lets the browser save a text under a name.
pub fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// A file that the person has chosen.
pub struct Chosen(File);

/// The first of some files.
pub fn first(files: &FileList) -> Option<Chosen> {
    files.get(0).map(Chosen)
}

impl Chosen {
    /// What it is called.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// How long it is, in bytes.
    pub fn size(&self) -> f64 {
        self.0.size()
    }

    /// Its bytes, one piece after the other.
    pub fn pieces(&self) -> Result<Pieces, JsValue> {
        Ok(Pieces(self.0.stream().get_reader().dyn_into()?))
    }
}

/// The pieces of a file that have not been read yet.
pub struct Pieces(ReadableStreamDefaultReader);

impl Pieces {
    /// The next piece; nothing at the end.
    pub async fn next(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let read = JsFuture::from(self.0.read()).await?;
        let value = Reflect::get(&read, &"value".into())?;
        Ok((!value.is_undefined()).then(|| Uint8Array::new(&value).to_vec()))
    }
}
