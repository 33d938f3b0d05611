//! One Wasm program in the site: its hashed files, and how they find each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::html::Placeholder;
use super::site::{Site, content_hash};
use super::{glue, style};

/// A program to publish.
pub struct Source {
    /// Cargo's name for it.
    pub name: &'static str,
    /// The page that starts it, without its extension.
    pub page: &'static str,
    /// Whether it starts without a network, once the till was there.
    pub is_kept: bool,
}

/// The page's programs.
pub const PROGRAMS: [Source; 3] = [
    Source { name: "till", page: "till", is_kept: true },
    Source { name: "desk", page: "manager", is_kept: false },
    Source { name: "verify", page: "verify", is_kept: true },
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
    /// Cargo's name for it.
    pub name: &'static str,
    /// Whether it starts without a network, once the till was there.
    pub is_kept: bool,
    /// Bytes of the Wasm, brotli-compressed.
    pub wasm_size: usize,
    script: String,
    glue: String,
    wasm: String,
    style: String,
    snippets: Vec<String>,
}

impl Program {
    /// What the HTML that starts this program may name.
    pub fn placeholders(&self) -> [Placeholder<'_>; 4] {
        [("script", &self.script), ("glue", &self.glue), ("wasm", &self.wasm), ("style", &self.style)]
    }

    /// The addresses of all that the browser fetches to start this program, but for its page.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        let own = [&self.script, &self.glue, &self.wasm, &self.style];
        own.into_iter().chain(&self.snippets).map(String::as_str)
    }
}

/// Makes a compiled program's glue, and puts all that the browser needs of it into the site.
pub fn publish(site: &mut Site, source: &Source, compiled: &Path, styles: &Path) -> Result<Program> {
    let name = source.name;
    let made = glue::generate(name, compiled)?;
    let snippets = publish_snippets(site, &made.snippets)?;
    let wasm = site.put_hashed(&format!("{name}_bg"), "wasm", &made.wasm)?;
    let glue = site.put_hashed(name, "js", link_snippets(&made.js, &snippets).as_bytes())?;
    let script = site.put_hashed(&format!("{name}-boot"), "js", boot(&glue.url, &wasm.url).as_bytes())?;
    let style = site.put_hashed(name, "css", style::sheet(styles, source)?.as_bytes())?;
    Ok(Program {
        page: source.page,
        name,
        is_kept: source.is_kept,
        wasm_size: wasm.brotli_size,
        script: script.url,
        glue: glue.url,
        wasm: wasm.url,
        style: style.url,
        snippets: made.snippets.keys().map(|path| format!("/assets/{snippets}/{}", path.display())).collect(),
    })
}

/// Puts a program's snippets into one folder, named after all their content: they may import each other by
/// relative paths, so none of them can be renamed alone. Returns the folder's name.
fn publish_snippets(site: &mut Site, snippets: &BTreeMap<PathBuf, String>) -> Result<String> {
    let listing = snippets.iter().flat_map(|(path, text)| [path.as_os_str().as_encoded_bytes(), text.as_bytes()]);
    let folder = format!("snippets-{}", content_hash(&listing.collect::<Vec<_>>().join(&0)));
    for (path, text) in snippets {
        site.put(&Path::new("assets").join(&folder).join(path), text.as_bytes())?;
    }
    Ok(folder)
}

/// Points the glue, which lies beside it, at the folder of snippets.
fn link_snippets(glue: &str, folder: &str) -> String {
    glue.replace("'./snippets/", &format!("'./{folder}/")).replace("\"./snippets/", &format!("\"./{folder}/"))
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
    fn the_glue_imports_from_the_hashed_folder() {
        let glue = "import { a } from './snippets/x-1/inline0.js';\nimport * as b from \"./snippets/y/b.js\";";
        let expected =
            "import { a } from './snippets-7f/x-1/inline0.js';\nimport * as b from \"./snippets-7f/y/b.js\";";
        assert_eq!(link_snippets(glue, "snippets-7f"), expected);
    }

    #[test]
    fn the_boot_module_names_glue_and_wasm() {
        let text = boot("/assets/till-1.js", "/assets/till_bg-2.wasm");
        assert!(text.contains("import(\"/assets/till-1.js\")"));
        assert!(text.contains("fetch(\"/assets/till_bg-2.wasm\")"));
    }

    #[test]
    fn a_changed_snippet_changes_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::open(folder.path().to_path_buf()).unwrap();
        let of = |text: &str| BTreeMap::from([(PathBuf::from("x/inline0.js"), text.to_owned())]);
        let one = publish_snippets(&mut site, &of("1")).unwrap();
        let two = publish_snippets(&mut site, &of("2")).unwrap();
        assert_ne!(one, two);
        assert_eq!(std::fs::read_to_string(folder.path().join("assets").join(one).join("x/inline0.js")).unwrap(), "1");
    }
}
