//! The folder that the server serves: writes what has changed, with its compressed copies, and clears what is left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::compress::{brotli, gzip, is_compressible};

/// Hexadecimal digits of SHA-256 in a file's name: 64 bits, far more than a few files need to differ.
const HASH_DIGITS: usize = 16;

/// The site while it is being built.
pub struct Site {
    root: PathBuf,
    kept: BTreeSet<PathBuf>,
}

/// A file with its content's hash in its path.
pub struct Asset {
    /// Where the browser finds it, from the root of the server.
    pub url: String,
    /// Bytes of its brotli copy.
    pub brotli_size: usize,
}

impl Site {
    /// Opens the site's folder, making it if need be; what an earlier build left there is used again.
    pub fn open(root: PathBuf) -> Result<Self> {
        fs::create_dir_all(&root).with_context(|| format!("making {}", root.display()))?;
        Ok(Self { root, kept: BTreeSet::new() })
    }

    /// Writes a file under `/assets/`, named after its content.
    pub fn put_hashed(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<Asset> {
        self.put_asset(Path::new(&format!("{stem}-{}.{extension}", content_hash(bytes))), bytes)
    }

    /// Writes a file under `/assets/`, which a hash in its path sets apart from every other content.
    pub fn put_asset(&mut self, hashed: &Path, bytes: &[u8]) -> Result<Asset> {
        let path = Path::new("assets").join(hashed);
        self.put(&path, bytes)?;
        let compressed = self.root.join(beside(&path, "br"));
        let brotli_size = usize::try_from(fs::metadata(&compressed)?.len())?;
        Ok(Asset { url: format!("/{}", path.display()), brotli_size })
    }

    /// Writes a file and its compressed copies, unless they are there already.
    ///
    /// The file itself comes last, so that one that is there vouches for its copies.
    pub fn put(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let copies = is_compressible(path).then(|| (beside(path, "br"), beside(path, "gz")));
        if !self.holds(path, bytes) {
            if let Some((br, gz)) = &copies {
                self.write(br, &brotli(bytes)?)?;
                self.write(gz, &gzip(bytes)?)?;
            }
            self.write(path, bytes)?;
        }
        self.kept.insert(path.to_path_buf());
        self.kept.extend(copies.into_iter().flat_map(|(br, gz)| [br, gz]));
        Ok(())
    }

    /// Removes the files that this build has not put.
    pub fn prune(self) -> Result<()> {
        for file in files_below(&self.root)?.into_iter().filter(|file| !self.kept.contains(file)) {
            fs::remove_file(self.root.join(&file)).with_context(|| format!("removing {}", file.display()))?;
        }
        Ok(())
    }

    fn holds(&self, path: &Path, bytes: &[u8]) -> bool {
        fs::read(self.root.join(path)).is_ok_and(|held| held == bytes)
    }

    /// Writes beside the file and renames, so that neither a reader nor a killed build meets half a file.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let path = self.root.join(path);
        let half = beside(&path, "half");
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        fs::write(&half, bytes)
            .and_then(|()| fs::rename(&half, &path))
            .with_context(|| format!("writing {}", path.display()))
    }
}

/// The name of a file's companion: the same with one more extension.
fn beside(path: &Path, extension: &str) -> PathBuf {
    path.with_added_extension(extension)
}

/// The hash that goes into a file's name, in hexadecimal.
pub fn content_hash(bytes: &[u8]) -> String {
    let mut hexadecimal = HEXLOWER.encode(&Sha256::digest(bytes));
    hexadecimal.truncate(HASH_DIGITS);
    hexadecimal
}

/// All files below a folder, by their paths from it, in order.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).with_context(|| format!("reading {}", current.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder)?.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        files_below(folder).unwrap().iter().map(|file| file.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_name_tells_the_content() {
        assert_eq!(content_hash(b""), "e3b0c44298fc1c14");
        assert_ne!(content_hash(b"a"), content_hash(b"b"));
    }

    #[test]
    fn a_file_comes_with_its_copies() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::open(folder.path().to_path_buf()).unwrap();
        let asset = site.put_hashed("till", "css", b"b { color: red }").unwrap();
        site.put(Path::new("icon.png"), b"png").unwrap();
        let file = asset.url.trim_start_matches('/').to_owned();
        let copies = ["", ".br", ".gz"].map(|copy| format!("{file}{copy}"));
        assert_eq!(names(folder.path()), [&copies[..], &["icon.png".to_owned()]].concat());
        assert!(asset.brotli_size > 0);
    }

    #[test]
    fn what_is_there_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::open(folder.path().to_path_buf()).unwrap();
        site.put(Path::new("a.css"), b"a").unwrap();
        let copy = folder.path().join("a.css.br");
        fs::write(&copy, "a mark").unwrap();
        site.put(Path::new("a.css"), b"a").unwrap();
        assert_eq!(fs::read(&copy).unwrap(), b"a mark");
        site.put(Path::new("a.css"), b"changed").unwrap();
        assert_ne!(fs::read(&copy).unwrap(), b"a mark");
    }

    #[test]
    fn left_overs_are_cleared() {
        let folder = tempfile::tempdir().unwrap();
        Site::open(folder.path().to_path_buf()).unwrap().put_hashed("old", "js", b"old").unwrap();
        let mut site = Site::open(folder.path().to_path_buf()).unwrap();
        site.put(Path::new("index.html"), b"<p>").unwrap();
        site.prune().unwrap();
        assert_eq!(names(folder.path()), ["index.html", "index.html.br", "index.html.gz"]);
    }
}
