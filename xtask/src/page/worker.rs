//! The service worker: which files make up the till, each with the hash by which the browser holds it to this build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use data_encoding::BASE64;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::html;
use super::site::content_hash;

/// A file of the till, as the server sends it.
pub struct Part {
    /// Its address, from the root of the server.
    pub url: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Part {
    /// A file of the built site.
    pub fn of(site: &Path, url: &str, file: &str) -> Result<Self> {
        let path = site.join(file);
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self { url: url.to_owned(), bytes })
    }
}

/// The worker's script, from its template. Its version is a hash of everything that it keeps, so that a build that
/// changed nothing of the till changes nothing of the worker, and no till starts anew for it.
pub fn script(template: &str, parts: &[Part]) -> Result<String> {
    let files: Vec<_> =
        parts.iter().map(|part| json!({ "path": part.url, "integrity": integrity(&part.bytes) })).collect();
    let files = serde_json::to_string_pretty(&files)?;
    let version = content_hash(files.as_bytes());
    html::fill(template, &[("version", &version), ("files", &files)]).context("filling in the service worker")
}

/// The hash of a file in the form of Subresource Integrity.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "{{version}} {{files}}";

    fn script_of(page: &[u8]) -> String {
        let part = |url: &str, bytes: &[u8]| Part { url: url.to_owned(), bytes: bytes.to_vec() };
        script(TEMPLATE, &[part("/till", page), part("/icon.svg", b"<svg/>")]).unwrap()
    }

    #[test]
    fn every_file_is_named_with_its_hash() {
        let script = script_of(b"");
        assert!(script.contains(r#""path": "/till""#), "{script}");
        assert!(script.contains("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), "{script}");
    }

    #[test]
    fn another_page_is_another_version_and_the_same_one_is_not() {
        assert_eq!(script_of(b"<p>"), script_of(b"<p>"));
        let version = |script: &str| script.split(' ').next().map(str::to_owned);
        assert_ne!(version(&script_of(b"<p>")), version(&script_of(b"<b>")));
    }
}
