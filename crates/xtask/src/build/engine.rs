//! The engine: for each lab, or for several that share one, a wasm module with atomics that imports a shared memory, in a folder named
//! after the module and its content. For a lab with a board there is a second one beside it with nothing but that, for its opening.
//!
//! It is built apart from the page because it needs other compiler flags and its own `std`. All that labs have in common is compiled
//! once; each module takes the engine's own crate again, and the linking.

use std::{
    fs,
    panic::resume_unwind,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, bail};
use interleave_labs::{Entry, LABS};

use super::inputs;
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
    // Bytes: nothing of what `{:?}` would show.
    "-Zfmt-debug=none",
];

/// A panic says where it is, file and line, in these crates alone: bytes.
const LOCATED: [&str; 2] = ["interleave-engine", "interleave-threads"];

/// Cargo's arguments for that.
fn locations() -> impl Iterator<Item = String> {
    let flags =
        |of: &str, detail: &str| format!("--config=profile.engine{of}.rustflags=['-Zlocation-detail={detail}']");
    let located = LOCATED.iter().map(move |package| flags(&format!(".package.{package}"), "file,line"));
    ["-Zprofile-rustflags".to_owned(), flags("", "none")].into_iter().chain(located)
}

/// What the compiler and wasm-bindgen may emit, threads first; wasm-opt refuses what it is not told of.
const WASM_FEATURES: &[&str] = &[
    "--enable-threads",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The same without threads.
pub(super) const UNSHARED: &[&str] = WASM_FEATURES.split_at(1).1;

/// Passes in an order that was found to give the fewest bytes. `index.html` has the same for the page.
const WASM_OPT: [&str; 5] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// A module of the engine.
struct Module {
    name: String,
    /// The features of the engine's crate that it is built with.
    features: Vec<&'static str>,
    /// The labs in it.
    labs: Vec<&'static str>,
}

/// The folders of a lab's modules.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// With all of it.
    pub(super) whole: String,
    /// With nothing but its board, if it has one.
    pub(super) board: Option<String>,
}

/// What the module with the board of the lab called `slug` is called.
pub(super) fn board_module(slug: &str) -> String {
    format!("{slug}-board")
}

/// All modules: those of whole labs, and those of boards.
fn modules() -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    for lab in LABS {
        match modules.iter_mut().find(|module| module.name == lab.module) {
            Some(module) => module.labs.push(lab.slug),
            None => {
                modules.push(Module { name: lab.module.to_owned(), features: vec!["measure"], labs: vec![lab.slug] })
            }
        }
    }
    let boards = LABS.iter().filter(|lab| lab.sheet().board);
    modules.extend(boards.map(|lab| Module { name: board_module(lab.slug), features: vec![], labs: vec![lab.slug] }));
    modules
}

