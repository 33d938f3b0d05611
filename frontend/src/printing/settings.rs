//! Which printer this browser prints on.

use crate::browser::storage;
use serde::{Deserialize, Serialize};

/// How the printer is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Port {
    /// By a serial port, or what looks like one.
    Serial,
    /// By USB.
    Usb,
}

/// A receipt printer that takes ESC/POS commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How it is reached.
    pub port: Port,
    /// Which of the devices that the browser knows it is, as [`crate::browser::device`] names them; the first where absent.
    #[serde(default)]
    pub device: Option<String>,
    /// The speed of its serial port in baud.
    pub baud: u32,
    /// How many characters fit into a row: 48 on paper of 80 mm, 32 on 58 mm.
    pub columns: usize,
    /// Whether a drawer hangs on it, to be opened for cash.
    pub has_drawer: bool,
}

/// The speeds that printers come with, the most frequent first.
pub const BAUDS: [u32; 4] = [9_600, 19_200, 38_400, 115_200];

/// Paper of 80 mm and of 58 mm.
pub const COLUMNS: [usize; 2] = [48, 32];

const NAME: &str = "printer";

impl Settings {
    /// A printer as most are when they are unpacked.
    pub const fn of(port: Port, device: String) -> Self {
        Self { port, device: Some(device), baud: BAUDS[0], columns: COLUMNS[0], has_drawer: false }
    }

    /// The printer that was chosen; `None` where receipts are printed by the browser.
    pub fn remembered() -> Option<Self> {
        serde_json::from_str(&storage::get(NAME)?).ok()
    }

    /// Remembers a choice.
    pub fn remember(chosen: Option<&Self>) {
        match chosen.and_then(|chosen| serde_json::to_string(chosen).ok()) {
            Some(text) => storage::set(NAME, &text),
            None => storage::remove(NAME),
        }
    }
}

/// Whether receipts go straight to a printer, without the browser's dialog.
pub fn is_direct() -> bool {
    storage::get(NAME).is_some()
}
