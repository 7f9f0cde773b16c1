//! Numbers the build: a hash of all that messages between page and engine are made of, the sources of this crate and of
//! `trace`. Both modules are compiled from them, so that the numbers agree exactly when the messages do.

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for folder in ["src", "../trace/src"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash)?;
    }
    println!("cargo::rustc-env=INTERLEAVE_BUILD={hash:016x}");
    Ok(())
}

/// FNV-1a (Fowler, Noll, Vo) over the Rust sources below a folder, in the order of their names.
fn add(folder: &Path, hash: &mut u64) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add(&path, hash)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            for byte in fs::read(&path)? {
                *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
    }
    Ok(())
}
