//! What has to be there before anything is built or tested. Safe to repeat: what is there stays.

use anyhow::Result;

use crate::{
    packages::{self, Browsers},
    toolchain::Toolchain,
    tools::{GECKODRIVER, NpmTools, TRUNK, WASM_BINDGEN},
    workspace::Workspace,
};

/// Everything the build needs.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The compiler for wasm.
    pub toolchain: Toolchain,
    /// wasm-opt, terser and axe-core.
    pub npm: NpmTools,
}

/// Sets up what the build needs.
pub fn for_build(workspace: &Workspace) -> Result<Setup> {
    let toolchain = Toolchain::find_or_install(workspace)?;
    for tool in [WASM_BINDGEN, TRUNK] {
        tool.ensure(workspace)?;
    }
    let npm = NpmTools::ensure(workspace)?;
    println!("set-up: {}; {}, {}: ready", toolchain.summary(), WASM_BINDGEN.summary(), TRUNK.summary());
    Ok(Setup { toolchain, npm })
}

/// Sets up the browsers and drivers of the tests.
pub fn for_browsers(workspace: &Workspace) -> Result<Browsers> {
    let browsers = packages::browsers(workspace)?;
    GECKODRIVER.ensure(workspace)?;
    println!("set-up: Chromium, Firefox and WebKitGTK with their drivers: ready");
    Ok(browsers)
}
