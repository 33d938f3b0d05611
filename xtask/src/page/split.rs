//! Splits a compiled program at its lazy functions: what it starts with, and parts that it fetches when they are called.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use super::exports;
use super::site::files_below;

/// The program that it starts with, among the files that splitting makes.
const MAIN: &str = "main.wasm";

/// What the linker has to leave in a program for it to be split.
pub const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

/// A program in parts.
pub struct Split {
    /// What it starts with, compiled, without its glue.
    pub main: PathBuf,
    /// What its glue imports and what that fetches, by name; all of it lies beside the glue.
    pub parts: BTreeMap<PathBuf, Vec<u8>>,
}

/// Splits a compiled program whose glue will be called `glue`. The parts are made beside it, in a folder of its name.
pub fn split(compiled: &Path, glue: &str) -> Result<Split> {
    let folder = compiled.with_extension("split");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    let main = folder.join(MAIN);
    let whole = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let whole = exports::without_never_called(&whole).with_context(|| format!("reading {}", compiled.display()))?;
    let own_address = format!("./{glue}");
    let mut options = Options::new(&whole);
    (options.output_dir, options.main_out_path, options.main_module) = (&folder, &main, &own_address);
    let place = compiled.display();
    wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting {place}: {error:?}"))?;
    Ok(Split { parts: parts(&folder)?, main })
}

fn parts(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let names = files_below(folder)?.into_iter().filter(|name| name != Path::new(MAIN));
    names.map(|name| Ok((name.clone(), fs::read(folder.join(&name))?))).collect()
}
