//! Scanning with the camera, in place of the line's tools. It stays open until somebody puts it away.

use super::context::{Asked, Till};
use super::sighted::Sighted;
use crate::browser::camera::{Camera, reads_codes};
use crate::browser::clock;
use crate::i18n::{common, till::words};
use crate::ui::{Fetched, icon, press};
use gloo_timers::future::TimeoutFuture;
use leptos::html::Video;
use leptos::prelude::*;

/// Between two looks, in milliseconds.
const LOOK_MS: u32 = 120;

/// The button that opens the camera, in browsers that read codes.
pub(super) fn camera_button(till: Till) -> AnyView {
    let button = || {
        view! { <button type="button" class="btn quiet icon-only" id="camera" aria-label=move || words().camera
        on:click=press(move || till.open_camera())>{icon("scan")}</button> }
    };
    reads_codes().then(button).into_any()
}

/// Counters mostly have a scanner.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn camera(till: Till) -> Fetched {
    let (video, is_refused) = (NodeRef::<Video>::new(), RwSignal::new(false));
    video.on_load(move |video| {
        leptos::task::spawn_local(async move {
            match Camera::open(video).await {
                Ok(camera) => watch(till, &camera).await,
                // Somebody may have put it away meanwhile.
                Err(_) => drop(is_refused.try_set(true)),
            }
        });
    });
    Ok(view! {
        <section class="sheet camera" aria-label=move || words().camera>
            <video node_ref=video muted playsinline aria-label=move || words().camera></video>
            {move || is_refused.get().then(|| view! { <p class="error" role="alert">{words().no_camera}</p> })}
            <button type="button" class="btn" on:click=press(move || till.asked.set(None))>
                {move || words().put_camera_away}" "<kbd>{move || common::words().escape_key}</kbd></button>
        </section>
    }
    .into_any())
}

/// Rings up what comes into sight, for as long as the camera is wanted.
async fn watch(till: Till, camera: &Camera) {
    let mut sighted = Sighted::default();
    while till.asked.try_with_untracked(|asked| *asked == Some(Asked::Camera)).unwrap_or(false) {
        let seen = camera.look().await;
        for code in sighted.look(seen, clock::page_millis()) {
            till.scan(&code);
        }
        TimeoutFuture::new(LOOK_MS).await;
    }
}
