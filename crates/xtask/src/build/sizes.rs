//! What a reader downloads, as it is and as servers compress it.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use interleave_labs::{Entry, LABS};

use super::engine::board_module;
use crate::files;

/// Prints one line for each file of wasm or JavaScript, largest first, and below them what comes with the page, with each lab
/// once it is opened, and with the first run of a lab that opens with its board alone.
pub(super) fn report(dist: &Path) -> Result<()> {
    let (mut rows, mut sums) = (Vec::new(), BTreeMap::new());
    for file in files::list(dist)? {
        let name = files::name_below(dist, &file);
        let bytes = fs::read(&file)?;
        let size = [bytes.len(), gzip(&bytes)?.len(), brotli(&bytes)?.len()];
        for part in parts_with(&name) {
            let sum = sums.entry(part).or_insert([0; 3]);
            *sum = [0, 1, 2].map(|kind| sum[kind] + size[kind]);
        }
        if name.ends_with(".wasm") || name.ends_with(".js") {
            rows.push((size, name));
        }
    }
    rows.sort();
    println!("dist: {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    for (size, name) in rows.iter().rev() {
        print(size, name);
    }
    for (part, size) in &sums {
        print(size, &format!("in all: {part}"));
    }
    Ok(())
}

fn print(size: &[usize; 3], what: &str) {
    let [raw, gzip, brotli] = size.map(kilobytes);
    println!("      {raw:>9} {gzip:>9} {brotli:>9}  {what}");
}

/// With what a reader downloads a file first: the page, labs by their names, or their first runs.
fn parts_with(name: &str) -> Vec<String> {
    let named = |start: &str| Some(name.strip_prefix(start)?.rsplit_once('-')?.0);
    if let Some(module) = named("engine/") {
        let part = |lab: &Entry| {
            let (slug, opens_with_board) = (lab.slug, lab.sheet().board);
            if opens_with_board && module == board_module(slug) {
                return Some(slug.to_owned());
            }
            (module == lab.module)
                .then(|| if opens_with_board { format!("{slug}, its first run") } else { slug.to_owned() })
        };
        return LABS.iter().filter_map(part).collect();
    }
    let of_page = name == "index.html" || name.starts_with("interleave-app-") || name.ends_with(".css");
    named("sheet-").or(of_page.then_some("the page")).map(str::to_owned).into_iter().collect()
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
    fn files_count_where_they_are_downloaded() {
        let parts = ["index.html", "a-01.css", "sheet-a-b-01.js", "sandboxed-01.js"].map(parts_with);
        assert_eq!(parts, [vec!["the page"], vec!["the page"], vec!["a-b"], vec![]]);
        for lab in LABS {
            let parts = |module: &str| parts_with(&format!("engine/{module}-01/worker.js"));
            if lab.sheet().board {
                assert_eq!(parts(&board_module(lab.slug)), [lab.slug]);
                assert_eq!(parts(lab.module), [format!("{}, its first run", lab.slug)]);
                continue;
            }
            let sharing: Vec<_> = LABS.iter().filter(|other| other.module == lab.module).map(|it| it.slug).collect();
            assert_eq!(parts(lab.module), sharing);
        }
    }

    #[test]
    fn both_compressions_compress() {
        let text = "interleave ".repeat(1000);
        assert!(gzip(text.as_bytes()).unwrap().len() < 200);
        assert!(brotli(text.as_bytes()).unwrap().len() < 200);
    }
}
