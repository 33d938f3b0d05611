//! Builds the page: its Wasm programs, their glue, style sheets, static files and HTML, into the site's folder.
//!
//! Everything under `/assets/` carries a hash of its content in its name, so that it can be cached for good;
//! the HTML, which names the hashed files, must not be.

mod compress;
mod exports;
mod glue;
mod html;
mod program;
mod site;
mod split;
mod style;
mod worker;

use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use program::{PROGRAMS, Program, Source};
use site::Site;
use worker::Part;
use xshell::{Shell, cmd};

use crate::project::Project;
use crate::tools::{WASM_TARGET, ensure_wasm_target};

/// Most that the Wasm may weigh that the till starts with, brotli-compressed, in bytes: a second and a half on a
/// 1.6 Mbit/s line.
const TILL_BUDGET: usize = 300_000;

/// What the till is measured beside; it takes the place of the till's page in its own site.
const EMPTY: Source = Source { name: "empty", page: "till", also: &[], is_kept: false };

/// The service worker's script; its place, at the root, is what lets it answer for the whole site.
const WORKER: &str = "worker.js";

/// Builds the page and prints what it weighs.
pub fn build(project: &Project) -> Result<()> {
    let shell = project.shell()?;
    ensure_wasm_target(&shell)?;
    compile(&shell, &["--bins"])?;
    let mut site = Site::open(project.site())?;
    let styles = project.root().join("style");
    let programs = PROGRAMS
        .iter()
        .map(|source| program::publish(&mut site, source, &compiled(project, source.name), &styles))
        .collect::<Result<Vec<_>>>()?;
    let static_files = project.root().join("frontend/static");
    let mut named = publish_static(&mut site, &static_files)?;
    named.extend(publish_static(&mut site, &styles)?);
    publish_pages(&mut site, &static_files, &programs)?;
    publish_worker(&mut site, project, &programs, &named)?;
    site.prune()?;
    report(&programs)
}

/// Builds a page that does next to nothing as the others are built, into a site of its own, and tells where that is: the
/// till is measured beside it.
pub fn build_empty(project: &Project) -> Result<PathBuf> {
    let shell = project.shell()?;
    ensure_wasm_target(&shell)?;
    compile(&shell, &["--example", EMPTY.name])?;
    let folder = project.target().join("bench").join(EMPTY.name);
    let mut site = Site::open(folder.clone())?;
    let wasm = compiled(project, &format!("examples/{}", EMPTY.name));
    let program = program::publish(&mut site, &EMPTY, &wasm, &project.root().join("style"))?;
    let files = project.root().join("frontend/static");
    publish_static(&mut site, &files)?;
    publish_pages(&mut site, &files, &[program])?;
    site.prune()?;
    Ok(folder)
}

/// Compiles programs, calling the folder of crates the same on every machine: panic messages name source files, so
/// that the program would otherwise tell who built it, and differ from one builder to the next.
fn compile(shell: &Shell, which: &[&str]) -> Result<()> {
    let crates = cargo_home().map(|home| format!("--remap-path-prefix={}/registry/src=crates", home.display()));
    let flags: Vec<_> = crates.into_iter().chain([split::LINKER_FLAG.to_owned()]).collect();
    let config = format!("target.{WASM_TARGET}.rustflags={flags:?}");
    cmd!(
        shell,
        "cargo --config {config} build --package comptoir-frontend --target {WASM_TARGET} --profile page {which...}"
    )
    .run()?;
    Ok(())
}

/// Where Cargo keeps the sources of crates.
fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// Where Cargo puts a Wasm program.
fn compiled(project: &Project, name: &str) -> PathBuf {
    project.target().join(WASM_TARGET).join("page").join(name).with_extension("wasm")
}

/// Copies the files that keep their names (icons, manifest, fonts) from where they lie among templates or style sheets,
/// and tells their paths.
fn publish_static(site: &mut Site, folder: &Path) -> Result<Vec<PathBuf>> {
    let files: Vec<_> = site::files_below(folder)?.into_iter().filter(|file| !is_template(file)).collect();
    for file in &files {
        let bytes = std::fs::read(folder.join(file)).with_context(|| format!("reading {}", file.display()))?;
        site.put(file, &bytes)?;
    }
    Ok(files)
}

/// Whether a file goes into the site only once it is filled in, or together with others.
fn is_template(file: &Path) -> bool {
    file == Path::new(WORKER) || file.extension().is_some_and(|extension| extension == "html" || extension == "css")
}

/// Fills in each program's page, and the front page, which starts none and borrows the first one's style sheet.
fn publish_pages(site: &mut Site, folder: &Path, programs: &[Program]) -> Result<()> {
    let front = programs.first().map(|program| ("index", program));
    for (page, program) in front.into_iter().chain(programs.iter().map(|program| (program.page, program))) {
        let name = format!("{page}.html");
        let template = folder.join(&name);
        let text = std::fs::read_to_string(&template).with_context(|| format!("reading {}", template.display()))?;
        let filled = html::fill(&text, &program.placeholders()).with_context(|| format!("filling in {name}"))?;
        site.put(Path::new(&name), filled.as_bytes())?;
    }
    Ok(())
}

/// Fills in the service worker, which keeps the pages that start without a network, their programs, and the files that keep
/// their names.
fn publish_worker(site: &mut Site, project: &Project, programs: &[Program], named: &[PathBuf]) -> Result<()> {
    let root = project.site();
    let mut parts = Vec::new();
    for kept in programs.iter().filter(|program| program.is_kept) {
        for address in iter::once(&kept.page).chain(kept.also) {
            parts.push(Part::of(&root, &format!("/{address}"), &format!("{}.html", kept.page))?);
        }
        for url in kept.urls() {
            parts.push(Part::of(&root, url, url.trim_start_matches('/'))?);
        }
    }
    for file in named {
        let name = file.to_string_lossy();
        parts.push(Part::of(&root, &format!("/{name}"), &name)?);
    }
    let template = project.root().join("frontend/static").join(WORKER);
    let text = std::fs::read_to_string(&template).with_context(|| format!("reading {}", template.display()))?;
    site.put(Path::new(WORKER), worker::script(&text, &parts)?.as_bytes())
}

/// Prints the size of each Wasm program, and fails when the till's is over its budget.
fn report(programs: &[Program]) -> Result<()> {
    for program in programs {
        let (first, later) = (kilobytes(program.wasm_size), kilobytes(program.later_size));
        eprintln!("{}: {first} of Wasm to start with and {later} later, brotli-compressed", program.name);
    }
    programs.iter().filter(|program| program.name == "till").try_for_each(|till| within_budget(till.wasm_size))
}

fn within_budget(size: usize) -> Result<()> {
    ensure!(
        size <= TILL_BUDGET,
        "the till's Wasm weighs {}, more than its budget of {}: `twiggy top` on the program shows what to leave out",
        kilobytes(size),
        kilobytes(TILL_BUDGET)
    );
    Ok(())
}

/// Bytes as thousands of them, with one decimal.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_readable() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(299_950), "299.9 kB");
    }

    #[test]
    fn the_budget_is_met_or_the_build_fails() {
        within_budget(TILL_BUDGET).unwrap();
        let said = within_budget(TILL_BUDGET + 100).unwrap_err().to_string();
        assert!(said.contains("300.1 kB"), "{said}");
    }
}
