//! A printer on USB (WICG, *`WebUSB` API*; USB-IF, *Device Class Definition for Printing Devices*). A device that was chosen
//! once needs no dialog again.
//!
//! `web-sys` has it only under a compiler flag that the tests on the host go without, hence these few lines.

use super::device;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The class of printers among USB interfaces.
const PRINTERS: u8 = 7;

#[wasm_bindgen]
extern "C" {
    type Usb;

    #[wasm_bindgen(method, catch, js_name = requestDevice)]
    fn request_device(this: &Usb, options: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getDevices)]
    fn get_devices(this: &Usb) -> Result<Promise, JsValue>;

    type Device;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Device) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &Device) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn configuration(this: &Device) -> Option<Configuration>;

    #[wasm_bindgen(method, catch, js_name = selectConfiguration)]
    fn select_configuration(this: &Device, number: u8) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = claimInterface)]
    fn claim_interface(this: &Device, number: u8) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = transferOut)]
    fn transfer_out(this: &Device, endpoint: u8, bytes: &Uint8Array) -> Result<Promise, JsValue>;

    type Configuration;

    #[wasm_bindgen(method, getter)]
    fn interfaces(this: &Configuration) -> Array;

    type Interface;

    #[wasm_bindgen(method, getter, js_name = interfaceNumber)]
    fn number(this: &Interface) -> u8;

    #[wasm_bindgen(method, getter)]
    fn alternate(this: &Interface) -> Alternate;

    type Alternate;

    #[wasm_bindgen(method, getter, js_name = interfaceClass)]
    fn class(this: &Alternate) -> u8;

    #[wasm_bindgen(method, getter)]
    fn endpoints(this: &Alternate) -> Array;

    type Endpoint;

    #[wasm_bindgen(method, getter)]
    fn direction(this: &Endpoint) -> String;

    #[wasm_bindgen(method, getter, js_name = endpointNumber)]
    fn number(this: &Endpoint) -> u8;
}

fn usb() -> Option<Usb> {
    let navigator = leptos::prelude::window().navigator();
    let usb = Reflect::get(&navigator, &"usb".into()).ok()?;
    (!usb.is_undefined()).then(|| usb.unchecked_into())
}

/// Whether the browser knows USB at all.
pub fn is_there() -> bool {
    usb().is_some()
}

/// Lets somebody choose a printer, and tells which; has to be called from a press.
pub async fn choose() -> Result<String, JsValue> {
    let (filter, options) = (Object::new(), Object::new());
    Reflect::set(&filter, &"classCode".into(), &PRINTERS.into())?;
    Reflect::set(&options, &"filters".into(), &Array::of1(&filter))?;
    let usb = usb().ok_or("no USB")?;
    JsFuture::from(usb.request_device(&options)?).await.map(|device| name(&device))
}

fn name(device: &JsValue) -> String {
    device::name(device, &["vendorId", "productId", "serialNumber"])
}

/// Writes to the printer of that name.
pub async fn write(bytes: &[u8], wanted: Option<&str>) -> Result<(), JsValue> {
    let usb = usb().ok_or("no USB")?;
    let devices: Array = JsFuture::from(usb.get_devices()?).await?.unchecked_into();
    let device: Device = device::find(&devices, wanted, name)?.unchecked_into();
    JsFuture::from(device.open()?).await?;
    let written = write_open(&device, bytes).await;
    // Closing gives the interface back too, whatever came of it.
    let closed = JsFuture::from(device.close()?).await;
    written.and(closed.map(drop))
}

async fn write_open(device: &Device, bytes: &[u8]) -> Result<(), JsValue> {
    if device.configuration().is_none() {
        JsFuture::from(device.select_configuration(1)?).await?;
    }
    let (interface, endpoint) = device.configuration().and_then(|all| outlet(&all)).ok_or("it is no printer")?;
    JsFuture::from(device.claim_interface(interface)?).await?;
    JsFuture::from(device.transfer_out(endpoint, &Uint8Array::from(bytes))?).await.map(drop)
}

/// The interface of a printer, and the endpoint that takes what is to be printed.
fn outlet(configuration: &Configuration) -> Option<(u8, u8)> {
    configuration.interfaces().iter().find_map(|interface| {
        let interface: Interface = interface.unchecked_into();
        let alternate = interface.alternate();
        let mut endpoints = alternate.endpoints().into_iter().map(JsCast::unchecked_into::<Endpoint>);
        let out = endpoints.find(|endpoint| endpoint.direction() == "out")?;
        (alternate.class() == PRINTERS).then(|| (interface.number(), out.number()))
    })
}
