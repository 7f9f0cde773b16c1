//! What `cargo xtask bench` measures: the site, the probes' page, and the pages that the site is measured beside.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{app, engine, inputs, sizes};
use crate::{
    files::{self, Fingerprint},
    setup::Setup,
    step,
    toolchain::TARGET,
    tools::{WASM_BINDGEN, host_cargo, npm_packages},
    workspace::Workspace,
};

/// Everything that is measured.
#[derive(Clone, Debug)]
pub struct BenchSite {
    /// The folder to serve: `app`, `probes`, `counter` and `rayon`, with each file compressed beside it.
    pub folder: PathBuf,
    /// The probes as a program of this machine.
    pub native: PathBuf,
    /// The labs as a program of this machine.
    pub cli: PathBuf,
}

impl BenchSite {
    /// Where the build of a workspace puts it.
    pub fn of(workspace: &Workspace) -> BenchSite {
        let program = |name: &str| workspace.target().join("release").join(name);
        BenchSite {
            folder: workspace.target().join("bench/site"),
            native: program("interleave-bench"),
            cli: program("interleave"),
        }
    }

    /// Whether all of it is there.
    pub fn is_there(&self) -> bool {
        self.folder.is_dir() && self.native.is_file() && self.cli.is_file()
    }
}

/// Builds it; and the command of Lighthouse. `dist/` is built already.
pub fn bench(workspace: &Workspace, setup: &Setup) -> Result<(BenchSite, PathBuf)> {
    let source = workspace.root().join("crates/bench");
    let npm = npm_packages(workspace, &source, &["lighthouse/cli/index.js", "comlink", "workerpool"])?;
    native(workspace)?;
    let modules = workspace.target().join("bench/modules");
    let mut made_of = Fingerprint::default();
    made_of.add("modules", inputs::of_crate(workspace, setup, "bench")?.as_bytes());
    made_of.add_path(workspace.root(), &source)?;
    let made_of = made_of.finish();
    if !inputs::is_current(workspace, "bench", &made_of, &modules)? {
        files::fresh_dir(&modules)?;
        let probes = modules.join("probes");
        engine::module(workspace, setup, "interleave-bench", &probes)?;
        engine::bundle(workspace, setup, &probes, &[&source.join("page/host.js")])?;
        let rayon = modules.join("rayon");
        engine::module(workspace, setup, "interleave-peer-rayon", &rayon)?;
        for script in files::list(&rayon)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "js")) {
            super::minify(workspace, setup, script, true)?;
        }
        counter(workspace, setup, &modules.join("counter"))?;
        inputs::remember(workspace, "bench", &made_of, &modules)?;
    }

    let built = BenchSite::of(workspace);
    let folder = &built.folder;
    files::fresh_dir(folder)?;
    files::copy_dir(&workspace.dist(), &folder.join("app"))?;
    files::copy_dir(&source.join("page"), &folder.join("probes"))?;
    files::copy_dir(&modules.join("probes"), &folder.join("probes/engine"))?;
    // Beside the engine, whose files are the ones that browsers are told to keep.
    files::replace_dir(&folder.join("probes/peers"), &folder.join("probes/engine/peers"))?;
    fs::remove_file(folder.join("probes/host.js"))?;
    for (package, file) in [("workerpool", "workerpool.js"), ("comlink", "esm/comlink.mjs")] {
        let file = npm.join(package).join("dist").join(file);
        fs::copy(&file, folder.join("probes/engine/peers").join(file.file_name().unwrap_or_default()))?;
    }
    for peer in ["counter", "rayon"] {
        files::copy_dir(&modules.join(peer), &folder.join(peer))?;
        files::copy_dir(&source.join("peers").join(peer), &folder.join(peer))?;
    }
    compress(folder)?;
    Ok((built, npm.join("lighthouse/cli/index.js")))
}

/// Builds probes and labs for this machine.
fn native(workspace: &Workspace) -> Result<()> {
    let mut cargo = host_cargo();
    cargo.args(["build", "--release", "--package", "interleave-bench", "--package", "interleave-cli"]);
    cargo.arg("--target-dir").arg(workspace.target()).current_dir(workspace.root());
    step::run(workspace, "build: the probes for this machine", &mut cargo)
}

/// The counter is built as the page is, but for trunk, which would add nothing to it.
fn counter(workspace: &Workspace, setup: &Setup, output: &Path) -> Result<()> {
    let target = workspace.target().join(app::TARGET_DIR);
    let mut cargo = setup.toolchain.cargo(workspace, &target, app::RUSTFLAGS);
    cargo.args(["build", "--package", "interleave-peer-counter", "--profile", "app", "--target", TARGET]);
    step::run(workspace, "build: the counter (about 2 minutes the first time)", &mut cargo)?;
    let wasm = target.join(TARGET).join("app/interleave-peer-counter.wasm");
    let mut bindgen = Command::new(WASM_BINDGEN.path(workspace));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "counter", "--out-dir"]).arg(output).arg(&wasm);
    step::run(workspace, "build: wasm-bindgen for the counter", &mut bindgen)?;
    let module = output.join("counter_bg.wasm");
    engine::optimise(workspace, setup, "the counter", &module, engine::UNSHARED)?;
    let script = output.join("counter.js");
    super::minify(workspace, setup, &script, true)?;
    super::shorten_names(&module, &[script])
}

/// Puts each file's compressed form beside it, as hosts do that compress once.
fn compress(folder: &Path) -> Result<()> {
    for file in files::list(folder)? {
        let kind = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !["html", "js", "mjs", "css", "wasm", "svg", "webmanifest"].contains(&kind.as_str()) {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        fs::write(file.with_added_extension("br"), sizes::brotli(&bytes)?)?;
    }
    Ok(())
}
