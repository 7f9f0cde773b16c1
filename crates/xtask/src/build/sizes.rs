//! What a reader downloads, as it is and as servers compress it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

use crate::files;

/// Prints one line for each wasm and JavaScript file of the site, largest first.
pub(super) fn report(dist: &Path) -> Result<()> {
    let code = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "wasm" || kind == "js");
    let mut rows = Vec::new();
    for file in files::list(dist)?.into_iter().filter(code) {
        let bytes = fs::read(&file)?;
        rows.push((bytes.len(), gzip(&bytes)?.len(), brotli(&bytes)?.len(), file));
    }
    rows.sort();
    println!("dist: {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    for (raw, gzip, brotli, file) in rows.into_iter().rev() {
        let name = file.strip_prefix(dist).unwrap_or(&file).display();
        println!("      {:>9} {:>9} {:>9}  {name}", kilobytes(raw), kilobytes(gzip), kilobytes(brotli));
    }
    Ok(())
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

/// As servers compress files.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// As servers compress files once, for all readers.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &brotli::enc::BrotliEncoderParams::default())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_kilobytes() {
        assert_eq!(kilobytes(114_222), "114.2 kB");
        assert_eq!(kilobytes(90), "0.0 kB");
    }

    #[test]
    fn both_compressions_compress() {
        let text = "interleave ".repeat(1000);
        assert!(gzip(text.as_bytes()).unwrap().len() < 200);
        assert!(brotli(text.as_bytes()).unwrap().len() < 200);
    }
}
