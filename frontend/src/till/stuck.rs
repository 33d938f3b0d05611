//! What stands in the way of opening a register, and the ways out.

use super::claim::Obstacle;
use crate::api;
use crate::browser::{reload, storage};
use crate::i18n::{common, keeping, obstacles, signing_in};
use crate::ui::{Empty, Fetched, empty, press};
use leptos::prelude::*;

/// A register mostly opens.
#[leptos::wasm_split::wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn stuck(obstacle: Obstacle, again: Callback<bool>) -> Fetched {
    let held = matches!(obstacle, Obstacle::Held(_) | Obstacle::Replaced);
    let title = {
        let obstacle = obstacle.clone();
        Signal::derive(move || title(&obstacle).to_owned())
    };
    let hint = Signal::derive(move || hint(&obstacle));
    let act = move || if held { obstacles::take_over() } else { common::words().retry };
    // The lock of a tab that was refused is not held, so a retry starts from the beginning; after "held" it is.
    let acts = view! {
        <div class="actions">
            <button class="btn" on:click=press(choose_another)>{obstacles::other_register}</button>
            <button class="btn primary" on:click=press(move || if held { again.run(true) } else { reload() })>{move || act()}</button>
        </div>
    };
    Ok(view! { <main class="sign-in"><h1 class="visually-hidden">{signing_in::welcome_till}</h1>{empty(Empty { icon: "lock", bad: true, title, hint }, acts.into_any())}</main> }
        .into_any())
}

fn title(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Insecure => obstacles::insecure(),
        Obstacle::OtherTab => obstacles::other_tab(),
        Obstacle::Held(_) => obstacles::held(),
        Obstacle::Replaced => keeping::replaced(),
        Obstacle::NotEnrolledHere => keeping::not_enrolled(),
        Obstacle::Api(_) | Obstacle::Browser(_) => obstacles::cannot_open(),
    }
}

fn hint(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Insecure => obstacles::insecure_hint().to_owned(),
        Obstacle::OtherTab => obstacles::other_tab_hint().to_owned(),
        Obstacle::Held(who) => format!("{who}. {}", obstacles::held_hint()),
        Obstacle::Replaced => keeping::replaced_hint().to_owned(),
        Obstacle::NotEnrolledHere => keeping::not_enrolled_hint().to_owned(),
        Obstacle::Api(error) => error.text(),
        Obstacle::Browser(reason) => obstacles::browser_failed(reason),
    }
}

/// Back to the sign-in page, for another register.
fn choose_another() {
    leptos::task::spawn_local(async {
        storage::remove("place");
        // A session that cannot be ended runs out by itself.
        let _ = api::sign_out().await;
        reload();
    });
}
