//! Receipts straight to a receipt printer, by ESC/POS over a serial port or USB, without a dialog. Where none was chosen the
//! browser prints the page by its print style sheet.

mod charset;
mod escpos;
mod settings;
mod slip;

pub use settings::{BAUDS, COLUMNS, Port, Settings, is_direct};

use crate::browser::{self, serial, usb};
use crate::i18n::{common, language_now, printing as words};
use crate::ui::{ReceiptHead, Report};
use futures_util::lock::Mutex;
use leptos::wasm_split::SplitLoaderError;
use shared::chain::Sealed;
use shared::receipt::Receipt;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

/// Why nothing came out of the printer, in the browser's words.
pub type NotPrinted = String;

/// Something that is being printed.
type Printing = Pin<Box<dyn Future<Output = Result<(), NotPrinted>>>>;

/// Prints a receipt; a copy of one that was printed before says so.
pub async fn print(sealed: Arc<Sealed<Receipt>>, head: ReceiptHead, is_duplicate: bool) -> Result<(), NotPrinted> {
    match print_slip(sealed, head, is_duplicate).await {
        Ok(printing) => printing.await,
        Err(_) => Err(words::not_fetched().to_owned()),
    }
}

/// Prints a report.
pub async fn print_report(report: &Report) -> Result<(), NotPrinted> {
    let Some(settings) = Settings::remembered() else { return Ok(()) };
    write(&settings, &slip::of_report(report, common::of(language_now()), settings.columns)).await
}

/// Opens the drawer, where one hangs on the printer.
pub async fn open_drawer() -> Result<(), NotPrinted> {
    match pulse().await {
        Ok(opening) => opening.await,
        Err(_) => Err(words::not_fetched().to_owned()),
    }
}

/// Few customers want paper.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn print_slip(
    sealed: Arc<Sealed<Receipt>>,
    head: ReceiptHead,
    is_duplicate: bool,
) -> Result<Printing, SplitLoaderError> {
    Ok(Box::pin(async move {
        let Some(settings) = Settings::remembered() else { return Ok(()) };
        let bytes = slip::slip(&sealed, &head, is_duplicate, language_now(), settings.columns);
        write(&settings, &bytes).await
    }))
}

/// Most drawers are opened by hand.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn pulse() -> Result<Printing, SplitLoaderError> {
    Ok(Box::pin(async move {
        match Settings::remembered() {
            Some(settings) if settings.has_drawer => write(&settings, &slip::drawer()).await,
            _ => Ok(()),
        }
    }))
}

/// Prints a few words, to see whether it works.
pub async fn try_out(settings: &Settings) -> Result<(), NotPrinted> {
    write(settings, &slip::trial(words::trial_text(), settings.columns)).await
}

thread_local! {
    /// A port is open for one at a time.
    static LINE: Rc<Mutex<()>> = Rc::default();
}

async fn write(settings: &Settings, bytes: &[u8]) -> Result<(), NotPrinted> {
    let line = LINE.with(Rc::clone);
    let _turn = line.lock().await;
    let written = match settings.port {
        Port::Serial => serial::write(bytes, settings.device.as_deref(), settings.baud).await,
        Port::Usb => usb::write(bytes, settings.device.as_deref()).await,
    };
    written.map_err(|error| browser::message(&error))
}
