//! The engine: a wasm module with atomics that imports a shared memory, in a folder named after its content.
//!
//! It is built apart from the page because it needs other compiler flags and its own `std`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    engine_module::{self, SharedMemory},
    files,
    setup::Setup,
    step,
    toolchain::TARGET,
    tools::WASM_BINDGEN,
    workspace::Workspace,
};

/// Below `target/`; not the page's, whose flags differ, so that neither rebuilds the other's `std`.
pub const TARGET_DIR: &str = "wasm-engine";

/// The features make threads possible; without the linker's arguments the module would silently get a memory of its own.
pub const RUSTFLAGS: &[&str] = &[
    "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals",
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    // 256 MiB, the most all threads of one engine may use together.
    "-Clink-arg=--max-memory=268435456",
    // What wasm-bindgen needs to give each thread its stack and thread-local storage.
    "-Clink-arg=--export=__heap_base",
    "-Clink-arg=--export=__wasm_init_tls",
    "-Clink-arg=--export=__tls_size",
    "-Clink-arg=--export=__tls_align",
    "-Clink-arg=--export=__tls_base",
    // Bytes: a panic says what happened, but not where, and nothing of what `{:?}` would show.
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// What the compiler and wasm-bindgen may emit, threads first; wasm-opt refuses what it is not told of.
pub(super) const WASM_FEATURES: &[&str] = &[
    "--enable-threads",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Passes in an order that was found to give the fewest bytes. `index.html` has the same for the page.
pub(super) const WASM_OPT: [&str; 5] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// Builds the engine into `output/<hash>/`, the only folder left there.
pub(super) fn build(workspace: &Workspace, setup: &Setup, output: &Path) -> Result<()> {
    let stage = workspace.state().join("engine-stage");
    let memory = module(workspace, setup, "interleave-engine", &stage)?;
    println!("  the engine imports a shared memory of up to {} MiB", memory.maximum_pages / 16);
    let hash = files::hash(&stage)?;
    files::fresh_dir(output)?;
    files::replace_dir(&stage, &output.join(hash))
}

/// Builds the library `package` with threads into the folder `stage`: `engine.js`, what it imports, and `worker.js`.
pub(super) fn module(workspace: &Workspace, setup: &Setup, package: &str, stage: &Path) -> Result<SharedMemory> {
    let target = workspace.target().join(TARGET_DIR);
    let mut cargo = setup.toolchain.cargo(workspace, &target, RUSTFLAGS);
    cargo.args(["build", "--package", package, "--lib", "--profile", "engine", "--target", TARGET]);
    step::run(workspace, &format!("build: {package} with threads (about 2 minutes the first time)"), &mut cargo)?;
    let wasm = target.join(TARGET).join(format!("engine/{}.wasm", package.replace('-', "_")));
    if !wasm.is_file() {
        bail!("{package} built no wasm module; its [lib] needs crate-type = [\"cdylib\", \"rlib\"]");
    }

    files::fresh_dir(stage)?;
    let mut bindgen = Command::new(WASM_BINDGEN.path(workspace));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "engine", "--out-dir"]).arg(stage).arg(&wasm);
    step::run(workspace, &format!("build: wasm-bindgen for {package}"), &mut bindgen)?;
    patch_rayon_helper(stage)?;
    let worker = workspace.root().join("crates/threads/src/worker.js");
    fs::copy(&worker, stage.join("worker.js")).context("cannot copy crates/threads/src/worker.js")?;
    for script in files::list(stage)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "js")) {
        super::minify(workspace, setup, script, true)?;
    }
    optimise(workspace, setup, &stage.join("engine_bg.wasm"))?;

    let module = fs::read(stage.join("engine_bg.wasm"))?;
    engine_module::imports_shared_memory(&module).with_context(|| format!("the built {package} cannot have threads"))
}

/// The hash in the name of the engine's folder.
pub(super) fn current(output: &Path) -> Result<String> {
    let mut names = fs::read_dir(output)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    match (names.next(), names.next()) {
        (Some(name), None) => name,
        _ => bail!("{} should hold exactly one engine", output.display()),
    }
}

/// Makes the pool's worker script name the engine by its file.
///
/// wasm-bindgen-rayon writes `import('../../..')`, which a bundler resolves. There is none here, and its `no-bundler`
/// feature would start workers from blobs, which a strict content security policy forbids.
fn patch_rayon_helper(stage: &Path) -> Result<()> {
    let helpers: Vec<PathBuf> = files::list(&stage.join("snippets"))?
        .into_iter()
        .filter(|file| file.ends_with("src/workerHelpers.js"))
        .collect();
    let [helper] = helpers.as_slice() else {
        bail!(
            "expected one workerHelpers.js of wasm-bindgen-rayon among the engine's snippets, found {}",
            helpers.len()
        );
    };
    fs::write(helper, name_engine(&fs::read_to_string(helper)?)?)?;
    Ok(())
}

fn name_engine(helper: &str) -> Result<String> {
    const BUNDLED: &str = "import('../../..')";
    match helper.matches(BUNDLED).count() {
        1 => Ok(helper.replace(BUNDLED, "import('../../../engine.js')")),
        found => {
            bail!("workerHelpers.js has {BUNDLED} {found} times instead of once: look at the new wasm-bindgen-rayon")
        }
    }
}

fn optimise(workspace: &Workspace, setup: &Setup, module: &Path) -> Result<()> {
    let mut command = Command::new(setup.npm.programs().join("wasm-opt"));
    command.args(WASM_OPT).args(WASM_FEATURES).args(["--strip-producers", "--output"]).arg(module).arg(module);
    step::run(workspace, "build: wasm-opt for a module with threads", &mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_helper_is_patched_once() {
        let patched = name_engine("// `../../..`\nconst pkg = await import('../../..');\n").unwrap();
        assert_eq!(patched, "// `../../..`\nconst pkg = await import('../../../engine.js');\n");
    }

    #[test]
    fn another_helper_is_refused() {
        let error = name_engine("const pkg = await import('../../../index.js');").unwrap_err().to_string();
        assert!(error.contains("0 times"), "{error}");
        assert!(name_engine("import('../../..') import('../../..')").is_err());
    }
}
