//! Handlers of presses.

use web_sys::MouseEvent;

/// What happens when something is pressed, by finger, mouse or key. Boxed, so that all buttons share one type: each type
/// of handler would cost the till half a kilobyte.
pub fn press(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}
