//! Builds the page: two Wasm programs, their glue, style sheets, static files and HTML, into the site's folder.
//!
//! Everything under `/assets/` carries a hash of its content in its name, so that it can be cached for good;
//! the HTML, which names the hashed files, must not be.

mod compress;
mod glue;
mod html;
mod program;
mod site;
mod style;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use program::{PROGRAMS, Program, Source};
use site::Site;
use xshell::{Shell, cmd};

use crate::project::Project;
use crate::tools::{WASM_TARGET, ensure_wasm_target};

/// Most that the till's Wasm may weigh, brotli-compressed, in bytes: a second and a half on a 1.6 Mbit/s line.
const TILL_BUDGET: usize = 300_000;

/// Builds the page and prints what it weighs.
pub fn build(project: &Project) -> Result<()> {
    let shell = project.shell()?;
    ensure_wasm_target(&shell)?;
    compile(&shell)?;
    let mut site = Site::open(project.site())?;
    let styles = project.root().join("style");
    let programs = PROGRAMS
        .iter()
        .map(|source| program::publish(&mut site, source, &wasm(project, source), &styles))
        .collect::<Result<Vec<_>>>()?;
    let static_files = project.root().join("frontend/static");
    publish_static(&mut site, &static_files)?;
    publish_static(&mut site, &styles)?;
    publish_pages(&mut site, &static_files, &programs)?;
    site.prune()?;
    report(&programs)
}

/// Compiles the programs, calling the folder of crates the same on every machine: panic messages name source files, so
/// that the program would otherwise tell who built it, and differ from one builder to the next.
fn compile(shell: &Shell) -> Result<()> {
    let crates = std::env::var("CARGO_HOME").ok().map(|home| format!("--remap-path-prefix={home}/registry/src=crates"));
    let flags = crates.map(|flag| format!("target.{WASM_TARGET}.rustflags={:?}", [flag]));
    let config = flags.iter().flat_map(|flags| ["--config", flags]);
    cmd!(shell, "cargo {config...} build --package comptoir-frontend --target {WASM_TARGET} --profile page --bins")
        .run()?;
    Ok(())
}

/// Where Cargo puts a Wasm program.
fn wasm(project: &Project, source: &Source) -> PathBuf {
    project.target().join(WASM_TARGET).join("page").join(source.name).with_extension("wasm")
}

/// Copies the files that keep their names (icons, manifest, fonts) from where they lie among templates or style sheets.
fn publish_static(site: &mut Site, folder: &Path) -> Result<()> {
    for file in site::files_below(folder)? {
        if file.extension().is_none_or(|extension| extension != "html" && extension != "css") {
            let bytes = std::fs::read(folder.join(&file)).with_context(|| format!("reading {}", file.display()))?;
            site.put(&file, &bytes)?;
        }
    }
    Ok(())
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

/// Prints the size of each Wasm program, and fails when the till's is over its budget.
fn report(programs: &[Program]) -> Result<()> {
    for program in programs {
        println!("{}: {} of Wasm, brotli-compressed", program.name, kilobytes(program.wasm_size));
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
