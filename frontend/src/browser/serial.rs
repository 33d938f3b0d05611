//! A printer on a serial port (WICG, *Web Serial API*). Chromium has it; a port that was chosen once needs no dialog again.
//!
//! `web-sys` has it only under a compiler flag that the tests on the host go without, hence these few lines.

use super::device;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Serial;

    #[wasm_bindgen(method, catch, js_name = requestPort)]
    fn request_port(this: &Serial) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getPorts)]
    fn get_ports(this: &Serial) -> Result<Promise, JsValue>;

    type Port;

    #[wasm_bindgen(method, catch, js_name = getInfo)]
    fn get_info(this: &Port) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Port, options: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn writable(this: &Port) -> Result<Writable, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &Port) -> Result<Promise, JsValue>;

    type Writable;

    #[wasm_bindgen(method, catch, js_name = getWriter)]
    fn get_writer(this: &Writable) -> Result<Writer, JsValue>;

    type Writer;

    #[wasm_bindgen(method, catch)]
    fn write(this: &Writer, bytes: &Uint8Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, js_name = releaseLock)]
    fn release_lock(this: &Writer);
}

fn serial() -> Option<Serial> {
    let navigator = leptos::prelude::window().navigator();
    let serial = Reflect::get(&navigator, &"serial".into()).ok()?;
    (!serial.is_undefined()).then(|| serial.unchecked_into())
}

/// Whether the browser knows serial ports at all.
pub fn is_there() -> bool {
    serial().is_some()
}

/// Lets somebody choose a port, and tells which; has to be called from a press.
pub async fn choose() -> Result<String, JsValue> {
    let serial = serial().ok_or("no serial ports")?;
    JsFuture::from(serial.request_port()?).await.map(|port| name(&port))
}

/// A port is known by the USB device that it belongs to; those that belong to none are alike.
fn name(port: &JsValue) -> String {
    let facts = port.unchecked_ref::<Port>().get_info().unwrap_or_default();
    device::name(&facts, &["usbVendorId", "usbProductId"])
}

/// Writes to the port of that name, at a speed in baud.
pub async fn write(bytes: &[u8], wanted: Option<&str>, baud: u32) -> Result<(), JsValue> {
    let serial = serial().ok_or("no serial ports")?;
    let ports: Array = JsFuture::from(serial.get_ports()?).await?.unchecked_into();
    let port: Port = device::find(&ports, wanted, name)?.unchecked_into();
    let options = Object::new();
    Reflect::set(&options, &"baudRate".into(), &baud.into())?;
    JsFuture::from(port.open(&options)?).await?;
    let written = write_open(&port, bytes).await;
    // It is closed whatever came of it, so that the next receipt finds it free.
    let closed = JsFuture::from(port.close()?).await;
    written.and(closed.map(drop))
}

async fn write_open(port: &Port, bytes: &[u8]) -> Result<(), JsValue> {
    let writer = port.writable()?.get_writer()?;
    let written = match writer.write(&Uint8Array::from(bytes)) {
        Ok(written) => JsFuture::from(written).await.map(drop),
        Err(error) => Err(error),
    };
    writer.release_lock();
    written
}
