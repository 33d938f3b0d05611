//! The machine's camera, and the codes that are seen through it (W3C, *Media Capture and Streams*; WICG, *Barcode Detection*).

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// What is looked for: the codes on goods, those of our own labels, and those on receipts.
const FORMATS: [&str; 6] = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "qr_code"];

#[wasm_bindgen]
extern "C" {
    /// `web-sys` does not have it.
    type BarcodeDetector;

    #[wasm_bindgen(constructor, catch)]
    fn new(options: &Object) -> Result<BarcodeDetector, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn detect(this: &BarcodeDetector, video: &HtmlVideoElement) -> Result<Promise, JsValue>;
}

/// Whether this browser reads codes.
pub fn reads_codes() -> bool {
    Reflect::has(&leptos::prelude::window(), &"BarcodeDetector".into()).unwrap_or(false)
}

/// An open camera.
pub struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
    detector: BarcodeDetector,
}

impl Camera {
    /// Asks for the camera, the one at the back where there are two, and shows what it sees.
    ///
    /// # Errors
    /// There is none, or whoever was asked does not let the page have it.
    pub async fn open(video: HtmlVideoElement) -> Result<Self, JsValue> {
        let options = Object::new();
        Reflect::set(
            &options,
            &"formats".into(),
            &FORMATS.iter().map(|format| JsValue::from(*format)).collect::<Array>(),
        )?;
        let detector = BarcodeDetector::new(&options)?;
        let facing = Object::new();
        Reflect::set(&facing, &"facingMode".into(), &"environment".into())?;
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&facing);
        let asked =
            leptos::prelude::window().navigator().media_devices()?.get_user_media_with_constraints(&constraints)?;
        let stream: MediaStream = JsFuture::from(asked).await?.unchecked_into();
        let camera = Self { video, stream, detector };
        camera.video.set_src_object(Some(&camera.stream));
        JsFuture::from(camera.video.play()?).await?;
        Ok(camera)
    }

    /// The codes that are seen at this moment.
    pub async fn look(&self) -> Vec<String> {
        let Ok(looking) = self.detector.detect(&self.video) else { return Vec::new() };
        // A picture that cannot be read, such as before the first one is there, shows nothing.
        let seen = JsFuture::from(looking).await.map(JsCast::unchecked_into::<Array>).unwrap_or_default();
        let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
        seen.iter().filter_map(text).collect()
    }
}

impl Drop for Camera {
    /// Lets go of the camera, so that its light goes out.
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}
