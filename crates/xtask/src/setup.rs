//! What has to be there before anything is built or tested. Safe to repeat: what is there stays.

use anyhow::{Result, bail};

use crate::{
    browsers::Browsers,
    toolchain::Toolchain,
    tools::{self, GECKODRIVER, NpmTools, TRUNK, WASM_BINDGEN},
    workspace::Workspace,
};

/// Everything the build needs.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The compiler for wasm.
    pub toolchain: Toolchain,
    /// wasm-opt and esbuild.
    pub npm: NpmTools,
}

/// Sets up all that the build needs.
pub fn all(workspace: &Workspace) -> Result<()> {
    for_build(workspace)?;
    TRUNK.ensure(workspace)
}

/// Sets up what the build begins with, and nothing else: it sets up trunk itself, while it builds what needs no trunk.
pub fn for_build(workspace: &Workspace) -> Result<Setup> {
    let toolchain = Toolchain::find_or_install(workspace)?;
    WASM_BINDGEN.ensure(workspace)?;
    let npm = NpmTools::ensure(workspace)?;
    println!("set-up: {}; {}: ready", toolchain.summary(), WASM_BINDGEN.summary());
    if let Some(caution) = toolchain.caution() {
        println!("set-up: {caution}");
    }
    Ok(Setup { toolchain, npm })
}

/// Sets up what the tests need beside the build: browsers, their drivers, the accessibility checker.
pub fn for_tests(workspace: &Workspace) -> Result<Browsers> {
    let mut browsers = Browsers::find_or_install(workspace);
    if browsers.found.is_empty() {
        bail!("there is no browser to test in:\n  {}", browsers.missing.join("\n  "));
    }
    if browsers.found.contains(&"Firefox") {
        GECKODRIVER.ensure(workspace)?;
        browsers.variables.push(("INTERLEAVE_GECKODRIVER", GECKODRIVER.path(workspace)));
    }
    browsers.variables.push(("INTERLEAVE_AXE", tools::axe(workspace)?));
    println!("set-up: {} with drivers: ready", browsers.found.join(", "));
    for missing in &browsers.missing {
        println!("set-up: NOT TESTED: {missing}");
    }
    Ok(browsers)
}
