//! Short tones: the cashier looks at the customer, not at the screen.

use super::storage;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{GetUntracked, RwSignal, Set, window};
use std::cell::RefCell;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, OscillatorType};

/// What there is to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A product was rung up.
    Added,
    /// Something was not understood or refused.
    Refused,
    /// A product ran low.
    Alert,
    /// A sale is paid.
    Paid,
}

impl Tone {
    /// Pitches in hertz, each with its length in hundredths of a second.
    const fn notes(self) -> &'static [(f32, u8)] {
        match self {
            Self::Added => &[(1568.0, 5)],
            Self::Refused => &[(196.0, 14), (165.0, 20)],
            Self::Alert => &[(880.0, 9), (659.0, 14)],
            Self::Paid => &[(1047.0, 7), (1568.0, 12)],
        }
    }
}

/// Whether tones are to be heard; remembered.
#[derive(Clone, Copy)]
pub struct Sound {
    /// Whether they are.
    pub on: RwSignal<bool>,
}

const NAME: &str = "sound";

/// How long after a page has opened there is time for what nobody waits for, in milliseconds.
const UNHURRIED_MS: u32 = 1_500;

impl Sound {
    /// As it was left last time.
    pub fn remembered() -> Self {
        Self { on: RwSignal::new(storage::get(NAME).as_deref() != Some("off")) }
    }

    /// Turns tones on or off.
    pub fn switch(self, on: bool) {
        self.on.set(on);
        storage::set(NAME, if on { "on" } else { "off" });
    }

    /// Opens the way to the loudspeaker while nobody waits: the first time it takes a browser a tenth of a second and more.
    pub async fn make_ready(self) {
        TimeoutFuture::new(UNHURRIED_MS).await;
        // Asked for what there is to hear with, it starts most of what it takes apart from the page.
        let asked = window().navigator().media_devices().and_then(|devices| devices.enumerate_devices());
        if let Ok(asked) = asked {
            let _ = JsFuture::from(asked).await;
        }
        if self.on.get_untracked() {
            with_context(|_| ());
        }
    }

    /// Plays a tone. A browser lets a page be heard only once somebody has pressed something: until then it is silent.
    pub fn play(self, tone: Tone) {
        if self.on.get_untracked() {
            with_context(|context| {
                // One that was opened before anything was pressed waits to be told.
                let _ = context.resume();
                let _ = notes(context, tone.notes());
            });
        }
    }
}

/// Does something with the way to the loudspeaker, where the browser has one.
fn with_context(act: impl FnOnce(&AudioContext)) {
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        context.as_ref().map(act);
    });
}

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

#[expect(clippy::float_arithmetic, reason = "WebAudio counts seconds in floats; no money near")]
fn notes(context: &AudioContext, notes: &[(f32, u8)]) -> Result<(), wasm_bindgen::JsValue> {
    let mut start = context.current_time();
    for &(pitch, length) in notes {
        let end = start + f64::from(length) / 100.0;
        let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.set_type(OscillatorType::Triangle);
        oscillator.frequency().set_value(pitch);
        gain.gain().set_value_at_time(0.12, start)?;
        gain.gain().exponential_ramp_to_value_at_time(0.001, end)?;
        oscillator.connect_with_audio_node(&gain)?.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(start)?;
        oscillator.stop_with_when(end)?;
        start = end;
    }
    Ok(())
}
