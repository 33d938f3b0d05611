//! Compressed copies, made once here so that the server never has to compress a file.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What is worth compressing; pictures and fonts already are.
const COMPRESSIBLE: [&str; 9] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

/// The highest of brotli's qualities: slow, and done once per file.
const BROTLI_QUALITY: i32 = 11;

/// Brotli's window as a power of two, large enough to hold a whole Wasm program.
const BROTLI_WINDOW: i32 = 22;

/// Whether a compressed copy of this file is worth making.
pub fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

/// Compresses with brotli, as tightly as it can.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed)
}

/// Compresses with gzip, as tightly as it can; the header holds no time, so that equal input gives equal output.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const TEXT: &str = "Pomme Gala, pomme Golden, pomme Granny, pomme de terre. ";

    #[test]
    fn both_copies_unpack_to_the_original() {
        let original = TEXT.repeat(100).into_bytes();
        let (br, gz) = (brotli(&original).unwrap(), gzip(&original).unwrap());
        assert!(br.len() < gz.len() && gz.len() < original.len() / 10);

        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, original);
        unpacked.clear();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, original);
    }

    #[test]
    fn equal_input_gives_equal_output() {
        assert_eq!(gzip(TEXT.as_bytes()).unwrap(), gzip(TEXT.as_bytes()).unwrap());
    }

    #[test]
    fn text_is_compressed_and_pictures_are_not() {
        assert!(is_compressible(Path::new("assets/till.wasm")));
        assert!(is_compressible(Path::new("manifest.webmanifest")));
        assert!(!is_compressible(Path::new("icon.png")));
        assert!(!is_compressible(Path::new("LICENSE")));
    }
}
