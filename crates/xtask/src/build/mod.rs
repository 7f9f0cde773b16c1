//! The optimised static site: the engine's modules, which measure the labs, then the page around them.

mod app;
mod bench;
mod course;
mod desk;
mod engine;
mod index;
mod inputs;
mod labs;
mod licenses;
mod names;
mod site;
mod sizes;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{
    files::{self, Fingerprint},
    setup::Setup,
    step,
    tools::TRUNK,
    workspace::Workspace,
};

pub use app::{RUSTFLAGS as APP_RUSTFLAGS, TARGET_DIR as APP_TARGET_DIR};
pub use bench::{BenchSite, bench};
pub use engine::{RUSTFLAGS as ENGINE_RUSTFLAGS, TARGET_DIR as ENGINE_TARGET_DIR};
pub use site::{BUILD_MARK, finish};
pub use sizes::{brotli, gzip};

/// Builds `dist/`, or leaves as it is what is made of the same as before. It works at any address; where the page knows the one that it
/// will have, those who show links to it find the picture that belongs to them: some do not look for it beside the page.
pub fn dist(workspace: &Workspace, setup: &Setup, address: Option<&str>) -> Result<()> {
    build(workspace, setup, &whole(address)?).map_err(|error| match setup.toolchain.caution() {
        Some(caution) => error.context(caution),
        None => error,
    })
}

/// An address with a slash at its end; nothing for none.
fn whole(address: Option<&str>) -> Result<String> {
    let Some(address) = address else { return Ok(String::new()) };
    ensure!(address.starts_with("https://") || address.starts_with("http://"), "{address} is no address of a site");
    Ok(format!("{}/", address.trim_end_matches('/')))
}

fn build(workspace: &Workspace, setup: &Setup, address: &str) -> Result<()> {
    let _lock = workspace.lock()?;
    let engine_dir = workspace.target().join("engine");
    // Most of an engine's build is linking, which takes one core, and so does the end of trunk's: it is set up meanwhile.
    let compile = || {
        let engines = engine::build_all(workspace, setup, &engine_dir)?;
        desk::compile(workspace, setup, &app::target(workspace))?;
        Ok::<_, anyhow::Error>(engines)
    };
    let (engines, trunk) = step::at_once(compile, || TRUNK.ensure(workspace));
    let engines = engines?;
    trunk?;

    let mut page = Fingerprint::default();
    for name in ["app", "desk"] {
        page.add(name, inputs::of_crate(workspace, setup, name)?.as_bytes());
    }
    page.add("address", address.as_bytes());
    page.add("engine", files::hash(&engine_dir)?.as_bytes());
    for path in ["index.html", "Trunk.toml", "static", "LICENSE-MIT", "LICENSE-APACHE"] {
        page.add_path(workspace.root(), &workspace.root().join(path))?;
    }
    let page_inputs = page.finish();
    let dist = workspace.dist();
    if inputs::is_current(workspace, "page", &page_inputs, &dist)? {
        println!("dist: the page is unchanged");
        return Ok(());
    }
    app::build(workspace, setup, &engines, address, &dist)?;
    for module in files::list(&dist)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        setup.toolchain.names_no_folder(workspace, module)?;
    }
    inputs::remember(workspace, "page", &page_inputs, &dist)?;
    sizes::report(&dist)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_a_folder() {
        assert_eq!(whole(None).unwrap(), "");
        for address in ["https://a.example/b", "https://a.example/b/"] {
            assert_eq!(whole(Some(address)).unwrap(), "https://a.example/b/");
        }
        assert!(whole(Some("a.example")).is_err());
    }
}
