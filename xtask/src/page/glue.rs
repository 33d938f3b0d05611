//! The JavaScript that loads a Wasm program and gives it the browser: what `wasm-bindgen --target web` makes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// A Wasm program ready for the browser.
pub struct Glue {
    /// The module whose default export starts the program.
    pub js: String,
    /// The program.
    pub wasm: Vec<u8>,
    /// JavaScript that crates brought along, by its path below the folder of snippets.
    pub snippets: BTreeMap<PathBuf, String>,
}

/// Makes the glue for a compiled program.
pub fn generate(name: &str, compiled: &Path) -> Result<Glue> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .remove_name_section(true)
        .remove_producers_section(true)
        // Memory and table, which the parts that come later share with the program.
        .keep_lld_exports(true)
        .generate_output()
        .with_context(|| format!("making the glue of {name}"))?;
    ensure!(output.npm_dependencies().is_empty(), "{name} wants npm packages, which the page does without");
    let snippets = snippets(output.snippets(), output.local_modules().iter());
    Ok(Glue { js: output.js().to_owned(), wasm: output.wasm_mut().emit_wasm(), snippets })
}

/// Both kinds of snippets by the paths that the glue imports them from: inline ones are numbered per crate,
/// modules keep the path that they have in their crate.
fn snippets<'a>(
    inline: &BTreeMap<String, Vec<String>>,
    modules: impl Iterator<Item = (&'a String, &'a String)>,
) -> BTreeMap<PathBuf, String> {
    let inline = inline.iter().flat_map(|(crate_id, texts)| {
        let name = move |number| PathBuf::from(crate_id).join(format!("inline{number}.js"));
        texts.iter().enumerate().map(move |(number, text)| (name(number), text.clone()))
    });
    let modules = modules.map(|(path, text)| (PathBuf::from(path), text.clone()));
    inline.chain(modules).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_lie_where_the_glue_looks_for_them() {
        let inline = BTreeMap::from([("a-12".to_owned(), vec!["one".to_owned(), "two".to_owned()])]);
        let module = ("b-34/src/m.js".to_owned(), "three".to_owned());
        let found = snippets(&inline, [(&module.0, &module.1)].into_iter());
        let found: Vec<_> = found.iter().map(|(path, text)| (path.to_str().unwrap(), text.as_str())).collect();
        assert_eq!(found, [("a-12/inline0.js", "one"), ("a-12/inline1.js", "two"), ("b-34/src/m.js", "three")]);
    }
}