/// Builds all modules into folders of `output`, the only ones left there, or leaves alone those that are made of the same as before.
/// The folders' names, in the order of the labs.
///
/// While one is optimised the next is compiled: either takes about one core.
pub(super) fn build_all(workspace: &Workspace, setup: &Setup, output: &Path) -> Result<Vec<Folders>> {
    let modules = modules();
    let built: Result<Vec<String>> = thread::scope(|scope| {
        let mut finishing = Vec::new();
        for module in &modules {
            let name = &module.name;
            let inputs = inputs::of_module(workspace, setup, &module.labs)?;
            let current = current(workspace, name, &inputs, output)?;
            let stage = workspace.state().join(format!("engine-stage-{name}"));
            if current.is_none() {
                let features = [&module.features[..], &module.labs].concat().join(",");
                compile(workspace, setup, "interleave-engine", Some(&features), &stage)?;
            }
            finishing.push(scope.spawn(move || match current {
                Some(folder) => Ok(folder),
                None => finish_engine(workspace, setup, name, &inputs, &stage, output),
            }));
        }
        finishing.into_iter().map(|finished| finished.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let built = built?;
    for folder in names(output)?.iter().filter(|name| !built.contains(name)) {
        files::remove(&output.join(folder))?;
    }
    let folder_of =
        |name: &str| modules.iter().position(|module| module.name == name).map(|place| built[place].clone());
    let folders =
        |lab: &Entry| Some(Folders { whole: folder_of(lab.module)?, board: folder_of(&board_module(lab.slug)) });
    Ok(LABS.iter().filter_map(folders).collect())
}

/// The folder of the module called `name`, if there is one that is made of the same.
fn current(workspace: &Workspace, name: &str, inputs: &str, output: &Path) -> Result<Option<String>> {
    for folder in names(output)?.into_iter().filter(|folder| is_of(folder, name)) {
        if inputs::is_current(workspace, &format!("engine-{name}"), inputs, &output.join(&folder))? {
            println!("dist: the engine of {name} is unchanged");
            return Ok(Some(folder));
        }
    }
    Ok(None)
}

/// Makes of what was compiled into `stage` the folder `output/<name>-<hash>`; that folder's name.
fn finish_engine(
    workspace: &Workspace,
    setup: &Setup,
    name: &str,
    inputs: &str,
    stage: &Path,
    output: &Path,
) -> Result<String> {
    let memory = finish(workspace, setup, name, stage)?;
    bundle(workspace, setup, stage, &[])?;
    println!("  the engine of {name} imports a shared memory of up to {} MiB", memory.maximum_pages / 16);
    let folder = format!("{name}-{}", files::hash(stage)?);
    files::replace_dir(stage, &output.join(&folder))?;
    inputs::remember(workspace, &format!("engine-{name}"), inputs, &output.join(&folder))?;
    Ok(folder)
}

/// Whether a folder is that of a module, of any content.
fn is_of(folder: &str, module: &str) -> bool {
    folder.rsplit_once('-').is_some_and(|(name, _)| name == module)
}

/// The names of what is in a folder; none if there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Builds the library `package` with threads into the folder `stage`: `engine.js`, what it imports, and `engine_bg.wasm`. It has all that
/// it has by default.
pub(super) fn module(workspace: &Workspace, setup: &Setup, package: &str, stage: &Path) -> Result<SharedMemory> {
    compile(workspace, setup, package, None, stage)?;
    finish(workspace, setup, package, stage)
}

/// What is compiled for the folder `stage`, which is beside it.
fn compiled(stage: &Path) -> PathBuf {
    stage.with_extension("wasm")
}

/// Compiles the library `package` with threads for the folder `stage`. With `features`, between commas, it has only those; without, all
/// that it has by default.
fn compile(workspace: &Workspace, setup: &Setup, package: &str, features: Option<&str>, stage: &Path) -> Result<()> {
    let target = workspace.target().join(TARGET_DIR);
    let library = package.replace('-', "_");
    let built = target.join(TARGET).join("engine");
    // Cargo gives one file to all sets of features, and would take another's for the one it built last with these.
    files::remove(&built.join(format!("deps/{library}.wasm")))?;
    let mut cargo = setup.toolchain.cargo(workspace, &target, RUSTFLAGS);
    cargo.args(["build", "--package", package, "--lib", "--profile", "engine", "--target", TARGET]);
    cargo.args(locations());
    cargo.args(features.iter().flat_map(|features| ["--no-default-features", "--features", features]));
    let what = features.map_or_else(|| package.to_owned(), |features| format!("{features} of {package}"));
    step::run(workspace, &format!("build: {what} with threads (about 2 minutes the first time)"), &mut cargo)?;
    let wasm = built.join(format!("{library}.wasm"));
    if !wasm.is_file() {
        bail!("{package} built no wasm module; its [lib] needs crate-type = [\"cdylib\", \"rlib\"]");
    }
    files::fresh_dir(stage)?;
    fs::copy(&wasm, compiled(stage)).with_context(|| format!("cannot copy {}", wasm.display()))?;
    Ok(())
}

/// Makes of what was compiled for it the folder `stage`; `name` is what the module is called.
fn finish(workspace: &Workspace, setup: &Setup, name: &str, stage: &Path) -> Result<SharedMemory> {
    let mut bindgen = Command::new(WASM_BINDGEN.path(workspace));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "engine", "--out-dir"]);
    bindgen.arg(stage).arg(compiled(stage));
    step::run(workspace, &format!("build: wasm-bindgen for {name}"), &mut bindgen)?;
    change_helper(stage, name_engine)?;
    let module = stage.join("engine_bg.wasm");
    optimise(workspace, setup, name, &module, WASM_FEATURES)?;
    let module = fs::read(module)?;
    engine_module::imports_shared_memory(&module).with_context(|| format!("the built {name} cannot have threads"))
}

/// Makes one script of all that a worker of the engine in `stage` needs, `worker.js`, for a thread that has to fetch four before it
/// can begin begins late. Each of the scripts `others` becomes such a whole as well, beside it.
pub(super) fn bundle(workspace: &Workspace, setup: &Setup, stage: &Path, others: &[&Path]) -> Result<()> {
    change_helper(stage, name_bundle)?;
    let worker = workspace.root().join("crates/threads/src/worker.js");
    let parts = stage.join("parts");
    let scripts = files::list(stage)?.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "js"));
    for script in scripts {
        let part = parts.join(script.strip_prefix(stage)?);
        fs::create_dir_all(part.parent().unwrap_or(&parts))?;
        fs::rename(&script, part)?;
    }
    files::remove(&stage.join("snippets"))?;
    let mut made = Vec::new();
    for entry in others.iter().copied().chain([worker.as_path()]) {
        let name = entry.file_name().unwrap_or_default();
        fs::copy(entry, parts.join(name)).with_context(|| format!("cannot copy {}", entry.display()))?;
        let mut esbuild = setup.npm.esbuild();
        esbuild.arg(parts.join(name)).args(["--bundle", "--format=esm"]).args(super::MINIFIED);
        esbuild.arg(format!("--outfile={}", stage.join(name).display()));
        let of = stage.file_name().unwrap_or_default().display();
        step::run(workspace, &format!("build: esbuild for {} of {of}", name.display()), &mut esbuild)?;
        made.push(stage.join(name));
    }
    files::remove(&parts)?;
    super::shorten_names(&stage.join("engine_bg.wasm"), &made)
}

