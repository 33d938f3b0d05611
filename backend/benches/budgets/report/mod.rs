//! What was measured, for people and for machines: `report.html` and `report.json` in `target/bench`. A row stays there until it is
//! measured again, with when that was and of which commit.

mod page;

use crate::curves::Curve;
use crate::figures::Figure;
use crate::support::process;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where both files are, in the target folder.
const FOLDER: &str = "bench";

/// Rows, each as it was measured last.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// In the order of the program's help.
    pub rows: Vec<Measured>,
}

/// A row, measured once.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub row: String,
    /// When it was done, in UTC.
    pub at: String,
    /// Of which commit, with `-dirty` where the work tree is another; absent where Git does not say.
    pub commit: Option<String>,
    /// Single figures.
    pub figures: Vec<Figure>,
    /// How costs grow.
    pub curves: Vec<Curve>,
}

impl Measured {
    /// Measured just now.
    pub fn of(row: String, figures: Vec<Figure>, curves: Vec<Curve>) -> Self {
        Self { row, at: now(), commit: commit(), figures, curves }
    }
}

impl Report {
    /// Writes both files, with what was kept there of other rows; `order` is that of all rows.
    pub fn keep(self, order: &[String]) {
        let folder = process::place(FOLDER);
        fs::create_dir_all(&folder).expect("the folder can be made");
        let all = self.beside(kept(&folder.join("report.json")), order);
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).expect("the report can be kept");
            eprintln!("kept in {}", file.display());
        };
        write("report.json", &all.to_json());
        write("report.html", &page::of(&all).into_string());
    }

    /// As JSON, for machines.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("figures are JSON")
    }

    /// These rows, and the others of an earlier report.
    fn beside(mut self, earlier: Self, order: &[String]) -> Self {
        let is_fresh = |row: &Measured| self.rows.iter().any(|fresh| fresh.row == row.row);
        let others: Vec<_> = earlier.rows.into_iter().filter(|row| !is_fresh(row)).collect();
        self.rows.extend(others);
        self.rows.sort_by_key(|row| order.iter().position(|name| *name == row.row));
        self
    }
}

/// What an earlier run has left; nothing where it was written in another form.
fn kept(file: &Path) -> Report {
    let read = fs::read(file).ok().map(|bytes| serde_json::from_slice(&bytes));
    read.transpose().unwrap_or_default().unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "a measurement is of this machine, at this time")]
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn commit() -> Option<String> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let said = Command::new("git").args(["describe", "--always", "--dirty"]).current_dir(folder).output().ok()?;
    let name = String::from_utf8(said.stdout).ok().filter(|_| said.status.success())?;
    Some(name.trim().to_owned())
}
