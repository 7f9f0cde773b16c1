//! The optimised static site: the engine, then the page around it.

mod app;
mod bench;
mod engine;
mod index;
mod names;
mod site;
mod sizes;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    files::{self, Fingerprint},
    setup::Setup,
    step,
    tools::{TRUNK, WASM_BINDGEN},
    workspace::Workspace,
};

pub use app::{RUSTFLAGS as APP_RUSTFLAGS, TARGET_DIR as APP_TARGET_DIR};
pub use bench::{BenchSite, bench};
pub use engine::{RUSTFLAGS as ENGINE_RUSTFLAGS, TARGET_DIR as ENGINE_TARGET_DIR};
pub use sizes::{brotli, gzip};

/// Crates that are in neither wasm module.
const NATIVE_ONLY: &[&str] = &["bench", "cli", "xtask"];
/// Crates that are in the engine alone: `app` never links it.
const ENGINE_ONLY: &[&str] = &["engine", "machine", "python", "threads"];

/// Builds `dist/`, or leaves it as it is when nothing it is made of has changed.
pub fn dist(workspace: &Workspace, setup: &Setup) -> Result<()> {
    let _lock = workspace.lock()?;
    let engine_inputs = inputs(workspace, setup, |name| name != "app")?;
    let engine_dir = workspace.target().join("engine");
    if is_current(workspace, "engine", &engine_inputs, &engine_dir)? {
        println!("dist: the engine is unchanged");
    } else {
        engine::build(workspace, setup, &engine_dir)?;
        remember(workspace, "engine", &engine_inputs, &engine_dir)?;
    }
    let engine_hash = engine::current(&engine_dir)?;

    let mut page = Fingerprint::default();
    page.add("crates", inputs(workspace, setup, |name| !ENGINE_ONLY.contains(&name))?.as_bytes());
    page.add("engine", files::hash(&engine_dir)?.as_bytes());
    for path in ["index.html", "Trunk.toml", "static"] {
        page.add_path(workspace.root(), &workspace.root().join(path))?;
    }
    let page_inputs = page.finish();
    let dist = workspace.dist();
    if is_current(workspace, "page", &page_inputs, &dist)? {
        println!("dist: the page is unchanged");
        return Ok(());
    }
    app::build(workspace, setup, &engine_hash, &dist)?;
    remember(workspace, "page", &page_inputs, &dist)?;
    sizes::report(&dist)
}

/// The hash of the crates a module may be made of, the way it is built, and the tools.
fn inputs(workspace: &Workspace, setup: &Setup, wanted: impl Fn(&str) -> bool) -> Result<String> {
    let root = workspace.root();
    let mut fingerprint = Fingerprint::default();
    for entry in ["Cargo.toml", "Cargo.lock", "crates/xtask/src/build", "crates/xtask/src/toolchain.rs"] {
        fingerprint.add_path(root, &root.join(entry))?;
    }
    let mut crates: Vec<_> = fs::read_dir(root.join("crates"))?.collect::<Result<_, _>>()?;
    crates.sort_by_key(fs::DirEntry::file_name);
    for entry in crates {
        let name = entry.file_name().to_string_lossy().into_owned();
        if wanted(&name) && !NATIVE_ONLY.contains(&name.as_str()) {
            fingerprint.add_path(root, &entry.path())?;
        }
    }
    fingerprint.add("rustc", setup.toolchain.version().as_bytes());
    fingerprint.add("wasm-bindgen", WASM_BINDGEN.summary().as_bytes());
    fingerprint.add("trunk", TRUNK.summary().as_bytes());
    fingerprint.add("npm", setup.npm.summary().as_bytes());
    Ok(fingerprint.finish())
}

/// Gives short names to what a module and those of its scripts that the finished page has call by long ones.
fn shorten_names(module: &Path, scripts: &[PathBuf]) -> Result<()> {
    let long = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let names = names::Names::of(&long)?;
    fs::write(module, names.in_module(&long)?)?;
    for script in scripts {
        fs::write(script, names.in_script(&fs::read_to_string(script)?)?)?;
    }
    Ok(())
}

/// esbuild's arguments for what people do not read. The oldest browsers with what the page needs know all of this.
const MINIFIED: [&str; 4] = ["--minify", "--target=es2022", "--legal-comments=none", "--log-level=warning"];

/// Takes out of a script what only people read. The names of a module are its own; a plain script shares them with others.
fn minify(workspace: &Workspace, setup: &Setup, script: &Path, module: bool) -> Result<()> {
    let name = script.file_name().unwrap_or_default().display();
    let mut esbuild = setup.npm.esbuild();
    esbuild
        .arg(script)
        .args(MINIFIED)
        .args(module.then_some("--format=esm"))
        .arg("--allow-overwrite")
        .arg(format!("--outfile={}", script.display()));
    step::run(workspace, &format!("build: esbuild for {name}"), &mut esbuild)
}

/// Whether `output` was made from `inputs` and has not been touched since.
fn is_current(workspace: &Workspace, what: &str, inputs: &str, output: &Path) -> Result<bool> {
    let Ok(stored) = fs::read_to_string(workspace.state().join(what)) else { return Ok(false) };
    Ok(stored == format!("{inputs} {}", files::hash(output)?))
}

fn remember(workspace: &Workspace, what: &str, inputs: &str, output: &Path) -> Result<()> {
    fs::write(workspace.state().join(what), format!("{inputs} {}", files::hash(output)?))?;
    Ok(())
}
