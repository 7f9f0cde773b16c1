//! What each output is made of, as a hash: what is made of the same is not built again.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use interleave_labs::{LABS, message};

use crate::{
    files::{self, Fingerprint},
    setup::Setup,
    tools::{TRUNK, WASM_BINDGEN},
    workspace::Workspace,
};

/// The hash of all that a wasm module of the crate `name` may be made of: sources, the way it is built, and the tools.
pub(super) fn of_crate(workspace: &Workspace, setup: &Setup, name: &str) -> Result<String> {
    hash(workspace, setup, name, |_| false)
}

/// The hash of all that the engine's module with these labs may be made of. What belongs to others is left out.
pub(super) fn of_module(workspace: &Workspace, setup: &Setup, labs: &[&str]) -> Result<String> {
    hash(workspace, setup, "engine", |file| LABS.iter().any(|lab| !labs.contains(&lab.slug) && belongs(file, lab.slug)))
}

fn hash(workspace: &Workspace, setup: &Setup, name: &str, left_out: impl Fn(&str) -> bool) -> Result<String> {
    let root = workspace.root();
    let mut fingerprint = Fingerprint::default();
    for entry in ["Cargo.toml", "Cargo.lock", "crates/xtask/src/build", "crates/xtask/src/toolchain.rs"] {
        fingerprint.add_path(root, &root.join(entry))?;
    }
    for file in sources(root, name)?.iter().filter(|file| !left_out(file)) {
        fingerprint.add_path(root, &root.join(file))?;
    }
    // Modules that speak to each other carry this number.
    fingerprint.add("messages", &message::to_bytes(&()));
    fingerprint.add("rustc", setup.toolchain.version().as_bytes());
    fingerprint.add("wasm-bindgen", WASM_BINDGEN.summary().as_bytes());
    fingerprint.add("trunk", TRUNK.summary().as_bytes());
    fingerprint.add("npm", setup.npm.summary().as_bytes());
    Ok(fingerprint.finish())
}

/// The files that the crate `name` is built from, and all crates of the workspace that it needs.
fn sources(root: &Path, name: &str) -> Result<Vec<String>> {
    let mut crates = BTreeSet::new();
    add_crates(root, name, &mut crates)?;
    let mut sources = Vec::new();
    for name in crates {
        for part in ["Cargo.toml", "build.rs", "src"] {
            let files = files::list(&root.join("crates").join(&name).join(part))?;
            sources.extend(files.iter().map(|file| files::name_below(root, file)));
        }
    }
    Ok(sources)
}

fn add_crates(root: &Path, name: &str, crates: &mut BTreeSet<String>) -> Result<()> {
    if !crates.insert(name.to_owned()) {
        return Ok(());
    }
    let manifest = root.join("crates").join(name).join("Cargo.toml");
    let text = fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    for needed in text.lines().filter_map(|line| line.strip_prefix("interleave-")?.split([' ', '=', '.']).next()) {
        add_crates(root, needed, crates)?;
    }
    Ok(())
}

/// Whether a file is the lab's own: its module, or a part of it.
fn belongs(file: &str, slug: &str) -> bool {
    let module = slug.replace('-', "_");
    ["crates/labs/src/", "crates/engine/src/"].iter().any(|folder| {
        let rest = file.strip_prefix(folder).and_then(|file| file.strip_prefix(&module));
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

/// Whether `output` was made from `inputs` and has not been touched since.
pub(super) fn is_current(workspace: &Workspace, what: &str, inputs: &str, output: &Path) -> Result<bool> {
    let Ok(stored) = fs::read_to_string(workspace.state().join(what)) else { return Ok(false) };
    Ok(stored == format!("{inputs} {}", files::hash(output)?))
}

/// Keeps what `output` was made from.
pub(super) fn remember(workspace: &Workspace, what: &str, inputs: &str, output: &Path) -> Result<()> {
    fs::write(workspace.state().join(what), format!("{inputs} {}", files::hash(output)?))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files_of(name: &str) -> Vec<String> {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), name).unwrap()
    }

    #[test]
    fn a_module_is_made_of_its_crate_and_all_that_it_needs() {
        let has = |files: &[String], name: &str| files.iter().any(|file| file == name);
        let (app, engine) = (files_of("app"), files_of("engine"));
        for files in [&app, &engine] {
            assert!(has(files, "crates/trace/src/lib.rs") && has(files, "crates/labs/build.rs"));
            assert!(!has(files, "crates/xtask/src/lib.rs"));
        }
        assert!(has(&engine, "crates/threads/src/worker.js") && !has(&app, "crates/threads/src/worker.js"));
        assert!(sources(Path::new("/no/such/folder"), "app").is_err());
    }

    #[test]
    fn each_lab_has_files_of_its_own_and_shares_the_rest() {
        let files = files_of("engine");
        for lab in LABS {
            let own = files.iter().filter(|file| belongs(file, lab.slug)).count();
            assert!(own >= 2 && own < files.len() / 2, "{}: {own} of {}", lab.slug, files.len());
        }
        assert!(belongs("crates/engine/src/a_b.rs", "a-b") && belongs("crates/labs/src/a_b/code/python/x.py", "a-b"));
        assert!(!belongs("crates/engine/src/a_bs.rs", "a-b") && !belongs("crates/app/src/a_b.rs", "a-b"));
    }
}
