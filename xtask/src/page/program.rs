//! One Wasm program in the site: its hashed files, and how they find each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::html::Placeholder;
use super::site::{Asset, Site, content_hash};
use super::split::{Split, split};
use super::{glue, style};

/// A program to publish.
pub struct Source {
    /// Cargo's name for it.
    pub name: &'static str,
    /// The page that starts it, without its extension.
    pub page: &'static str,
    /// Further addresses of that page.
    pub also: &'static [&'static str],
    /// Whether it starts without a network, once the till was there.
    pub is_kept: bool,
}

/// The page's programs.
pub const PROGRAMS: [Source; 3] = [
    Source { name: "till", page: "till", also: &["display"], is_kept: true },
    Source { name: "desk", page: "manager", also: &["setup"], is_kept: false },
    Source { name: "verify", page: "verify", also: &[], is_kept: true },
];

impl Source {
    /// Whether a file or a person that says `word` means this program.
    pub fn is_called(&self, word: &str) -> bool {
        self.name == word || self.page == word
    }
}

/// A published program: where its files are.
pub struct Program {
    /// The page that starts it, without its extension.
    pub page: &'static str,
    /// Further addresses of that page.
    pub also: &'static [&'static str],
    /// Cargo's name for it.
    pub name: &'static str,
    /// Whether it starts without a network, once the till was there.
    pub is_kept: bool,
    /// Bytes of the Wasm that it starts with, brotli-compressed.
    pub wasm_size: usize,
    /// Bytes of the Wasm that it fetches later, likewise.
    pub later_size: usize,
    script: String,
    glue: String,
    wasm: String,
    style: String,
    beside: Vec<String>,
}

impl Program {
    /// What the HTML that starts this program may name.
    pub fn placeholders(&self) -> [Placeholder<'_>; 4] {
        [("script", &self.script), ("glue", &self.glue), ("wasm", &self.wasm), ("style", &self.style)]
    }

    /// The addresses of all that the browser fetches for this program, but for its page.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        let own = [&self.script, &self.glue, &self.wasm, &self.style];
        own.into_iter().chain(&self.beside).map(String::as_str)
    }
}

/// Makes a compiled program's glue, and puts all that the browser needs of it into the site.
pub fn publish(site: &mut Site, source: &Source, compiled: &Path, styles: &Path) -> Result<Program> {
    let name = source.name;
    let glue_name = format!("{name}.js");
    let Split { main, parts } = split(compiled, &glue_name)?;
    let made = glue::generate(name, &main)?;
    let wasm = site.put_hashed(&format!("{name}_bg"), "wasm", &made.wasm)?;
    let snippets = made.snippets.into_iter().map(|(path, text)| (Path::new("snippets").join(path), text.into_bytes()));
    let glue_file = PathBuf::from(&glue_name);
    let mut files: BTreeMap<_, _> = parts.into_iter().chain(snippets).collect();
    files.insert(glue_file.clone(), made.js.into_bytes());
    let mut beside = publish_together(site, name, files)?;
    let glue = beside.remove(&glue_file).context("the glue is among what was published")?;
    let later = beside.iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "wasm"));
    let later_size = later.map(|(_, asset)| asset.brotli_size).sum();
    let script = site.put_hashed(&format!("{name}-boot"), "js", boot(&glue.url, &wasm.url).as_bytes())?;
    let style = site.put_hashed(name, "css", style::sheet(styles, source)?.as_bytes())?;
    Ok(Program {
        page: source.page,
        also: source.also,
        name,
        is_kept: source.is_kept,
        wasm_size: wasm.brotli_size,
        later_size,
        script: script.url,
        glue: glue.url,
        wasm: wasm.url,
        style: style.url,
        beside: beside.into_values().map(|asset| asset.url).collect(),
    })
}

/// Puts files into one folder, named after all their content: they name each other by relative paths, some of them both
/// ways, so none of them can be renamed alone. Tells what became of each.
fn publish_together(
    site: &mut Site,
    name: &str,
    files: BTreeMap<PathBuf, Vec<u8>>,
) -> Result<BTreeMap<PathBuf, Asset>> {
    let listing = files.iter().flat_map(|(path, bytes)| [path.as_os_str().as_encoded_bytes(), bytes]);
    let folder = format!("{name}-{}", content_hash(&listing.collect::<Vec<_>>().join(&0)));
    let mut put = |(path, bytes): (PathBuf, Vec<u8>)| {
        let asset = site.put_asset(&Path::new(&folder).join(&path), &bytes)?;
        Ok((path, asset))
    };
    files.into_iter().map(&mut put).collect()
}

/// The module that the page starts with: a policy that forbids inline scripts leaves no room for these lines in the
/// HTML. It asks for the program beside its glue: a preload in the HTML would do that too, but one that goes through a
/// service worker may stay unread, and keeps a later worker from taking over. When the program cannot be had or does not
/// start, it shows the page's word about that, if it has one.
fn boot(glue: &str, wasm: &str) -> String {
    format!(
        r#"try {{
  const program = fetch("{wasm}");
  // Whoever waits for it hears of it.
  program.catch(() => {{}});
  const {{ default: start }} = await import("{glue}");
  await start({{ module_or_path: program }});
}} catch (error) {{
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  throw error;
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boot_module_names_glue_and_wasm() {
        let text = boot("/assets/till-1.js", "/assets/till_bg-2.wasm");
        assert!(text.contains("import(\"/assets/till-1.js\")"));
        assert!(text.contains("fetch(\"/assets/till_bg-2.wasm\")"));
    }

    #[test]
    fn what_changes_in_one_file_moves_all_that_name_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::open(folder.path().to_path_buf()).unwrap();
        let mut url_of_glue = |part: &str| {
            let files = [("till.js", "glue"), ("parts/a.js", part)];
            let files = files.map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()));
            let put = publish_together(&mut site, "till", BTreeMap::from(files)).unwrap();
            put[Path::new("till.js")].url.clone()
        };
        let (one, two) = (url_of_glue("1"), url_of_glue("2"));
        assert_ne!(one, two);
        let beside = one.trim_start_matches('/').replace("till.js", "parts/a.js");
        assert_eq!(std::fs::read_to_string(folder.path().join(beside)).unwrap(), "1");
    }
}
