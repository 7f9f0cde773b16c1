//! Numbers the build: a hash of the sources of this crate and of `trace`, which define the messages between page and
//! engine, without the modules of single labs. Page and engine are compiled from them, so their numbers agree exactly
//! when their messages do; and a change to one lab leaves the other labs' modules as they are.

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let list = fs::read_to_string("src/lib.rs")?;
    let labs = modules_of_labs(&list);
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for (folder, left_out) in [("src", labs.as_slice()), ("../trace/src", &[])] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), left_out, &mut hash)?;
    }
    println!("cargo::rustc-env=INTERLEAVE_BUILD={hash:016x}");
    Ok(())
}

/// The labs' modules, as the list of labs names them: `Entry::of::<module::Lab>()`.
fn modules_of_labs(list: &str) -> Vec<&str> {
    list.split("Entry::of::<").skip(1).filter_map(|entry| entry.split("::").next()).collect()
}

/// FNV-1a (Fowler, Noll, Vo) over the Rust sources below a folder, in the order of their names, but for the modules `left_out`.
fn add(folder: &Path, left_out: &[&str], hash: &mut u64) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        let module = path.file_stem().unwrap_or_default();
        if left_out.iter().any(|name| module == *name) {
            continue;
        }
        if path.is_dir() {
            add(&path, &[], hash)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            for byte in fs::read(&path)? {
                *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
    }
    Ok(())
}
