//! The desk: what reads result files and writes programs, of any lab, as one plain script. The page adds it when a reader asks; in a
//! frame without an origin nothing but a plain script would load.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use super::{app, engine, site};
use crate::{files, setup::Setup, step, toolchain::TARGET, tools::WASM_BINDGEN, workspace::Workspace};

/// Its only export.
const ANSWER: &str = "interleave_desk";

/// Compiles the desk: all of its build that takes long, and much of what the page is made of, too.
pub(super) fn compile(workspace: &Workspace, setup: &Setup, target: &Path) -> Result<()> {
    let mut cargo = setup.toolchain.cargo(workspace, target, app::RUSTFLAGS);
    cargo.args(["build", "--package", "interleave-desk", "--lib", "--profile", "app", "--target", TARGET]);
    step::run(workspace, "dist: building the desk", &mut cargo)
}

/// The compiled desk as a script.
pub(super) fn script(workspace: &Workspace, setup: &Setup, target: &Path) -> Result<String> {
    let parts = workspace.state().join("desk-stage");
    files::fresh_dir(&parts)?;
    let mut bindgen = Command::new(WASM_BINDGEN.path(workspace));
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-name", "desk", "--out-dir"])
        .arg(&parts)
        .arg(target.join(TARGET).join("app/interleave_desk.wasm"));
    step::run(workspace, "build: wasm-bindgen for the desk", &mut bindgen)?;
    let (script, module) = (parts.join("desk.js"), parts.join("desk_bg.wasm"));
    engine::optimise(workspace, setup, "the desk", &module, engine::UNSHARED)?;
    // Its few names stay as they are: short ones take more bytes, compressed.
    super::minify(workspace, setup, &script, true)?;
    let plain = site::Plain::of(&fs::read_to_string(&script)?, &fs::read(&module)?)?;
    let answer = plain.exported(ANSWER)?;
    Ok(format!("self.interleaveDesk=(()=>{{{}\nreturn {}.then(()=>{answer});}})();\n", plain.body, plain.start))
}