/// Changes the script of wasm-bindgen-rayon's workers, where the module in `stage` has a pool.
fn change_helper(stage: &Path, change: fn(&str) -> Result<String>) -> Result<()> {
    let helpers: Vec<PathBuf> = files::list(&stage.join("snippets"))?
        .into_iter()
        .filter(|file| file.ends_with("src/workerHelpers.js"))
        .collect();
    let has_pool = fs::read_to_string(stage.join("engine.js"))?.contains("initThreadPool");
    match helpers.as_slice() {
        [] if !has_pool => Ok(()),
        [helper] => Ok(fs::write(helper, change(&fs::read_to_string(helper)?)?)?),
        _ => bail!("expected one workerHelpers.js of wasm-bindgen-rayon among the snippets, found {}", helpers.len()),
    }
}

/// Makes it name the engine by its file: it has `import('../../..')`, which only a bundler's settings resolve; and its
/// `no-bundler` feature would start workers from blobs, which a strict content security policy forbids.
fn name_engine(helper: &str) -> Result<String> {
    Ok("import * as pkg from '../../../engine.js';\n".to_owned()
        + &replace_once(helper, "const pkg = await import('../../..');", "")?)
}

/// Makes it start workers from the bundle that it is part of, instead of from itself.
fn name_bundle(helper: &str) -> Result<String> {
    replace_once(helper, "new URL('./workerHelpers.js', import.meta.url)", "new URL('worker.js', import.meta.url)")
}

/// Makes a module smaller, in its place. It has no other `features` than these.
pub(super) fn optimise(
    workspace: &Workspace,
    setup: &Setup,
    name: &str,
    module: &Path,
    features: &[&str],
) -> Result<()> {
    let mut command = setup.npm.wasm_opt();
    command.args(WASM_OPT).args(features).args(["--strip-producers", "--output"]).arg(module).arg(module);
    step::run(workspace, &format!("build: wasm-opt for {name}"), &mut command)
}

fn replace_once(helper: &str, from: &str, to: &str) -> Result<String> {
    match helper.matches(from).count() {
        1 => Ok(helper.replace(from, to)),
        found => bail!("workerHelpers.js has {from} {found} times instead of once: look at the new wasm-bindgen-rayon"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_of_the_module_in_its_name() {
        assert!(is_of("a-0123", "a") && is_of("a-b-0123", "a-b"));
        assert!(!is_of("a-b-0123", "a") && !is_of("a-b-0123", "b") && !is_of("a", "a"));
        assert!(names(Path::new("/no/such/folder")).unwrap().is_empty());
    }

    #[test]
    fn every_lab_is_whole_in_one_module_and_a_board_has_one_of_its_own() {
        let modules = modules();
        for lab in LABS {
            let of = |measures: bool| {
                let these = modules.iter().filter(|it| it.features.contains(&"measure") == measures);
                these.filter(|it| it.labs.contains(&lab.slug)).map(|it| it.name.clone()).collect::<Vec<_>>()
            };
            assert_eq!(of(true), [lab.module], "{}", lab.slug);
            let board = lab.sheet().board.then(|| board_module(lab.slug));
            assert_eq!(of(false), Vec::from_iter(board), "{}", lab.slug);
        }
        for (place, module) in modules.iter().enumerate() {
            assert!(modules[..place].iter().all(|other| other.name != module.name), "{}", module.name);
        }
    }

    #[test]
    fn a_module_without_a_pool_needs_no_helper() {
        let stage = std::env::temp_dir().join(format!("interleave-stage-{}", std::process::id()));
        files::fresh_dir(&stage).unwrap();
        fs::write(stage.join("engine.js"), "export class Pool {}").unwrap();
        change_helper(&stage, name_engine).unwrap();
        fs::write(stage.join("engine.js"), "export function initThreadPool() {}").unwrap();
        assert!(change_helper(&stage, name_engine).unwrap_err().to_string().contains("found 0"));
        files::remove(&stage).unwrap();
    }

    #[test]
    fn the_helper_names_the_engine_and_the_bundle() {
        let helper = "// `../../..`\nconst pkg = await import('../../..');\nnew Worker(new URL('./workerHelpers.js', import.meta.url));\n";
        let named = name_engine(helper).unwrap();
        assert!(
            named.starts_with("import * as pkg from '../../../engine.js';\n// `../../..`\n\nnew Worker"),
            "{named}"
        );
        assert!(name_bundle(&named).unwrap().ends_with("new Worker(new URL('worker.js', import.meta.url));\n"));
    }

    #[test]
    fn another_helper_is_refused() {
        let error = name_engine("const pkg = await import('../../../index.js');").unwrap_err().to_string();
        assert!(error.contains("0 times"), "{error}");
        assert!(name_bundle("new Worker(new URL('./another.js', import.meta.url))").is_err());
    }
}
