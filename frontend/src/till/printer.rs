//! In the menu: which printer this till prints on.

use super::context::Till;
use super::message::Message;
use crate::browser::{serial, usb};
use crate::i18n::printing as say;
use crate::printing::{self, BAUDS, COLUMNS, Port, Settings};
use crate::ui::{Fetched, lazily, press};
use leptos::prelude::*;

/// The button that opens the choice.
pub(super) fn printer(till: Till) -> AnyView {
    let is_open = RwSignal::new(false);
    let choice = move || is_open.get().then(|| lazily(move || Box::pin(choice(till))));
    view! {
        <button class="btn" aria-expanded=move || is_open.get().to_string() on:click=press(move || is_open.update(|open| *open = !*open))>
            {say::printer}</button>
        {move || choice()}
    }
    .into_any()
}

/// A till gets its printer once.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn choice(till: Till) -> Fetched {
    let chosen = RwSignal::new(Settings::remembered());
    let fault = RwSignal::new(None::<fn() -> &'static str>);
    let hint = move || if chosen.with(Option::is_some) { say::direct_hint() } else { say::by_browser_hint() };
    let details = move || chosen.get().map(|settings| details(till, chosen, settings));
    Ok(view! {
        <section class="printer" aria-label=say::printer>
            <div class="segmented" role="radiogroup" aria-label=say::printer>
                {radio(chosen, None, say::by_browser, fault)}
                {radio(chosen, Some(Port::Serial), say::by_serial, fault)}
                {radio(chosen, Some(Port::Usb), say::by_usb, fault)}
            </div>
            <p>{move || hint()}</p>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{fault}</p> })}
            {move || details()}
        </section>
    }
    .into_any())
}

type Chosen = RwSignal<Option<Settings>>;
type Fault = RwSignal<Option<fn() -> &'static str>>;

fn radio(chosen: Chosen, port: Option<Port>, name: fn() -> &'static str, fault: Fault) -> AnyView {
    let checked = move || chosen.with(|chosen| chosen.as_ref().map(|settings| settings.port) == port).to_string();
    view! { <button type="button" role="radio" aria-checked=checked on:click=press(move || choose(chosen, port, fault))>{name}</button> }
        .into_any()
}

/// Lets somebody choose a printer where one has to be chosen; what was chosen before stays where none is.
fn choose(chosen: Chosen, port: Option<Port>, fault: Fault) {
    leptos::task::spawn_local(async move {
        let asked = match port {
            None => Ok(None),
            Some(Port::Serial) if !serial::is_there() => Err(say::not_here as fn() -> _),
            Some(Port::Usb) if !usb::is_there() => Err(say::not_here as fn() -> _),
            Some(port) => chosen_on(port).await.map(|device| Some(Settings::of(port, device))),
        };
        match asked {
            Ok(settings) => {
                fault.set(None);
                remember(chosen, settings);
            }
            Err(why) => fault.set(Some(why)),
        }
    });
}

async fn chosen_on(port: Port) -> Result<String, fn() -> &'static str> {
    let asked = match port {
        Port::Serial => serial::choose().await,
        Port::Usb => usb::choose().await,
    };
    asked.map_err(|_| say::not_chosen as fn() -> _)
}

fn remember(chosen: Chosen, settings: Option<Settings>) {
    Settings::remember(settings.as_ref());
    chosen.set(settings);
}

fn details(till: Till, chosen: Chosen, settings: Settings) -> AnyView {
    let has_drawer = settings.has_drawer;
    let drawer = Settings { has_drawer: !has_drawer, ..settings.clone() };
    view! {
        {(settings.port == Port::Serial).then(|| speed(chosen, settings.clone()))}
        {paper(chosen, &settings)}
        <button class="switch" role="switch" aria-checked=has_drawer.to_string()
            on:click=press(move || remember(chosen, Some(drawer.clone())))><span>{say::drawer}</span></button>
        <button class="btn" on:click=press(move || try_out(till, settings.clone()))>{say::trial}</button>
    }
    .into_any()
}

fn speed(chosen: Chosen, settings: Settings) -> AnyView {
    let options = BAUDS.map(|baud| view! { <option selected=baud == settings.baud>{baud.to_string()}</option> });
    let set = move |event| {
        let baud = event_target_value(&event).parse().unwrap_or(settings.baud);
        remember(chosen, Some(Settings { baud, ..settings.clone() }));
    };
    view! { <label class="field"><span class="label">{say::speed}</span><select class="select" on:change=set>{options.collect_view()}</select></label> }
        .into_any()
}

fn paper(chosen: Chosen, settings: &Settings) -> AnyView {
    let widths = COLUMNS.into_iter().zip(["80 mm", "58 mm"]).map(|(columns, name)| {
        let other = Settings { columns, ..settings.clone() };
        view! { <button type="button" role="radio" aria-checked=(columns == settings.columns).to_string()
        on:click=press(move || remember(chosen, Some(other.clone())))>{name}</button> }
    });
    view! { <div class="segmented" role="radiogroup" aria-label=say::paper>{widths.collect_view()}</div> }.into_any()
}

fn try_out(till: Till, settings: Settings) {
    leptos::task::spawn_local(async move {
        match printing::try_out(&settings).await {
            Ok(()) => till.message.set(None),
            Err(reason) => till.refuse(Message::NotPrinted(reason)),
        }
    });
}
